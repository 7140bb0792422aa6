"""The eight models with covariates coded differently or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from smcm.analysis.cases import complete_cases
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.mediation import mediate_on_own_cases
from smcm.analysis.study import Study, published_study
from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError
from smcm.stats.influence import variance_inflation

BASELINE = "baseline"  # the outcome at entry, a different column in each model


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The eight models with other codings and with fewer covariates.

    Attributes
    ----------
    study : Study
    categories : tuple of ModelResult
        With an indicator for every level but the first of each covariate that is a
        code; empty where the clients are too few for these columns.
    left_out : mapping of str to tuple of ModelResult
        Without one covariate, by its column; `BASELINE` for the outcome at entry.
    inflation : mapping of str to float
        Largest variance inflation factor of each covariate over the equations of the
        outcomes, by the same names.
    """

    study: Study
    categories: tuple[ModelResult, ...]
    left_out: Mapping[str, tuple[ModelResult, ...]]
    inflation: Mapping[str, float]

    @property
    def changed(self) -> tuple[ModelResult, ...]:
        """Models for which the rule leads to another conclusion with categories.

        The significance levels are those of the published models.
        """
        pairs = zip(self.study.models, self.categories, strict=False)
        return tuple(new for old, new in pairs if new.mediated != old.mediated)

    def changed_without(self, covariate: str) -> tuple[ModelResult, ...]:
        """Models for which the rule leads to another conclusion without a covariate."""
        pairs = zip(self.study.models, self.left_out[covariate], strict=True)
        return tuple(new for old, new in pairs if new.mediated != old.mediated)

    def shifts(self, covariate: str) -> tuple[float, ...]:
        """Standardized ab without a covariate minus that with it, by model."""
        pairs = zip(self.study.models, self.left_out[covariate], strict=True)
        return tuple(
            new.mediation.indirect_cs - old.mediation.indirect_cs for old, new in pairs
        )


def describe_coding(study: Study) -> Coding:
    """Refit the eight models, on the study's own resamples.

    Parameters
    ----------
    study : Study
        Its published analysis is varied, whichever analysis it has.
    """
    study = published_study(study)
    return Coding(
        study=study,
        categories=_as_categories(study),
        left_out={name: _without(study, name) for name in _covariates(study)},
        inflation=_inflation(study),
    )


def _covariates(study: Study) -> tuple[str, ...]:
    """Covariates of the models; the outcome at entry under one name."""
    held = {c for one in study.models for c in one.mediation.spec.covariates}
    return (*(c for c in study.design.shared_covariates if c in held), BASELINE)


def _named(study: Study, column: str) -> str:
    return column if column in study.design.shared_covariates else BASELINE


def _as_categories(study: Study) -> tuple[ModelResult, ...]:
    frame = study.frame.copy()
    indicators = {}
    for name in study.design.coded:
        levels = np.unique(frame[name])[1:]
        indicators[name] = tuple(f"{name}={level:g}" for level in levels)
        for level, column in zip(levels, indicators[name], strict=True):
            frame[column] = (frame[name] == level).astype(float)
    specs = []
    for one in study.models:
        spec = one.mediation.spec
        columns = (indicators.get(name, (name,)) for name in spec.covariates)
        specs.append(
            replace(spec, covariates=tuple(c for group in columns for c in group))
        )
    try:
        return _refitted(study, frame, specs)
    except DegenerateDataError:
        return ()


def _without(study: Study, covariate: str) -> tuple[ModelResult, ...]:
    specs = []
    for one in study.models:
        spec = one.mediation.spec
        kept = tuple(c for c in spec.covariates if _named(study, c) != covariate)
        specs.append(replace(spec, covariates=kept))
    return _refitted(study, study.frame, specs)


def _refitted(
    study: Study, frame: pd.DataFrame, specs: Sequence[MediationSpec]
) -> tuple[ModelResult, ...]:
    """Fit specifications in the order of the eight models, with their levels."""
    run = study.run
    found = mediate_on_own_cases(frame, specs, n_boot=run.n_boot, seed=run.seed)
    return tuple(
        replace(old, mediation=new)
        for old, new in zip(study.models, found, strict=True)
    )


def _inflation(study: Study) -> dict[str, float]:
    found: dict[str, float] = {}
    for one in study.models:
        spec = one.mediation.spec
        names = (spec.m, spec.x, *spec.covariates)
        frame = complete_cases(study.frame, spec)
        factors = variance_inflation(frame[list(names)].to_numpy(np.float64))
        for column, factor in zip(spec.covariates, factors[2:], strict=True):
            name = _named(study, column)
            found[name] = max(found.get(name, 1.0), float(factor))
    return found
