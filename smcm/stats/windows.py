"""Means of a daily interpolated series over trailing windows, without a daily loop.

Cumulative sums of the daily values turn the sum over any run of days into one
difference of two numbers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.ols import Array
from smcm.stats.usable import require_usable

Days = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WindowMeans:
    """Means over trailing windows.

    Attributes
    ----------
    mean : ndarray, shape (n,)
        Over the days of the window that have a value; NaN where none has.
    days_before : ndarray of int, shape (n,)
        Days of the window before the first assessment; they have no value.
    days_after : ndarray of int, shape (n,)
        Days of the window after the last assessment; they have no value either.
    """

    mean: Array
    days_before: Days
    days_after: Days


def daily_values(assessed: Days, value: Array) -> Array:
    """Interpolate linearly to one value for each day from the first to the last.

    Parameters
    ----------
    assessed : ndarray of int, shape (k,)
        Days of the assessments, strictly increasing, k at least 2.
    value : ndarray, shape (k,)

    Returns
    -------
    ndarray, shape (last day - first day + 1,)

    Raises
    ------
    DegenerateDataError
        Under two assessments, days out of order, or a value that is missing.
    """
    if value.size != assessed.size:
        raise DegenerateDataError(
            f"Interpolation needs a value for each of the {assessed.size} assessments; "
            f"there are {value.size}."
        )
    require_usable("The series", value)
    if assessed.size < 2 or np.any(np.diff(assessed) <= 0):
        raise DegenerateDataError(
            "Interpolation needs at least two assessments on different days, in order."
        )
    days = np.arange(assessed[0], assessed[-1] + 1)
    values: Array = np.interp(days, assessed, value)
    return values


def window_means(
    assessed: Days, value: Array, end: Days, length: int | Days
) -> WindowMeans:
    """Average the daily values over the `length` days that end the day before `end`.

    Days before the first or after the last assessment carry no value: the mean is
    over the days there are, and how many are lacking is part of the result. Nothing
    is extrapolated.

    Parameters
    ----------
    assessed : ndarray of int, shape (k,)
        Days of the assessments, strictly increasing.
    value : ndarray, shape (k,)
    end : ndarray of int, shape (n,)
        Days that follow the windows, for example those of interviews.
    length : int or ndarray of int, shape (n,)
        Days in a window: one length for all, at least 1, or one for each, where 0 is
        a window without a mean.

    Raises
    ------
    OutOfRangeError
        A window without a day.
    DegenerateDataError
        See `daily_values`.
    """
    if isinstance(length, int) and length < 1:
        raise OutOfRangeError.for_number("length", length, "at least 1 day")
    daily = daily_values(assessed, value)
    first, last = int(assessed[0]), int(assessed[-1])
    cumulative = np.concatenate([[0.0], np.cumsum(daily - daily.mean())])
    start = np.clip(end - length, first, last + 1) - first
    stop = np.clip(end, first, last + 1) - first
    days = stop - start
    total = cumulative[stop] - cumulative[start]
    mean = np.full(end.shape, np.nan)
    np.divide(total, days, out=mean, where=days > 0)
    return WindowMeans(
        mean=mean + daily.mean(),
        days_before=np.clip(first - (end - length), 0, length),
        days_after=np.clip(end - 1 - last, 0, length),
    )
