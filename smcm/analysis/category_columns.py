"""Names of the columns of covariates that are entered as categories."""

from collections.abc import Iterable, Sequence


def column_of(name: str, level: float) -> str:
    """Name the indicator of one level of a category."""
    return f"{name}_{level:g}"


def category_of(
    column: str, covariates: Iterable[str], categories: Sequence[str]
) -> str:
    """Name the covariate that a column stands for; a column that is one, itself.

    Parameters
    ----------
    column : str
    covariates, categories : sequence of str
        All that are declared, and those that are entered as categories.
    """
    if column in covariates:
        return column
    held = [name for name in categories if column.startswith(f"{name}_")]
    return max(held, key=len, default=column)
