"""Completed data sets as matrices, and the designs that the choices make of them."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.analysis.cases import Rows
from smcm.analysis.feasibility import selected_clients
from smcm.analysis.published import completed_frame
from smcm.chapters.multiverse.axes import CATEGORIES, covariates_of
from smcm.cohort.exposure import FROM_ENTRY, fidelity_exposure
from smcm.cohort.frame import analysis_frame
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.tables import Cohort
from smcm.design.models import StudyModel
from smcm.design.study import StudyDesign
from smcm.parameters import RunParameters
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.ols import Array, independent_columns
from smcm.stats.usable import centred_columns

Windows = tuple[int | str, ...]  # days, or `FROM_ENTRY`


@dataclass(frozen=True)
class Sets:
    """Completed data sets of the same clients.

    Attributes
    ----------
    design : StudyDesign
    columns : tuple of str
    windows : tuple of int or str
        Those whose exposures are among the columns.
    frozen : ndarray, shape (0 or 1, n, p)
        The completed data set that came with the data, if one did.
    live : ndarray, shape (m, n, p)
        The sets of the live imputation.
    site, team : ndarray of int, shape (n,)
        The site's code, and the team's from 0.
    models : tuple of int
        Places among those of the design of the models that are fitted on these clients.
    """

    design: StudyDesign
    columns: tuple[str, ...]
    windows: Windows
    frozen: Array
    live: Array
    site: NDArray[np.intp]
    team: NDArray[np.intp]
    models: tuple[int, ...]

    @cached_property
    def place(self) -> dict[str, int]:
        """Column by name."""
        return {name: k for k, name in enumerate(self.columns)}

    def without_site(self, code: int | None) -> "Sets":
        """Leave a site out."""
        return self._of(self.site != code)

    def by_clients(self) -> tuple[tuple[Rows, "Sets"], ...]:
        """Give the clients of each group of models, and the sets of these clients.

        One group where every client has an exposure at both horizons.
        """
        first = np.concatenate([self.frozen, self.live])[0]
        models = self.design.study_models
        places = [_exposures(self.columns, self.windows, model) for model in models]
        complete = [np.isfinite(first[:, place]).all(axis=1) for place in places]
        if np.all(complete):
            return ((complete[0], self),)
        found = []
        for horizon in self.design.outcome_horizons:
            own = [k for k, m in enumerate(models) if m.horizon == horizon]
            rows = complete[own[0]]
            found.append((rows, replace(self._of(rows), models=tuple(own))))
        return tuple(found)

    def _of(self, kept: Rows) -> "Sets":
        return replace(
            self,
            frozen=self.frozen[:, kept],
            live=self.live[:, kept],
            site=self.site[kept],
            team=np.unique(self.team[kept], return_inverse=True)[1],
        )


def _exposures(
    columns: tuple[str, ...], windows: Windows, model: StudyModel
) -> list[int]:
    """Find the columns of a model's exposure, one for each window."""
    return [columns.index(model.spec(window).x) for window in windows]


def completed_sets(cohort: Cohort, run: RunParameters, windows: Windows) -> Sets:
    """Lay out every completed data set of the run's clients.

    Fidelity and outcomes are divided by their standard deviation (n - 1) in the first
    of the sets, among the clients with an exposure at their horizon, so that effects
    come out completely standardized.

    Parameters
    ----------
    cohort : Cohort
    run : RunParameters
    windows : tuple of int or str
        Lengths of the fidelity window in days, or ``"entry"`` for all days since entry.
    """
    imputed = impute_cohort(cohort, n_imputations=run.n_imputations, seed=run.seed)
    clients = selected_clients(cohort, run)
    design = cohort.design
    columns = tuple(
        dict.fromkeys(
            [
                model.spec(window).x
                for window in windows
                for model in design.study_models
            ]
            + [*design.score_columns, *design.shared_covariates]
        )
    )
    own, completion = completed_frame(cohort, run)
    frames = [own] if completion == "frozen" else []
    for k in range(imputed.n_imputations):
        live = analysis_frame(cohort, imputed.frame(k), run.window_days)
        covariates = imputed.covariates(k).loc[live["client_id"]]
        live[list(covariates.columns)] = covariates.to_numpy()
        frames.append(live)
    if FROM_ENTRY in windows:
        frames = [_with_exposure_from_entry(cohort, frame) for frame in frames]
    kept = frames[0]["client_id"].isin(clients).to_numpy()
    values = np.array([frame.loc[kept, list(columns)].to_numpy() for frame in frames])
    values /= _units(design, columns, windows, values[0])
    first = 1 if completion == "frozen" else 0
    return Sets(
        design=design,
        columns=columns,
        windows=windows,
        frozen=values[:first],
        live=values[first:],
        site=own.loc[kept, "site"].to_numpy(dtype=np.intp),
        team=pd.factorize(own.loc[kept, "team"], sort=True)[0].astype(np.intp),
        models=tuple(range(len(design.study_models))),
    )


def _with_exposure_from_entry(cohort: Cohort, frame: pd.DataFrame) -> pd.DataFrame:
    exposure = fidelity_exposure(cohort, FROM_ENTRY)
    return frame.assign(
        **{
            model.spec(FROM_ENTRY).x: frame["client_id"].map(
                exposure.mean(model.alliance_month)
            )
            for model in cohort.design.study_models
        }
    )


def _units(
    design: StudyDesign, columns: tuple[str, ...], windows: Windows, values: Array
) -> Array:
    """SD of fidelity and of the outcomes, 1 of what keeps its unit."""
    units = np.ones(len(columns))
    for model in design.study_models:
        exposures = _exposures(columns, windows, model)
        rows = np.isfinite(values[:, exposures]).all(axis=1)
        scaled = [*exposures, columns.index(model.key)]
        units[scaled] = values[rows].std(axis=0, ddof=1)[scaled]
    return units


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Sets with the covariates of one combination of choices.

    Attributes
    ----------
    values : ndarray, shape (m, n, p)
        Columns of the sets, then those of the covariates.
    models : tuple of ModelColumns
        Every window, and within it every model of the sets.
    """

    values: Array
    models: tuple[ModelColumns, ...]

    def designs(self, k: int) -> tuple[Array, Array]:
        """Design and outcome of every model on set `k`: (s, n, q) and (s, n)."""
        values = self.values[k]
        constant = np.ones(len(values))
        designs = [
            np.column_stack([constant, values[:, [*m.covariates, m.x, m.m]]])
            for m in self.models
        ]
        return np.array(designs), np.array([values[:, m.y] for m in self.models])


def adjust(
    sets: Sets,
    values: Array,
    windows: Windows,
    *,
    covariates: str,
    coding: dict[str, str],
) -> Adjusted:
    """Enter a set of covariates, in the coding of each.

    Parameters
    ----------
    sets : Sets
    values : ndarray, shape (m, n, p)
        Some of the completed data sets of `sets`.
    windows : tuple of int or str
    covariates : str
        One of `COVARIATE_SETS`.
    coding : dict
        ``"number"`` or ``"categories"`` for site and education.
    """
    blocks = [
        _coded(values[:, :, sets.place[name]], coding.get(name) == CATEGORIES)
        for name in covariates_of(sets.design, covariates)
    ]
    entered = np.concatenate(blocks, axis=2)
    shared = _independent(entered)
    first = values.shape[2]
    declared = sets.design.study_models
    fitted = [(declared[k], w) for w in windows for k in sets.models]
    models = tuple(
        ModelColumns(
            x=sets.place[spec.x],
            m=sets.place[spec.m],
            y=sets.place[spec.y],
            covariates=(
                *range(first, first + len(shared)),
                sets.place[model.baseline],
            ),
        )
        for model, spec in ((model, model.spec(window)) for model, window in fitted)
    )
    joined = np.concatenate([values, entered[:, :, shared]], axis=2)
    return Adjusted(values=joined, models=models)


def _coded(column: Array, categories: bool) -> Array:
    """Enter a covariate as one number, or as indicators of all but its first level."""
    if not categories:
        return column[:, :, None]
    levels = np.unique(column)[1:]
    indicators: Array = (column[:, :, None] == levels).astype(np.float64)
    return indicators


def _independent(blocks: Array) -> list[int]:
    """Columns that in no set follow from a constant and the columns before them."""
    kept = set(range(blocks.shape[2]))
    for block in blocks:
        design = np.column_stack([np.ones(len(block)), centred_columns(block)])
        kept &= {int(column) - 1 for column in independent_columns(design)}
    return sorted(kept)
