"""The fidelity scale: nine domains, eight of which make the total.

How the 31 items divide over the domains is not printed in the article; the
counts below are this project's assumption and are said to be one in the book.
"""

from dataclasses import dataclass

ITEM_LOW, ITEM_HIGH = 1, 5
RATED_SHARE = 0.5  # least share of a domain's items for a mean of those rated
HIGH_FIDELITY = 32  # total at or above which a team has high fidelity


@dataclass(frozen=True, slots=True)
class Domain:
    """One domain of the scale.

    Attributes
    ----------
    key, name : str
        As in the data and as in a sentence.
    n_items : int
    scored : bool
        Whether it counts in the total.
    """

    key: str
    name: str
    n_items: int
    scored: bool = True

    @property
    def items(self) -> tuple[str, ...]:
        """Item names as they stand in the data."""
        return tuple(f"{self.key}_{k}" for k in range(1, self.n_items + 1))


DOMAINS = (
    Domain("caseload_size", "caseload size", 1),
    Domain("community_contact", "community contact", 1),
    Domain("individual_supervision", "individual supervision", 4),
    Domain("group_supervision", "group supervision", 6),
    Domain("strengths_assessment", "strengths assessment", 6),
    Domain("recovery_plan", "personal recovery plan", 5),
    Domain("resources", "resources outside the formal mental health system", 2),
    Domain("hope_inducing_practice", "hope-inducing practice", 4),
    Domain(
        "integration",
        "integration of strengths assessment and treatment plan",
        2,
        scored=False,
    ),
)
SCORED_DOMAINS = tuple(domain for domain in DOMAINS if domain.scored)
TOTAL_LOW = ITEM_LOW * len(SCORED_DOMAINS)
TOTAL_HIGH = ITEM_HIGH * len(SCORED_DOMAINS)
