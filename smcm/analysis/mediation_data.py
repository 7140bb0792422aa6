"""What every mediation model asks of its options and its data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.analysis.numeric_columns import float_values
from smcm.design.model import MediationSpec
from smcm.errors import (
    DegenerateDataError,
    OutOfRangeError,
    UnknownValueError,
)
from smcm.parameters import RunParameters
from smcm.shown import shown
from smcm.stats.cluster_robust import Codes, require_clusters
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draw_limits import INTERVALS
from smcm.stats.ols import (
    Array,
    StandardError,
    independent_columns,
    require_errors,
)
from smcm.stats.resample import ResamplingPlan, SubsetPlan, require_stream
from smcm.stats.terms import Term
from smcm.stats.usable import centred_columns, require_usable

DEFAULT = RunParameters()
SHARE = 1e-6  # of a column that another one makes up; less is rounding
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


class Options(TypedDict, total=False):
    """Names and types of the options of `Resampling`, for type checkers."""

    n_boot: int
    seed: int
    level: float
    se: StandardError
    ci: str
    stream: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resampling:
    """Options of the bootstrap and of the intervals; see `smcm.mediate`.

    Raises
    ------
    UnknownValueError, OutOfRangeError
    """

    n_boot: int = DEFAULT.n_boot
    seed: int = DEFAULT.seed
    level: float = 0.95
    se: StandardError = "classical"
    ci: str = "percentile"
    stream: str = "numpy"
    cluster: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no data could make right."""
        require_errors(self.se, self.cluster)
        if self.ci not in INTERVALS:
            raise UnknownValueError.for_choice("ci", self.ci, INTERVALS)
        if not isinstance(self.level, float) or not 0.0 < self.level < 1.0:
            rule = "a share between 0 and 1"
            raise OutOfRangeError.for_number("level", self.level, rule)
        if not isinstance(self.n_boot, int | np.integer) or self.n_boot < 100:
            rule = "a whole number, at least 100 resamples"
            raise OutOfRangeError.for_number("n_boot", self.n_boot, rule)
        if not isinstance(self.seed, int | np.integer) or self.seed < 0:
            rule = "a whole number from 0"
            raise OutOfRangeError.for_number("seed", self.seed, rule)
        require_stream(self.stream, self.seed)

    def plan(self, n_cases: int) -> ResamplingPlan:
        """Plan of the resamples of so many cases."""
        return ResamplingPlan(n_cases, self.n_boot, self.seed, self.stream)

    def plan_among(self, members: NDArray[np.bool_]) -> ResamplingPlan:
        """Plan that draws among all cases, for those that are marked."""
        return SubsetPlan.among(members, self.n_boot, self.seed, self.stream)


def require_each_once(columns: Sequence[str]) -> None:
    """Refuse a column with two parts in one model."""
    twice = [name for name in columns if columns.count(name) > 1]
    if twice:
        raise OutOfRangeError.for_number(
            "the model's columns", twice[0], "a different column for every part"
        )


def numbers(frame: pd.DataFrame, columns: Sequence[str]) -> tuple[Array, int]:
    """Values without gaps, shape (n, columns), and how many rows had gaps."""
    values = float_values(frame, columns)
    if np.isinf(values).any():
        infinite = [
            n for n, v in zip(columns, values.T, strict=True) if np.isinf(v).any()
        ]
        raise DegenerateDataError(
            f"Infinite values in {', '.join(infinite)}; mend or blank them."
        )
    complete = np.isfinite(values).all(axis=1)
    for name, column in zip(columns, values[complete].T, strict=True):
        require_usable(f"Column {shown(name)}", column)
    return values[complete], int((~complete).sum())


def clustered_numbers(
    frame: pd.DataFrame, columns: Sequence[str], cluster: str | None
) -> tuple[Array, Codes | None, int]:
    """Values without gaps, the cluster of each row, and how many rows had gaps.

    Parameters
    ----------
    frame : DataFrame
    columns : sequence of str
        Numeric.
    cluster : str or None
        A column of any type, whose equal values are one cluster; a row without one
        is left out as one without a number is.

    Raises
    ------
    UnknownValueError, OutOfRangeError, DegenerateDataError
    """
    if cluster is None:
        values, dropped = numbers(frame, columns)
        return values, None, dropped
    if cluster not in frame.columns:
        raise UnknownValueError.for_choice("cluster", cluster, frame.columns)
    if list(frame.columns).count(cluster) > 1:
        rule = "a name that heads one column of the frame"
        raise OutOfRangeError.for_number("cluster", cluster, rule)
    codes = pd.factorize(frame[cluster])[0].astype(np.intp)
    known = frame.loc[codes >= 0]
    values, _ = numbers(known, columns)
    complete = known[list(columns)].notna().all(axis=1).to_numpy()
    kept = codes[codes >= 0][complete]
    require_clusters(np.unique(kept).size, kept.size)
    return values, kept, len(frame) - len(kept)


def columns_of(spec: MediationSpec, place: Mapping[str, int]) -> ModelColumns:
    """Say which columns of a matrix play which part, by the place of each name."""
    return ModelColumns(
        x=place[spec.x],
        m=place[spec.m],
        y=place[spec.y],
        covariates=tuple(place[name] for name in spec.covariates),
        more=tuple(place[name] for name in spec.mediators[1:]),
    )


def laid_out(
    frame: pd.DataFrame, specs: Sequence[MediationSpec]
) -> tuple[Array, list[ModelColumns]]:
    """Put what some models read of a checked frame into one matrix, shape (n, p)."""
    names = list(dict.fromkeys(name for spec in specs for name in spec.columns))
    place = {name: k for k, name in enumerate(names)}
    values = frame[names].to_numpy(dtype=np.float64)
    return values, [columns_of(spec, place) for spec in specs]


def independent(
    covariates: Sequence[str], values: Array, place: dict[str, int]
) -> tuple[str, ...]:
    """Leave out covariates that are constant or determined by earlier ones."""
    if not covariates or values.shape[0] == 0:
        return tuple(covariates)
    return _own(covariates, values[:, [place[name] for name in covariates]])


def _own(names: Sequence[str], block: Array) -> tuple[str, ...]:
    """Name the columns of a block that vary and that no earlier one determines."""
    design = np.column_stack([np.ones(len(block)), centred_columns(block)])
    return tuple(names[k - 1] for k in independent_columns(design) if k > 0)


def require_own_variation(
    spec: MediationSpec, values: Array, place: Mapping[str, int]
) -> None:
    """Name columns of a model that do not vary or that determine one another.

    Parameters
    ----------
    spec : MediationSpec
        With covariates of which none is determined by the others.
    values : ndarray, shape (n, p)
        Complete rows.
    place : mapping of str to int
        Column of `values` that holds each name.

    Raises
    ------
    DegenerateDataError
    """
    n = len(values)
    predictors = (*spec.covariates, spec.x, *spec.mediators)
    if n <= len(predictors) + 1:
        return  # too few rows, whatever is in them
    for name in spec.variables:
        column = values[:, [place[name]]]
        if not _own([name], column):
            held = f"{column[0, 0]:g} in all {n} rows"
            raise DegenerateDataError(
                f"{name} is {held} that have a value in every "
                "column of the model; predictor, mediators and outcome have to vary."
            )
    for names in (predictors, (*spec.covariates, spec.y)):
        tied = _tied(names, values[:, [place[name] for name in names]])
        if tied:
            raise DegenerateDataError(
                f"{', '.join(tied[:-1])} and {tied[-1]} determine one another on the "
                f"{n} rows that have a value in every column of the model; leave out "
                "one of them."
            )


def _tied(names: Sequence[str], block: Array) -> list[str]:
    """List the first column that earlier ones determine, after those; or nothing."""
    kept = _own(names, block)
    last = next((k for k, name in enumerate(names) if name not in kept), None)
    if last is None:
        return []
    centred = centred_columns(block)
    length = np.linalg.norm(centred, axis=0)
    unit = centred[:, : last + 1] / length[: last + 1]
    shares = np.linalg.lstsq(unit[:, :last], unit[:, last], rcond=None)[0]
    return [names[k] for k in range(last) if abs(shares[k]) > SHARE] + [names[last]]


def bootstrapped(estimate: float, draws: Array, limits: tuple[float, float]) -> Term:
    """Numbers of an indirect effect: bootstrap SE and limits, and no normal theory."""
    low, high = limits
    spread = float(np.std(draws, ddof=1))
    return Term(estimate=estimate, se=spread, ci_low=low, ci_high=high)
