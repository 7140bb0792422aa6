"""The options of the multiverse, as tables and figures name them."""

from smcm.chapters.multiverse.axes import (
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
from smcm.cohort.exposure import FROM_ENTRY

LEVELS = {
    ALL: "all covariates of the article",
    FEW: "site, education and score at entry",
    NUMBER: "one number",
    CATEGORIES: "categories",
    FROZEN: "set of the published analysis",
    ONE_SET: "one newly imputed set",
    POOLED: "all newly imputed sets, pooled",
    BOOTSTRAP: "percentile bootstrap",
    CLASSICAL: "Monte Carlo, classical errors",
    HC3: "Monte Carlo, HC3 errors",
    CR2: "Monte Carlo, cluster-robust errors",
}
SHORT = {
    ALL: "all",
    FEW: "few",
    FROZEN: "published set",
    ONE_SET: "one new set",
    POOLED: "new sets pooled",
    BOOTSTRAP: "bootstrap",
    CLASSICAL: "classical errors",
    HC3: "HC3 errors",
    CR2: "cluster-robust",
}


def level(axis: Axis, value: int | str) -> str:
    """Name a level where there is room."""
    if value == FROM_ENTRY:
        return "all days since entry"
    return LEVELS.get(str(value), "") or short(axis, value)


def short(axis: Axis, value: int | str) -> str:
    """Name a level beside a row."""
    if axis.key == "window":
        return "since entry" if value == FROM_ENTRY else f"{value} days"
    if axis.key in ("site", "education"):
        return f"{axis.key}: {LEVELS[str(value)].removeprefix('one ')}"
    if axis.key == "covariates":
        return f"covariates: {SHORT[str(value)]}"
    return SHORT.get(str(value), str(value))
