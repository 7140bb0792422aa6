"""What an unmeasured confounder would have to be, in sentences."""

from collections.abc import Sequence

from smcm.analysis.confounding import ConfoundedModel, Confounding
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.prose.confounding_benchmarks import benchmark_phrases
from smcm.report.words import count_of, covariate_name, listed_or

SIDES = {
    "a": "fidelity and alliance",
    "b": "alliance and outcome",
}


def confounding_phrases(found: Confounding) -> dict[str, str]:
    """Quote the headline, the ranges, and an example for the clinic."""
    models = found.models
    return {
        **benchmark_phrases(found),
        "conf_pooled": _pooled(found),
        "conf_rho_range": _range([abs(one.vanishing) for one in models]),
        "conf_rho_sentence": _rho_sentence(models),
        "conf_rv_a": _rv_sentence(models, "a"),
        "conf_rv_b": _rv_sentence(models, "b"),
        "conf_example": _example(_example_model(found)),
        "conf_m": fmt.whole(found.m),
        "conf_draws": fmt.whole(found.study.run.n_boot),
        "conf_alpha": fmt.bare(USUAL_ALPHA),
        "conf_models": fmt.spelled(len(models)),
    }


def _titles(models: Sequence[ConfoundedModel]) -> str:
    return listed_or((one.model.title for one in models), "no outcome")


def _pooled(found: Confounding) -> str:
    """Compare the robustness of the mediated models with that over the imputations."""
    shown = found.mediated or found.models
    which = "mediated models" if found.mediated else "models"
    weaker = [one for one in shown if _weaker_in_print(one)]
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
            f" For {_titles(lost)} path b is no longer significant at "
            f"{fmt.bare(USUAL_ALPHA)} there, without any confounder."
        )
    return text


def _weaker_in_print(one: ConfoundedModel) -> bool:
    """Tell whether the table shows the pooled ρ̃ nearer to zero than the other."""
    pooled, published = abs(one.pooled.vanishing), abs(one.vanishing)
    return pooled < published and fmt.bare(pooled) != fmt.bare(published)


def _range(values: Sequence[float]) -> str:
    low, high = (fmt.bare(end) for end in (min(values), max(values)))
    return low if low == high else f"{low} to {high}"


def _rho_sentence(models: Sequence[ConfoundedModel]) -> str:
    held = [one for one in models if one.held_until > 0.0]
    if not held:
        return "In no model does the interval of ab exclude zero even at ρ=0."
    reach = _range([one.held_until for one in held])
    return (
        "The interval of ab meets zero sooner than ab itself: where it excludes zero "
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
        f" In {count_of(fragile, len(own))} models the path is not significant at "
        f"{fmt.bare(USUAL_ALPHA)} to begin with."
        if fragile
        else ""
    )
    return (
        f"For path {path} a confounder would have to explain {between} of what is "
        f"left of both {SIDES[path]} to take the estimate to zero.{none}"
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
    amounts = fmt.percent(100.0 * strongest.even, 0)
    return (
        f"{told} For comparison, a second cause as strong as {name} would do what "
        f"{amounts} of both do."
    )
