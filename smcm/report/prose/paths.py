"""Paths a and b, the direct and the total effect."""

from smcm.analysis.regenerated import A_SHOWN_FROM
from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.design.instruments import PGI, QOLI20
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import HORIZONS
from smcm.report import format as fmt
from smcm.report.words import by_direction, coefficient, count_of, in_models, named


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
    return phrases | {
        "a_early_points": fmt.number(first.mediation.a),
        "a_early_words": _points(first.mediation.a),
    }


def _points(a: float) -> str:
    """Say by how many points, and to which side, the alliance differs."""
    size = fmt.limit(abs(a))
    return f"{size} points {'higher' if a >= 0.0 else 'lower'}"


def _directions(models: tuple[ModelResult, ...]) -> str:
    """Say which way the alliance went with fidelity, where the path is significant."""
    found = [r.mediation.a > 0.0 for r in models if r.a_significant]
    if not found:
        return (
            f"In {count_of(0, len(models))} models did the alliance go with fidelity, "
            "in either direction."
        )
    return _either_way(found, len(models), "Higher fidelity went with a", "alliance")


def _either_way(found: list[bool], total: int, lead: str, noun: str) -> str:
    """Count the models in which something was stronger, and those with weaker."""
    up, down = sum(found), len(found) - sum(found)
    if up and down:
        return (
            f"{lead} stronger {noun} in {count_of(up, total)} models and with a weaker "
            f"one in {fmt.spelled(down)}."
        )
    word, count = ("weaker", down) if down else ("stronger", up)
    return f"{lead} {word} {noun} in {count_of(count, total)} models."


def _from_alliance(models: tuple[ModelResult, ...]) -> dict[str, str]:
    kept = [r for r in models if r.b_significant]
    between = [r for r in models if not r.b_significant and _p(r, "b") < USUAL_ALPHA]
    rest = [r for r in models if _p(r, "b") >= USUAL_ALPHA]
    return {
        "b_sentence": _scores(kept, len(models)),
        "b_direction": _direction(kept),
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


def _scores(kept: list[ModelResult], total: int) -> str:
    """Count the models in which outcomes went with the alliance, each way."""
    up = sum(r.mediation.b > 0.0 for r in kept)
    down = len(kept) - up
    if not kept:
        return (
            f"In {count_of(0, total)} models did the outcome go with the alliance, in "
            "either direction."
        )
    lead = "A stronger alliance went with"
    if up and down:
        return (
            f"{lead} higher scores in {count_of(up, total)} models and with lower ones "
            f"in {fmt.spelled(down)}."
        )
    word = "lower" if down else "higher"
    return f"{lead} {word} scores in {count_of(len(kept), total)} models."


def _direction(kept: list[ModelResult]) -> str:
    """Say which way outcomes went with the alliance where path b is significant."""
    up = [r for r in kept if r.mediation.b > 0.0]
    down = [r for r in kept if r.mediation.b < 0.0]
    if not kept:
        return "The direction of the path is therefore left open."
    if up and down:
        return (
            f"A stronger alliance went with higher scores for {fmt.listed(named(up))}, "
            f"and with lower ones for {fmt.listed(named(down))}."
        )
    return (
        f"There a stronger alliance went with {'lower' if down else 'higher'} scores."
    )


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
    found = [r for r in models if r.total_significant]
    which = by_direction(
        ((r.model.title, r.mediation.total) for r in found), "positive", "negative"
    )
    meaning = (
        f"The total effect of fidelity is significant and {which}."
        if found
        else "No total effect of fidelity on an outcome is significant here."
    )
    mediated = [r for r in models if r.mediated]
    if mediated and not any(r.total_significant for r in mediated):
        meaning += (
            " Where there is mediation, it rests on the product of two paths alone."
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
