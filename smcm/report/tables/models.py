"""The eight mediation models: paths, indirect effects, other windows."""

import pandas as pd

from smcm.analysis.mediation import MediationResult
from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.left_out import left_out_covariates
from smcm.report.show import Table
from smcm.report.words import MOST_DECIMALS, short_title

BELOW = "†"
NEAR_ZERO = (
    "A limit that two decimals would write as 0.00 has as many more as show on which "
    "side of zero it lies."
)


def paths(study: Study) -> Table:
    """Lay out a, b, the direct and the total effect of every model."""
    rows = [
        {
            "Outcome": short_title(result.model),
            "a (95% CI)": _estimate(result, "a"),
            "p(a)": _p(result, "a", significant=result.a_significant),
            "b (95% CI)": _estimate(result, "b"),
            "p(b)": _p(result, "b", significant=result.b_significant),
            "c′ (95% CI)": _estimate(result, "direct"),
            "p(c′)": _p(result, "direct", significant=result.direct_significant),
            "c (95% CI)": _estimate(result, "total"),
        }
        for result in study.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-paths",
        caption=(
            "Paths of the eight mediation models, unstandardized "
            f"(N={fmt.whole(study.n)})"
        ),
        notes=(
            "a: fidelity to alliance; b: alliance to outcome, fidelity held fixed; "
            "c′: fidelity to outcome, alliance held fixed; c: fidelity to outcome in "
            f"all. {_degrees(study)} {NEAR_ZERO}",
            *_levels(study),
            *filter(None, [left_out_covariates(study)]),
        ),
        wide=True,
    )


def _degrees(study: Study) -> str:
    a, b = (_between(study, terms) for terms in (("a", "total"), ("b", "direct")))
    tested = f"Student's t on {a} (a, c) and {b} (b, c′) degrees of freedom."
    if not study.defensible:
        return tested
    return (
        f"Pooled over {fmt.whole(study.n_sets)} completed sets by Rubin's rules, "
        f"errors by team (CR2). {tested}"
    )


def _between(study: Study, terms: tuple[str, ...]) -> str:
    df = [result.mediation.row(t)["df"] for result in study.models for t in terms]
    low, high = fmt.degrees(min(df)), fmt.degrees(max(df))
    return low if low == high else f"{low} to {high}"


def _levels(study: Study) -> tuple[str, ...]:
    if study.defensible:
        return ()
    return (
        f"{BELOW} p is below {fmt.bare(USUAL_ALPHA)} and misses the stricter level "
        "that the alpha rule sets for this dependent variable.",
    )


def _estimate(result: ModelResult, term: str) -> str:
    row = result.mediation.row(term)
    return with_limits(row["estimate"], row["ci_low"], row["ci_high"])


def with_limits(value: float, low: float, high: float) -> str:
    """Write an estimate with its interval, for example "0.07 (0.005 to 0.17)"."""
    return f"{fmt.number(value)} ({limits(low, high)})"


def limits(low: float, high: float) -> str:
    """Write an interval so that it shows on which side of zero its ends lie."""
    return f"{limit(low)} to {limit(high)}"


def limit(value: float) -> str:
    """Two decimals, or more where two would hide on which side of zero it lies."""
    decimals = 2
    while value and decimals < MOST_DECIMALS and _reads_as_zero(value, decimals):
        decimals += 1
    return fmt.number(value, decimals)


def _reads_as_zero(value: float, decimals: int) -> bool:
    return fmt.number(value, decimals) == fmt.number(0.0, decimals)


def _p(result: ModelResult, term: str, *, significant: bool) -> str:
    p = result.mediation.row(term)["p"]
    return fmt.p_value(p) + (BELOW if p < USUAL_ALPHA and not significant else "")


def indirect_effects(study: Study) -> Table:
    """Lay out ab with its bootstrap, raw and completely standardized."""
    rows = [
        {
            "Outcome": short_title(result.model),
            "ab": fmt.number(result.mediation.indirect),
            _error(study): fmt.number(result.mediation.row("indirect")["se"]),
            "95% CI": limits(*result.mediation.limits()),
            "ab (std.)": fmt.number(result.mediation.indirect_cs, 3),
            "95% CI (std.)": fmt.interval(*result.mediation.limits("indirect_cs"), 3),
            "Mediation": "yes" if result.mediated else "no",
        }
        for result in study.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-indirect",
        caption=(
            "Indirect effects of fidelity through the alliance "
            f"(N={fmt.whole(study.n)})"
        ),
        notes=(
            "ab: points of the outcome per point of fidelity. Std.: SDs of "
            f"the outcome per SD of fidelity. {NEAR_ZERO} {_draws(study)}",
            f"Mediation: both paths are significant at {_level(study)} and the "
            "interval of ab leaves zero out.",
        ),
        align=("left", "right", "right", "right", "right", "right", "center"),
        wide=True,
    )


def _error(study: Study) -> str:
    return "SE" if study.defensible else "Boot SE"


def _level(study: Study) -> str:
    if study.defensible:
        return fmt.bare(USUAL_ALPHA)
    return "the level of their dependent variable"


def _draws(study: Study) -> str:
    n = fmt.whole(study.run.n_boot)
    if study.defensible:
        return (
            f"Intervals are percentiles of {n} products of draws of both pooled paths, "
            "each from Student's t with its own degrees of freedom; SE is the standard "
            "deviation of the products, which few degrees of freedom leave uncertain."
        )
    return (
        f"Intervals are percentiles of {n} bootstrap samples of clients. "
        f"{_resamples(study)}"
    )


def _resamples(study: Study) -> str:
    found = [result.mediation for result in study.models]
    draws = [one.draws for one in found if isinstance(one, MediationResult)]
    lacking = max(draw.n_dropped for draw in draws)
    replaced = draws[0].n_replaced
    if not lacking and not replaced:
        return "Every sample had full rank."
    share = fmt.percent(100.0 * lacking / study.run.n_boot, 1)
    return (
        f"In up to {fmt.whole(lacking)} samples ({share}) a covariate was determined "
        f"by the others and left out; {fmt.whole(replaced)} samples without variation "
        "in fidelity, alliance or outcome were drawn again."
    )


def sensitivity(study: Study) -> Table:
    """Lay out the three window lengths beneath each other, for every model."""
    rows = [
        {
            "Outcome": short_title(main.model),
            "Days": fmt.whole(days),
            **_in_window(study.windows[days][k]),
        }
        for k, main in enumerate(study.models)
        for days in sorted(study.windows)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-sensitivity",
        caption="The eight models with other lengths of the fidelity window",
        notes=(
            f"Days: length of the window. All windows use the same {_shared(study)}. "
            f"The interval is the 95% percentile interval of ab. {NEAR_ZERO}",
        ),
    )


def _shared(study: Study) -> str:
    return "completed sets and draws" if study.defensible else "bootstrap samples"


def _in_window(result: ModelResult) -> dict[str, str]:
    a, b = (result.mediation.row(term) for term in ("a", "b"))
    return {
        "a": fmt.number(a["estimate"]),
        "p(a)": fmt.p_value(a["p"]),
        "b": fmt.number(b["estimate"]),
        "p(b)": fmt.p_value(b["p"]),
        "ab": fmt.number(result.mediation.indirect),
        "95% CI": limits(*result.mediation.limits()),
    }
