"""Tables of the chapter."""

from smcm.chapters.missing.tables.change import pooled_change
from smcm.chapters.missing.tables.imputed import imputation_bias, imputed
from smcm.chapters.missing.tables.pooled import (
    multiplicity,
    pooled,
    pooled_df,
    pooled_r2,
    schemes,
)

__all__ = [
    "imputation_bias",
    "imputed",
    "multiplicity",
    "pooled",
    "pooled_change",
    "pooled_df",
    "pooled_r2",
    "schemes",
]
