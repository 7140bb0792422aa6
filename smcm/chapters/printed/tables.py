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
    "missing": "not in this run",
}
ALIGN: tuple[Align, ...] = ("left", "left", "right", "left", "left")


def printed(study: Study) -> Table:
    """Lay out every printed number and finding with the regenerated one."""
    rows = compare(study, Published.read())
    body = [(anchored(row), *_cells(row)[1:]) for row in rows]
    return Table(
        pd.DataFrame(body, columns=_columns(study)),
        name="tab-printed",
        caption="Printed and regenerated numbers and findings"
        if study.calibrated
        else "Numbers and findings of the published study and of these data",
        notes=(
            "Equal: the same characters, or the finding holds. By rule: equal under a "
            "rule that the article does not state."
            f"{words_of(study).caution(study.cohort)}",
        ),
        align=ALIGN,
        wide=True,
    )


def anchored(row: Comparison) -> str:
    """Place of a row, with the name that marks link to."""
    return f"[{fmt.cell(row.printed.place)}]{{#{row_name(row.printed.key)}}}"


def _columns(study: Study) -> list[str]:
    return ["Place", "What", *words_of(study).beside(study.cohort), "Status"]


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
    return (
        fmt.cell(entry.place),
        fmt.cell(entry.meaning),
        fmt.cell(text),
        fmt.cell(regenerated_text(row)),
        STATUS_WORDS[row.status],
    )
