"""Nesting, the form of the regressions, other windows, the other direction."""

from collections.abc import Sequence

from smcm.analysis.defensible import PooledHierarchical
from smcm.analysis.diagnostics import EquationCheck, check_equations
from smcm.analysis.findings import LEAST_R2_CHANGE, verdicts
from smcm.analysis.nesting import share_between
from smcm.analysis.reciprocity import LATER_ALLIANCE, HierarchicalModel
from smcm.analysis.study import Study
from smcm.design.instruments import RPRS
from smcm.design.nesting import ICC_CUTOFF, STRICT_ALPHA, USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.words import TITLES, count_of, listed_or

Reciprocal = HierarchicalModel | PooledHierarchical


def nesting_phrases(study: Study) -> dict[str, str]:
    """Quote the intraclass correlations and the levels they lead to."""
    nesting = study.nesting
    values = [found.value for found in nesting.icc.values()]
    strict = [TITLES[column] for column in nesting.strict]
    return {
        "icc_min": fmt.without_zero(fmt.beside(min(values), [ICC_CUTOFF])),
        "icc_max": fmt.without_zero(fmt.beside(max(values), [ICC_CUTOFF])),
        "icc_cutoff": fmt.bare(ICC_CUTOFF),
        "alpha_usual": fmt.bare(USUAL_ALPHA),
        "alpha_strict": fmt.bare(STRICT_ALPHA),
        "exposure_clustering": _exposure(study),
        "strict_sentence": (
            "The stricter level applies here to "
            f"{listed_or(strict, 'no dependent variable')}."
        ),
    }


def _exposure(study: Study) -> str:
    """Say how much of the exposure teams have in common."""
    if study.frame["team"].nunique() == 1:
        return "the exposure of clients of one team differs by their dates alone"
    columns = dict.fromkeys(r.mediation.spec.x for r in study.models)
    shares = [100.0 * share_between(study.frame, column) for column in columns]
    low, high = fmt.percent(min(shares)), fmt.percent(max(shares))
    much = low if low == high else f"{low} to {high}"
    return f"of the variance of the exposure {much} lies between teams"


def regression_phrases(study: Study) -> dict[str, str]:
    """Say what the checks of the equations come to."""
    checks = check_equations(study)
    uneven = sum(c.breusch_pagan < USUAL_ALPHA for c in checks)
    curved = sum(c.reset < USUAL_ALPHA for c in checks)
    turned = [f"path {c.path} to {_target(c)}" for c in checks if _turns(study, c)]
    return {
        "n_equations": fmt.spelled(len(checks)),
        "uneven_count": count_of(uneven, len(checks)),
        "curved_count": count_of(curved, len(checks)),
        "vif_max": fmt.number(max(c.largest_vif for c in checks)),
        "robust_sentence": (
            "With standard errors that allow for unequal variances, the conclusion "
            f"changes for {fmt.listed(turned)}."
            if turned
            else "With standard errors that allow for unequal variances, the "
            "conclusion on every path stays the same."
        ),
    }


def _target(check: EquationCheck) -> str:
    if check.path == "b":
        return check.model.title
    return f"the alliance in the model of {check.model.title}"


def _turns(study: Study, check: EquationCheck) -> bool:
    """Whether robust standard errors carry the path over its level."""
    result = study.model(check.model.key)
    alpha = result.alpha_mediator if check.path == "a" else result.alpha_outcome
    return (check.p < alpha) != (check.p_robust < alpha)


def sensitivity_phrases(study: Study) -> dict[str, str]:
    """Say what other window lengths change."""
    own = verdicts(study.models)
    changed = [
        f"{result.model.title} ({fmt.whole(days)} days)"
        for days, results in study.other_windows.items()
        for result, before, now in zip(results, own, verdicts(results), strict=True)
        if before != now
    ]
    others = [r for results in study.other_windows.values() for r in results]
    return {
        "other_windows": fmt.listed(fmt.whole(d) for d in sorted(study.other_windows)),
        "sensitivity_sentence": (
            "the conclusion on a path or on mediation changes for "
            f"{fmt.listed(changed)}."
            if changed
            else "the conclusion on every path and every model stays the same."
        ),
        "sensitivity_caution": (
            "Averages over overlapping windows of slowly changing scores are nearly "
            + (
                "the same numbers, so that a conclusion which changes with the window "
                "rests on little."
                if changed
                else "the same numbers, so that such agreement is less reassuring than "
                "it looks."
            )
        ),
        "other_a_p_max": fmt.p_value(max(r.mediation.row("a")["p"] for r in others)),
    }


def reciprocity_phrases(study: Study) -> dict[str, str]:
    """Quote the regressions of the later alliance on earlier outcomes."""
    models = study.reciprocity
    alpha = study.alpha(RPRS.score_column(LATER_ALLIANCE))
    found = [m for m in models if m.p < alpha]
    rest = [m for m in models if m.p >= alpha]
    changes = [100.0 * m.r2_change for m in models]
    meaning = (
        "Where an earlier outcome predicts the later alliance, part of what ties "
        "alliance and outcome together may run from the outcome to the alliance."
        if found
        else "No earlier outcome is seen to predict the later alliance, which does "
        "not show that there is no influence in that direction."
    )
    return {
        "reciprocity_models": fmt.spelled(len(models)),
        "rec_alpha": fmt.bare(alpha),
        "rec_min": fmt.percent(min(changes), 1),
        "rec_max": fmt.percent(max(changes), 1),
        "rec_significant": listed_or(
            (m.outcome.short for m in found), "none of the outcomes"
        ),
        "rec_sentence": _increases(found, rest),
        "rec_circle": _circle(found),
        "rec_meaning": meaning,
        "r2_rounding_sentence": _rounding(min(changes)),
    }


def _increases(found: Sequence[Reciprocal], rest: Sequence[Reciprocal]) -> str:
    """Name the outcomes that add to the later alliance, and those that do not."""
    if not found:
        return (
            "the increase is significant for none of the outcomes: "
            f"{fmt.listed(map(_detail, rest))}."
        )
    told = f"the increase is significant for {fmt.listed(map(_detail, found))}."
    if not rest:
        return told
    return f"{told} It is not for {fmt.listed(map(_detail, rest))}."


def _circle(found: Sequence[Reciprocal]) -> str:
    """Say what an influence back would mean, as far as one is seen."""
    if not found:
        return (
            "If there were such an influence, part of what is called path b would be "
            "the return journey."
        )
    down = [m.outcome.short for m in found if m.slope < 0.0]
    if down:
        return (
            f"Here higher scores went with a weaker alliance later for "
            f"{fmt.listed(down)}. Part of what is called path b may be the return "
            "journey, whatever its sign."
        )
    return (
        "Here higher scores went with a stronger alliance later. For practice such a "
        "circle would be no bad news, since a good start could set it turning. For the "
        "analysis it would be a warning: part of what is called path b may be the "
        "return journey."
    )


def _rounding(smallest: float) -> str:
    """Explain which shares of variance print as the least one that is asked for."""
    least = 100.0 * LEAST_R2_CHANGE
    return (
        f"One row asks for a change in R² of at least {fmt.percent(least)}. The "
        f"article prints such shares without decimals, where {fmt.percent(least, 1)} "
        f"and more print as {fmt.percent(least)} or more; the smallest of this edition "
        f"is {fmt.percent(smallest, 1)} and prints as {fmt.percent(smallest)}."
    )


def _detail(model: Reciprocal) -> str:
    change = fmt.percent(100.0 * model.r2_change, 1)
    return (
        f"{model.outcome.short} ({change}, F({fmt.whole(model.df1)}, "
        f"{fmt.degrees(model.df2)})={fmt.number(model.f)}, {fmt.p_phrase(model.p)})"
    )
