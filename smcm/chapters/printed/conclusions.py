"""How far the printed numbers and findings agree with those of the edition."""

from smcm.analysis.study import Study
from smcm.report.conclusions import Agreement, Conclusions
from smcm.report.facts.comparison import comparison_facts


def conclusions(study: Study) -> Conclusions:
    """Count them."""
    found = comparison_facts(study)
    return Conclusions(agreement=Agreement(n=found.n, equal=found.equal))
