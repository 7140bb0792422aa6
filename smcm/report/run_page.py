"""The box at the top of the page of a run: what was varied, and on what data."""

from smcm.parameters import RunParameters
from smcm.report import format as fmt
from smcm.report.runs import RunRecord


def run_box(record: RunRecord, digest: str, links: tuple[str, str]) -> str:
    """Write the parameters of a run as an admonition in Markdown.

    Parameters
    ----------
    record : RunRecord
    digest : str
        Of the data.
    links : tuple of str
        To the comparison of all runs, and to this run in the explorer.
    """
    compare, explore = links
    rows = "\n".join(f"| {name} | {value} |" for name, value in _rows(record, digest))
    return (
        f":::{{admonition}} What this run is\n:class: note smcm-run\n\n"
        f"| Parameter | Value |\n| :--- | :--- |\n{rows}\n\n"
        "Tables and figures bear the numbers of the results chapter, whose text this "
        f"is with the numbers of this run. [Compare all runs]({compare}) or "
        f"[explore]({explore}).\n:::\n"
    )


def _rows(record: RunRecord, digest: str) -> list[tuple[str, str]]:
    run = record.run
    return [
        ("Fidelity window", f"{fmt.whole(run.window_days)} days"),
        ("Sites", _sites(run)),
        ("Clients", fmt.whole(record.n)),
        ("Reading", fmt.cell(run.reading)),
        ("Bootstrap samples", fmt.whole(run.n_boot)),
        ("Imputations, where needed", fmt.whole(run.n_imputations)),
        ("Seed", str(run.seed)),
        ("Data", f"{fmt.cell(run.data)}, digest {digest[: fmt.SHORT_DIGEST]}"),
    ]


def _sites(run: RunParameters) -> str:
    rule, code = run.site_rule
    return {
        "all": "all",
        "only": f"site {code} alone",
        "without": f"all but site {code}",
    }[rule]
