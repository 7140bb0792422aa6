"""The facts of the chapter on reciprocal effects, of which its text is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from smcm.analysis.study import Study
from smcm.chapters.reciprocity.cross_lagged import (
    BACK,
    FORWARD,
    LEVEL,
    ROBUST,
    CrossLag,
)
from smcm.design.study import Instrument, label


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossPath:
    """A cross-lagged path.

    Attributes
    ----------
    outcome : str
        Of its path model.
    months, from_months : str
        Interviews of the measure that is predicted, and of the other one.
    forward : bool
        From the alliance to the outcome.
    adjusted : bool
        Whether the earlier value of the measure itself is in the equation.
    estimate, p : float
        The estimate is standardized.
    significant : bool
        At the usual level.
    moved : float
        How far the estimate is from that without covariates, without sign.
    turned : bool
        Whether it is significant with the covariates or without, and not with both.
    """

    outcome: str
    months: str
    from_months: str
    forward: bool
    adjusted: bool
    estimate: float
    p: float
    significant: bool
    moved: float
    turned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReciprocityFacts:
    """Paths between alliance and outcomes in the order of time.

    Attributes
    ----------
    paths : tuple of CrossPath
    usual, interval : float
        The level of the tests, and that of the intervals, 0 to 1.
    errors : str
        Name of the standard errors.
    interviews : int
        Of a client.
    lost, gained : tuple of str
        Outcomes whose path to the alliance is significant in the hierarchical
        regressions and not here, and the reverse.
    """

    paths: tuple[CrossPath, ...]
    usual: float
    interval: float
    errors: str
    interviews: int
    lost: tuple[str, ...]
    gained: tuple[str, ...]


def reciprocity_facts(
    study: Study, found: Sequence[CrossLag], bare: Sequence[CrossLag]
) -> ReciprocityFacts:
    """Gather them.

    Parameters
    ----------
    study : Study
        With the hierarchical regressions.
    found, bare : sequence of CrossLag
        The same paths with the covariates and without.
    """
    lost, gained = _beside_the_regressions(study, found)
    design, alpha = study.design, study.design.alpha.level
    return ReciprocityFacts(
        paths=tuple(
            _path(one, other, alpha) for one, other in zip(found, bare, strict=True)
        ),
        usual=alpha,
        interval=LEVEL,
        errors=ROBUST.upper(),
        interviews=len(design.waves.all),
        lost=tuple(outcome.short for outcome in lost),
        gained=tuple(outcome.short for outcome in gained),
    )


def _path(one: CrossLag, bare: CrossLag, alpha: float) -> CrossPath:
    return CrossPath(
        outcome=one.outcome.short,
        months=label(one.step.month),
        from_months=label(one.step.cross_month),
        forward=one.step.direction == FORWARD,
        adjusted=one.step.own_month is not None,
        estimate=one.standardized,
        p=one.p,
        significant=one.p < alpha,
        moved=abs(one.standardized - bare.standardized),
        turned=(one.p < alpha) != (bare.p < alpha),
    )


def _beside_the_regressions(
    study: Study, found: Sequence[CrossLag]
) -> tuple[list[Instrument], list[Instrument]]:
    """Outcomes that lose and gain significance when the earlier alliance is held."""
    back = [
        one
        for one in found
        if one.step.direction == BACK and one.step.own_month is not None
    ]
    alpha = study.design.alpha.level
    before = {model.outcome for model in study.reciprocity if model.p < alpha}
    now = {one.outcome for one in back if one.p < alpha}
    order = [one.outcome for one in back]
    return (
        [outcome for outcome in order if outcome in before - now],
        [outcome for outcome in order if outcome in now - before],
    )
