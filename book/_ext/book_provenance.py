"""Say beneath every page what it was made from, so that it can be made again.

The facts are those of the page's head, gathered in `book_banner`; here they get words.
A page that shows all the runs of the grid names the values of all of them.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from smcm.errors import MissingRunsError
from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.report.format import SHORT_DIGEST
from smcm.report.run_files import parameters_of_runs
from smcm.rerun.contents import read_texts

TERMS = {
    "version": "Package smcm",
    "code-sha256": "Code",
    "data-kind": "Kind of the data",
    "data": "Name of the data",
    "data-sha256": "Digest of the data",
    "window-days": "Fidelity window, days",
    "site": "Sites",
    "reading": "Analysis",
    "n-boot": "Bootstrap resamples",
    "n-imputations": "Imputations, where needed",
    "seed": "Seed",
    "lock-sha256": "Lock",
}
NOTES = {
    "code-sha256": "SHA-256 over the files of the package that chapters can execute",
    "data-sha256": "SHA-256 over names, lengths and contents of the data files",
    "lock-sha256": "SHA-256 of requirements.txt",
}
VARIED = {f.name.replace("_", "-") for f in fields(RunParameters)} - {"data"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One fact with its words.

    Attributes
    ----------
    name : str
        As in the head of the page, without ``smcm:``.
    term, value : str
    note : str
        How to compute it, for a digest; else empty.
    """

    name: str
    term: str
    value: str
    note: str

    @property
    def digest(self) -> bool:
        """Whether the value is one."""
        return self.name.endswith("sha256")


@cache
def pages_of_all_runs() -> frozenset[str]:
    """Name the chapters that show the runs of the grid."""
    return frozenset(page.name for page in read_texts(ROOT) if page.reads_runs)


@cache
def values_of_all_runs() -> tuple[int, Mapping[str, str]]:
    """Count the runs of the grid, and list the values of each parameter."""
    try:
        runs = list(map(asdict, parameters_of_runs()))
    except MissingRunsError:  # kept chapters outlive the runs that they show
        return 0, {}
    values = {
        key: ", ".join(dict.fromkeys(str(run[key.replace("-", "_")]) for run in runs))
        for key in VARIED
    }
    return len(runs), values


def shown(facts: Mapping[str, str], runs: int) -> dict[str, object]:
    """Put the facts of a page into words.

    Parameters
    ----------
    facts : mapping of str to str
        By the names of `TERMS`.
    runs : int
        How many the page shows, 0 for its own alone.
    """
    rows = [
        Row(name=name, term=term, value=facts[name], note=NOTES.get(name, ""))
        for name, term in TERMS.items()
    ]
    data, lock = (facts[f"{k}-sha256"][:SHORT_DIGEST] for k in ("data", "lock"))
    what = f"{runs} runs" if runs else _one_run(facts)
    line = (
        f"Made by smcm {facts['version']} from {_named(facts)} {data}: {what}, "
        f"seed {facts['seed']}, lock {lock}."
    )
    return {"line": line, "rows": rows}


def _named(facts: Mapping[str, str]) -> str:
    kind = facts["data-kind"]
    return f"{kind} data" if kind in ("synthetic", "shipped") else kind


def _one_run(facts: Mapping[str, str]) -> str:
    sites = "all sites" if facts["site"] == "all" else f"site {facts['site']}"
    return (
        f"window {facts['window-days']} days, {sites}, {facts['reading']} analysis, "
        f"{facts['n-boot']} resamples, {facts['n-imputations']} imputations"
    )


def add_box(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the facts to the template."""
    count, values = 0, {}
    if pagename in pages_of_all_runs():
        count, values = values_of_all_runs()
    context["provenance"] = shown(context["page_facts"] | values, count)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, after the facts and before the theme tries its parts."""
    app.connect("html-page-context", add_box, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
