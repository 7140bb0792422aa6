"""Power of a coefficient and of the indirect effect."""

import pandas as pd

from smcm.chapters.power.cited import CitedPower
from smcm.chapters.power.plan import PowerPlan
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import counted
from smcm.stats.power import SimulatedPower


def power_cited(plan: PowerPlan) -> Table:
    """Lay out the power of one path and of the indirect effect."""
    cited = plan.cited
    rows = [
        {
            "Test": "one path (F test of a coefficient)",
            "Effect": f"f²={fmt.bare(cited.effect)}",
            "N": fmt.whole(cited.n),
            "Power": fmt.bare(cited.one_path),
        }
    ]
    for size in cited.sizes:
        rows += [_simulated(size.published), _simulated(size.own)]
    return Table(
        pd.DataFrame(rows),
        name="tab-power",
        caption="Power at the .05 level",
        notes=(
            f"One path among {fmt.whole(cited.predictors)} predictors, noncentrality "
            "f²N; the article prints the power but not the effect size, which is "
            "assumed here. Indirect effect: simulated power of the 95% percentile "
            "bootstrap interval, Monte Carlo error in parentheses.",
            _independent(cited),
        ),
        align=("left", "left", "right", "right"),
    )


def _simulated(found: SimulatedPower) -> dict[str, str]:
    return {
        "Test": "indirect effect (percentile bootstrap)",
        "Effect": f"a={fmt.bare(found.a)}, b={fmt.bare(found.b)}",
        "N": fmt.whole(found.n),
        "Power": f"{fmt.bare(found.power)} ({fmt.bare(found.standard_error, 3)})",
    }


def _independent(cited: CitedPower) -> str:
    """Say that clients are treated as independent, and how many teams they are in."""
    return (
        "Clients are treated as independent; an analysis that allows for clustering "
        f"in the {counted(cited.teams, 'team')} of this edition has less power."
    )
