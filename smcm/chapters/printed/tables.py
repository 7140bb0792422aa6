"""Printed and regenerated numbers, row by row."""

import pandas as pd

from smcm.analysis.study import Study
from smcm.article.comparison import Comparison, compare
from smcm.article.printed_marks import row_name
from smcm.published import Published
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Align, Table

STATUS_WORDS = {
    "equal": "equal",
    "cannot_hold": "cannot hold as printed",
    "by_rule": "by rule",
    "differs": "differs",
    "missing": "not in this run, or left out",
}
DIFFERENT = frozenset(["differs", "cannot_hold"])
ALIGN: tuple[Align, ...] = ("left", "left", "left", "right", "left")


ITEMS = {  # label of a table or figure, by how the keys of its printed numbers begin
    "t1": "tab-characteristics",
    **dict.fromkeys(("t2", "t2n"), "tab-change"),
    **dict.fromkeys(("a", "b", "cprime"), "tab-paths"),
    **dict.fromkeys(("ab", "cs"), "tab-indirect"),
    "f2": "fig-paths-9",
    "f3": "fig-paths-18",
    "icc": "tab-nesting",
    "da": "tab-missing",
    "pow": "tab-power",
    "rec": "tab-reciprocity",
    "sens": "tab-sensitivity",
}


def printed(study: Study) -> Table:
    """Lay out every printed number and finding with the regenerated one."""
    rows = compare(study, Published.read())
    body = [(anchored(row), *_cells(row)[1:], _here(row)) for row in rows]
    return Table(
        pd.DataFrame(body, columns=[*_columns(study), "Here"]),
        name="tab-printed",
        caption="Printed and regenerated numbers and findings"
        if study.calibrated
        else "Numbers and findings of the published study and of these data",
        notes=(
            "Equal: the same characters, or the finding holds. By rule: equal under a "
            "rule that the article does not state."
            f"{words_of(study).caution(study.cohort)}",
            "Here: the table or figure of this book with the regenerated number.",
        ),
        align=(*ALIGN, "left"),
        wide=True,
        sortable=True,
    )


def anchored(row: Comparison) -> str:
    """Place of a row, with the name that marks link to."""
    return f"[{fmt.cell(row.printed.place)}]{{#{row_name(row.printed.key)}}}"


def _columns(study: Study) -> list[str]:
    return ["Place", "Status", "What", *words_of(study).beside(study.cohort)]


def item_of(key: str) -> str:
    """Label of the table or figure that shows a printed number; "" for none.

    Examples
    --------
    >>> item_of("t1.n"), item_of("fid.domains")
    ('tab-characteristics', '')
    """
    return ITEMS.get(key.partition(".")[0], "")


def _here(row: Comparison) -> str:
    """Refer to the table or figure that shows the number."""
    label = item_of(row.printed.key)
    return f"{{numref}}`{label}`" if label else ""


def printed_exceptions(study: Study) -> Table:
    """Lay out the rows that are not equal, each with its reason."""
    rows = [row for row in compare(study, Published.read()) if row.status != "equal"]
    body = [(*_cells(row), fmt.cell(row.reason)) for row in rows]
    return Table(
        pd.DataFrame(body, columns=[*_columns(study), "Reason"]),
        name="tab-exceptions",
        caption="Printed numbers that are not reproduced character by character"
        if study.calibrated
        else "Numbers and findings of the published study that are not equal here",
        align=(*ALIGN, "left"),
        wide=True,
    )


def regenerated_text(row: Comparison) -> str:
    """Write the regenerated number; for a finding, the numbers behind it."""
    if row.held is None:
        if row.own == row.regenerated:
            return row.own or "–"
        return f"{row.own} ({row.regenerated} by rule)"
    values = ", ".join(fmt.beside(v, fmt.P_LEVELS, 3) for v in row.held.numbers)
    return f"{row.regenerated} ({row.held.quantity}: {values})"


def _cells(row: Comparison) -> tuple[str, str, str, str, str]:
    entry = row.printed
    text = entry.text if row.held is None else "in words"
    mark = "[{}]{{.differs}}" if row.status in DIFFERENT else "{}"
    shown = mark.format(fmt.cell(text)), mark.format(fmt.cell(regenerated_text(row)))
    return (
        fmt.cell(entry.place),
        STATUS_WORDS[row.status],
        fmt.cell(entry.meaning),
        *shown,
    )
