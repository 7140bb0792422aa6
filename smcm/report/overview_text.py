"""Summary of a sound folder, column by column, and remarks."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import pandas as pd

from smcm.cohort.overview import ColumnSummary
from smcm.cohort.remarks import Remark
from smcm.report.format import number, whole
from smcm.report.show import Align
from smcm.report.terminal import grid

HEADS = ("Column", "n", "Blank", "Values", "Mean")
SIDES: tuple[Align, ...] = ("left", "right", "right", "left", "right")


def overview_text(summaries: Sequence[ColumnSummary], width: int) -> str:
    """Lay out every column of every file: rows, blanks, levels or range, and mean."""
    lines: list[str] = []
    for file, columns in groupby(summaries, key=lambda one: one.file):
        rows = [_row(one) for one in columns]
        lines += [file, grid(HEADS, rows, SIDES, width, apart=False), ""]
    return "\n".join(lines).rstrip()


def remarks_text(remarks: Sequence[Remark]) -> str:
    """List the remarks by file, or say that there are none."""
    return "\n".join(_remark_lines(remarks))


def _row(one: ColumnSummary) -> tuple[str, ...]:
    mean = "" if one.mean is None else number(one.mean, 2)
    return one.column, whole(one.n), whole(one.blank), _values(one), mean


def _values(one: ColumnSummary) -> str:
    if one.levels:
        return ", ".join(f"{code}: {whole(n)}" for code, n in one.levels if n)
    if one.low is None:
        return f"{whole(one.n_levels)} different" if one.n else ""
    return f"{_written(one.low)} to {_written(one.high)}"


def _written(value: float | pd.Timestamp | None) -> str:
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else f"{value:g}"


def _remark_lines(remarks: Sequence[Remark]) -> Iterator[str]:
    if not remarks:
        yield "No remarks."
        return
    count = f"{whole(len(remarks))} remark" + ("" if len(remarks) == 1 else "s")
    yield f"{count}, which are questions and not faults:"
    for file, found in groupby(remarks, key=lambda one: one.file):
        yield f"\n{file}"
        for one in found:
            yield f"  {one.column}: {one.text}" if one.column else f"  {one.text}"
