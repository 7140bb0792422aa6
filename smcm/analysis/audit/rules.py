"""The rules: what is applied to a claim that prints what the rule needs."""

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
    "coefficient": "estimate, limits, test and p of a coefficient",
    "fisher": "a correlation and its limits by Fisher's z",
    "test": "a test statistic with its degrees of freedom against p",
    "product": "paths a and b against their product",
    "eta2": "F against partial eta squared",
    "r2_change": "F against the change of R squared",
    "paired": "t or p of a paired test against means and SDs",
    "groups": "t or p of two groups against means and SDs",
    "d": "Cohen's d against means, SDs and t, by every usual definition",
    "scale": "mean and SD against the range of the scale",
    "GRIM": "a mean of whole numbers against the number of people",
    "GRIMMER": "an SD of whole numbers against mean and number of people",
    "DEBIT": "an SD of zeros and ones against mean and number of people",
    "percentage": "percentages against counts and total",
    "df": "residual degrees of freedom against people and predictors",
    "none": "nothing to check",
}
NOTHING = "There are not two numbers here of which one follows from the other."
ONE_MODEL = (
    "This presumes paths and indirect effect of one linear model, on one scale, and "
    "no mean over bootstrap samples or imputed sets."
)
OTHER_TEST = "p is of another test of this claim"


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
    """Whether p is held against an estimate or limits, not a statistic alone."""
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
