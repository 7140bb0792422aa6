"""Tables of the chapter."""

from smcm.chapters.nesting.tables.means import (
    latent_trial,
    nested_between,
    nested_within,
)
from smcm.chapters.nesting.tables.tests import (
    nested_alliance,
    nested_indirect,
    nested_likeness,
    nested_total,
)

__all__ = [
    "latent_trial",
    "nested_alliance",
    "nested_between",
    "nested_indirect",
    "nested_likeness",
    "nested_total",
    "nested_within",
]
