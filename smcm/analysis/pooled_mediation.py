"""Simple mediation models pooled over multiply imputed data."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from smcm.analysis.cases import SharedCases, in_order, shared_cases
from smcm.analysis.cautions import two_valued, warn_of
from smcm.analysis.columns import Label, Labels, named
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
from smcm.design.models import MediationSpec
from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.parameters import RunParameters
from smcm.stats.boot_mi import LEAST_SAMPLES
from smcm.stats.bootstrap import bootstrap_sets
from smcm.stats.draws import PathDraws
from smcm.stats.mediation import fit_model
from smcm.stats.ols import Array, StandardError
from smcm.stats.pooling import require_sets

DEFAULT = RunParameters()


def mediate_pooled(
    frames: Iterable[pd.DataFrame] | Resamples,
    *,
    x: Label,
    m: Label,
    y: Label,
    covariates: Labels | None = (),
    method: str = "rubin_mc",
    n_boot: int | None = None,
    seed: int = DEFAULT.seed,
    level: float = 0.95,
    se: StandardError = "classical",
    cluster: Label | None = None,
) -> PooledResult:
    """Fit one mediation model in every completed data set and pool it.

    Parameters
    ----------
    frames : iterable of DataFrame
        The completed data sets: the same cases in the same order in each, whatever
        their row labels; ``long.groupby(".imp")`` does as well. For
        ``"boot_mi"`` instead an object that imputes bootstrap samples, such as
        `smcm.cohort.imputed_resamples.ImputedResamples`.
    x, m, y, covariates, seed, level, se, cluster
        As for `smcm.mediate`.
    method : str
        ``"single"``: the first set alone, as if nothing had been missing.
        ``"rubin_mc"``: a and b pooled by Rubin's rules, with the degrees of freedom
        of Barnard and Rubin; the limits of ab are percentiles of products drawn from
        the two pooled normals, or from Student's t with their pooled degrees of freedom
        where errors are cluster-robust. With few clusters these are fewer than those of
        a completed data set even where the sets are all alike, 3.2 for 4.4; every path
        has those of other rules as ``complete_df`` and ``rubin_df``.
        ``"mi_boot"``: the same bootstrap inside each set; percentiles of all draws
        together.
        ``"boot_mi"``: cases are drawn with replacement and each sample is imputed
        twice; every term from the mean squares between and within the samples. R
        squared is then somewhat too high, since a case drawn twice fits itself.
    n_boot : int
        Draws of the product, resamples in each set, or imputed samples; by default
        5,000, or 200 imputed samples, which are the least.

    Returns
    -------
    PooledResult

    Raises
    ------
    UnknownValueError
        A column, `method` or `se` that does not exist, `cluster` without cluster-robust
        errors, or such errors without `cluster`.
    OutOfRangeError
        `n_boot`, `seed` or `level` outside their range, fewer than two sets where
        sets are to be pooled, or a column that is not numeric.
    DegenerateDataError
        Sets that do not hold the same cases, data on which the paths are not defined,
        or clusters too few for an error.

    Warns
    -----
    ModelWarning
        As `smcm.mediate`.

    References
    ----------
    Rubin DB (1987). Multiple Imputation for Nonresponse in Surveys; Barnard J, Rubin
    DB (1999). Biometrika 86:948-955; Schomaker M, Heumann C (2018). Statistics in
    Medicine 37:2252-2266 (bootstrap and multiple imputation); von Hippel PT, Bartlett
    JW (2021). Statistical Science 36:400-420 (``"boot_mi"``); Harel O (2009). Journal
    of Applied Statistics 36:1109-1118 (R squared).

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=100)
    >>> m = 0.5 * x + rng.normal(size=100)
    >>> frame = pd.DataFrame({"x": x, "m": m, "y": m + rng.normal(size=100)})
    >>> sets = [frame.assign(y=frame["y"] + 0.1 * rng.normal(size=100)) for _ in "123"]
    >>> pooled = mediate_pooled(sets, x="x", m="m", y="y", n_boot=1000)
    >>> pooled.m, bool(0.0 < pooled.terms["b"].fmi < 0.5), list(pooled.terms)[4]
    (3, True, 'indirect')
    """
    sets = frames if isinstance(frames, Resamples) else listed_frames(frames)
    listed = sets if isinstance(sets, list) else []
    parts = named(listed, x=x, m=m, y=y, covariates=covariates, cluster=cluster)
    _require_one_mediator(parts.mediators)
    (mediator,) = parts.mediators
    spec = MediationSpec(x=parts.x, m=mediator, y=parts.y, covariates=parts.covariates)
    few = LEAST_SAMPLES if method == "boot_mi" else DEFAULT.n_boot
    options = Resampling(
        n_boot=few if n_boot is None else n_boot,
        seed=seed,
        level=level,
        se=se,
        cluster=parts.cluster,
    )
    given = list(parts.frames) if isinstance(sets, list) else sets
    result = pool_all(given, (spec,), method, options)[0]
    warn_of(result.cautions)
    return result


def _require_one_mediator(mediators: Sequence[str]) -> None:
    if len(mediators) != 1:
        rule = (
            "one mediator; for several, fit each set by smcm.mediate and pool the "
            "paths by Rubin's rules"
        )
        raise OutOfRangeError.for_number("m", list(mediators), rule)


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

    See `mediate_pooled` for parameters and errors. Resamples are drawn among all cases
    of the frames where `cases` is given.

    Returns
    -------
    tuple of PooledResult
        In the order of `specs`.
    """
    if method not in METHODS:
        raise UnknownValueError.for_choice("method", method, METHODS)
    for spec in specs:
        _require_one_mediator(spec.mediators)
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
        fits = tuple(
            fit_model(values, part, options.se, cluster=data.cluster)
            for values in data.stack
        )
        fitted = FittedSets(paths=fits, draws=tuple(one[k] for one in drawn))
        if method == "rubin_mc":
            found = by_rubin_mc(fitted, options.level, options.n_boot, options.seed)
        else:
            found = by_mi_boot(fitted, options.level)
        pooled.append(_result(data, (specs[k], data.specs[k]), method, found, options))
    return tuple(pooled)


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
