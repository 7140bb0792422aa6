"""Simple mediation models: from a data frame to a result."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError
from smcm.parameters import RunParameters
from smcm.stats.bootstrap import PathDraws, bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.mediation import FOCAL, Paths, fit_paths
from smcm.stats.ols import (
    STANDARD_ERRORS,
    Array,
    LinearFit,
    StandardError,
    independent_columns,
)
from smcm.stats.resample import INTERVALS, ResamplingPlan, limits
from smcm.stats.usable import centred_columns, require_usable

TIDY_COLUMNS = (
    "model",
    "term",
    "estimate",
    "se",
    "statistic",
    "df",
    "p",
    "ci_low",
    "ci_high",
)
SLOPES = {  # term -> its equation among `Paths` and its place there
    "a": ("to_mediator", FOCAL),
    "b": ("to_outcome", FOCAL),
    "direct": ("to_outcome", FOCAL + 1),
    "total": ("to_total", FOCAL),
}
INDIRECT_TERMS = ("indirect", "indirect_ps", "indirect_cs")
TERMS = (*SLOPES, *INDIRECT_TERMS)
DEFAULT = RunParameters()


@dataclass(frozen=True, slots=True)
class MediationResult:
    """One fitted model with its bootstrap.

    Attributes
    ----------
    spec : MediationSpec
        What was asked for, less the covariates in `dropped_columns`.
    n : int
        Cases used.
    dropped_rows : int
        Cases left out because a variable of the model was missing.
    dropped_columns : tuple of str
        Covariates left out because they were constant or repeated others.
    paths : Paths
        Estimates on the sample itself.
    draws : PathDraws
        Bootstrap draws, one of each for each resample.
    level : float
        Coverage of every interval, 0 to 1.
    ci : str
        Kind of the bootstrap limits, one of `smcm.stats.resample.INTERVALS`.
    seed : int
        Seed of the resampling plan.
    """

    spec: MediationSpec
    n: int
    dropped_rows: int
    dropped_columns: tuple[str, ...]
    paths: Paths
    draws: PathDraws
    level: float
    ci: str
    seed: int

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

    def limits(self, term: str = "indirect") -> tuple[float, float]:
        """Bootstrap limits of one of `INDIRECT_TERMS`.

        Raises
        ------
        UnknownValueError
        """
        if term not in INDIRECT_TERMS:
            raise UnknownValueError.for_choice("term", term, INDIRECT_TERMS)
        draws: Array = getattr(self.draws, term)
        return limits(draws, getattr(self.paths, term), self.level, self.ci)

    @property
    def interval_excludes_zero(self) -> bool:
        """Whether the bootstrap interval of ab leaves zero out."""
        low, high = self.limits()
        return low > 0.0 or high < 0.0

    def tidy(self) -> pd.DataFrame:
        """Return a row a term, columns `TIDY_COLUMNS`, nothing rounded.

        The indirect rows carry the bootstrap SE (SD of the draws, n - 1) and limits
        and no statistic, df or p: no normal theory stands beside a percentile.
        """
        rows = [{"model": self.spec.y, "term": t, **self.row(t)} for t in TERMS]
        return pd.DataFrame(rows, columns=list(TIDY_COLUMNS))

    def row(self, term: str) -> dict[str, float]:
        """Return the numbers of one of `TERMS`, keyed by `TIDY_COLUMNS` from estimate.

        Raises
        ------
        UnknownValueError
        """
        if term in INDIRECT_TERMS:
            numbers: tuple[float, ...]
            estimate: float = getattr(self.paths, term)
            spread = float(np.std(getattr(self.draws, term), ddof=1))
            nothing = (np.nan, np.nan, np.nan)
            numbers = (estimate, spread, *nothing, *self.limits(term))
        elif term in SLOPES:
            equation, at = SLOPES[term]
            fit: LinearFit = getattr(self.paths, equation)
            tested = (fit.slope[at], fit.se[at], fit.t[at], fit.df, fit.p[at])
            low, high = fit.limits(self.level)
            numbers = (*map(float, tested), float(low[at]), float(high[at]))
        else:
            raise UnknownValueError.for_choice("term", term, TERMS)
        return dict(zip(TIDY_COLUMNS[2:], numbers, strict=True))


def mediate(
    frame: pd.DataFrame,
    *,
    x: str,
    m: str,
    y: str,
    covariates: Sequence[str] = (),
    n_boot: int = DEFAULT.n_boot,
    seed: int = DEFAULT.seed,
    level: float = 0.95,
    se: StandardError = "classical",
    ci: str = "percentile",
) -> MediationResult:
    """Fit one simple mediation model and bootstrap its indirect effect.

    Parameters
    ----------
    frame : DataFrame
        One row per case; it is not changed.
    x, m, y : str
        Columns of the predictor, the mediator and the outcome, all numeric.
    covariates : sequence of str
        Columns entered in both equations, each as one number.
    n_boot : int
        Resamples.
    seed : int
        The same seed on the same number of cases gives the same resamples.
    level : float
        Coverage of every interval, between 0 and 1.
    se : str
        ``"classical"`` or ``"hc0"`` to ``"hc4"``.
    ci : str
        ``"percentile"`` or ``"bc"`` (bias-corrected).

    Returns
    -------
    MediationResult

    Raises
    ------
    UnknownValueError
        A column, `se` or `ci` that there is not.
    OutOfRangeError
        `n_boot`, `seed` or `level` outside their range, or a column that is not
        numeric.
    DegenerateDataError
        Data on which the paths are not defined.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> x = rng.normal(size=100)
    >>> m = 0.5 * x + rng.normal(size=100)
    >>> frame = pd.DataFrame({"x": x, "m": m, "y": m + rng.normal(size=100)})
    >>> result = mediate(frame, x="x", m="m", y="y", n_boot=1000)
    >>> list(result.tidy()["term"])[:4]
    ['a', 'b', 'direct', 'total']
    """
    if isinstance(covariates, str):
        rule = f"a list of columns, such as [{covariates!r}]"
        raise OutOfRangeError.for_number("covariates", covariates, rule)
    spec = MediationSpec(x=x, m=m, y=y, covariates=tuple(covariates))
    only = mediate_all(
        frame, (spec,), n_boot=n_boot, seed=seed, level=level, se=se, ci=ci
    )
    return only[0]


def mediate_all(
    frame: pd.DataFrame,
    specs: Sequence[MediationSpec],
    *,
    n_boot: int = DEFAULT.n_boot,
    seed: int = DEFAULT.seed,
    level: float = 0.95,
    se: StandardError = "classical",
    ci: str = "percentile",
) -> tuple[MediationResult, ...]:
    """Fit several models on the same cases and the same resamples.

    Cases that lack any variable of any of the models are left out of all. For the
    parameters and errors see `mediate`.

    Returns
    -------
    tuple of MediationResult
        In the order of `specs`.
    """
    _check_options(n_boot, seed, level, se, ci)
    _check_specs(specs)
    columns = list(dict.fromkeys(column for spec in specs for column in spec.columns))
    values, dropped_rows = _numbers(frame, columns)
    place = {name: k for k, name in enumerate(columns)}
    reduced = [_independent(spec, values, place) for spec in specs]
    plan = ResamplingPlan(values.shape[0], n_boot, seed)
    parts = [
        ModelColumns(
            x=place[spec.x],
            m=place[spec.m],
            y=place[spec.y],
            covariates=tuple(place[c] for c in spec.covariates),
        )
        for spec in reduced
    ]
    paths = [
        fit_paths(
            values[:, part.x],
            values[:, part.m],
            values[:, part.y],
            values[:, list(part.covariates)],
            se,
        )
        for part in parts
    ]
    draws = bootstrap_paths(values, parts, plan)
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
            level=level,
            ci=ci,
            seed=seed,
        )
        for spec, kept, path, draw in zip(specs, reduced, paths, draws, strict=True)
    )


def _check_options(n_boot: int, seed: int, level: float, se: str, ci: str) -> None:
    if se not in STANDARD_ERRORS:
        raise UnknownValueError.for_choice("se", se, STANDARD_ERRORS)
    if ci not in INTERVALS:
        raise UnknownValueError.for_choice("ci", ci, INTERVALS)
    if not isinstance(level, float) or not 0.0 < level < 1.0:
        raise OutOfRangeError.for_number("level", level, "a share between 0 and 1")
    if not isinstance(n_boot, int | np.integer) or n_boot < 100:
        rule = "a whole number, at least 100 resamples"
        raise OutOfRangeError.for_number("n_boot", n_boot, rule)
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise OutOfRangeError.for_number("seed", seed, "a whole number from 0")


def _check_specs(specs: Sequence[MediationSpec]) -> None:
    if not specs:
        raise OutOfRangeError.for_number("specs", specs, "at least one model")
    for spec in specs:
        twice = [name for name in spec.columns if spec.columns.count(name) > 1]
        if twice:
            raise OutOfRangeError.for_number(
                "the model's columns", twice[0], "a different column for every part"
            )


def _numbers(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[Array, int]:
    """Values without gaps, shape (n, columns), and how many rows had gaps."""
    for name in columns:
        if name not in frame.columns:
            raise UnknownValueError.for_choice("column", name, frame.columns)
        if list(frame.columns).count(name) > 1:
            raise OutOfRangeError.for_number(
                "column", name, "a name that heads one column of the frame"
            )
        if not _is_real(frame[name]):
            shown = frame[name].iloc[0] if len(frame) else "empty"
            raise OutOfRangeError.for_number(
                f"column {name!r}", shown, "numbers in every row"
            )
    values = frame.loc[:, list(columns)].to_numpy(dtype=np.float64)
    if np.isinf(values).any():
        infinite = [
            n for n, v in zip(columns, values.T, strict=True) if np.isinf(v).any()
        ]
        raise DegenerateDataError(
            f"Infinite values in {', '.join(infinite)}; mend or blank them."
        )
    complete = np.isfinite(values).all(axis=1)
    for name, column in zip(columns, values[complete].T, strict=True):
        require_usable(f"Column {name!r}", column)
    return values[complete], int((~complete).sum())


def _is_real(column: pd.Series) -> bool:
    types = pd.api.types
    return types.is_numeric_dtype(column) and not types.is_complex_dtype(column)


def _independent(
    spec: MediationSpec, values: Array, place: dict[str, int]
) -> MediationSpec:
    """Leave out covariates that are constant or determined by earlier ones."""
    if not spec.covariates or values.shape[0] == 0:
        return spec
    block = values[:, [place[name] for name in spec.covariates]]
    design = np.column_stack([np.ones(len(block)), centred_columns(block)])
    kept = [spec.covariates[k - 1] for k in independent_columns(design) if k > 0]
    return MediationSpec(x=spec.x, m=spec.m, y=spec.y, covariates=tuple(kept))
