"""What the models conclude with site and education as categories."""

from smcm.chapters.coding.coding import Coding
from smcm.report.conclusions import Conclusions, by_rule


def conclusions(found: Coding) -> Conclusions:
    """Gather it."""
    return Conclusions(analyses=(by_rule("categories", found.categories),))
