"""How many printed numbers and findings a study gives back."""

from dataclasses import dataclass

from smcm.analysis.study import Study
from smcm.article.comparison import compare, counts
from smcm.published import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonFacts:
    """Printed numbers and findings beside those of a study, counted.

    Attributes
    ----------
    n : int
        All that are compared.
    equal, cannot_hold, by_rule, differs, missing : int
        By their status, as `smcm.article.comparison.Comparison` explains it.
    """

    n: int
    equal: int
    cannot_hold: int
    by_rule: int
    differs: int
    missing: int


def comparison_facts(study: Study) -> ComparisonFacts:
    """Count them."""
    rows = compare(study, Published.read())
    return ComparisonFacts(n=len(rows), **counts(rows))
