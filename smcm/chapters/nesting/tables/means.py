"""Effects between teams, through observed and true means, and within them."""

from math import isinf, isnan

import pandas as pd

from smcm.chapters.nesting.nested import Nested
from smcm.chapters.nesting.team_split import DRAWS, TeamSplit, TrueMeans
from smcm.chapters.nesting.trials import Coverage, read_trials
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import short_title
from smcm.stats.latent_trial import Tried

NONE = "–"
INFINITE = "∞"


def nested_between(nested: Nested) -> Table:
    """Lay out the indirect effect between teams, by observed and by true means."""
    unsettled = [short_title(s.result.model) for s in nested.splits if not s.converged]
    notes = [
        "Paths by REML with a random intercept for each team and all covariates. "
        "Reliability: of the teams' observed means of the alliance, with fidelity and "
        "covariates held constant. True means: predicted from a team's clients, which "
        "allows for the error of the observed mean. Intervals of b and ab: 95% "
        f"percentiles of {fmt.whole(DRAWS)} draws, the reliability from its own "
        "distribution and the paths from Student's t with degrees of freedom by team. "
        f"{INFINITE}: no value is excluded. {NONE}: the estimated variance between "
        "teams is zero."
    ]
    if unsettled:
        notes.append(f"The estimation did not converge for {fmt.listed(unsettled)}.")
    return Table(
        _body([_between(split) for split in nested.splits]),
        name="tab-nested-between",
        caption="Indirect effects between teams, from observed and from true means",
        notes=tuple(notes),
        wide=True,
    )


def _between(split: TeamSplit) -> dict[str, str]:
    observed, true = split.between, split.true_means
    row = {
        "Model": short_title(split.result.model),
        "a (SE)": _slope(observed.a, observed.a_se),
        "b, observed means (SE)": _slope(observed.b, observed.b_se),
    }
    names = ("Reliability (95% CI)", "b, true means (95% CI)", "ab (95% CI)")
    return row | dict(zip(names, _true(true), strict=True))


def _true(true: TrueMeans | None) -> tuple[str, str, str]:
    if true is None:
        return NONE, NONE, NONE
    first, low, high = (fmt.bare(value) for value in true.reliability)
    value, *ends = true.reliability
    return (
        fmt.Rounded(
            f"{first} ({low} to {high})", estimate=value, low=ends[0], high=ends[1]
        ),
        _interval(true.b, true.b_low, true.b_high),
        _interval(true.indirect, true.low, true.high),
    )


def _interval(value: float, low: float, high: float) -> fmt.Rounded:
    text = f"{_or_none(value)} ({_ends(low, high)})"
    return fmt.Rounded(text, estimate=value, low=low, high=high)


def _or_none(value: float) -> str:
    return NONE if isnan(value) else fmt.number(value)


def _ends(low: float, high: float) -> str:
    """Write limits of which either may be infinite."""
    if not isinf(low) and not isinf(high):
        return fmt.limits(low, high)
    ends = (
        ("" if end > 0.0 else fmt.MINUS) + INFINITE if isinf(end) else fmt.number(end)
        for end in (low, high)
    )
    return " to ".join(ends)


def nested_within(nested: Nested) -> Table:
    """Lay out the indirect effect within teams."""
    rows = [
        {
            "Model": short_title(split.result.model),
            "a (SE)": _slope(split.within.a, split.within.a_se),
            "b (SE)": _slope(split.within.b, split.within.b_se),
            "ab (95% CI)": fmt.with_limits(
                split.within.indirect, split.within.low, split.within.high
            ),
        }
        for split in nested.splits
    ]
    return Table(
        _body(rows),
        name="tab-nested-within",
        caption="Indirect effects within teams",
        notes=(
            "Through a client's deviation from the team's mean. Intervals: 95% "
            f"percentiles of {fmt.whole(DRAWS)} products of draws from the normal "
            "distributions of both paths.",
        ),
    )


def latent_trial() -> Table:
    """Lay out bias and coverage of both slopes where the truth is known."""
    trials = read_trials()
    return Table(
        pd.DataFrame([_tried(one) for one in trials] or [{"Teams": NONE}]),
        name="tab-latent-trial",
        caption="Slopes on observed and on true team means in simulated samples",
        notes=(
            *(_truth(trials[0]) if trials else ()),
            "Covers: share of 95% intervals that include the true slope, ± simulation "
            "error. No estimate: the estimated variance between teams is zero. No end: "
            "intervals that are infinite on a side.",
        ),
        wide=True,
    )


def _truth(one: Tried) -> tuple[str]:
    return (
        f"{fmt.whole(one.n)} samples a row. True slopes: "
        f"{fmt.number(one.truth.between, 0)} between teams, "
        f"{fmt.number(one.truth.within, 1)} within. Teams have the sizes and the "
        "fidelity of this study's, repeated where there are more. ICC: residual, of "
        "the alliance with fidelity held constant.",
    )


def _tried(one: Tried) -> dict[str, str]:
    return {
        "Teams": fmt.whole(one.teams),
        "ICC": fmt.bare(one.truth.icc),
        "Observed, mean": fmt.number(one.observed),
        "Observed, covers": _covers(one.observed_covers, one.n),
        "True, median": fmt.number(one.latent),
        "True, covers": _covers(one.latent_covers, one.n),
        "No estimate": fmt.percent(100.0 * one.not_estimated),
        "No end": fmt.percent(100.0 * one.unbounded),
    }


def _covers(share: float, n: int) -> str:
    found = Coverage.of(share, n)
    return fmt.Rounded(
        f"{fmt.bare(found.share)} ± {fmt.bare(found.error)}",
        estimate=found.share,
        se=found.error,
    )


def _slope(value: float, error: float) -> str:
    return fmt.with_error(value, error)


def _body(rows: list[dict[str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows or [{"Model": "too few teams", "Result": NONE}])
