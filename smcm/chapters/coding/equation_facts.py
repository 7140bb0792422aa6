"""The facts about the checks of the sixteen equations."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smcm.chapters.coding.model_checks import CheckedEquation
from smcm.chapters.coding.settings import CONDITION_LIMIT, COOK_LIMIT, VIF_LIMIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """One equation of one model.

    Attributes
    ----------
    path : {"a", "b"}
        The path that it estimates.
    title : str
        Of the model.
    depends : bool
        Whether the exclusion of a single client can change whether the path is
        significant at the level that applies.
    decisive : int or None
        How many clients there are of whom this is true; None for real data.
    vif, condition : float
        Largest variance inflation factor, and condition number.
    ill_conditioned : bool
        Whether the condition number exceeds its limit.
    cook, dfbetas : float or None
        Largest Cook's distance, and largest absolute DFBETAS of the path; None for
        real data, since each is a client's.
    robust_changes : bool
        Whether HC3 standard errors change whether the path is significant.
    curved, uneven, not_normal : bool
        Signs of a curved form, unequal variances, and residuals that are not normal,
        at the usual level.
    """

    path: str
    title: str
    depends: bool
    decisive: int | None
    vif: float
    condition: float
    ill_conditioned: bool
    cook: float | None
    dfbetas: float | None
    robust_changes: bool
    curved: bool
    uneven: bool
    not_normal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """The checks of all equations.

    Attributes
    ----------
    equations : tuple of Equation
    vif_low, cook_low : bool
        Whether all stay below the limit.
    vif_limit, cook_limit, condition_limit : float
    """

    equations: tuple[Equation, ...]
    vif_low: bool
    cook_low: bool
    vif_limit: float
    cook_limit: float
    condition_limit: float


def check_facts(checks: Sequence[CheckedEquation]) -> CheckFacts:
    """Gather them."""
    equations = tuple(map(_equation, checks))
    return CheckFacts(
        equations=equations,
        vif_low=all(one.vif < VIF_LIMIT for one in equations),
        cook_low=all(one.detail.influence.cook.max() < COOK_LIMIT for one in checks),
        vif_limit=VIF_LIMIT,
        cook_limit=COOK_LIMIT,
        condition_limit=CONDITION_LIMIT,
    )


def _equation(one: CheckedEquation) -> Equation:
    detail, tests = one.detail, one.tests
    return Equation(
        path=detail.path,
        title=detail.model.title,
        depends=detail.decisive > 0,
        decisive=None if one.real else detail.decisive,
        vif=detail.largest_vif,
        condition=detail.condition,
        ill_conditioned=detail.condition > CONDITION_LIMIT,
        cook=None if one.real else float(detail.influence.cook.max()),
        dfbetas=None if one.real else float(np.abs(detail.influence.dfbetas).max()),
        robust_changes=(detail.p < detail.alpha) != (tests.p_robust < detail.alpha),
        curved=tests.reset < one.level,
        uneven=tests.breusch_pagan < one.level,
        not_normal=detail.influence.normality < one.level,
    )
