"""Numbers that double precision can carry through the squares of an analysis."""

import numpy as np
from numpy.typing import NDArray

from smcm.errors import DegenerateDataError

Array = NDArray[np.float64]
LARGEST, SMALLEST = 1e60, 1e-60  # their fourth powers, summed, stay in range
FLAT = 1e-14  # spread over size: what varies less than this is rounding


def require_usable(what: str, values: Array) -> None:
    """Refuse what is no number, and sizes whose squares leave double precision.

    Parameters
    ----------
    what : str
        What the values are, as the subject of a sentence.
    values : ndarray

    Raises
    ------
    DegenerateDataError
    """
    if not np.isfinite(values).all():
        raise DegenerateDataError(
            f"{what} holds missing or infinite values; mend them or leave the cases "
            "out."
        )
    size = float(np.abs(values).max()) if values.size else 0.0
    if size > LARGEST or 0.0 < size < SMALLEST:
        raise DegenerateDataError(
            f"{what} reaches {size:.0e}, and computing with squares of that loses "
            "all digits; take another unit."
        )


def require_usable_columns(what: str, columns: Array) -> None:
    """Refuse the first column that `require_usable` refuses.

    Parameters
    ----------
    what : str
    columns : ndarray, shape (n, ...)

    Raises
    ------
    DegenerateDataError
    """
    size = np.abs(columns).max(axis=0, initial=0.0)
    if not np.all((size == 0.0) | ((size >= SMALLEST) & (size <= LARGEST))):
        for column in columns.reshape(len(columns), -1).T:
            require_usable(what, column)


def centred_columns(columns: Array) -> Array:
    """Subtract each column's mean; what varies by rounding alone becomes zero.

    The second pass removes what rounding left of a mean that is large beside the
    spread, as that of dates written as numbers.

    Parameters
    ----------
    columns : ndarray, shape (n, ...)
    """
    centred: Array = columns - columns.mean(axis=0)
    centred = centred - centred.mean(axis=0)
    flat = np.linalg.norm(centred, axis=0) <= FLAT * np.linalg.norm(columns, axis=0)
    if flat.any():
        centred = np.where(flat, 0.0, centred)
    return centred
