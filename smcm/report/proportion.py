"""Shares of many combinations, of which none and all are to be told from nearly so."""

from smcm.report.format import Rounded, percent


def proportion(value: float) -> Rounded:
    """Write a share, from 0 to 1, as 0% and 100% only where it is just that."""
    shown = percent(100.0 * value)
    if shown == "0%" and value > 0.0:
        return Rounded("under 1%", **shown.numbers)
    if shown == "100%" and value < 1.0:
        return Rounded("over 99%", **shown.numbers)
    return shown
