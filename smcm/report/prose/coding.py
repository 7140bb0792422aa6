"""What the covariates do to the models, and what the checks of equations say."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from smcm.analysis.coding import BASELINE, Coding
from smcm.analysis.model_checks import CheckedEquation
from smcm.analysis.verdicts import ModelResult
from smcm.design.checks import CONDITION_LIMIT, COOK_LIMIT, VIF_LIMIT
from smcm.design.nesting import USUAL_ALPHA
from smcm.report import format as fmt
from smcm.report.words import count_of, covariate_name, listed_or

TARGETS = {"a": "the alliance", "b": "the outcome"}
SIGNS: dict[str, Callable[[CheckedEquation], float]] = {
    "a curved form": lambda one: one.tests.reset,
    "unequal spread": lambda one: one.tests.breusch_pagan,
    "residuals that are not normal": lambda one: one.detail.influence.normality,
}


def coding_phrases(
    found: Coding, checks: tuple[CheckedEquation, ...]
) -> dict[str, str]:
    """Quote the verdicts on coding, on each covariate, and on the equations."""
    return {
        "coding_verdict": _verdict(found),
        "coding_verdict_detail": _detail(found),
        "coding_without": _without(found),
        "coding_baseline": _baseline(found),
        "coding_others": _others(found),
        "coding_vif": fmt.number(max(found.inflation.values())),
        "checks_verdict": _checks_verdict(checks),
        "checks_collinear": _collinear(checks),
        "checks_influence": _influence(checks),
        "checks_tests": _tests(checks),
        "vif_limit": fmt.whole(VIF_LIMIT),
        "cook_limit": fmt.whole(COOK_LIMIT),
        "checks_count": fmt.spelled(len(checks)),
    }


def _titles(results: Iterable[ModelResult]) -> str:
    return listed_or((one.model.title for one in results), "no outcome")


def _verdict(found: Coding) -> str:
    """Say whether mediation is still found with categories."""
    if not found.categories:
        return (
            "There are too few clients here to enter site and education as categories."
        )
    before = [one for one in found.study.models if one.mediated]
    lost = [one for one in found.turned if not one.mediated]
    asked = "With site and education as categories, the finding of mediation"
    if not before:
        return (
            "No mediation was found with site and education as numbers, and with "
            f"categories it is found for {_titles(found.turned)}."
        )
    if not lost:
        return f"{asked} holds."
    return (
        f"{asked} {'does not hold' if len(lost) == len(before) else 'holds in part'}."
    )


def _detail(found: Coding) -> str:
    if not found.categories:
        return "What follows rests on the numbers of the published analysis."
    kept = [one for one in found.categories if one.mediated]
    moved = [
        new.mediation.indirect / old.mediation.indirect
        for old, new in zip(found.study.models, found.categories, strict=True)
    ]
    flipped = [
        old.model.title
        for ratio, old in zip(moved, found.study.models, strict=True)
        if ratio < 0.0
    ]
    signs = f" The sign changes for {fmt.listed(flipped)}." if flipped else ""
    share = fmt.percent(100.0 * (float(np.median(moved)) - 1.0))
    return (
        f"By the rule of the study it is then found for {_titles(kept)}, where with "
        "numbers it is found for "
        f"{_titles(one for one in found.study.models if one.mediated)}. The indirect "
        f"effects themselves change by {share} in the median of the models."
        f"{signs}"
    )


def _without(found: Coding) -> str:
    """Say without which covariates some verdict turns."""
    turning = {
        name: found.turned_without(name)
        for name in found.left_out
        if found.turned_without(name)
    }
    if not turning:
        return "No verdict turns when any one covariate is left out."
    parts = [
        f"without {_named(name)} for {_titles(models)}"
        for name, models in turning.items()
    ]
    return f"A verdict turns {fmt.listed(parts)}; without any of the others, none does."


def _named(name: str) -> str:
    return covariate_name(name)


def _baseline(found: Coding) -> str:
    low, high = (fmt.bare(end, 3) for end in _range(found.shifts(BASELINE)))
    return f"{low} to {high}"


def _others(found: Coding) -> str:
    """Largest change, in absolute value, that another covariate brings about."""
    most = max(
        (abs(value), name)
        for name in found.left_out
        if name != BASELINE
        for value in found.shifts(name)
    )
    return f"{fmt.bare(most[0], 3)}, without {_named(most[1])}"


def _range(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)


def _checks_verdict(checks: tuple[CheckedEquation, ...]) -> str:
    """Say whether a path hangs on a single client."""
    turning = [one for one in checks if one.detail.turning]
    if not turning:
        return "No path changes sides of its level when any single client is left out."
    parts = [
        f"path {one.detail.path} of {one.detail.model.title} "
        f"({_clients(one.detail.turning)})"
        for one in turning
    ]
    return (
        "Leaving out one client can move a path across its level for "
        f"{fmt.listed(parts)}; the other paths keep their side without any one of "
        "the clients."
    )


def _clients(count: int) -> str:
    return f"{fmt.whole(count)} such {'client' if count == 1 else 'clients'}"


def _collinear(checks: tuple[CheckedEquation, ...]) -> str:
    vif = max(one.detail.largest_vif for one in checks)
    condition = [one.detail.condition for one in checks]
    over = sum(value > CONDITION_LIMIT for value in condition)
    low, high = (fmt.whole(end) for end in _range(condition))
    side = "below" if vif < VIF_LIMIT else "not below"
    return (
        f"The largest variance inflation factor is {fmt.number(vif)}, {side} "
        f"{fmt.whole(VIF_LIMIT)}. The condition numbers lie between {low} and {high}, "
        f"above {fmt.whole(CONDITION_LIMIT)} in {count_of(over, len(checks))}."
    )


def _influence(checks: tuple[CheckedEquation, ...]) -> str:
    cook = max(float(one.detail.influence.cook.max()) for one in checks)
    moved = max(float(np.abs(one.detail.influence.dfbetas).max()) for one in checks)
    side = "below" if cook < COOK_LIMIT else "not below"
    return (
        f"The largest Cook's distance is {fmt.bare(cook, 3)}, {side} "
        f"{fmt.whole(COOK_LIMIT)}; the most that one client moves a path is "
        f"{fmt.number(moved)} of its standard errors."
    )


def _tests(checks: tuple[CheckedEquation, ...]) -> str:
    """Count the small p values of the three tests, by equation."""
    n = len(checks) // len(TARGETS)
    parts = []
    for what in SIGNS:
        counts = [
            f"{count_of(_small(checks, what, path), n)} equations of {target}"
            for path, target in TARGETS.items()
        ]
        parts.append(f"of {what} in {fmt.listed(counts)}")
    level = fmt.bare(USUAL_ALPHA)
    return f"At the level of {level} there are signs {'; '.join(parts)}."


def _small(checks: tuple[CheckedEquation, ...], what: str, path: str) -> int:
    p = SIGNS[what]
    own = [one for one in checks if one.detail.path == path]
    return sum(p(one) < USUAL_ALPHA for one in own)
