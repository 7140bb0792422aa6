"""The same numbers as one table, for readers without JavaScript and for paper."""

from collections.abc import Sequence
from html import escape

from smcm.chapters.explorer.numbers import LEVEL, TERMS, TESTED, cells
from smcm.report.choices import page_of
from smcm.report.format import whole
from smcm.report.runs import ModelRecord, RunRecord
from smcm.report.words import short_title

PRODUCTS = ("indirect", "indirect_cs")  # in front: the rest is scrolled to
COLUMNS = (
    "Outcome",
    "Mediation",
    *(f"{TERMS[term][0]} ({LEVEL} CI)" for term in PRODUCTS),
    *(
        head
        for term in TESTED
        for head in (f"{TERMS[term][0]} ({LEVEL} CI)", f"p({TERMS[term][0]})")
    ),
)


def plain_table(runs: Sequence[RunRecord]) -> str:
    """Write every model of every run as a row, under a row that names the run."""
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in COLUMNS)
    bodies = "\n".join(_body(record) for record in runs)
    return (
        '<div class="pst-scrollable-table-container" tabindex="0" role="region"'
        ' aria-label="All models of all runs">'
        '<table class="table explorer-plain"><caption>All models of all runs'
        f"</caption><thead><tr>{heads}</tr></thead>\n{bodies}\n</table></div>"
    )


def _body(record: RunRecord) -> str:
    rows = "\n".join(_row(found) for found in record.models)
    link = f'<a href="{escape(page_of(record))}">{escape(record.run.title)}</a>'
    name = f"{link}, N={whole(record.n)}, {escape(record.run.reading)} analysis"
    head = f'<th scope="rowgroup" colspan="{len(COLUMNS)}">{name}</th>'
    return f"<tbody><tr>{head}</tr>\n{rows}</tbody>"


def _row(found: ModelRecord) -> str:
    written = ["yes" if found.mediated else "no"]
    for term in (*PRODUCTS, *TESTED):
        shown = cells(found, term)
        written.append(f"{shown.estimate} ({shown.interval})")
        written += [shown.p] if term in TESTED else []
    inside = "".join(f"<td>{escape(text)}</td>" for text in written)
    return f'<tr><th scope="row">{short_title(found.model)}</th>{inside}</tr>'
