"""Printed against regenerated, row by row."""

import pandas as pd

from smcm.analysis.comparison import Comparison, compare
from smcm.analysis.study import Study
from smcm.published import Published
from smcm.report import format as fmt
from smcm.report.printed_marks import row_name
from smcm.report.show import Align, Table
from smcm.report.words import beside

STATUS_WORDS = {
    "equal": "equal",
    "cannot_hold": "cannot hold as printed",
    "by_rule": "by rule",
    "differs": "differs",
    "missing": "not in this run",
}
ALIGN: tuple[Align, ...] = ("left", "left", "right", "left", "left")


def printed(study: Study) -> Table:
    """Lay out every printed number and finding beside ours."""
    rows = compare(study, Published.read())
    body = [(anchored(row), *_cells(row)[1:]) for row in rows]
    return Table(
        pd.DataFrame(body, columns=_columns(study)),
        name="tab-printed",
        caption="Every printed number and finding beside the regenerated one"
        if study.cohort.calibrated and not study.defensible
        else "Every number and finding of the published study beside these data",
        notes=(
            "Equal: the same characters in print, or the finding holds. By rule: it "
            f"comes out under a rule that the article leaves unsaid.{_caution(study)}",
        ),
        align=ALIGN,
        wide=True,
    )


def anchored(row: Comparison) -> str:
    """Place of a row, with the name under which a mark leads to it."""
    return f"[{fmt.cell(row.printed.place)}]{{#{row_name(row.printed.key)}}}"


def _columns(study: Study) -> list[str]:
    if study.defensible:
        return ["Place", "What", "Published study", "Defensible reading", "Status"]
    return ["Place", "What", *beside(study.cohort), "Status"]


def _caution(study: Study) -> str:
    if study.defensible:
        return (
            " The printed numbers come from the published reading and ours from the "
            "defensible one, which is a different analysis."
        )
    if not study.cohort.calibrated:
        return ""
    return " Agreement is by calibration of the synthetic cohort and no replication."


def printed_exceptions(study: Study) -> Table:
    """Lay out the rows that are not equal, with the reason of each."""
    rows = [row for row in compare(study, Published.read()) if row.status != "equal"]
    body = [(*_cells(row), fmt.cell(row.reason)) for row in rows]
    return Table(
        pd.DataFrame(body, columns=[*_columns(study), "Reason"]),
        name="tab-exceptions",
        caption="Printed numbers that do not come out character by character"
        if study.cohort.calibrated and not study.defensible
        else "Where the published study and these data do not print the same",
        align=(*ALIGN, "left"),
        wide=True,
    )


def regenerated_text(row: Comparison) -> str:
    """Ours as text; for a finding the numbers behind it."""
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
