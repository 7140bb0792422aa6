"""Table 1: the clients at entry."""

from itertools import groupby

import pandas as pd

from smcm.analysis.characteristics import LevelCount, Unlisted, counted_elsewhere
from smcm.analysis.study import Study
from smcm.article.levels import stem_of_line
from smcm.article.printed_marks import Marks, explained, marked, printed_otherwise
from smcm.report import format as fmt
from smcm.report.show import Table

INDENT = "&emsp;"
UNLISTED, BLANK = "Not listed or blank", "Blank"


def characteristics(study: Study) -> Table:
    """Lay out counts, percentages, means and SDs."""
    table, marks = study.characteristics, printed_otherwise(study)
    rows: list[tuple[str, str, str]] = []
    for moments in table.measured:
        several = moments.n is None or moments.n > 1
        spread = fmt.with_sd(moments.mean, moments.sd) if several else "blank"
        of = "" if moments.n in (table.n, None) else f", n={fmt.whole(moments.n)}"
        rows.append((f"{moments.name} (mean ± SD{of})", spread, ""))
    counts = table.counts if table.counted else ()
    for block, lines in groupby((*counts, *table.sites), lambda line: line.block):
        rows.append((f"**{block.name}**", "", ""))
        rows += [_counted(line, marks) for line in lines]
        if rest := table.unlisted_in(block):
            rows.append(_line(BLANK if len(block.levels) == 1 else UNLISTED, rest))
    body = pd.DataFrame(rows, columns=["Characteristic", "N", "%"])
    return Table(
        body,
        name="tab-characteristics",
        caption=f"Characteristics of the clients at entry (N={fmt.whole(table.n)})",
        notes=(
            "Percentages are of all clients. Categories are those listed in the "
            f"article; “{UNLISTED}” counts clients in any other category or without an "
            "answer.",
            *_withheld(study),
            *explained(study, "t1."),
        ),
    )


def _counted(line: LevelCount, marks: Marks) -> tuple[str, str, str]:
    name, n, share = _line(line.level.name, line)
    return name, n, marked(share, f"t1.{stem_of_line(line)}.pct", marks)


def _line(name: str, line: LevelCount | Unlisted) -> tuple[str, str, str]:
    name = f"{INDENT}{fmt.cell(name)}"
    share = "" if line.percent is None else fmt.number(line.percent, 0)
    return name, fmt.whole(line.n), share


def _withheld(study: Study) -> tuple[str, ...]:
    """Say which counts are not shown, if some are."""
    table, fewest = study.characteristics, fmt.whole(study.cohort.fewest_clients)
    if not table.withheld:
        return ()
    if counted_elsewhere(study.cohort, study.n):
        return (
            "Characteristics are counted for the clients of all sites only: the "
            "difference of two pages would count those of one site.",
        )
    return (
        f"Counts below {fewest} are not shown, nor the next smallest of the same "
        f"characteristic, until two or more that are not shown add up to {fewest}.",
    )
