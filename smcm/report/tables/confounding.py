"""What a confounder would have to be: correlations, robustness values, benchmarks."""

import pandas as pd

from smcm.analysis.confounding import Confounding
from smcm.analysis.confounding_benchmarks import Benchmark
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.tables.models import NEAR_ZERO
from smcm.report.words import covariate_name, short_title
from smcm.stats.omitted import Coefficient

IMPOSSIBLE = "–"


def vanishing(found: Confounding) -> Table:
    """Lay out the correlation of errors at which each indirect effect is gone."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "ab": fmt.number(one.completed.mediation.indirect),
            "ρ̃ (95% CI)": _correlation(one.vanishing, one.limits),
            "Interval meets zero at": f"±{fmt.bare(one.held_until)}"
            if one.held_until > 0.0
            else fmt.number(0.0, 0),
            "R² product, unexplained": fmt.bare(one.shared.of_residual, 3),
            "R² product, total": fmt.bare(one.shared.of_total, 3),
            "ρ̃ over imputations (95% CI)": _correlation(
                one.pooled.vanishing, one.pooled.limits()
            ),
        }
        for one in found.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-vanishing",
        caption="Correlation of errors at which the indirect effect vanishes",
        notes=(
            "ρ̃: the correlation of the errors of alliance and outcome at which ab is "
            f"zero, with percentiles of {fmt.whole(found.study.run.n_boot)} bootstrap "
            "samples. Interval meets zero at: the smallest correlation, on either "
            "side, at which the interval of ab holds zero. R² products: what a "
            "confounder explains of the alliance, times what it explains of the "
            "outcome, at ρ̃; shares of what the equations leave unexplained, and of "
            "the whole variances. Over imputations: "
            f"{fmt.whole(found.m)} sets, pooled as Fisher's z.",
        ),
        wide=True,
    )


def _correlation(value: float, ends: tuple[float, float]) -> str:
    return fmt.with_limits(value, *ends, write=fmt.bare)


def robustness(found: Confounding) -> Table:
    """Lay out robustness values of both paths, and the strongest covariate."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "Path": path,
            "RV": _share(own.coefficient),
            f"RV at {fmt.bare(USUAL_ALPHA)}": _share(own.coefficient, USUAL_ALPHA),
            "RV, imputed": _share(own.pooled),
            f"RV at {fmt.bare(USUAL_ALPHA)}, imputed": _share(own.pooled, USUAL_ALPHA),
            "Strongest covariate": _entered(own.strongest),
            "R² with predictor": _side(own.strongest, "treatment"),
            "R² with dependent": _side(own.strongest, "outcome"),
            "Path beside it": fmt.number(own.strongest.before.estimate),
            "With its like (95% CI)": _adjusted(own.strongest),
        }
        for one in found.models
        for path, own in one.paths.items()
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-robustness",
        caption="Strength of a confounder that would undo path a or path b",
        notes=(
            "RV: robustness value, the share that a confounder has to explain of what "
            "is unexplained of both sides of the path to take the path to zero; at "
            f"{fmt.bare(USUAL_ALPHA)}, until it is no longer significant at that "
            "level, and 0% where it is not significant as it is. Strongest covariate: "
            "the one whose like would move the path farthest, with its partial R² with "
            "both sides of the path; a covariate of several categories is entered as a "
            "group of columns. Path beside it: the path in the equation with these "
            "columns. With its like: that path with a further covariate as strong, "
            f"working against it. {NEAR_ZERO}",
        ),
        align=("left", "center", *("right",) * 4, "left", *("right",) * 4),
        wide=True,
    )


def _entered(benchmark: Benchmark) -> str:
    """Name a covariate, with the number of categories where it has several."""
    name = covariate_name(benchmark.covariate)
    if benchmark.columns == 1:
        return name
    return f"{name}, {fmt.whole(benchmark.columns + 1)} categories"


def _side(benchmark: Benchmark, side: str) -> str:
    if benchmark.measured is None:
        return IMPOSSIBLE
    return _percent(getattr(benchmark.measured, side))


def _share(coefficient: Coefficient, alpha: float | None = None) -> str:
    return _percent(coefficient.robustness(alpha=alpha))


def _percent(share: float) -> str:
    return fmt.percent(100.0 * share, 1)


def _adjusted(benchmark: Benchmark) -> str:
    if benchmark.adjusted is None:
        return IMPOSSIBLE
    return fmt.with_limits(benchmark.adjusted.estimate, *benchmark.adjusted.limits())
