"""Table 1: the clients at entry."""

import pandas as pd

from smcm.analysis.characteristics import LevelCount
from smcm.analysis.study import Study
from smcm.report import format as fmt
from smcm.report.printed_marks import Marks, explained, marked, printed_otherwise
from smcm.report.show import Table

INDENT = "&emsp;"


def characteristics(study: Study) -> Table:
    """Lay out counts, percentages, means and SDs."""
    table, marks = study.characteristics, printed_otherwise(study)
    rows: list[tuple[str, str, str]] = []
    for moments in table.measured:
        spread = f"{fmt.number(moments.mean, 1)} ± {fmt.number(moments.sd, 1)}"
        rows.append((f"{moments.name} (mean ± SD)", spread, ""))
    for line in (*table.counts, *table.sites):
        if line.level is line.block.levels[0] or line is table.sites[0]:
            rows.append((f"**{line.block.name}**", "", ""))
        rows.append(_line(line, marks))
    body = pd.DataFrame(rows, columns=["Characteristic", "N", "%"])
    return Table(
        body,
        name="tab-characteristics",
        caption=f"Characteristics of the clients at entry (N={fmt.whole(table.n)})",
        notes=(
            "Percentages are of all clients. Categories that the article does not "
            "list are left out here as well, so a block need not add up to N.",
            *explained(study, "t1."),
        ),
    )


def _line(line: LevelCount, marks: Marks) -> tuple[str, str, str]:
    name = f"{INDENT}{fmt.cell(line.level.name)}"
    share = fmt.number(line.percent, 0)
    return name, fmt.whole(line.n), marked(share, f"t1.{line.level.key}.pct", marks)
