"""What the findings may mean, in words that follow their signs."""

from collections.abc import Sequence

from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.design.schedule import HORIZONS
from smcm.report import format as fmt
from smcm.report.words import count_of, named, sentence


def meaning_phrases(study: Study) -> dict[str, str]:
    """Quote what the discussion and the first page make of the findings."""
    models = study.models
    return {
        "mechanism_meaning": _mechanism(models),
        "mechanism_fit": _fit(models),
        "total_reconciled": _reconciled(models),
        "plainer_meaning": _plainer(models),
        "conclusion_standing": _standing(models),
        "practice_meaning": _practice(models),
        "horizons_caution": _horizons(models),
    }


def as_expected(models: Sequence[ModelResult]) -> list[ModelResult]:
    """Mediated models with both paths in the direction of the hypothesis."""
    return [r for r in models if r.mediated and _signs(r) == (True, True)]


def against(models: Sequence[ModelResult]) -> list[ModelResult]:
    """Mediated models with a path against the hypothesis."""
    return [r for r in models if r.mediated and _signs(r) != (True, True)]


def _signs(result: ModelResult) -> tuple[bool, bool]:
    return result.mediation.a > 0.0, result.mediation.b > 0.0


def against_hypothesis(models: Sequence[ModelResult]) -> str:
    """Name mediated models with a path against the hypothesis, and say which; or ""."""
    told = ""
    for a_up, b_up in ((True, False), (False, True), (False, False)):
        found = [r for r in against(models) if _signs(r) == (a_up, b_up)]
        if found:
            them = "it" if len(found) == 1 else "them"
            alliance = "stronger" if a_up else "weaker"
            scores = "higher" if a_up == b_up else "lower"
            told += (
                f" For {fmt.listed(named(found))} this is against the hypothesis: "
                f"higher fidelity goes with a {alliance} alliance, and a {alliance} "
                f"alliance with {scores} scores in {them}."
            )
    return told


def _mechanism(models: Sequence[ModelResult]) -> str:
    contrary = against_hypothesis(models)
    if not as_expected(models):
        if not contrary:
            return (
                "In no model does the alliance carry an effect of fidelity by the "
                "rule, so that there is no pattern here to explain. A mechanism that "
                "is not found may still exist."
            )
        return f"If the pattern is real, it is not the mechanism proposed.{contrary}"
    told = "If the pattern is real, fidelity matters to clients for what it does to a"
    if not contrary:
        return f"{told} relationship."
    return f"{told} relationship, but not everywhere in the way proposed.{contrary}"


def _fit(models: Sequence[ModelResult]) -> str:
    expected, contrary = as_expected(models), against(models)
    if expected and not contrary:
        return "Such a mechanism would fit both."
    if expected:
        return f"The models of {fmt.listed(named(expected))} would fit both."
    if contrary:
        return "What is found here fits neither."
    return "The models of this edition say nothing for or against either."


def _reconciled(models: Sequence[ModelResult]) -> str:
    """Say how a total effect that is found or not goes with mediation."""
    found = [r for r in models if r.total_significant]
    count = (
        "In this edition the total effect is significant in "
        f"{count_of(len(found), len(models))} models."
    )
    if as_expected(models) and not found:
        return (
            "Mediation would help to reconcile them: a total effect, diluted by "
            "everything else that bears on a life, may escape a study in which each "
            f"of two stronger links does not. {count}"
        )
    return count


def _plainer(models: Sequence[ModelResult]) -> str:
    """Say whether a common way of answering could stand behind path b."""
    kept = [r for r in models if r.b_significant]
    up = [r for r in kept if r.mediation.b > 0.0]
    down = [r for r in kept if r.mediation.b < 0.0]
    parts = []
    if up:
        parts.append(
            f"Path b is positive for {fmt.listed(named(up))}, and may be so for this "
            "reason."
        )
    if down:
        parts.append(
            "Path b is negative for "
            f"{fmt.listed(named(down))}, which that would not explain."
        )
    if not kept:
        parts.append("In this edition path b is significant in no model.")
    mediated = [r for r in models if r.mediated]
    if mediated and mediated == kept and all(r.a_significant for r in models):
        parts.append(
            "It is also the path that decides which outcomes are mediated, since path "
            "a is significant in every model."
        )
    return " ".join(parts)


def _standing(models: Sequence[ModelResult]) -> str:
    if as_expected(models):
        return (
            "so that the path through the alliance is a lead to follow and has not "
            "been shown."
        )
    if against(models):
        return (
            "so that neither the hypothesis nor its opposite has been shown or refuted."
        )
    return "so that a path through the alliance has been neither shown nor ruled out."


def _practice(models: Sequence[ModelResult]) -> str:
    ask = (
        "when a team works on fidelity, it may be worth asking whether clients feel it "
        "in the relationship, and measuring that early and more than once."
    )
    if as_expected(models) and not against(models):
        return (
            "the hypothesis is a useful one to keep in mind even while it is unproved: "
            f"{ask}"
        )
    if against(models):
        return (
            "the models do not agree with the hypothesis throughout, and work on "
            "fidelity should not count on the relationship to carry it to clients. "
            f"{sentence(ask)}"
        )
    return (
        "the models give no reason to count on the relationship to carry fidelity to "
        f"clients, and none to rule it out. {sentence(ask)}"
    )


def _horizons(models: Sequence[ModelResult]) -> str:
    """Warn of reading a difference into mediation at one horizon only."""
    at = [
        {r.model.outcome.short for r in models if r.mediated and r.model.horizon == h}
        for h in HORIZONS
    ]
    if at[0] ^ at[1]:
        return (
            "That an outcome shows mediation at one horizon and not at the other "
            "should not be read as a difference between horizons, which was never "
            "tested."
        )
    return "Whether effects differ between the horizons was never tested."
