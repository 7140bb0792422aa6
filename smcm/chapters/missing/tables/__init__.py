"""Tables of the chapter."""

from smcm.chapters.missing.tables.change import pooled_change
from smcm.chapters.missing.tables.degrees import pooled_df
from smcm.chapters.missing.tables.imputation_bias import imputation_bias
from smcm.chapters.missing.tables.imputed import imputed
from smcm.chapters.missing.tables.pooled import multiplicity, pooled, pooled_r2, schemes

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
