"""What an unmeasured confounder would have to be, in sentences."""

from collections.abc import Sequence

from smcm.analysis.confounding import ConfoundedModel, Confounding
from smcm.design.confounding import PATHS
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.words import count_of, covariate_name, listed_or

SIDES = {
    "a": "fidelity and alliance",
    "b": "alliance and outcome",
}


def confounding_phrases(found: Confounding) -> dict[str, str]:
    """Quote the verdict, the ranges, and an example for the clinic."""
    models = found.models
    return {
        "conf_verdict": _verdict(found),
        "conf_verdict_detail": _detail(found),
        "conf_pooled": _pooled(found),
        "conf_rho_range": _range([abs(one.vanishing) for one in models]),
        "conf_rho_sentence": _rho_sentence(models),
        "conf_rv_a": _rv_sentence(models, "a"),
        "conf_rv_b": _rv_sentence(models, "b"),
        "conf_strongest": _strongest(models),
        "conf_others": _others(models),
        "conf_example": _example(_example_model(found)),
        "conf_m": fmt.whole(found.m),
        "conf_draws": fmt.whole(found.study.run.n_boot),
        "conf_alpha": fmt.bare(USUAL_ALPHA),
        "conf_models": fmt.spelled(len(models)),
    }


def _titles(models: Sequence[ConfoundedModel]) -> str:
    return listed_or((one.model.title for one in models), "no outcome")


def _verdict(found: Confounding) -> str:
    """Say whether the mediated models survive another covariate like the strongest."""
    mediated = found.mediated
    if not mediated:
        return "There is no mediation here for a confounder to undo."
    standing = [one for one in mediated if one.stands]
    asked = (
        "Under a hidden cause as strong as the strongest measured covariate, the "
        "finding of mediation"
    )
    if len(standing) == len(mediated):
        return f"{asked} holds."
    return f"{asked} holds in part." if standing else f"{asked} does not hold."


def _detail(found: Confounding) -> str:
    mediated = found.mediated
    if not mediated:
        return (
            "What follows says how strong a hidden cause would have to be that makes "
            "up the indirect effects as they were estimated."
        )
    one = len(mediated) == 1
    whose = (
        "The mediated model is that of" if one else "The mediated models are those of"
    )
    return (
        f"{whose} {_titles(mediated)}. With such a cause, "
        f"{_kept(mediated, baseline=True)}. The strongest covariate may be the outcome "
        "at entry, which is nearly the outcome itself and so a severe measure; with a "
        f"cause like any of the others, {_kept(mediated, baseline=False)}. These are "
        "comparisons and no estimates: whether there is such a cause, the data cannot "
        "tell."
    )


def _kept(mediated: Sequence[ConfoundedModel], *, baseline: bool) -> str:
    """Say in how many models each path would keep its sign and the level."""
    parts: list[str] = []
    keeps = f" would keep its sign and the level of {fmt.bare(USUAL_ALPHA)}"
    for path in PATHS:
        kept = [one for one in mediated if one.paths[path].stands(baseline=baseline)]
        where = "" if len(kept) in (0, len(mediated)) else f" ({_titles(kept)})"
        told = f"in {count_of(len(kept), len(mediated))}{where}"
        parts.append(f"path {path}{'' if parts else keeps} {told}")
    return fmt.listed(parts)


def _pooled(found: Confounding) -> str:
    """Compare the robustness of the mediated models with that over the imputations."""
    shown = found.mediated or found.models
    which = "mediated models" if found.mediated else "models"
    weaker = [one for one in shown if abs(one.pooled.vanishing) < abs(one.vanishing)]
    lost = [
        one
        for one in shown
        if one.paths["b"].coefficient.significant(USUAL_ALPHA)
        and not one.paths["b"].pooled.significant(USUAL_ALPHA)
    ]
    text = (
        f"Over the imputed sets ρ̃ is nearer to zero in "
        f"{count_of(len(weaker), len(shown))} {which}."
    )
    if len(shown) == 1:
        side = "nearer to" if weaker else "no nearer to"
        text = f"Over the imputed sets ρ̃ is {side} zero in the mediated model."
    if lost:
        text += (
            f" For {_titles(lost)} path b no longer keeps the level of "
            f"{fmt.bare(USUAL_ALPHA)} there, and no confounder is needed to overturn "
            "it."
        )
    return text


def _range(values: Sequence[float]) -> str:
    low, high = (fmt.bare(end) for end in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def _rho_sentence(models: Sequence[ConfoundedModel]) -> str:
    held = [one for one in models if one.held_until > 0.0]
    if not held:
        return "In no model does the interval of ab leave zero out even at ρ=0."
    reach = _range([one.held_until for one in held])
    return (
        "The interval of ab meets zero sooner than ab itself: where it leaves zero out "
        f"at ρ=0 ({_titles(held)}), it does so up to a correlation of {reach} only."
    )


def _rv_sentence(models: Sequence[ConfoundedModel], path: str) -> str:
    own = [one.paths[path].coefficient for one in models]
    low, high = (
        fmt.percent(100.0 * end, 1)
        for end in (
            min(c.robustness() for c in own),
            max(c.robustness() for c in own),
        )
    )
    between = low if low == high else f"{low} to {high}"
    fragile = sum(c.robustness(alpha=USUAL_ALPHA) == 0.0 for c in own)
    none = (
        f" In {count_of(fragile, len(own))} models the path does not keep the level of "
        f"{fmt.bare(USUAL_ALPHA)} to begin with."
        if fragile
        else ""
    )
    return (
        f"For path {path} a confounder would have to explain {between} of what is "
        f"left of both {SIDES[path]} to take the estimate to zero.{none}"
    )


def _strongest(models: Sequence[ConfoundedModel]) -> str:
    """Say which covariate is the strongest, and in how many models, path by path."""
    parts = []
    for path in PATHS:
        names = [covariate_name(one.paths[path].strongest.covariate) for one in models]
        top = max(dict.fromkeys(names), key=names.count)
        parts.append(
            f"{top} for path {path} (in "
            f"{count_of(names.count(top), len(names))} models)"
        )
    return f"The strongest in this sense is {fmt.listed(parts)}."


def _others(models: Sequence[ConfoundedModel]) -> str:
    """Say how strong the strongest covariate is that is not the outcome at entry."""
    found = [one.paths["b"].strongest_other for one in models]
    top = max(found, key=lambda one: one.bound.even if one.bound else 1.0)
    amounts = fmt.percent(100.0 * (top.bound.even if top.bound else 1.0), 1)
    return (
        "Among the other covariates, in any model, the strongest for path b is "
        f"{covariate_name(top.covariate)}; another like it would do what {amounts} of "
        "both do."
    )


def _example_model(found: Confounding) -> ConfoundedModel:
    """Take the mediated model, or else any, with the farthest vanishing rho."""
    shown = found.mediated or found.models
    return max(shown, key=lambda one: abs(one.vanishing))


def _example(one: ConfoundedModel) -> str:
    own = one.paths["b"]
    strongest = own.strongest
    name = covariate_name(strongest.covariate)
    share = fmt.percent(100.0 * own.coefficient.robustness(), 0)
    better = "better" if own.coefficient.estimate > 0.0 else "worse"
    told = (
        f"Take {one.model.title}. Suppose that something about clients was not "
        "recorded, say how ready they were to change, and that it made for a better "
        f"alliance and for a {better} outcome as well. If it accounted for "
        f"{share} of the differences in both that the covariates leave open, the link "
        "from alliance to outcome would be nothing but its shadow."
    )
    if strongest.bound is None:
        return told
    amounts = fmt.percent(100.0 * strongest.bound.even, 0)
    return (
        f"{told} For comparison, a second cause as strong as {name} would do what "
        f"{amounts} of both do."
    )
