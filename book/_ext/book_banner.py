"""Say on every page from what data, and under what parameters, the book was built.

The sentence is the loaded cohort's own; nothing about the data is typed here. The run
is the default one, or the one in the environment variable SMCM_RUN, a JSON object.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Protocol

from docutils import nodes
from sphinx.application import Sphinx

from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.rerun.units import LOCK, Package, file_digest
from smcm.rerun.version import package_version
from smcm.strict_json import read_json

RUN_PAGES = "book/runs/pages.json"  # parameters of each page of the reruns, by its name
DATA_FACTS = "book/data.json"  # what the data are, where the book was laid out by smcm


class Data(Protocol):
    """What is said of the data; a cohort has it all."""

    name: str
    synthetic: bool
    shipped: bool
    statement: str
    digest: str


def current_run() -> RunParameters:
    """Read the parameters of the edition that is being built."""
    return RunParameters.from_mapping(
        read_json(os.environ.get("SMCM_RUN", "{}").encode())
    )


def departures(shown: Mapping[str, object]) -> str:
    """Name the parameters that differ from the defaults, as a reader types them."""
    defaults = asdict(RunParameters())
    changed = {k: v for k, v in shown.items() if v != defaults[k]}
    return ", ".join(f"{_flag(k)} {v}" for k, v in changed.items())


def _flag(name: str) -> str:
    return name.replace("_", "-")


def data_kind(cohort: Data) -> str:
    """Tell invented clients from real ones, and whose the data are."""
    if cohort.shipped:
        return "synthetic" if cohort.synthetic else "shipped"
    return "own data, synthetic" if cohort.synthetic else "own data"


def made_with() -> dict[str, str]:
    """Name what computed the book: the package, its code, and the lock."""
    return {
        "version": package_version(),
        "code_sha256": Package.on_disk().code,
        "lock_sha256": file_digest(ROOT / LOCK[0]),
    }


def told_data(source: Path, run: RunParameters) -> Data:
    """Say what the data are: as smcm has found them, or by reading them once more."""
    facts = source / DATA_FACTS
    if facts.is_file():
        return SimpleNamespace(**read_json(facts.read_bytes()))
    from smcm.cohort.loading import load_cohort  # noqa: PLC0415 (slow to import)

    return load_cohort(run)


def load_statement(app: Sphinx) -> None:
    """Gather what every page says of the data, once a build."""
    run = current_run()
    cohort = told_data(Path(app.srcdir), run)
    shown = asdict(run) | {"data": cohort.name}  # the name, never a local path
    facts = {
        "statement": cohort.statement,
        "synthetic": str(cohort.synthetic).lower(),
        "data_kind": data_kind(cohort),
        "data_sha256": cohort.digest,
        **made_with(),
        **shown,
    }
    if not cohort.synthetic:
        app.tags.add("real_data")
    pages = Path(app.srcdir) / RUN_PAGES
    app.config.html_context |= {
        "run_pages": read_json(pages.read_bytes()) if pages.is_file() else {},
        "data_statement": cohort.statement,
        "data_shipped": cohort.shipped,
        "departures": departures(shown),
        "data_facts": {_flag(name): str(value) for name, value in facts.items()},
    }


def add_meta(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Say the same to machines; the visible banner is in `_templates`."""
    own = context["run_pages"].get(pagename, {})
    facts = context["data_facts"] | {_flag(k): str(v) for k, v in own.items()}
    context["page_facts"] = facts
    tags = [
        f'<meta name="smcm:{name}" content="{escape(value)}"/>'
        for name, value in facts.items()
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags])


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", load_statement)
    app.connect("html-page-context", add_meta, priority=300)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
