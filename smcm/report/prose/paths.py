"""Paths a and b, the direct and the total effect."""

from smcm.analysis.regenerated import A_SHOWN_FROM
from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.design.instruments import PGI, QOLI20
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import HORIZONS
from smcm.report import format as fmt
from smcm.report.words import coefficient, count_of, in_models, named


def path_phrases(study: Study) -> dict[str, str]:
    """Quote the paths and which of them keep their levels."""
    return {
        **_to_alliance(study),
        **_from_alliance(study.models),
        **_direct(study.models),
        **_total(study.models),
        **_single(study),
    }


def _to_alliance(study: Study) -> dict[str, str]:
    models = study.models
    significant = sum(r.a_significant for r in models)
    phrases = {
        "a_count": count_of(significant, len(models)),
        "a_sentence": _directions(models),
    }
    for name, horizon in zip(("a_early", "a_late"), HORIZONS, strict=True):
        shown = study.model(A_SHOWN_FROM.score_column(horizon))
        values = [r.mediation.a for r in models if r.model.horizon == horizon]
        phrases |= {
            name: coefficient(shown, "a", "a"),
            f"{name}_min": fmt.number(min(values), 3),
            f"{name}_max": fmt.number(max(values), 3),
        }
    first = study.model(A_SHOWN_FROM.score_column(HORIZONS[0]))
    return phrases | {"a_early_points": fmt.number(first.mediation.a)}


def _directions(models: tuple[ModelResult, ...]) -> str:
    """Say which way the alliance went with fidelity, where the path is significant."""
    found = [r.mediation.a > 0.0 for r in models if r.a_significant]
    up, down = sum(found), len(found) - sum(found)
    what = "Higher fidelity went with a"
    if up and down:
        return (
            f"{what} stronger alliance in {count_of(up, len(models))} models and with "
            f"a weaker one in {fmt.spelled(down)}."
        )
    word, count = ("weaker", down) if down else ("stronger", up)
    return f"{what} {word} alliance in {count_of(count, len(models))} models."


def _from_alliance(models: tuple[ModelResult, ...]) -> dict[str, str]:
    kept = [r for r in models if r.b_significant]
    between = [r for r in models if not r.b_significant and _p(r, "b") < USUAL_ALPHA]
    rest = [r for r in models if _p(r, "b") >= USUAL_ALPHA]
    return {
        "b_count": count_of(len(kept), len(models)),
        "b_phrase": in_models(named(kept), len(models)),
        "b_detail": in_models([_with_b(r) for r in kept], len(models), mark=":"),
        "b_between_sentence": _between(between),
        "b_rest_sentence": (
            "In the remaining models the path is not significant: "
            f"{'; '.join(_with_b(r) for r in rest)}."
            if rest
            else "That leaves no model."
        ),
    }


def _between(results: list[ModelResult]) -> str:
    if not results:
        return "No path lies between the stricter level and the usual one."
    found = fmt.listed(_with_b(r) for r in results)
    verb = "lies" if len(results) == 1 else "lie"
    usual, strict = fmt.bare(USUAL_ALPHA), fmt.bare(results[0].alpha_outcome)
    return (
        f"Between the two levels {verb} {found}: p is below {usual} and misses the "
        f"{strict} that the alpha rule asks for."
    )


def _with_b(result: ModelResult) -> str:
    return f"{result.model.title} ({coefficient(result, 'b', 'b')})"


def _direct(models: tuple[ModelResult, ...]) -> dict[str, str]:
    significant = sum(r.direct_significant for r in models)
    negative = sum(r.mediation.direct < 0.0 for r in models)
    return {
        "direct_count": count_of(significant, len(models)),
        "direct_p_min": fmt.p_value(min(_p(r, "direct") for r in models)),
        "direct_negative": count_of(negative, len(models)),
    }


def _total(models: tuple[ModelResult, ...]) -> dict[str, str]:
    found = [r for r in models if _p(r, "total") < r.alpha_outcome]
    what = "total effect of fidelity"
    meaning = (
        f"A {what} can be told from zero for {fmt.listed(named(found))}."
        if found
        else f"No {what} on an outcome can be told from zero here."
    )
    return {
        "total_count": count_of(len(found), len(models)),
        "total_meaning": meaning,
    }


def _single(study: Study) -> dict[str, str]:
    """Coefficients that the comparison with print discusses one by one."""
    late = HORIZONS[1]
    a = {i.key: study.model(i.score_column(late)) for i in (PGI, A_SHOWN_FROM)}
    b = study.model(QOLI20.score_column(late)).mediation.b
    return {f"a_{key}_18": fmt.number(r.mediation.a, 3) for key, r in a.items()} | {
        "b_qoli20_18": fmt.number(b, 3)
    }


def _p(result: ModelResult, term: str) -> float:
    return result.mediation.row(term)["p"]
