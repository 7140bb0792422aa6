"""Covariates that the models had to exclude, and why."""

from smcm.analysis.coded import category_of
from smcm.analysis.study import Study
from smcm.cohort.frame import blank_covariates
from smcm.report import format as fmt
from smcm.report.words import COVARIATE_NAMES

BASELINE = "the outcome's score at entry"


def excluded_covariates(study: Study) -> str:
    """Name each covariate that some model excludes, with the reason; or ""."""
    found = dict.fromkeys(
        column for result in study.models for column in result.mediation.dropped_columns
    )
    if not found:
        return ""
    reasons = "; ".join(_reason(study, column) for column in found)
    return f"Excluded covariates: {reasons}."


def _reason(study: Study, column: str) -> str:
    name = COVARIATE_NAMES.get(category_of(column), BASELINE)
    if category_of(column) != column:
        name = f"a category of {name}"
    if column in blank_covariates(study.cohort):
        return f"{name}, which is blank for every client"
    values = study.frame[column].unique()
    if len(values) > 1:
        return f"{name}, which is collinear with the others"
    if column == "site":
        return (
            f"site, because all analysed clients are from site {fmt.whole(values[0])}"
        )
    return f"{name}, which is the same for every analysed client"
