"""What a chain of imputations does, worked out before any number is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.shown import shown
from smcm.stats.pmm import Array, Index, Rows
from smcm.stats.predictors import Mask, only_needed

DONORS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PassiveMean:
    """A column that is the mean of others, such as the items of a questionnaire.

    It is recomputed whenever one of its parts was imputed. In a row that holds fewer
    than `least` parts the mean is imputed instead, and the parts that the row lacks
    are copied from the donor, all from the same row.

    Attributes
    ----------
    column : int
    parts : tuple of int
        The columns it averages.
    least : int
        Parts that a row must hold for the others to be imputed one by one.
    """

    column: int
    parts: tuple[int, ...]
    least: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainSpec:
    """How a matrix is imputed.

    Attributes
    ----------
    predictors : ndarray of bool, shape (p, p)
        Row: target; column: predictor. A mean is never predicted by its own parts.
    means : tuple of PassiveMean
    random : tuple of int
        Predictors that indicate a group each; their coefficients are random effects
        (`smcm.stats.regression_draws`).
    iterations : int
        Sweeps over all incomplete columns, from left to right.
    donors : int
        Nearest donors to choose among. With few values, many donors draw predictions
        towards the mean, and slopes towards zero with them.
    """

    predictors: Mask
    means: tuple[PassiveMean, ...] = ()
    random: tuple[int, ...] = ()
    iterations: int = 5
    donors: int = DONORS


LEAST_DF = 10  # residual degrees of freedom that a column's regression must keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One column of one sweep.

    Attributes
    ----------
    column : int
    predictors : ndarray of int
        Columns that predict it, those with random effects last.
    n_random : int
        How many of them have random effects.
    rows : Rows
    parts : tuple of int
        Of a mean: the columns that are copied from the donor.
    means : tuple of PassiveMean
        To be recomputed once the column is filled.
    """

    column: int
    predictors: Index
    n_random: int
    rows: Rows
    parts: tuple[int, ...] = ()
    means: tuple[PassiveMean, ...] = ()

    @property
    def n_fixed(self) -> int:
        """Predictors with a coefficient of their own."""
        return len(self.predictors) - self.n_random

    @property
    def df(self) -> int:
        """Residual degrees of freedom; `check_room` sees to it that some are left."""
        return len(self.rows.observed) - self.n_fixed - 1


@dataclass(frozen=True, slots=True)
class ChainPlan:
    """The sweeps of a chain.

    Attributes
    ----------
    first : tuple of Step
        In the first sweep a column is predicted only by columns that are complete or
        already visited.
    later : tuple of Step
    """

    first: tuple[Step, ...]
    later: tuple[Step, ...]


def plan_chain(start: Array, spec: ChainSpec) -> ChainPlan:
    """Work out the steps of every sweep.

    A mean comes after its parts: they are imputed first in the rows that hold enough
    of them, and then together with the mean in the other rows.

    Parameters
    ----------
    start : ndarray, shape (n, p)
        With the means that `smcm.stats.chained.with_means` gives.
    spec : ChainSpec
    """
    predictors = only_needed(spec.predictors, start)
    for mean in spec.means:
        predictors[mean.column, list(mean.parts)] = False
    steps = [
        _step(column, rows, predictors[column], spec)
        for column in _order(spec)
        if len((rows := _rows(column, start, spec)).missing)
    ]
    later = _with_means(steps, spec.means)
    return ChainPlan(first=_first(later, start, spec), later=later)


def _order(spec: ChainSpec) -> list[int]:
    """List the columns from left to right, a mean after its parts."""
    last = {mean.column: max(mean.column, *mean.parts) for mean in spec.means}
    columns = range(len(spec.predictors))
    return sorted(columns, key=lambda one: (last.get(one, one), one in last))


def _rows(column: int, start: Array, spec: ChainSpec) -> Rows:
    """Find the rows in which a column is observed, and those where it is imputed."""
    gone = np.isnan(start[:, column])
    missing = gone.copy()
    for mean in spec.means:
        if column in mean.parts:  # without the mean, parts come with it from a donor
            missing &= ~np.isnan(start[:, mean.column])
    return Rows(observed=np.flatnonzero(~gone), missing=np.flatnonzero(missing))


def _step(column: int, rows: Rows, chosen: Mask, spec: ChainSpec) -> Step:
    random = np.isin(np.arange(len(chosen)), spec.random)
    parts = {mean.column: mean.parts for mean in spec.means}
    return Step(
        column=column,
        predictors=np.r_[
            np.flatnonzero(chosen & ~random), np.flatnonzero(chosen & random)
        ],
        n_random=int((chosen & random).sum()),
        rows=rows,
        parts=parts.get(column, ()),
    )


def _first(steps: Sequence[Step], start: Array, spec: ChainSpec) -> tuple[Step, ...]:
    """Leave out the predictors that still have gaps when a column's turn comes."""
    gaps = np.isnan(start)
    for mean in spec.means:  # until all parts are there, the mean is preliminary
        gaps[:, mean.column] = gaps[:, list(mean.parts)].any(axis=1)
    limited = []
    for step in steps:
        used = np.concatenate([step.rows.observed, step.rows.missing])
        known = ~gaps[np.ix_(used, step.predictors)].any(axis=0)
        limited.append(
            replace(
                step,
                predictors=step.predictors[known],
                n_random=int(known[step.n_fixed :].sum()),
            )
        )
        for filled in (step.column, *step.parts):
            gaps[step.rows.missing, filled] = False
        for mean in step.means:
            gaps[:, mean.column] = gaps[:, list(mean.parts)].any(axis=1)
    return tuple(limited)


def _with_means(
    steps: Sequence[Step], means: Sequence[PassiveMean]
) -> tuple[Step, ...]:
    """Attach each mean to the last step that changes it."""
    due: dict[int, tuple[PassiveMean, ...]] = {}
    for mean in means:
        own = (mean.column, *mean.parts)
        visited = [step.column for step in steps if step.column in own]
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
                f"Column {shown(name)} has no value at all, so there is nothing to "
                "impute it from; leave it out of the imputation."
            )
        if held < spec.donors and held < len(values):
            raise DegenerateDataError(
                f"Column {shown(name)} has gaps, {held} values and {spec.donors} "
                "donors asked for; lower the number of donors or leave the column out."
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
    if not plan.later:
        return
    least = min(plan.later, key=lambda step: step.df)
    if least.df < LEAST_DF:
        raise DegenerateDataError(
            f"Column {shown(names[least.column])} has {len(least.rows.observed)} "
            f"values and {least.n_fixed} predictors, which is too few values to impute "
            "its gaps from; more cases are needed, or fewer columns."
        )
