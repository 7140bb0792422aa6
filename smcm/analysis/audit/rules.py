"""The rules, each applied to the claims that print the numbers it needs."""

from collections.abc import Iterator
from dataclasses import replace

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.presumed import Rule, decided
from smcm.analysis.audit.results import Check, solved
from smcm.analysis.audit.rules_coefficient import coefficient_rule, fisher_rule
from smcm.analysis.audit.rules_counts import percentages, residual_df
from smcm.analysis.audit.rules_d import effect_size
from smcm.analysis.audit.rules_f import eta2_rule, r2_rule
from smcm.analysis.audit.rules_scores import scores
from smcm.analysis.audit.rules_tests import tests
from smcm.analysis.audit.rules_two import two_means
from smcm.stats.audit.products import product_of_paths

RULES = {
    "coefficient": "coefficient, confidence limits, test statistic, and p",
    "fisher": "correlation and its limits (Fisher's z)",
    "test": "test statistic, degrees of freedom, and p",
    "product": "paths a and b and their product",
    "eta2": "F and partial eta squared",
    "r2_change": "F and change in R squared",
    "paired": "paired test: t or p, means, and SDs",
    "groups": "two-group test: t or p, means, and SDs",
    "d": "Cohen's d, means, SDs, and t, under every common definition",
    "scale": "mean and SD within the range of the scale",
    "GRIM": "GRIM: mean of whole numbers and sample size",
    "GRIMMER": "GRIMMER: SD of whole numbers, mean, and sample size",
    "DEBIT": "DEBIT: SD of zeros and ones, mean, and sample size",
    "percentage": "percentages, counts, and total",
    "df": "residual degrees of freedom, sample size, and predictors",
    "none": "nothing to check",
}
NOTHING = "None of these numbers can be computed from the others."
ONE_MODEL = (
    "This assumes that the paths and the indirect effect are from one linear model, "
    "on one scale, and not averaged over bootstrap samples or imputed sets."
)
OTHER_TEST = "p belongs to another test of this claim"


def checks_of(claim: Claim) -> tuple[Check, ...]:
    """Apply every rule for which a claim prints enough."""
    found = [decided(rule, claim) for rule in _rules(claim)]
    checks = _one_p(check for check in found if check is not None)
    return checks or (Check(rule="none", holds=None, notes=(NOTHING,)),)


def _rules(claim: Claim) -> Iterator[Rule]:
    yield coefficient_rule
    yield fisher_rule
    if not _of_coefficient(claim):
        yield from tests(claim)
    yield _product
    yield eta2_rule
    yield r2_rule
    yield two_means
    yield effect_size
    yield from scores(claim)
    yield percentages
    yield residual_df


def _of_coefficient(claim: Claim) -> bool:
    """Whether p is checked against an estimate or limits, not a statistic alone."""
    check = coefficient_rule(claim)
    return check is not None and bool(check.numbers)


def _product(claim: Claim) -> Check | None:
    rows = claim.given(("a", "b", "ab"))
    if len(rows) < 3:
        return None
    found = solved("product", rows, product_of_paths)
    return found if found.holds else replace(found, notes=(ONE_MODEL,))


def _one_p(checks: Iterator[Check]) -> tuple[Check, ...]:
    """Let p be of one of several tests: where one fits, the others need not."""
    found = tuple(checks)
    of_p = [check for check in found if check.rule == "test"]
    if not any(check.holds for check in of_p):
        return found
    return tuple(
        replace(check, holds=None, conditions=((OTHER_TEST,), *check.conditions))
        if check.rule == "test" and check.numbers and not check.holds
        else check
        for check in found
    )
