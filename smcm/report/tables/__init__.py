"""The book's tables, each one call on a study."""

from smcm.report.tables.audit import audit, audit_findings
from smcm.report.tables.change import change
from smcm.report.tables.characteristics import characteristics
from smcm.report.tables.checks import checks
from smcm.report.tables.coding import codings, covariates, equations
from smcm.report.tables.confounding import robustness, vanishing
from smcm.report.tables.cross_lagged import cross_lagged
from smcm.report.tables.exposures import from_entry
from smcm.report.tables.imputation_bias import imputation_bias
from smcm.report.tables.imputed import imputed
from smcm.report.tables.measures import measures, missing
from smcm.report.tables.models import indirect_effects, paths, sensitivity
from smcm.report.tables.multiverse import (
    multiverse,
    multiverse_choices,
    multiverse_sites,
)
from smcm.report.tables.nested import (
    nested_alliance,
    nested_indirect,
    nested_likeness,
    nested_total,
)
from smcm.report.tables.nested_means import (
    latent_trial,
    nested_between,
    nested_within,
)
from smcm.report.tables.nesting import nesting
from smcm.report.tables.participants import participants
from smcm.report.tables.pooled import multiplicity, pooled, pooled_r2, schemes
from smcm.report.tables.pooled_change import pooled_change
from smcm.report.tables.pooled_df import pooled_df
from smcm.report.tables.power import power
from smcm.report.tables.power_plan import (
    power_needed,
    power_own,
    power_planned,
    power_traded,
)
from smcm.report.tables.printed import printed, printed_exceptions
from smcm.report.tables.reciprocity import reciprocity
from smcm.report.tables.runs import across_runs, runs
from smcm.report.tables.speed import speed, speed_growth
from smcm.report.tables.validation import faults, nist, outside, reproduced

__all__ = [
    "across_runs",
    "audit",
    "audit_findings",
    "change",
    "characteristics",
    "checks",
    "codings",
    "covariates",
    "cross_lagged",
    "equations",
    "faults",
    "from_entry",
    "imputation_bias",
    "imputed",
    "indirect_effects",
    "latent_trial",
    "measures",
    "missing",
    "multiplicity",
    "multiverse",
    "multiverse_choices",
    "multiverse_sites",
    "nested_alliance",
    "nested_between",
    "nested_indirect",
    "nested_likeness",
    "nested_total",
    "nested_within",
    "nesting",
    "nist",
    "outside",
    "participants",
    "paths",
    "pooled",
    "pooled_change",
    "pooled_df",
    "pooled_r2",
    "power",
    "power_needed",
    "power_own",
    "power_planned",
    "power_traded",
    "printed",
    "printed_exceptions",
    "reciprocity",
    "reproduced",
    "robustness",
    "runs",
    "schemes",
    "sensitivity",
    "speed",
    "speed_growth",
    "vanishing",
]
