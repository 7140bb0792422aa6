"""What a chain of imputations does, worked out before any number is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.pmm import Array, Index, Rows
from smcm.stats.predictors import Mask, only_needed

DONORS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class PassiveMean:
    """A column that is the mean of others: recomputed, never imputed.

    Attributes
    ----------
    column : int
    parts : tuple of int
        The columns it averages.
    """

    column: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSpec:
    """How a matrix is imputed.

    Attributes
    ----------
    predictors : ndarray of bool, shape (p, p)
        Row: target; column: predictor. The row of a passive mean serves the
        warm-up alone.
    means : tuple of PassiveMean
    iterations : int
        Sweeps over all incomplete columns, from left to right.
    donors : int
        Nearest donors to choose among.
    """

    predictors: Mask
    means: tuple[PassiveMean, ...] = ()
    iterations: int = 5
    donors: int = DONORS

    def in_parts(self) -> Mask:
        """Which columns are averaged into a mean, shape (p,)."""
        parts = [part for mean in self.means for part in mean.parts]
        return np.isin(np.arange(len(self.predictors)), parts)

    def passive(self) -> Mask:
        """Which columns are means, shape (p,)."""
        columns = [mean.column for mean in self.means]
        return np.isin(np.arange(len(self.predictors)), columns)


LEAST_DF = 10  # residual degrees of freedom that a column's regression must keep


@dataclass(frozen=True, slots=True)
class Step:
    """One column of one sweep.

    Attributes
    ----------
    column : int
    predictors : ndarray of int
        Columns that predict it.
    rows : Rows
    means : tuple of PassiveMean
        To be recomputed once the column is filled.
    """

    column: int
    predictors: Index
    rows: Rows
    means: tuple[PassiveMean, ...] = ()

    @property
    def df(self) -> int:
        """Residual degrees of freedom; `check_room` sees to it that some are left."""
        return len(self.rows.observed) - len(self.predictors) - 1


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """The sweeps of a chain.

    In the first sweep of either stage a column is predicted only by columns that
    are complete or already visited.

    Attributes
    ----------
    warm_first, warm : tuple of Step
        Over the means and what stands beside them, without the means' parts;
        empty where there are no means.
    first, later : tuple of Step
        Over everything but the means.
    """

    warm_first: tuple[Step, ...]
    warm: tuple[Step, ...]
    first: tuple[Step, ...]
    later: tuple[Step, ...]


def plan_chain(values: Array, spec: ChainSpec) -> ChainPlan:
    """Work out the steps of every sweep.

    Parameters
    ----------
    values : ndarray, shape (n, p)
        With the passive means filled in where all their parts are there.
    spec : ChainSpec
    """
    predictors = only_needed(spec.predictors, values)
    complete: Mask = np.asarray(~np.isnan(values).any(axis=0))
    outer, drawn = ~spec.in_parts(), ~spec.passive()
    warm = _sweep(values, predictors & outer, outer) if spec.means else ()
    warmed = complete | outer if spec.means else complete
    later = _sweep(values, predictors, drawn)
    return ChainPlan(
        warm_first=_limited(warm, complete),
        warm=warm,
        first=_with_means(_limited(later, warmed), spec.means),
        later=_with_means(later, spec.means),
    )


def _sweep(values: Array, predictors: Mask, visited: Mask) -> tuple[Step, ...]:
    """One step for each incomplete column among those `visited`."""
    gone = np.isnan(values)
    return tuple(
        Step(
            column=int(column),
            predictors=np.flatnonzero(predictors[column]),
            rows=Rows(
                observed=np.flatnonzero(~gone[:, column]),
                missing=np.flatnonzero(gone[:, column]),
            ),
        )
        for column in np.flatnonzero(gone.any(axis=0) & visited)
    )


def _limited(steps: Sequence[Step], filled: Mask) -> tuple[Step, ...]:
    """Leave out the predictors that still have gaps when a column's turn comes."""
    filled = filled.copy()
    limited = []
    for step in steps:
        known = step.predictors[filled[step.predictors]]
        limited.append(replace(step, predictors=known))
        filled[step.column] = True
    return tuple(limited)


def _with_means(
    steps: Sequence[Step], means: Sequence[PassiveMean]
) -> tuple[Step, ...]:
    """Hang each mean on the last of its parts to be visited."""
    due: dict[int, tuple[PassiveMean, ...]] = {}
    for mean in means:
        visited = [step.column for step in steps if step.column in mean.parts]
        if visited:
            due[visited[-1]] = (*due.get(visited[-1], ()), mean)
    return tuple(replace(step, means=due.get(step.column, ())) for step in steps)


def check_chain(values: Array, spec: ChainSpec, names: Sequence[str]) -> None:
    """Refuse what cannot be imputed, naming the column.

    Parameters
    ----------
    values : ndarray, shape (n, p)
    spec : ChainSpec
    names : sequence of str
        One for each column.

    Raises
    ------
    DegenerateDataError
        A column with no value, or with gaps and fewer values than donors.
    OutOfRangeError
        Fewer than one iteration or donor.
    """
    for name, number in (("iterations", spec.iterations), ("donors", spec.donors)):
        if number < 1:
            raise OutOfRangeError.for_number(name, number, "a whole number from 1")
    counts = (~np.isnan(values)).sum(axis=0)
    for name, held in zip(names, counts, strict=True):
        if held == 0:
            raise DegenerateDataError(
                f"Column {name!r} has no value at all, so there is nothing to impute "
                "it from; leave it out of the imputation."
            )
        if held < spec.donors and held < len(values):
            raise DegenerateDataError(
                f"Column {name!r} has gaps, {held} values and {spec.donors} donors "
                "asked for; lower the number of donors or leave the column out."
            )


def check_room(plan: ChainPlan, names: Sequence[str]) -> None:
    """Refuse a column that has too few values for its predictors.

    A regression with as many predictors as values fits each of them exactly, and
    matching on its predictions would only hand out the nearest copy.

    Raises
    ------
    DegenerateDataError
        Naming the column with the least room.
    """
    steps = (*plan.warm, *plan.later)
    if not steps:
        return
    least = min(steps, key=lambda step: step.df)
    if least.df < LEAST_DF:
        raise DegenerateDataError(
            f"Column {names[least.column]!r} has {len(least.rows.observed)} values and "
            f"{len(least.predictors)} predictors, which is too few values to impute "
            "its gaps from; more cases are needed, or fewer columns."
        )
