"""Consistency of an indirect effect with the two paths it is the product of."""

import math

from smcm.stats.audit.interval import Feasible, Given, Interval

FREE = Interval(-math.inf, math.inf)


def product_of_paths(given: Given) -> Feasible:
    """Check printed ``a``, ``b`` and ``ab`` = a·b against each other.

    Returns
    -------
    Feasible
        Ranges of the three; a range that reaches over a hole around zero, which a
        division can leave, is given from end to end.
    """
    a, b, ab = given["a"], given["b"], given["ab"]
    span = a * b
    if not span.meets(ab):
        return Feasible()
    return Feasible({"a": a & over(ab, b), "b": b & over(ab, a), "ab": ab & span})


def over(dividend: Interval, divisor: Interval) -> Interval:
    """Quotients of two intervals; everything where the divisor can be zero."""
    if divisor.low <= 0.0 <= divisor.high:
        return FREE
    return dividend * Interval(1.0 / divisor.high, 1.0 / divisor.low)
