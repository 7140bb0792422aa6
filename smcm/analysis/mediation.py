"""Mediation models on one sample: from a data frame to results."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

import pandas as pd

from smcm.analysis.cases import SharedCases, in_order, shared_cases
from smcm.analysis.mediation_data import (
    Options,
    Resampling,
    clustered_numbers,
    columns_of,
    independent,
    require_each_once,
    require_own_variation,
)
from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.result import two_valued
from smcm.design.models import MediationSpec
from smcm.errors import OutOfRangeError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.mediation import fit_model
from smcm.stats.replicates import jackknife_paths


def mediate_all(
    frame: pd.DataFrame,
    specs: Sequence[MediationSpec],
    *,
    cluster: str | None = None,
    **options: Unpack[Options],
) -> tuple[MediationResult, ...]:
    """Fit several models on the same cases and the same resamples.

    Cases that lack any variable of any of the models are left out of all. For the
    parameters and errors see `smcm.mediate`.

    Returns
    -------
    tuple of MediationResult
        In the order of `specs`.
    """
    return fit_all(frame, specs, Resampling(**options, cluster=cluster))


def mediate_on_own_cases(
    frame: pd.DataFrame,
    specs: Sequence[MediationSpec],
    *,
    cluster: str | None = None,
    **options: Unpack[Options],
) -> tuple[MediationResult, ...]:
    """Fit several models, each on the clients that have what it needs.

    Unlike with `mediate_all`, a case that lacks a variable is left out of the models
    of that mediator alone; see `smcm.analysis.cases.shared_cases`. All models share
    one plan of resamples over all cases of the frame. Where no case lacks anything
    the results are those of `mediate_all`.

    Returns
    -------
    tuple of MediationResult
        In the order of `specs`.
    """
    chosen = Resampling(**options, cluster=cluster)
    return in_order(
        (cases, fit_all(frame, [specs[k] for k in cases.models], chosen, cases))
        for cases in shared_cases(frame, specs)
    )


def fit_all(
    frame: pd.DataFrame,
    specs: Sequence[MediationSpec],
    options: Resampling,
    cases: SharedCases | None = None,
) -> tuple[MediationResult, ...]:
    """Fit models on their complete cases; draw among all cases if `cases` is given."""
    if not specs:
        raise OutOfRangeError.for_number("specs", specs, "at least one model")
    for spec in specs:
        require_each_once(spec.columns)
    columns = list(dict.fromkeys(column for spec in specs for column in spec.columns))
    values, cluster, dropped_rows = clustered_numbers(frame, columns, options.cluster)
    place = {name: k for k, name in enumerate(columns)}
    reduced = [
        replace(spec, covariates=independent(spec.covariates, values, place))
        for spec in specs
    ]
    for spec in reduced:
        require_own_variation(spec, values, place)
    parts = [columns_of(spec, place) for spec in reduced]
    paths = [
        fit_model(values[None], part, options.se, cluster=cluster)[0] for part in parts
    ]
    plan = options.plan_among(cases.rows) if cases else options.plan(len(values))
    draws = bootstrap_paths(values, parts, plan)
    needed = options.ci == "bca"
    left_out = jackknife_paths(values, parts) if needed else [None] * len(parts)
    return tuple(
        MediationResult(
            spec=kept,
            n=values.shape[0],
            dropped_rows=dropped_rows,
            dropped_columns=tuple(
                c for c in spec.covariates if c not in kept.covariates
            ),
            paths=path,
            draws=draw,
            jackknife=without,
            level=options.level,
            ci=options.ci,
            seed=options.seed,
            stream=options.stream,
            cluster=options.cluster,
            two_valued=two_valued({c: values[:, place[c]] for c in spec.variables}),
        )
        for spec, kept, path, draw, without in zip(
            specs, reduced, paths, draws, left_out, strict=True
        )
    )
