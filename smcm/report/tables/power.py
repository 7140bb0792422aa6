"""Power of a coefficient and of the indirect effect."""

import pandas as pd

from smcm.analysis.power import simulate_sizes
from smcm.analysis.study import Study
from smcm.design.power import ASSUMED_EFFECT
from smcm.design.schedule import HORIZONS
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import counted
from smcm.stats.power import SimulatedPower


def power(study: Study) -> Table:
    """Lay out the power of one path and of the indirect effect."""
    n = min(map(study.n_at, HORIZONS))
    rows = [
        {
            "Test": "one path (F test of a coefficient)",
            "Effect": f"f²={fmt.bare(ASSUMED_EFFECT)}",
            "N": fmt.whole(n),
            "Power": fmt.bare(study.power),
        }
    ]
    for _, published, own in simulate_sizes(n, study.run.seed):
        rows += [_simulated(published), _simulated(own)]
    return Table(
        pd.DataFrame(rows),
        name="tab-power",
        caption="Power at the .05 level",
        notes=(
            f"One path among {fmt.whole(study.predictors)} predictors, noncentrality "
            "f²N; the article prints the power but not the effect size, which is "
            "assumed here. Indirect effect: simulated power of the 95% percentile "
            "bootstrap interval, Monte Carlo error in parentheses.",
            _independent(study),
        ),
        align=("left", "left", "right", "right"),
    )


def _simulated(found: SimulatedPower) -> dict[str, str]:
    return {
        "Test": "indirect effect (percentile bootstrap)",
        "Effect": f"a={fmt.bare(found.a)}, b={fmt.bare(found.b)}",
        "N": fmt.whole(found.n),
        "Power": fmt.with_error(found.power, found.standard_error, fmt.bare, 3),
    }


def _independent(study: Study) -> str:
    """Say that clients are treated as independent, and how many teams they are in."""
    count = study.frame["team"].nunique()
    return (
        "Clients are treated as independent; an analysis that allows for clustering "
        f"in the {counted(count, 'team')} of this edition has less power (see *Power "
        "and sample size*)."
    )
