"""What becomes of the paths when the teams are taken into account."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

from smcm.analysis.clustered import METHODS, ModelTests, PathTests
from smcm.analysis.nested import Nested, observed_range
from smcm.design.nesting import (
    ALIKE_BY,
    SIMULATED_ICCS,
    SIMULATED_SAMPLES,
    STRICT_ALPHA,
    USUAL_ALPHA,
    WILD_DRAWS,
)
from smcm.design.schedule import HORIZONS, label
from smcm.published import Published
from smcm.report import format as fmt
from smcm.report.prose.nested_means import mean_phrases
from smcm.report.words import count_of, named
from smcm.stats.mediation import FOCAL

NAMES = {"cr2": "CR2", "wild": "the wild bootstrap", "reml": "random intercepts"}
KNOWING = tuple(method for method in METHODS if method in NAMES)


def nested_phrases(nested: Nested) -> dict[str, str]:
    """Quote the verdict and the numbers of the chapter on teams.

    Returns
    -------
    dict of str to str
        Finished strings by name, as `smcm.report.prose.quoted` has them.
    """
    computed: dict[str, Callable[[Nested], str]] = {
        "nest_verdict": _verdict,
        "nest_verdict_detail": _detail,
        "nest_a_sentence": _alliance,
        "nest_c_sentence": _total,
        "nest_df_sentence": _df,
        "nest_reml_sentence": _reml,
        "nest_indirect_sentence": _indirect,
        "nest_alarm_sentence": _alarms,
        "nest_robust_sentence": _robust,
    }
    too_few = f"Nothing of the kind can be computed: {_teams(nested)} are too few."
    if nested.n_teams == 1:
        too_few = too_few.replace(" are ", " is ")
    return {
        "nest_teams": _teams(nested),
        "nest_wild_draws": fmt.whole(WILD_DRAWS),
        "nest_samples": fmt.whole(SIMULATED_SAMPLES),
        "nest_split_sentence": _split(nested) if nested.splits else too_few,
        "nest_icc_sentence": _likeness(nested),
        **mean_phrases(nested),
        **{
            name: say(nested) if nested.models else too_few
            for name, say in computed.items()
        },
    }


def _teams(nested: Nested) -> str:
    """Count the teams in words, for example "fourteen teams"."""
    return f"{fmt.spelled(nested.n_teams)} team{'s' if nested.n_teams > 1 else ''}"


def _verdict(nested: Nested) -> str:
    published, kept = _kept(nested)
    if not published:
        return "No path from fidelity to the alliance is significant as published."
    word = "holds" if len(kept) == len(published) else "holds in part"
    return (
        f"With its {_teams(nested)} taken into account, the finding that fidelity goes "
        f"with the alliance {word if kept else 'does not hold'}."
    )


def _detail(nested: Nested) -> str:
    published, kept = _kept(nested)
    by_horizon = fmt.listed(
        f"{_or_none(sum(m.result.model.horizon == horizon for m in kept))} among "
        f"those of {label(horizon)} months"
        for horizon in HORIZONS
    )
    return (
        f"Significant as published is the path a "
        f"{_models(len(published), nested)}; under both CR2 and the wild bootstrap it "
        f"stays so {_models(len(kept), nested)}, {by_horizon}."
    )


def _kept(nested: Nested) -> tuple[list[ModelTests], list[ModelTests]]:
    """Models whose path a is significant as published, and with teams counted too."""
    published = [m for m in nested.models if m.a.stands("ols")]
    return published, [m for m in published if m.a.stands("cr2") and m.a.stands("wild")]


def _models(count: int, nested: Nested) -> str:
    return f"in {count_of(count, len(nested.models))} models"


def _or_none(count: int) -> str:
    return fmt.spelled(count) if count else "none"


def _alliance(nested: Nested) -> str:
    return " ".join(
        f"In the {label(horizon)}-month models the path a stands "
        f"{_counts([m.a for m in nested.models if m.result.model.horizon == horizon])}."
        for horizon in HORIZONS
    )


def _counts(tests: Sequence[PathTests]) -> str:
    counts = {name: sum(t.stands(name) for t in tests) for name in KNOWING}
    if len(set(counts.values())) == 1:
        same = counts[KNOWING[0]]
        return f"in {count_of(same, len(tests))} models under every method"
    return fmt.listed(
        f"in {count_of(count, len(tests))} models under {NAMES[name]}"
        for name, count in counts.items()
    )


def _total(nested: Nested) -> str:
    tests = [model.total for model in nested.models]
    if not any(test.stands(method) for test in tests for method in METHODS):
        least = min(test.p(name) for test in tests for name in KNOWING)
        return (
            "The total effect c of fidelity stands in none of the models, whichever "
            f"way it is tested; the smallest p that knows of the teams is "
            f"{fmt.p_value(least)}."
        )
    return f"The total effect c of fidelity stands {_counts(tests)}."


def _df(nested: Nested) -> str:
    found = [float(m.a.cr2.t_df[FOCAL]) for m in nested.models]
    ratio = [float(m.a.cr2.se[FOCAL] / m.a.ols.se[FOCAL]) for m in nested.models]
    return (
        f"For the path a they are between {fmt.number(min(found), 1)} and "
        f"{fmt.number(max(found), 1)}, where the published tests have "
        f"{fmt.whole(nested.models[0].a.ols.df)}; the error itself is "
        f"{fmt.number(min(ratio))} to {fmt.number(max(ratio))} times the classical one."
    )


def _reml(nested: Nested) -> str:
    fits = [fit for m in nested.models for fit in (m.a.reml, m.b, m.total.reml)]
    ended = sum(fit.converged for fit in fits)
    edge = sum(fit.at_boundary for fit in fits)
    return (
        "The search for the variances came to its end in "
        f"{count_of(ended, len(fits))} equations, and found no variance between teams "
        f"in {count_of(edge, len(fits))}."
    )


def _indirect(nested: Nested) -> str:
    clients = [m for m in nested.models if m.result.mediation.interval_excludes_zero]
    teams = [m for m in nested.models if m.team_limits_exclude_zero]
    return (
        f"With clients drawn, the interval of ab leaves zero out "
        f"{_where(clients, nested)}; with whole teams drawn, {_where(teams, nested)}."
    )


def _where(found: Sequence[ModelTests], nested: Nested) -> str:
    count = count_of(len(found), len(nested.models))
    names = fmt.listed(named(m.result for m in found)) if found else ""
    return f"in {count} models{f' ({names})' if found else ''}"


@dataclass(frozen=True, slots=True)
class _Rates:
    """Shares of true null hypotheses that one test rejects, both horizons taken."""

    nested: Nested
    test: str

    def span(
        self, by: Sequence[str], level: float, iccs: Sequence[float]
    ) -> tuple[float, float]:
        """Smallest and largest share, where clients are alike by some level."""
        rates = [
            r.rate
            for found in self.nested.alarms
            if found.level in by
            for r in found.rejections
            if r.test == self.test and r.level == level and r.icc in iccs
        ]
        return min(rates), max(rates)

    def said(self, by: Sequence[str], level: float, iccs: Sequence[float]) -> str:
        """Print the span in per cent."""
        low, high = (fmt.number(100.0 * r, 1) for r in self.span(by, level, iccs))
        return f"{low} to {high}%"


def _alarms(nested: Nested) -> str:
    """Give the false alarms of both levels of clustering."""
    rates = _Rates(nested, "classical")
    alike = [icc for icc in SIMULATED_ICCS if icc > 0.0]
    (managers, teams), both = ALIKE_BY, (USUAL_ALPHA, STRICT_ALPHA)
    usual, strict = (rates.said((managers,), level, alike) for level in both)
    of_teams, of_teams_strict = (rates.said((teams,), level, alike) for level in both)
    span = f"{fmt.bare(min(alike))} to {fmt.bare(max(alike))}"
    return (
        "Where clients are unrelated, the published test rejects "
        f"{rates.said(ALIKE_BY, USUAL_ALPHA, [0.0])} of true null hypotheses at the "
        f"level {fmt.bare(USUAL_ALPHA)}, as it should. {_reported(nested)} With a "
        f"residual ICC from {span} between case managers the test rejects {usual} at "
        f"{fmt.bare(USUAL_ALPHA)}, and {strict} at the stricter "
        f"{fmt.bare(STRICT_ALPHA)}. The same ICC between teams, which share fidelity, "
        f"does more harm: {of_teams} and {of_teams_strict}. {_observed(nested)}"
    )


def _reported(nested: Nested) -> str:
    """Place the article's range at its level."""
    printed = Published.read()
    low, high = (fmt.bare(printed.number(f"icc.{end}")) for end in ("min", "max"))
    article = (
        f"The article reports ICCs of the dependent variables from {low} to {high}"
    )
    own = observed_range(nested, ALIKE_BY[0])
    if own is None:
        return f"{article}."
    return (
        f"{article}; between the case managers of this edition they run from "
        f"{fmt.bare(own[0])} to {fmt.bare(own[1])}."
    )


def _observed(nested: Nested) -> str:
    """Say where the study's own alliance stands between teams."""
    own = [found for found in nested.alarms if found.level == ALIKE_BY[1]]
    span = observed_range(nested, ALIKE_BY[1])
    if span is None or not all(isfinite(found.observed) for found in own):
        return ""
    alliance = fmt.listed(
        f"{fmt.bare(found.observed)} for the outcomes at {label(found.horizon)} months"
        for found in own
    )
    return (
        "Between the teams of this edition the dependent variables have ICCs from "
        f"{fmt.bare(span[0])} to {fmt.bare(span[1])}, the alliance {alliance}."
    )


def _robust(nested: Nested) -> str:
    rates = _Rates(nested, "cr2")
    usual, strict = (
        rates.said(ALIKE_BY, level, SIMULATED_ICCS)
        for level in (USUAL_ALPHA, STRICT_ALPHA)
    )
    own = [found for found in nested.alarms if found.level == ALIKE_BY[1]]
    df = fmt.listed(fmt.number(found.df, 1) for found in own)
    error = max(r.error for found in nested.alarms for r in found.rejections)
    return (
        f"CR2 by team, on {df} degrees of freedom, rejects {usual} and {strict}, "
        "whichever of the two is alike. The error of the simulation is at most "
        f"{fmt.number(100.0 * error, 1)} percentage points."
    )


def _split(nested: Nested) -> str:
    shares = {s.result.model.alliance_month: s.share_between for s in nested.splits}
    sizes = fmt.listed(
        f"{fmt.percent(100.0 * share)} of the variance of fidelity before the "
        f"interview at {label(month)} months"
        for month, share in shares.items()
    )
    return f"Between teams lies {sizes}."


def _likeness(nested: Nested) -> str:
    found = [
        likeness.anova
        for (level, _), likeness in nested.likeness.items()
        if level == "team" and likeness.anova is not None
    ]
    if not found:
        return "With one team there is nothing to compare."
    values = [icc.value for icc in found]
    highest = max(icc.limits()[1] for icc in found)
    return (
        f"By team they lie between {fmt.bare(min(values))} and "
        f"{fmt.bare(max(values))}, and their intervals reach up to {fmt.bare(highest)}."
    )
