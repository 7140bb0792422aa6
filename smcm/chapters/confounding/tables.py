"""Sensitivity to confounding: correlations, robustness values, benchmarks."""

import pandas as pd

from smcm.chapters.confounding.benchmarks import Benchmark
from smcm.chapters.confounding.confounding import Confounding
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import short_title
from smcm.stats.omitted import Coefficient

IMPOSSIBLE = "–"


def vanishing(found: Confounding) -> Table:
    """Lay out the correlation of errors at which each indirect effect is zero."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "ab": fmt.number(one.completed.mediation.indirect),
            "ρ̃ (95% CI)": _correlation(one.vanishing, one.limits),
            "CI includes zero from": "±" + fmt.bare(one.includes_zero_from)
            if one.includes_zero_from > 0.0
            else fmt.number(0.0, 0),
            "R² product, residual": fmt.bare(one.shared.of_residual, 3),
            "R² product, total": fmt.bare(one.shared.of_total, 3),
            "ρ̃, pooled (95% CI)": _correlation(
                one.pooled.vanishing, one.pooled.limits()
            ),
        }
        for one in found.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-vanishing",
        caption="Correlation of errors at which the indirect effect is zero",
        notes=(
            "ρ̃: the correlation of the errors of alliance and outcome at which ab is "
            f"zero, with percentile intervals from {fmt.whole(found.study.run.n_boot)} "
            "bootstrap samples. CI includes zero from: the smallest correlation, in "
            "either direction, at which the interval of ab includes zero. R² products: "
            "the share of variance of the alliance that a confounder explains, times "
            "that of the outcome, at ρ̃; of the residual and of the total variances. "
            f"Pooled: over {fmt.whole(found.m)} imputed sets, as Fisher's z.",
        ),
        wide=True,
    )


def _correlation(value: float, ends: tuple[float, float]) -> str:
    return fmt.with_limits(value, *ends, write=fmt.bare)


def robustness(found: Confounding) -> Table:
    """Lay out robustness values of both paths and the strongest covariate."""
    alpha = found.study.design.alpha.level
    rows = [
        {
            "Outcome": short_title(one.model),
            "Path": path,
            "RV": _share(own.coefficient),
            f"RV at {fmt.bare(alpha)}": _share(own.coefficient, alpha),
            "RV, pooled": _share(own.pooled),
            f"RV at {fmt.bare(alpha)}, pooled": _share(own.pooled, alpha),
            "Strongest covariate": _entered(own.strongest),
            "R² with predictor": _side(own.strongest, "treatment"),
            "R² with dependent variable": _side(own.strongest, "outcome"),
            "Estimate": fmt.number(own.strongest.before.estimate),
            "With confounder (95% CI)": _adjusted(own.strongest),
        }
        for one in found.models
        for path, own in one.paths.items()
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-robustness",
        caption="Strength of a confounder that would explain away path a or path b",
        notes=(
            "RV: robustness value, the partial R² with both the predictor and the "
            "dependent variable that a confounder needs to reduce the path to zero; at "
            f"{fmt.bare(alpha)}, to make it not significant at that level (0% if "
            "it is not significant without a confounder). Pooled: over the imputed "
            "sets. Strongest covariate: the one that, as a benchmark, would reduce the "
            "path most, with its partial R²; one with several categories is entered as "
            "a group of indicators. Estimate: the path in that equation. With "
            "confounder: the same with an additional confounder of the same strength "
            f"that works against the path. {fmt.NEAR_ZERO}",
        ),
        align=("left", "center", *("right",) * 4, "left", *("right",) * 4),
        wide=True,
    )


def _entered(benchmark: Benchmark) -> str:
    """Name a covariate, with the number of categories where it has several."""
    if benchmark.columns == 1:
        return benchmark.name
    return f"{benchmark.name}, {fmt.whole(benchmark.columns + 1)} categories"


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
