"""Item-level multiple imputation of a cohort, kept on disk by content."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smcm.cohort import imputation_model as model_source
from smcm.cohort.array_cache import content_key, keep_arrays, load_arrays
from smcm.cohort.imputation_model import ImputationModel, imputation_model
from smcm.cohort.imputed_sets import Imputations, block_scores, score_trace
from smcm.cohort.tables import Cohort
from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.paths import CACHE
from smcm.stats import chain_plan, chained, pmm, predictors, regression_draws
from smcm.stats.chain_plan import ChainSpec, check_chain, check_room, plan_chain
from smcm.stats.chained import ChainedSets, impute_chained, with_means

N_IMPUTATIONS = 20
ITERATIONS = 5
SEED = 20141009
IN_COLUMN = re.compile(r"Column '([^']+)'")
SOURCES = (predictors, regression_draws, pmm, chain_plan, chained, model_source)


def impute_cohort(
    cohort: Cohort,
    *,
    n_imputations: int = N_IMPUTATIONS,
    seed: int = SEED,
    iterations: int = ITERATIONS,
    cache: Path | None = CACHE,
    n_known: int = 0,
) -> Imputations:
    """Impute the answers of a cohort and score the completed data sets.

    Items are imputed on their own scale by chained equations with predictive mean
    matching (`smcm.stats.chained.impute_chained`), and scales are scored from
    completed items: never a scale beside its items, never an estimate such as an
    indirect effect. A questionnaire that a client missed is copied as a whole from a
    client with nearly the same predicted mean. The Patient-Generated Index is imputed
    as its score (`smcm.cohort.imputation_model.imputation_model`). Covariates with
    gaps are imputed too.

    Parameters
    ----------
    cohort : Cohort
        The whole cohort; leave clients out of an analysis after imputing, not before.
    n_imputations : int
        Number of completed data sets, m.
    seed : int
        Set k is the same whatever `n_imputations` is.
    iterations : int
        Sweeps over all columns.
    cache : Path or None
        Folder in which sets are kept under a name made of the matrix, the settings
        and the imputing code; None computes anew.
    n_known : int
        Fewer sets, that were asked for before; where they are kept, only the others
        are computed.

    Returns
    -------
    Imputations

    Raises
    ------
    DegenerateDataError
        A column has no value, or has gaps and fewer values than donors.
    OutOfRangeError
        Fewer than one set or iteration.
    """
    if n_imputations < 1:
        raise OutOfRangeError.for_number(
            "n_imputations", n_imputations, "a whole number from 1"
        )
    model = imputation_model(cohort)
    spec = model.chain(iterations)

    def kept(m: int) -> ChainedSets | None:
        own = _digest(cohort, model, spec, (m, seed))
        return _kept_sets(model, spec, m, own, cache)

    digest = _digest(cohort, model, spec, (n_imputations, seed))
    sets = kept(n_imputations)
    if sets is None:
        sets = impute_chained(
            model.values,
            spec,
            n_imputations=n_imputations,
            seed=seed,
            names=model.names,
            known=kept(n_known) if 0 < n_known < n_imputations else None,
        )
        _keep(model, sets, digest, cache)
    return Imputations(
        cohort=cohort,
        model=model,
        values=sets.values,
        scores=block_scores(model, sets.values),
        observed=block_scores(model, model.values),
        trace=score_trace(model, sets),
        seed=seed,
        iterations=iterations,
        digest=digest,
    )


@dataclass(frozen=True, slots=True)
class ShortColumn:
    """A column with too few values to impute its gaps from.

    Attributes
    ----------
    name : str
        As `ImputationModel.names` has it.
    reason : str
        What the imputation would say.
    """

    name: str
    reason: str


def short_column(cohort: Cohort) -> ShortColumn | None:
    """Find the column for which `impute_cohort` would refuse a cohort, if any."""
    model = imputation_model(cohort)
    spec = ChainSpec(predictors=model.predictors, means=model.means)
    start = with_means(model.values, spec.means)
    try:
        check_chain(start, spec, model.names)
        check_room(plan_chain(start, spec), model.names)
    except DegenerateDataError as error:
        named = IN_COLUMN.match(str(error))
        return ShortColumn(named[1] if named else "", str(error))
    return None


def _digest(
    cohort: Cohort, model: ImputationModel, spec: ChainSpec, run: tuple[int, int]
) -> str:
    """Digest of all that the completed data sets follow from."""
    settings = [cohort.digest, np.__version__, *run, spec.iterations, spec.donors]
    sources = [Path(str(module.__file__)).read_bytes() for module in SOURCES]
    return content_key(
        [
            json.dumps([settings, model.names]).encode(),
            np.ascontiguousarray(model.values).tobytes(),
            np.ascontiguousarray(model.predictors).tobytes(),
            *sources,
        ]
    )


def _gaps(model: ImputationModel) -> NDArray[np.bool_]:
    return np.isnan(model.values)


def _keep(
    model: ImputationModel, sets: ChainedSets, digest: str, folder: Path | None
) -> None:
    """Write the imputed cells; the observed ones are in the data already."""
    if folder is not None:
        arrays = {
            "cells": sets.values[:, _gaps(model)],
            "mean": sets.trace_mean,
            "sd": sets.trace_sd,
        }
        keep_arrays(_name(digest), arrays, folder)


def _kept_sets(
    model: ImputationModel, spec: ChainSpec, m: int, digest: str, folder: Path | None
) -> ChainedSets | None:
    """Rebuild kept sets, or None where there are none that will do."""
    if folder is None:
        return None
    gaps = _gaps(model)
    columns = np.flatnonzero(gaps.any(axis=0))
    trace = (spec.iterations, m, len(columns))
    shapes = {"cells": (m, int(gaps.sum())), "mean": trace, "sd": trace}
    kept = load_arrays(_name(digest), shapes, folder)
    if kept is None:
        return None
    values = np.repeat(model.values[None], m, axis=0)
    values[:, gaps] = kept["cells"]
    return ChainedSets(values, columns, kept["mean"], kept["sd"])


def _name(digest: str) -> str:
    return f"imputation-{digest[:32]}"
