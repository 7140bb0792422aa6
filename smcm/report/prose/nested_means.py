"""What the means of few clients a team leave of the effect between teams."""

from collections.abc import Sequence

from smcm.analysis.nested import Nested
from smcm.analysis.team_split import TeamSplit, TrueMeans
from smcm.design.instruments import RPRS
from smcm.design.schedule import ALLIANCE_MONTHS, HORIZONS, label
from smcm.report import format as fmt
from smcm.report.team_means import Coverage, read_trials
from smcm.report.words import count_of, named
from smcm.stats.latent_trial import Tried


def mean_phrases(nested: Nested) -> dict[str, str]:
    """Quote the reliability of the teams' means and what follows from it."""
    few = "With so few teams the error of their means cannot be estimated."
    return {
        "nest_mean_reliability": _reliability(nested) if nested.splits else few,
        "nest_mean_fixed": _held_fixed(nested) if _true(nested) else few,
        "nest_between_sentence": _between(nested) if _true(nested) else few,
        "nest_trial_sentence": _trial(read_trials()),
    }


def _true(nested: Nested) -> list[tuple[TeamSplit, TrueMeans]]:
    pairs = [(split, split.true_means) for split in nested.splits]
    return [(split, true) for split, true in pairs if true is not None]


def _reliability(nested: Nested) -> str:
    parts = []
    for month in ALLIANCE_MONTHS:
        anova = nested.likeness["team", RPRS.score_column(month)].anova
        if anova is not None:
            low, high = anova.reliability_limits()
            parts.append(
                f"{fmt.bare(anova.reliability)} at {label(month)} months (95% CI "
                f"{fmt.bare(low)} to {fmt.bare(high)})"
            )
    fidelity = min(split.fidelity_reliability for split in nested.splits)
    return (
        f"The teams' means of the alliance have a reliability of {fmt.listed(parts)}; "
        f"those of fidelity have at least {fmt.bare(fidelity)} and need no correction."
    )


def _held_fixed(nested: Nested) -> str:
    parts = []
    for horizon in HORIZONS:
        own = [
            true.reliability
            for split, true in _true(nested)
            if split.result.model.horizon == horizon
        ]
        if own:
            first = [reliability[0] for reliability in own]
            lowest = min(reliability[1] for reliability in own)
            parts.append(
                f"{_bare_range(first)} in the {label(horizon)}-month models (lower "
                f"limits from {fmt.bare(lowest)})"
            )
    return (
        "What counts for b is the reliability with fidelity and covariates held fixed: "
        f"{fmt.listed(parts)}."
    )


def _bare_range(values: Sequence[float]) -> str:
    return f"{fmt.bare(min(values))} to {fmt.bare(max(values))}"


def _between(nested: Nested) -> str:
    true = _true(nested)
    total = len(true)
    open_ = [split for split, means in true if not means.bounded]
    found = sum(means.excludes_zero for _, means in true)
    within = sum(split.within.excludes_zero for split, _ in true)
    names = fmt.listed(named(split.result for split in open_))
    none = (
        f"In {count_of(len(open_), total)} models ({names}) the interval of b between "
        "teams has no end on at least one side: there the teams' means may say "
        "nothing of the alliance, and these data are consistent with an effect of any "
        "size. "
    )
    return (
        f"{none if open_ else ''}The interval of the indirect effect between teams "
        f"excludes zero in {count_of(found, total)} models, and that within teams in "
        f"{count_of(within, total)}."
    )


def _trial(trials: Sequence[Tried]) -> str:
    if not trials:
        return "No such samples are kept."
    fewest = min(trials, key=lambda one: (one.teams, one.truth.icc))
    most = max(trials, key=lambda one: (one.teams, -one.truth.icc))
    return (
        f"With {fmt.whole(fewest.teams)} teams, a residual ICC of the alliance of "
        f"{fmt.bare(fewest.truth.icc)} and a true slope of "
        f"{fmt.number(fewest.truth.between, 0)}, the slope on observed means averages "
        f"{fmt.number(fewest.observed)} and its 95% interval covers the true one in "
        f"{_covered(fewest.observed_covers, fewest.n)} of {fmt.whole(fewest.n)} "
        f"samples. The slope on true means has the median {fmt.number(fewest.latent)}, "
        f"and its interval covers in {_covered(fewest.latent_covers, fewest.n)}; but "
        f"{fmt.percent(100.0 * fewest.unbounded)} of the intervals have an end that is "
        f"infinite. With {fmt.whole(most.teams)} teams of the same kind, observed "
        f"means average {fmt.number(most.observed)} and cover in "
        f"{_covered(most.observed_covers, most.n)}, true means "
        f"{fmt.number(most.latent)} and {_covered(most.latent_covers, most.n)}. More "
        "teams of this size do not make the bias of observed means smaller; they only "
        "make its interval narrower."
    )


def _covered(share: float, n: int) -> str:
    found = Coverage.of(share, n)
    return f"{fmt.percent(100.0 * found.share)} (±{fmt.number(100.0 * found.error, 1)})"
