"""Claims: printed statistics that belong together, and what is stated of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from smcm.stats.audit.conditions import CONDITIONS
from smcm.stats.audit.quantities import (
    EVERY_CLAIM,
    NUMBERS,
    QUANTITIES,
    Statistic,
)
from smcm.stats.audit.rounding import read_printed, read_word


@dataclass(frozen=True, slots=True)
class Claim:
    """Printed statistics that belong together.

    Attributes
    ----------
    name : str
    statistics : tuple of Statistic
        In the order of the file; conditions that are stated are among them.
    """

    name: str
    statistics: tuple[Statistic, ...]

    def one(self, name: str) -> Statistic | None:
        """Find the only statistic of a kind; None where there are none or several."""
        found = self.all(name)
        return found[0] if len(found) == 1 else None

    def all(self, name: str) -> tuple[Statistic, ...]:
        """List the statistics of a kind."""
        return tuple(s for s in self.statistics if s.quantity.name == name)

    def of_part(self, name: str, part: str) -> Statistic | None:
        """Find the statistic of a part, or the only one if it has no part."""
        found = {s.part: s for s in self.all(name)}
        return found.get(part) or (found.get("") if len(found) == 1 else None)

    def value(self, name: str) -> float | None:
        """Value of the only statistic of a kind."""
        found = self.one(name)
        return None if found is None else found.number.value

    def word(self, name: str) -> str | None:
        """Answer that is stated to a condition; None where nothing is."""
        found = self.one(name)
        return None if found is None else found.number.text

    def given(self, names: Sequence[str]) -> dict[str, Statistic]:
        """Those of some kinds that the claim has once."""
        found = ((name, self.one(name)) for name in names)
        return {name: statistic for name, statistic in found if statistic is not None}

    def settles(self, condition: str) -> bool:
        """Whether a condition is stated, or answered by another number."""
        names = (condition, *CONDITIONS[condition].settled_by)
        return any(self.all(name) for name in names)

    def stating(self, condition: str, word: str) -> "Claim":
        """Read the claim with one more condition stated."""
        stated = (*self.statistics, stated_condition(self.name, condition, word))
        return read_as_stated(Claim(self.name, stated))


def stated_condition(claim: str, condition: str, word: str) -> Statistic:
    """Write a condition as a row of a file does."""
    number = read_printed(word) if condition in NUMBERS else read_word(word)
    return Statistic(
        claim=claim,
        quantity=QUANTITIES[condition],
        part="",
        number=number or read_word(word),
        place="stated",
    )


def read_as_stated(claim: Claim) -> Claim:
    """Let digits be cut off in a claim that says so."""
    if claim.word("rounding") != "cut":
        return claim
    return Claim(claim.name, tuple(replace(s, cut=True) for s in claim.statistics))


def claims_of(statistics: Sequence[Statistic]) -> Iterator[Claim]:
    """Gather statistics by claim, in the order in which claims first occur.

    What is stated of every claim holds where a claim states nothing else.
    """
    of_every = [s for s in statistics if s.claim == EVERY_CLAIM]
    names = dict.fromkeys(s.claim for s in statistics if s.claim != EVERY_CLAIM)
    for name in names:
        own = [s for s in statistics if s.claim == name]
        stated = {s.quantity.name for s in own}
        more = [
            replace(s, claim=name) for s in of_every if s.quantity.name not in stated
        ]
        yield read_as_stated(Claim(name, (*own, *more)))
