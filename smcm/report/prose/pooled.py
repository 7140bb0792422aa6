"""What pooling over imputed sets leaves of the indirect effects."""

from collections.abc import Sequence

from smcm.analysis.pooled import IndirectTest, PooledModel, PooledStudy
from smcm.analysis.pooled_change import PooledMeasure
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.prose.pooled_df import df_phrases
from smcm.report.words import count_of, listed_or

PATHS = ("a", "b", "direct", "total")


def pooled_phrases(found: PooledStudy) -> dict[str, str]:
    """Quote the verdicts, the cost of the gaps, and the adjusted tests."""
    study, models = found.study, found.models
    fmi = [one.main.term(name).fmi for one in models for name in PATHS]
    return {
        "pooled_verdict": _verdict(models),
        "pooled_against_completed": _against_completed(models),
        "pooled_level": fmt.percent(100.0 * models[0].main.level),
        "pooled_m": fmt.whole(found.m),
        "pooled_draws": fmt.whole(study.run.n_boot),
        "pooled_samples": fmt.whole(found.n_samples),
        "pooled_sets_of_sample": fmt.spelled(models[0].results["boot_mi"].m),
        "pooled_fmi_min": fmt.bare(min(fmi)),
        "pooled_fmi_max": fmt.bare(max(fmi)),
        "pooled_fmi_where": _worst(models),
        "pooled_advice": _advice(found),
        "pooled_width": _width(models),
        "pooled_missing": fmt.percent(study.missing.percent, 1),
        "pooled_missing_count": fmt.whole(study.missing.count),
        "pooled_missing_cells": fmt.whole(study.missing.cells),
        "pooled_complete": fmt.whole(study.missing.complete),
        "pooled_n": fmt.whole(study.missing.n),
        "pooled_completion": _completion(found),
        "pooled_change_sentence": _change(found),
        "n_tests": fmt.spelled(len(models)),
        "alpha_usual": fmt.bare(USUAL_ALPHA),
        "chance_of_any": _chance_of_any(len(models)),
        "multiplicity_verdict": _adjusted(found.tests),
        **df_phrases(found),
    }


def _titles(models: Sequence[PooledModel]) -> str:
    return listed_or((one.model.title for one in models), "no outcome")


def _verdict(models: Sequence[PooledModel]) -> str:
    """Say for which outcomes the interval leaves zero out under which schemes."""
    names = tuple(models[0].results)
    held = [sum(one.excludes_zero(name) for name in names) for one in models]
    every = [
        one for one, count in zip(models, held, strict=True) if count == len(names)
    ]
    none = [one for one, count in zip(models, held, strict=True) if count == 0]
    some = [one for one in models if one not in every and one not in none]
    total = fmt.spelled(len(names))
    if len(none) == len(models):
        return f"Under none of the {total} schemes does it leave zero out anywhere."
    if len(every) == len(models):
        return f"Under all {total} schemes it leaves zero out for every outcome."
    parts = [f"Under all {total} schemes it leaves zero out for {_titles(every)}."]
    if some:
        parts.append(
            f"For {_titles(some)} it does so under some of the schemes and not under "
            "others, so that the finding rests on how the gaps were treated."
        )
    if none:
        parts.append(f"Under none of them does it do so for {_titles(none)}.")
    return " ".join(parts)


def _against_completed(models: Sequence[PooledModel]) -> str:
    """Set the study's rule on the pooled models against that on the one set."""
    lost = [one for one in models if one.completed.mediated and not one.mediated]
    gained = [one for one in models if one.mediated and not one.completed.mediated]
    if not lost and not gained:
        return (
            "By the rule of the study, which also asks both paths to keep their "
            "levels, every model keeps the verdict that it has on the one completed "
            "set."
        )
    parts = []
    if lost:
        parts.append(f"is no longer found for {_titles(lost)}")
    if gained:
        parts.append(f"is found in addition for {_titles(gained)}")
    return (
        "By the rule of the study, which also asks both paths to keep their levels, "
        f"mediation that is pooled by Rubin's rules {' and '.join(parts)}, compared "
        "with the one completed set."
    )


def _worst(models: Sequence[PooledModel]) -> str:
    places = [(one, name) for one in models for name in PATHS]
    one, name = max(places, key=lambda at: at[0].main.term(at[1]).fmi)
    symbol = {"a": "a", "b": "b", "direct": "c′", "total": "c"}[name]
    return f"{symbol} in the model of {one.model.title}"


def _advice(found: PooledStudy) -> str:
    m, asked, wanted = found.m, found.study.run.n_imputations, found.advised_m
    have = f"This chapter has {fmt.whole(m)}"
    if m > asked:
        have += f", more than the {fmt.whole(asked)} of the other chapters"
    if m >= wanted:
        return f"{have}, and they are enough by that rule."
    return (
        f"{have}, where the rule asks for {fmt.whole(wanted)}. What other sets would "
        "change is told by the Monte Carlo errors below."
    )


def _width(models: Sequence[PooledModel]) -> str:
    """Compare the average width of the intervals with that on the one set."""
    ratios = {
        name: sum(_ratio(one, name) for one in models) / len(models)
        for name in ("rubin_mc", "mi_boot", "boot_mi")
    }
    least, most = (
        fmt.percent(100.0 * value, 0)
        for value in (min(ratios.values()), max(ratios.values()))
    )
    return (
        f"On average over the models, the pooled intervals are {least} to {most} as "
        "wide as those on the one completed set."
    )


def _ratio(one: PooledModel, scheme: str) -> float:
    (low, high), (first, last) = (
        one.results[scheme].limits(),
        one.completed.mediation.limits(),
    )
    return (high - low) / (last - first)


def _change(found: PooledStudy) -> str:
    """Say for which measures the test of change turns, compared with the one set."""
    one_set = found.study.change
    before = {
        measure.key: measure.change.p
        for measure in (one_set.fidelity, one_set.alliance)
    } | {three.instrument.key: three.anova.p for three in one_set.outcomes}
    turned = [
        f"{measure.name} ({fmt.p_phrase(before[measure.key])} on the one set, "
        f"{fmt.p_phrase(_p(measure))} pooled)"
        for measure in found.change
        if (_p(measure) < USUAL_ALPHA) != (before[measure.key] < USUAL_ALPHA)
    ]
    level = fmt.bare(USUAL_ALPHA)
    if not turned:
        return (
            f"At the level of {level} every measure keeps the verdict on whether it "
            "changed."
        )
    return (
        f"At the level of {level} the verdict on whether it changed turns for "
        f"{fmt.listed(turned)}."
    )


def _p(measure: PooledMeasure) -> float:
    return measure.anova.d1.p if measure.anova else measure.changes[-1].p


def _completion(found: PooledStudy) -> str:
    study = found.study
    if study.completion == "live":
        return "The one completed set analysed elsewhere in this book is the first set."
    if study.cohort.calibrated:
        return (
            "The one completed set analysed elsewhere in this book is the complete "
            "cohort from which the gaps were cut, and no imputation. The imputed sets "
            "know less than it does, and differ from it for that reason as well."
        )
    return (
        "The one completed set analysed elsewhere in this book came with the data and "
        "is not among the imputed ones."
    )


def _adjusted(tests: Sequence[IndirectTest]) -> str:
    """Say how many tests keep the usual level, each alone and all together."""
    kept = {
        "alone": [t for t in tests if t.p < USUAL_ALPHA],
        "holm": [t for t in tests if t.p_holm < USUAL_ALPHA],
        "bh": [t for t in tests if t.p_bh < USUAL_ALPHA],
    }
    alone, by_holm, by_bh = (
        count_of(len(found), len(tests)) for found in kept.values()
    )
    level = fmt.bare(USUAL_ALPHA)
    return (
        f"Taken one at a time, the p value is below {level} for {alone} indirect "
        f"effects{_which(kept['alone'])}. Adjusted for all of them by Holm it is so "
        f"for {by_holm}{_which(kept['holm'])}, and by Benjamini and Hochberg for "
        f"{by_bh}{_which(kept['bh'])}."
        f"{_may_turn(tests)}"
    )


def _may_turn(tests: Sequence[IndirectTest]) -> str:
    """Name the conclusions that other imputed sets may well turn."""
    found = {
        "taken alone": [t for t in tests if t.may_turn(t.p, USUAL_ALPHA)],
        "by Holm": [t for t in tests if t.may_turn(t.p_holm, USUAL_ALPHA)],
        "by Benjamini and Hochberg": [
            t for t in tests if t.may_turn(t.p_bh, USUAL_ALPHA)
        ],
    }
    parts = [
        f"{words} {fmt.listed(test.model.title for test in turned)}"
        for words, turned in found.items()
        if turned
    ]
    if not parts:
        return ""
    return (
        " With other imputed sets the conclusion may be another, since p lies within "
        f"two of its Monte Carlo errors of the level: {'; '.join(parts)}."
    )


def _which(tests: Sequence[IndirectTest]) -> str:
    return f" ({fmt.listed(test.model.title for test in tests)})" if tests else ""


def _chance_of_any(tests: int) -> str:
    """Chance that independent tests of true nulls find something, in percent."""
    return fmt.percent(100.0 * (1.0 - (1.0 - USUAL_ALPHA) ** tests))
