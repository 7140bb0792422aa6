"""The fidelity scale: nine domains, eight of which make the total.

How the 31 items divide over the domains is not printed in the article; the counts in
the shipped study file are this project's assumption and are said to be one in the book.
"""

from smcm.design.study import Domain
from smcm.design.study_file import shipped_study

__all__ = [
    "DOMAINS",
    "HIGH_FIDELITY",
    "ITEM_HIGH",
    "ITEM_LOW",
    "RATED_SHARE",
    "SCORED_DOMAINS",
    "TOTAL_HIGH",
    "TOTAL_LOW",
    "Domain",
]

_EXPOSURE = shipped_study().exposure
ITEM_LOW, ITEM_HIGH = _EXPOSURE.low, _EXPOSURE.high
RATED_SHARE = _EXPOSURE.rated  # least share of a domain's items for a mean of those
HIGH_FIDELITY = _EXPOSURE.threshold  # total at or above which a team has it
DOMAINS = _EXPOSURE.domains
SCORED_DOMAINS = tuple(domain for domain in DOMAINS if domain.scored)
TOTAL_LOW = ITEM_LOW * len(SCORED_DOMAINS)
TOTAL_HIGH = ITEM_HIGH * len(SCORED_DOMAINS)
