"""Numbers that look like codes for missing values, such as 999."""

import numpy as np
from numpy.typing import NDArray

CODES = frozenset(
    [
        *(-7.0, -8.0, -9.0, 7.0, 8.0, 9.0),
        *(sign * code for sign in (-1.0, 1.0) for code in (66.0, 77.0, 88.0)),
        *(sign * code for sign in (-1.0, 1.0) for code in (96.0, 97.0, 98.0, 99.0)),
        *(sign * code for sign in (-1.0, 1.0) for code in (777.0, 888.0, 998.0, 999.0)),
        *(sign * code for sign in (-1.0, 1.0) for code in (7777.0, 8888.0, 9998.0)),
        *(sign * code for sign in (-1.0, 1.0) for code in (9999.0, 99999.0)),
    ]
)
MOST = 4  # codes of one column at one end
SPACINGS = 3.0  # so many times the widest gap between other values is far away
SMALL = 10.0  # codes below can be answers of a scale, unless they have another sign
OFTEN = 5  # rows in which a code among other values has to stand, and ...
RATIO = 3.0  # ... so many times as often as any other value ...
VARIED = 10  # ... of at least so many


def likely_codes(values: NDArray[np.float64]) -> dict[float, int]:
    """Find values that probably stand for missing ones.

    Parameters
    ----------
    values : ndarray, shape (n,)
        A column; NaN where missing.

    Returns
    -------
    dict of float to int
        Each such value with the number of rows that have it: usual codes that lie far
        from all other values, or among them and much more frequent than any.
    """
    distinct, counts = np.unique(values[np.isfinite(values)], return_counts=True)
    found: dict[float, int] = {}
    for _ in range(2):  # codes at one end can hide those at the other
        rest = ~np.isin(distinct, list(found))
        own, often = distinct[rest], counts[rest]
        found |= _far(own, often)
        mirrored = _far(-own[::-1], often[::-1])
        found |= {-value: count for value, count in mirrored.items()}
    return found or _frequent(distinct, counts)


def _far(distinct: NDArray[np.float64], counts: NDArray[np.intp]) -> dict[float, int]:
    """Find codes above all other values, by the gap that parts them."""
    for k in range(1, min(MOST, len(distinct) - 2) + 1):
        if distinct[-k] not in CODES:
            break
        rest, codes = distinct[:-k], distinct[-k:]
        gap = codes[0] - rest[-1]
        large = abs(codes[0]) > SMALL and gap >= SPACINGS * np.diff(rest).max()
        of_another_sign = codes[0] > 0.0 >= rest[-1]
        often = counts[-k:].sum() > 1 and (large or of_another_sign)
        if often or gap >= rest[-1] - rest[0]:
            return dict(zip(codes.tolist(), counts[-k:].tolist(), strict=True))
    return {}


def _frequent(
    distinct: NDArray[np.float64], counts: NDArray[np.intp]
) -> dict[float, int]:
    """Find one code among the other values that is much more frequent than any."""
    if len(distinct) <= VARIED:
        return {}
    place = int(np.argmax(counts))
    value, count = float(distinct[place]), int(counts[place])
    others = int(np.delete(counts, place).max())
    if value in CODES and count >= OFTEN and count >= RATIO * others:
        return {value: count}
    return {}
