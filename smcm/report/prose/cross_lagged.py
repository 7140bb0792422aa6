"""What the paths forward and back in time come to, for their chapter."""

from collections.abc import Sequence

from smcm.analysis.cross_lagged import BACK, FORWARD, ROBUST, CrossLag
from smcm.analysis.study import Study
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import label
from smcm.report import format as fmt
from smcm.report.words import listed_or


def cross_lag_phrases(
    study: Study, found: Sequence[CrossLag], bare: Sequence[CrossLag]
) -> dict[str, str]:
    """Name and print form of everything the chapter on reciprocity quotes.

    Parameters
    ----------
    study : Study
    found, bare : sequence of CrossLag
        With the covariates and without.
    """
    ahead = [one for one in found if one.step.direction == FORWARD]
    back = _with_past(found, BACK)
    first = [one for one in found if one.step.own_month is None]
    return {
        "lag_verdict": _verdict(ahead, back),
        "lag_errors": ROBUST.upper(),
        "lag_forward": _detail(ahead),
        "lag_back": _detail(back),
        "lag_first": f"{_count(first)} of {fmt.spelled(len(first))}",
        "lag_published": _published(study, back),
        "lag_bare": _bare(found, bare),
        "lag_own": _own(found),
    }


def _with_past(found: Sequence[CrossLag], direction: str) -> list[CrossLag]:
    return [
        one
        for one in found
        if one.step.direction == direction and one.step.own_month is not None
    ]


def _seen(found: Sequence[CrossLag]) -> list[CrossLag]:
    return [one for one in found if one.p < USUAL_ALPHA]


def _count(found: Sequence[CrossLag]) -> str:
    seen = len(_seen(found))
    return fmt.spelled(seen) if seen else "none"


def _verdict(ahead: Sequence[CrossLag], back: Sequence[CrossLag]) -> str:
    """Say in which directions an arrow is seen once the past is held fixed."""
    forward, backward = (bool(_seen(paths)) for paths in (ahead, back))
    counts = (
        f"{_count(ahead)} of {fmt.spelled(len(ahead))} paths from the alliance to a "
        f"later outcome and {_count(back)} of {fmt.spelled(len(back))} from an outcome "
        f"to the later alliance differ from zero at {fmt.bare(USUAL_ALPHA)}"
    )
    meaning = {
        (True, True): "Influence in both directions fits these data, and a model with "
        "one arrow only tells half of it.",
        (True, False): "Only the direction that the mediation models assume is seen.",
        (False, True): "Only the direction that the mediation models leave out is "
        "seen.",
        (False, False): "No direction is seen, which does not show that there is none.",
    }[forward, backward]
    return f"With each measure's own past held fixed, {counts}. {meaning}"


def _detail(found: Sequence[CrossLag]) -> str:
    """Name the paths that are seen, with estimate and p."""
    return listed_or(
        (
            f"{one.outcome.short} at {label(one.step.month)} months ({_estimate(one)})"
            if one.step.direction == FORWARD
            else f"{one.outcome.short} at {label(one.step.cross_month)} months "
            f"({_estimate(one)})"
            for one in _seen(found)
        ),
        "none of the outcomes",
    )


def _estimate(one: CrossLag) -> str:
    return f"{fmt.bare(one.standardized)}, {fmt.p_phrase(one.p)}"


def _published(study: Study, back: Sequence[CrossLag]) -> str:
    """Set the verdicts of the hierarchical regressions beside those here."""
    before = {m.outcome for m in study.reciprocity if m.p < USUAL_ALPHA}
    now = {one.outcome for one in _seen(back)}
    order = [one.outcome for one in back]
    lost = [o.short for o in order if o in before - now]
    won = [o.short for o in order if o in now - before]
    if not lost and not won:
        return "Every outcome keeps the verdict it has without it."
    parts = []
    if lost:
        parts.append(f"the path from {fmt.listed(lost)} is no longer seen")
    if won:
        parts.append(f"that from {fmt.listed(won)} now is")
    sentence = " and ".join(parts)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _bare(found: Sequence[CrossLag], bare: Sequence[CrossLag]) -> str:
    """Say what the covariates change."""
    turned = [
        f"{one.outcome.short} {label(one.step.cross_month)} to "
        f"{label(one.step.month)} months"
        for one, other in zip(found, bare, strict=True)
        if (one.p < USUAL_ALPHA) != (other.p < USUAL_ALPHA)
    ]
    most = max(
        abs(one.standardized - other.standardized)
        for one, other in zip(found, bare, strict=True)
    )
    verdicts = (
        f"the verdict changes for {fmt.listed(turned)}"
        if turned
        else "no verdict changes"
    )
    return (
        f"Without the covariates no path moves by more than {fmt.bare(most)}, and "
        f"{verdicts}."
    )


def _own(found: Sequence[CrossLag]) -> str:
    """How many equations there are, and how many hold the own past."""
    held = sum(one.step.own_month is not None for one in found)
    return f"{fmt.spelled(held)} of the {fmt.spelled(len(found))}"
