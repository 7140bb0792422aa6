"""The indirect effects: where they are found, and how large they are."""

from collections.abc import Sequence

from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.design.schedule import HORIZONS, label
from smcm.report import format as fmt
from smcm.report.prose.meaning import against_hypothesis
from smcm.report.words import count_of, in_models, indirect, listed_or, named

# Squares of Cohen's benchmarks for a correlation (.5, .3, .1), for a product of two.
BENCHMARKS = ((0.25, "large"), (0.09, "medium"), (0.01, "small"))


def indirect_phrases(study: Study) -> dict[str, str]:
    """Quote the indirect effects and what the rule makes of them."""
    models = study.models
    mediated = [r for r in models if r.mediated]
    largest = max(mediated or models, key=lambda result: abs(_cs(result)))
    return {
        "mediated_models": listed_or(named(mediated), "none of the models"),
        "mediated_count": count_of(len(mediated), len(models)),
        "mediated_detail": in_models(
            [_with_ab(r) for r in mediated], len(models), mark=":"
        ),
        "interval_only_sentence": _interval_only(models),
        "unmediated_sentence": _unmediated(models),
        "cs_sentence": _standardized(mediated, models),
        "size_word": _magnitude(_cs(largest)),
        "size_sentence": _size(largest, len(mediated)),
        "horizon_sentence": _horizons(mediated) + against_hypothesis(models),
        "conclusion": _conclusion(mediated, models) + against_hypothesis(models),
    }


def _with_ab(result: ModelResult) -> str:
    return f"{result.model.title} ({indirect(result)})"


def _cs(result: ModelResult) -> float:
    return result.mediation.indirect_cs


def _interval_only(models: Sequence[ModelResult]) -> str:
    found = [r for r in models if r.mediation.interval_excludes_zero and not r.mediated]
    if not found:
        return "No model has an interval that excludes zero and yet fails the rule."
    them = "it" if len(found) == 1 else "them"
    return (
        f"By the interval alone, {'; '.join(_with_ab(r) for r in found)} would count "
        f"as well; the rule does not count {them}, because a path misses its level."
    )


def _unmediated(models: Sequence[ModelResult]) -> str:
    found = [r for r in models if not r.mediation.interval_excludes_zero]
    if not found:
        return "No interval includes zero."
    where = in_models([_with_ab(r) for r in found], len(models), mark=":")
    return f"The interval includes zero {where}."


def _standardized(
    mediated: Sequence[ModelResult], models: Sequence[ModelResult]
) -> str:
    what = "the completely standardized indirect effect"
    if len(mediated) == 1:
        only = mediated[0]
        return f"In {only.model.title} {what} is {fmt.bare(_cs(only), 3)}."
    among = "Among the mediated models" if mediated else "Over all the models"
    ordered = sorted(mediated or models, key=_cs)
    low, high = (
        f"{fmt.bare(_cs(r), 3)} ({r.model.title})" for r in (ordered[0], ordered[-1])
    )
    return f"{among}, {what} runs from {low} to {high}."


def _magnitude(standardized: float) -> str:
    for least, word in BENCHMARKS:
        if abs(standardized) >= least:
            return word
    return "less than small"


def _size(result: ModelResult, mediated: int) -> str:
    """Put the largest effect into points of its scale."""
    outcome, paths = result.model.outcome, result.mediation
    points = paths.indirect * paths.sd_x
    more = "more" if points >= 0.0 else "fewer"
    which = "For" if mediated == 1 else "For the largest,"
    lead = f"{which} {result.model.title},"
    if not mediated:
        lead = f"{lead} which the rule does not call mediated,"
    return (
        f"{lead} one standard deviation more of fidelity "
        f"({fmt.number(paths.sd_x, 1)} points) goes, by way of the alliance, "
        f"with {fmt.limit(abs(points), 1)} points {more} on a scale from "
        f"{fmt.whole(outcome.minimum)} to {fmt.whole(outcome.maximum)}."
    )


def _horizons(mediated: Sequence[ModelResult]) -> str:
    if not mediated:
        return "There is mediation for no outcome at either horizon."
    found = [
        [r.model.outcome for r in mediated if r.model.horizon == h] for h in HORIZONS
    ]
    early, late = (
        f"at {label(h)} months there is mediation for "
        + listed_or((f"{o.measures} ({o.short})" for o in outcomes), "no outcome")
        for h, outcomes in zip(HORIZONS, found, strict=True)
    )
    both = [o.short for o in found[0] if o in found[1]]
    verb = "are" if len(both) > 1 else "is"
    return (
        f"{early[0].upper()}{early[1:]}, and {late}; "
        f"{listed_or(both, 'no outcome')} {verb} mediated at both horizons."
    )


def _conclusion(mediated: Sequence[ModelResult], models: Sequence[ModelResult]) -> str:
    what = "an indirect effect of fidelity through the working alliance"
    if not mediated:
        return f"In these data {what} is not detected for any outcome."
    if len(mediated) == 1:
        return f"In these data {what} is seen for {mediated[0].model.title} alone."
    if len(mediated) == len(models):
        return f"In these data {what} is seen for every outcome at both horizons."
    return (
        f"In these data {what} is seen for some outcomes at some times and not for "
        "others."
    )
