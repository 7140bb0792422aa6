"""Simple mediation models: from a data frame to a result."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Unpack, overload

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
    require_own_variation,
)
from smcm.analysis.parallel import ParallelResult, mediate_parallel
from smcm.analysis.result import SampleResult
from smcm.design.models import MediationSpec, ParallelSpec
from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.draws import PathDraws, PathReplicates
from smcm.stats.jackknife import jackknife_paths
from smcm.stats.mediation import FOCAL, Paths, fit_paths
from smcm.stats.ols import Array, LinearFit

SLOPES = {  # term -> its equation among `Paths` and its place there
    "a": ("to_mediator", FOCAL),
    "b": ("to_outcome", FOCAL),
    "direct": ("to_outcome", FOCAL + 1),
    "total": ("to_total", FOCAL),
}
INDIRECT_TERMS = ("indirect", "indirect_ps", "indirect_cs")
TERMS = (*SLOPES, *INDIRECT_TERMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediationResult(SampleResult):
    """One fitted model with one mediator, and its bootstrap.

    Its terms are those in `TERMS`. The other attributes are those of
    `smcm.analysis.result.SampleResult`.
    """

    spec: MediationSpec
    paths: Paths
    draws: PathDraws
    jackknife: PathReplicates | None

    @property
    def a(self) -> float:
        """Path from x to m, units of m per unit of x."""
        return self.paths.a

    @property
    def b(self) -> float:
        """Path from m to y with x held fixed, units of y per unit of m."""
        return self.paths.b

    @property
    def direct(self) -> float:
        """Direct effect c', units of y per unit of x with m held fixed."""
        return self.paths.direct

    @property
    def total(self) -> float:
        """Total effect c, units of y per unit of x."""
        return self.paths.total

    @property
    def indirect(self) -> float:
        """Indirect effect ab, units of y per unit of x."""
        return self.paths.indirect

    @property
    def indirect_cs(self) -> float:
        """Completely standardized ab, SDs of y per SD of x."""
        return self.paths.indirect_cs

    @property
    def a_standardized(self) -> float:
        """SDs of m per SD of x."""
        return self.paths.a_standardized

    @property
    def b_standardized(self) -> float:
        """SDs of y per SD of m, x held fixed."""
        return self.paths.b_standardized

    @property
    def direct_standardized(self) -> float:
        """SDs of y per SD of x, m held fixed."""
        return self.paths.direct_standardized

    @property
    def sd_x(self) -> float:
        """Standard deviation of x."""
        return self.paths.sd_x

    @property
    def indirect_draws(self) -> Array:
        """Bootstrap draws of ab, shape (n_boot,)."""
        return self.draws.indirect

    @property
    def slopes(self) -> dict[str, tuple[LinearFit, int]]:
        """Term of each path -> its equation and its place there."""
        return {
            term: (getattr(self.paths, equation), at)
            for term, (equation, at) in SLOPES.items()
        }

    @property
    def drawn_names(self) -> tuple[str, ...]:
        """Names of the indirect effects that have a meaning in this model."""
        scales = self.parts.scales
        return tuple(f"indirect_{scale}" if scale else "indirect" for scale in scales)

    @property
    def to_mediators(self) -> tuple[LinearFit, ...]:
        """The equation of the mediator."""
        return (self.paths.to_mediator,)

    def drawn(self, term: str) -> tuple[Array, float, float, str, Array | None]:
        """Draws, estimate, level, kind and jackknife that limits are read from."""
        if term not in INDIRECT_TERMS:
            raise UnknownValueError.for_choice("term", term, TERMS)
        draws: Array = getattr(self.draws, term)
        left_out = getattr(self.jackknife, term, None)
        return draws, getattr(self.paths, term), self.level, self.ci, left_out


@overload
def mediate(
    frame: pd.DataFrame,
    *,
    x: Label,
    m: Label,
    y: Label,
    covariates: Labels | None = (),
    cluster: Label | None = None,
    **options: Unpack[Options],
) -> MediationResult: ...
@overload
def mediate(
    frame: pd.DataFrame,
    *,
    x: Label,
    m: list[str] | list[int] | tuple[Label, ...],
    y: Label,
    covariates: Labels | None = (),
    cluster: Label | None = None,
    **options: Unpack[Options],
) -> ParallelResult: ...
def mediate(
    frame: pd.DataFrame,
    *,
    x: Label,
    m: Label | list[str] | list[int] | tuple[Label, ...],
    y: Label,
    covariates: Labels | None = (),
    cluster: Label | None = None,
    **options: Unpack[Options],
) -> MediationResult | ParallelResult:
    """Fit one mediation model and bootstrap its indirect effects.

    Parameters
    ----------
    frame : DataFrame
        One row per case; it is not changed.
    x, y : str or int
        Columns of the predictor and the outcome, numeric; a name that is a whole number
        is text in the result.
    m : str or int, or list of them
        Column of the mediator; of several mediators in parallel, where it is a list.
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
    MediationResult, or ParallelResult where `m` is a list

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
    parts = named((frame,), x=x, m=m, y=y, covariates=covariates, cluster=cluster)
    chosen = Resampling(**options, cluster=parts.cluster)
    if holds_names(m):
        parallel = mediate_parallel(parts.frames[0], _several(parts), chosen)
        warn_of(parallel.cautions)
        return parallel
    (mediator,) = parts.mediators
    spec = MediationSpec(x=parts.x, m=mediator, y=parts.y, covariates=parts.covariates)
    result = fit_all(parts.frames[0], (spec,), chosen)[0]
    warn_of(result.cautions)
    return result


def _several(parts: Named) -> ParallelSpec:
    if not parts.mediators:
        rule = "the column of a mediator, or a list of at least one"
        raise OutOfRangeError.for_number("m", [], rule)
    spec = ParallelSpec(
        x=parts.x,
        mediators=parts.mediators,
        y=parts.y,
        covariates=parts.covariates,
    )
    require_each_once(spec.columns)
    return spec


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
    paths = [
        fit_paths(
            values[:, part.x],
            values[:, part.m],
            values[:, part.y],
            values[:, list(part.covariates)],
            options.se,
            cluster=cluster,
        )
        for part in parts
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
            two_valued=two_valued(
                {name: values[:, place[name]] for name in (spec.x, spec.m, spec.y)}
            ),
        )
        for spec, kept, path, draw, without in zip(
            specs, reduced, paths, draws, left_out, strict=True
        )
    )
