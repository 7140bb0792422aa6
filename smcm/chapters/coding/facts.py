"""The facts about covariates: coded as categories, and left out one at a time."""

from dataclasses import dataclass

import numpy as np

from smcm.chapters.coding.coding import BASELINE, Coding
from smcm.chapters.coding.settings import VIF_LIMIT
from smcm.report.words import covariate_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model with site and education as numbers and as categories.

    Attributes
    ----------
    title : str
    numbers, categories : bool
        Whether the rule of the study finds mediation with each coding.
    sign_changes : bool
        Of the indirect effect, with categories.
    """

    title: str
    numbers: bool
    categories: bool
    sign_changes: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The models without one covariate.

    Attributes
    ----------
    covariate : str
    least, most : float
        Smallest and largest change of the indirect effect over the models, completely
        standardized: without the covariate minus with it.
    largest : float
        The largest absolute change.
    changed : tuple of str
        Models for which the rule then leads to another conclusion.
    """

    covariate: str
    least: float
    most: float
    largest: float
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingFacts:
    """What the covariates do to the models.

    Attributes
    ----------
    models : tuple of Model
        Empty where the clients are too few for the categories.
    median_change : float or None
        Of the indirect effects with categories, as a share of those with numbers.
    left_out : tuple of LeftOut
    baseline : LeftOut
        That of the outcome at entry.
    largest_other : LeftOut
        The one with the largest change among the others.
    vif, vif_limit : float
        Largest variance inflation factor of a covariate, and the usual limit.
    """

    models: tuple[Model, ...]
    median_change: float | None
    left_out: tuple[LeftOut, ...]
    baseline: LeftOut
    largest_other: LeftOut
    vif: float
    vif_limit: float


def coding_facts(found: Coding) -> CodingFacts:
    """Gather them."""
    left_out = {name: _left_out(found, name) for name in found.left_out}
    others = [one for name, one in left_out.items() if name != BASELINE]
    return CodingFacts(
        models=_models(found),
        median_change=_median_change(found),
        left_out=tuple(left_out.values()),
        baseline=left_out[BASELINE],
        largest_other=max(others, key=lambda one: (one.largest, one.covariate)),
        vif=max(found.inflation.values()),
        vif_limit=VIF_LIMIT,
    )


def _models(found: Coding) -> tuple[Model, ...]:
    if not found.categories:
        return ()
    return tuple(
        Model(
            title=old.model.title,
            numbers=old.mediated,
            categories=new.mediated,
            sign_changes=new.mediation.indirect / old.mediation.indirect < 0.0,
        )
        for old, new in zip(found.study.models, found.categories, strict=True)
    )


def _median_change(found: Coding) -> float | None:
    if not found.categories:
        return None
    ratios = [
        new.mediation.indirect / old.mediation.indirect
        for old, new in zip(found.study.models, found.categories, strict=True)
    ]
    return float(np.median(ratios)) - 1.0


def _left_out(found: Coding, name: str) -> LeftOut:
    shifts = found.shifts(name)
    return LeftOut(
        covariate=covariate_name(name, found.study.design),
        least=min(shifts),
        most=max(shifts),
        largest=max(map(abs, shifts)),
        changed=tuple(one.model.title for one in found.changed_without(name)),
    )
