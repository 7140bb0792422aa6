"""Simple mediation models: from a data frame to a result."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Unpack

import pandas as pd

from smcm.analysis.cases import SharedCases, in_order, shared_cases
from smcm.analysis.cautions import two_valued, warn_of
from smcm.analysis.columns import Label, Labels, Named, holds_names, named
from smcm.analysis.mediation_data import (
    Options,
    Resampling,
    clustered_numbers,
    columns_of,
    independent,
    require_each_once,
    require_options,
    require_own_variation,
)
from smcm.analysis.mediation_result import MediationResult
from smcm.design.models import MediationSpec
from smcm.errors import OutOfRangeError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.mediation import fit_model
from smcm.stats.replicates import jackknife_paths


def mediate(
    frame: pd.DataFrame,
    *,
    x: Label,
    m: Label | list[str] | list[int] | tuple[Label, ...],
    y: Label,
    covariates: Labels | None = (),
    cluster: Label | None = None,
    **options: Unpack[Options],
) -> MediationResult:
    """Fit one mediation model and bootstrap its indirect effects.

    Parameters
    ----------
    frame : DataFrame
        One row per case; it is not changed.
    x, y : str or int
        Columns of the predictor and the outcome, numeric; a name that is a whole number
        is text in the result.
    m : str or int, or list of them
        Column of the mediator; or a list of mediators in parallel, of which none acts
        on another.
    covariates : sequence of str or int, optional
        Columns entered in every equation, each as one number.
    n_boot : int
        Resamples; 5,000 by default.
    seed : int
        The same seed on the same number of cases gives the same resamples.
    level : float
        Coverage of every interval, between 0 and 1; 0.95 by default.
    se : str
        ``"classical"`` (the default), ``"hc0"`` to ``"hc4"``, or with `cluster`
        ``"cr1"``, ``"cr2"`` (Bell and McCaffrey) or ``"cr3"``: the errors, degrees of
        freedom and limits of the paths that the R package clubSandwich gives, by
        Satterthwaite's approximation.
    ci : str
        ``"percentile"`` (the default), ``"bc"`` (bias-corrected), or ``"bca"``
        (bias-corrected and accelerated, with the exact jackknife).
    stream : str
        ``"numpy"`` (the default), or ``"r"`` for the rows that PROCESS for R draws with
        this seed, which are those of R's ``set.seed`` and ``runif``.
    cluster : str or int, optional
        Column of any type whose equal values are one cluster, for the errors of the
        paths. The bootstrap draws cases all the same, not clusters.

    Returns
    -------
    MediationResult
        Its `a` and `b` are numbers, and its terms ``a``, ``b``, ``direct``, ``total``,
        ``indirect`` and its standardized kin. Where `m` is a list, be it of one, `a`
        and `b` are dicts by mediator, and terms that belong to a mediator end in its
        name: ``a:m1``.

    Raises
    ------
    UnknownValueError
        A column, `se`, `ci` or `stream` that there is not, or `cluster` without
        errors that know of it, or such errors without `cluster`.
    OutOfRangeError
        `n_boot`, `seed` or `level` outside their range, or a column that is not
        numeric.
    DegenerateDataError
        Data on which the paths are not defined, or fewer than three clusters, or as
        many as cases.

    Warns
    -----
    ModelWarning
        Each of the result's `cautions`: a mediator or an outcome with two values, which
        makes a linear probability model; too few draws for the limits of this level;
        coefficients without a robust error.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=100)
    >>> m = 0.5 * x + rng.normal(size=100)
    >>> frame = pd.DataFrame({"x": x, "m": m, "y": m + rng.normal(size=100)})
    >>> result = mediate(frame, x="x", m="m", y="y", n_boot=1000)
    >>> list(result.tidy()["term"])[:4]
    ['a', 'b', 'direct', 'total']
    >>> frame["m2"] = rng.normal(size=100)
    >>> several = mediate(frame, x="x", m=["m", "m2"], y="y", n_boot=1000)
    >>> [term for term in several.terms if term.startswith(("indirect:", "contrast"))]
    ['indirect:m', 'indirect:m2', 'contrast:m-m2']
    """
    require_options(options)
    parts = named((frame,), x=x, m=m, y=y, covariates=covariates, cluster=cluster)
    chosen = Resampling(**options, cluster=parts.cluster)
    spec = _spec(parts, listed=holds_names(m))
    result = fit_all(parts.frames[0], (spec,), chosen)[0]
    warn_of(result.cautions)
    return result


def _spec(parts: Named, *, listed: bool) -> MediationSpec:
    if not parts.mediators:
        rule = "the column of a mediator, or a list of at least one"
        raise OutOfRangeError.for_number("m", [], rule)
    first, *more = parts.mediators
    return MediationSpec(
        x=parts.x,
        m=first,
        y=parts.y,
        covariates=parts.covariates,
        more=tuple(more) if listed else None,
    )


def mediate_all(
    frame: pd.DataFrame,
    specs: Sequence[MediationSpec],
    *,
    cluster: str | None = None,
    **options: Unpack[Options],
) -> tuple[MediationResult, ...]:
    """Fit several models on the same cases and the same resamples.

    Cases that lack any variable of any of the models are left out of all. For the
    parameters and errors see `mediate`.

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
    paths = [fit_model(values, part, options.se, cluster=cluster) for part in parts]
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
