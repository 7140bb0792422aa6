"""What a run found, in sentences for `results.json` and the explorer.

The chapters say the same by the macro ``abstract`` of ``book/_text/findings.j2``. The
package writes it without a template engine and without the book's folder.
"""

from collections.abc import Sequence

from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.report import format as fmt
from smcm.report.words import count_of, in_models, named

Results = Sequence[ModelResult]


def abstract(study: Study) -> str:
    """Say in which models the paths and the indirect effect were significant."""
    models = study.models
    mediated = [r for r in models if r.mediated]
    direct = sum(r.direct_significant for r in models)
    analysis = "defensible" if study.defensible else "published"
    return " ".join(
        [
            _to_alliance(models),
            _from_alliance(models),
            f"By the rule of the {analysis} analysis, there was mediation "
            f"{in_models(named(mediated), len(models))}.",
            *_against_hypothesis(mediated),
            _standardized(mediated, models),
            "The direct effect of fidelity was significant in "
            f"{count_of(direct, len(models))} models.",
        ]
    )


def _to_alliance(models: Results) -> str:
    up = [r.mediation.a > 0.0 for r in models if r.a_significant]
    if not up:
        return (
            "Fidelity was significantly associated with the alliance in "
            f"{_none(models)}."
        )
    return _by_direction(
        up,
        len(models),
        "Higher fidelity was significantly associated with a",
        ("stronger alliance", "weaker alliance", "a weaker one"),
    )


def _from_alliance(models: Results) -> str:
    up = [r.mediation.b > 0.0 for r in models if r.b_significant]
    if not up:
        return (
            "The alliance was significantly associated with the outcome in "
            f"{_none(models)}."
        )
    return _by_direction(
        up,
        len(models),
        "A stronger alliance was significantly associated with",
        ("higher scores", "lower scores", "lower scores"),
    )


def _none(models: Results) -> str:
    return f"{count_of(0, len(models))} models"


def _by_direction(
    up: list[bool], total: int, lead: str, words: tuple[str, str, str]
) -> str:
    """Count the models of each direction; the third word is for the second mention."""
    rises, falls = sum(up), len(up) - sum(up)
    if rises and falls:
        return (
            f"{lead} {words[0]} in {count_of(rises, total)} models and with {words[2]} "
            f"in {fmt.spelled(falls)}."
        )
    return f"{lead} {words[1 if falls else 0]} in {count_of(len(up), total)} models."


def _against_hypothesis(mediated: Results) -> list[str]:
    """Name the mediated models with a path against the hypothesis."""
    told = []
    for a_up, b_up in ((True, False), (False, True), (False, False)):
        found = [
            r
            for r in mediated
            if (r.mediation.a > 0.0, r.mediation.b > 0.0) == (a_up, b_up)
        ]
        if found:
            alliance = "stronger" if a_up else "weaker"
            scores = "higher" if a_up == b_up else "lower"
            told.append(
                f"For {fmt.listed(named(found))} this is against the hypothesis: "
                f"higher fidelity is associated with a {alliance} alliance, and a "
                f"{alliance} alliance with {scores} scores."
            )
    return told


def _standardized(mediated: Results, models: Results) -> str:
    def shown(result: ModelResult) -> str:
        return fmt.bare(result.mediation.indirect_cs, 3)

    what = "the completely standardized indirect effect"
    if len(mediated) == 1:
        only = mediated[0]
        return f"{what.capitalize()} is {shown(only)} in {only.model.title}."
    ordered = sorted(mediated or models, key=lambda r: r.mediation.indirect_cs)
    low, high = ordered[0], ordered[-1]
    among = "Among the mediated models" if mediated else "Across all models"
    return (
        f"{among}, {what} ranges from {shown(low)} ({low.model.title}) to "
        f"{shown(high)} ({high.model.title})."
    )
