"""How the choices of the multiverse read in a table, a figure and a sentence."""

from smcm.design.multiverse import (
    ALL,
    BOOTSTRAP,
    CATEGORIES,
    CLASSICAL,
    CR2,
    FEW,
    FROZEN,
    HC3,
    NUMBER,
    ONE_SET,
    POOLED,
    Axis,
)
from smcm.design.schedule import FROM_ENTRY
from smcm.report import format as fmt

LEVELS = {
    ALL: "all of the article's",
    FEW: "site, education and score at entry",
    NUMBER: "one number",
    CATEGORIES: "categories",
    FROZEN: "the completed set",
    ONE_SET: "one live set",
    POOLED: "all live sets, pooled",
    BOOTSTRAP: "percentile bootstrap",
    CLASSICAL: "Monte Carlo, classical errors",
    HC3: "Monte Carlo, HC3 errors",
    CR2: "Monte Carlo, errors by team",
}
SHORT = {
    ALL: "all",
    FEW: "few",
    FROZEN: "completed set",
    ONE_SET: "one live set",
    POOLED: "pooled sets",
    BOOTSTRAP: "bootstrap",
    CLASSICAL: "classical errors",
    HC3: "HC3 errors",
    CR2: "errors by team",
}


def level(axis: Axis, value: int | str) -> str:
    """Name a level where there is room."""
    if value == FROM_ENTRY:
        return "all days from entry"
    return LEVELS.get(str(value), "") or short(axis, value)


def short(axis: Axis, value: int | str) -> str:
    """Name a level beside a row."""
    if axis.key == "window":
        return "from entry" if value == FROM_ENTRY else f"{value} days"
    if axis.key in ("site", "education"):
        return f"{axis.key}: {LEVELS[str(value)]}"
    if axis.key == "covariates":
        return f"covariates: {SHORT[str(value)]}"
    return SHORT.get(str(value), str(value))


def share(value: float) -> str:
    """Write a percentage that says 0% and 100% only where it is just that."""
    shown = fmt.percent(100.0 * value)
    if shown == "0%" and value > 0.0:
        return "under 1%"
    return "over 99%" if shown == "100%" and value < 1.0 else shown
