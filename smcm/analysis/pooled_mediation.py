"""Simple mediation models pooled over multiply imputed data."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from smcm.analysis.cases import SharedCases, in_order, shared_cases
from smcm.analysis.mediation import fit_all
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.mediation_result import TERMS
from smcm.analysis.pooled_boot import Resamples, by_boot_mi
from smcm.analysis.pooled_data import StackedSets, listed_frames, stack_sets
from smcm.analysis.pooled_result import METHODS, PooledResult, Scales
from smcm.analysis.pooled_schemes import (
    FittedSets,
    Terms,
    by_mi_boot,
    by_rubin_mc,
    by_single,
)
from smcm.analysis.result import two_valued
from smcm.design.models import MediationSpec
from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.bootstrap import bootstrap_sets
from smcm.stats.draws import PathDraws
from smcm.stats.mediation import fit_model
from smcm.stats.ols import Array
from smcm.stats.pooling import require_sets


def pool_on_own_cases(
    frames: Sequence[pd.DataFrame],
    specs: Sequence[MediationSpec],
    method: str,
    options: Resampling,
) -> tuple[PooledResult, ...]:
    """Pool several models, each on the clients that have what it needs.

    See `pool_all`, and `smcm.analysis.mediation.mediate_on_own_cases`.

    Returns
    -------
    tuple of PooledResult
        In the order of `specs`.
    """
    return in_order(
        (
            group,
            pool_all(frames, [specs[k] for k in group.models], method, options, group),
        )
        for group in shared_cases(frames[0], specs)
    )


def pool_all(
    frames: Sequence[pd.DataFrame] | Resamples,
    specs: Sequence[MediationSpec],
    method: str,
    options: Resampling,
    cases: SharedCases | None = None,
) -> tuple[PooledResult, ...]:
    """Pool several models on the same cases and the same draws.

    See `smcm.mediate_pooled` for parameters and errors. Resamples are drawn among all
    cases of the frames where `cases` is given.

    Returns
    -------
    tuple of PooledResult
        In the order of `specs`.
    """
    if method not in METHODS:
        raise UnknownValueError.for_choice("method", method, METHODS)
    for spec in specs:
        require_one_mediator(spec.mediators)
    if method == "boot_mi":
        return _pool_boot(frames, specs, options)
    sets = listed_frames(frames)
    if method == "single":
        return _pool_single(sets, specs, options, cases)
    data = stack_sets(sets, specs, options.cluster)
    require_sets(len(data.stack))
    drawn = _drawn_sets(data, method, options, cases)
    pooled = []
    for k, part in enumerate(data.parts):
        fits = fit_model(data.stack, part, options.se, cluster=data.cluster)
        fitted = FittedSets(paths=fits, draws=tuple(one[k] for one in drawn))
        if method == "rubin_mc":
            found = by_rubin_mc(fitted, options.level, options.n_boot, options.seed)
        else:
            found = by_mi_boot(fitted, options.level)
        pooled.append(_result(data, (specs[k], data.specs[k]), method, found, options))
    return tuple(pooled)


def require_one_mediator(mediators: Sequence[str]) -> None:
    """Refuse several mediators, which no method pools."""
    if len(mediators) != 1:
        rule = (
            "one mediator; for several, fit each set by smcm.mediate and pool the "
            "paths by Rubin's rules"
        )
        raise OutOfRangeError.for_number("m", list(mediators), rule)


def _pool_single(
    frames: Sequence[pd.DataFrame],
    specs: Sequence[MediationSpec],
    options: Resampling,
    cases: SharedCases | None,
) -> tuple[PooledResult, ...]:
    data = stack_sets(frames[:1], specs, options.cluster)
    fitted = fit_all(frames[0], specs, options, cases)
    pooled = []
    for asked, result in zip(specs, fitted, strict=True):
        sets = FittedSets(paths=(result.paths,), draws=(result.draws,))
        rows = {term: result.row(term) for term in TERMS}
        found = by_single(sets, rows, options.level)
        pooled.append(_result(data, (asked, result.spec), "single", found, options))
    return tuple(pooled)


def _pool_boot(
    imputer: object,
    specs: Sequence[MediationSpec],
    options: Resampling,
) -> tuple[PooledResult, ...]:
    data, found = by_boot_mi(imputer, specs, options)
    return tuple(
        _result(data, (asked, kept), "boot_mi", (terms, None), options)
        for asked, kept, terms in zip(specs, data.specs, found, strict=True)
    )


def _drawn_sets(
    data: StackedSets, method: str, options: Resampling, cases: SharedCases | None
) -> tuple[tuple[PathDraws, ...], ...]:
    """Bootstrap draws by set and model where the method needs them."""
    if method != "mi_boot":
        return ()
    n_cases = data.stack.shape[1]
    plan = options.plan_among(cases.rows) if cases else options.plan(n_cases)
    return bootstrap_sets(data.stack, data.parts, plan)


def _result(
    data: StackedSets,
    specs: tuple[MediationSpec, MediationSpec],
    method: str,
    found: tuple[Terms, Array | None],
    options: Resampling,
) -> PooledResult:
    """Join what was pooled with what was asked; `specs` are asked and fitted."""
    asked, kept = specs
    terms, draws = found
    ends = data.columns(kept.x, kept.m, kept.y)
    flat = np.moveaxis(ends, 2, 0).reshape(3, -1)
    n_clusters = 0 if data.cluster is None else int(np.unique(data.cluster).size)
    return PooledResult(
        spec=kept,
        method=method,
        n=data.stack.shape[1],
        dropped_rows=data.dropped_rows,
        dropped_columns=tuple(c for c in asked.covariates if c not in kept.covariates),
        terms=terms,
        draws=draws,
        level=options.level,
        n_boot=options.n_boot,
        seed=options.seed,
        scales=Scales.of(ends),
        se_kind=options.se,
        n_clusters=n_clusters,
        two_valued=two_valued(dict(zip((kept.x, kept.m, kept.y), flat, strict=True))),
    )
