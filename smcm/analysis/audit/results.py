"""What an audit finds: claims, their checks, and what each leaves open."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from smcm.stats.audit.interval import Feasible, Given, Interval
from smcm.stats.audit.quantities import Statistic

Verdict = Literal["holds", "cannot", "unchecked"]
VERDICTS: tuple[Verdict, ...] = ("holds", "cannot", "unchecked")


@dataclass(frozen=True, slots=True)
class Checked:
    """A printed statistic in one check.

    Attributes
    ----------
    statistic : Statistic
    feasible : Interval or None
        Values that it can have while the others hold as printed; None where the
        numbers of the check cannot all hold.
    instead : Interval or None
        Where they cannot: values that it would need to have, all others being as
        printed; None where no value of this one would do.
    """

    statistic: Statistic
    feasible: Interval | None
    instead: Interval | None = None

    @property
    def share(self) -> float | None:
        """How much of what rounding leaves open is left; None where not bounded."""
        printed = self.statistic.interval
        if self.feasible is None or not 0.0 < printed.width < math.inf:
            return None
        return self.feasible.width / printed.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule that ties printed statistics together.

    Attributes
    ----------
    rule : str
        One of `smcm.analysis.audit.rules.RULES`.
    holds : bool or None
        Whether all can hold; None where the rule cannot be applied.
    numbers : tuple of Checked
    implied : mapping of str to Interval
        Ranges of what is not printed and follows.
    notes : tuple of str
        Sentences without numbers.
    denominators : range
        Totals that would give all percentages, where these are checked.
    """

    rule: str
    holds: bool | None
    numbers: tuple[Checked, ...] = ()
    implied: Mapping[str, Interval] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    denominators: range = range(0)

    @property
    def room(self) -> float | None:
        """Largest share that is left of any number; small where they just fit."""
        shares = [n.share for n in self.numbers if n.share]
        return max(shares) if self.holds and shares else None

    @property
    def movable(self) -> tuple[Checked, ...]:
        """Those of which one alone could differ and all would hold."""
        return tuple(n for n in self.numbers if n.instead is not None)


@dataclass(frozen=True, slots=True)
class Claim:
    """Printed statistics that belong together.

    Attributes
    ----------
    name : str
    statistics : tuple of Statistic
        In the order of the file.
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

    def given(self, names: Sequence[str]) -> dict[str, Statistic]:
        """Those of some kinds that the claim has once."""
        found = ((name, self.one(name)) for name in names)
        return {name: statistic for name, statistic in found if statistic is not None}


@dataclass(frozen=True, slots=True)
class Audited:
    """A claim with its checks.

    Attributes
    ----------
    claim : Claim
    checks : tuple of Check
    """

    claim: Claim
    checks: tuple[Check, ...]

    @property
    def verdict(self) -> Verdict:
        """``cannot`` where one check fails, ``unchecked`` where none applies."""
        if any(check.holds is False for check in self.checks):
            return "cannot"
        return "holds" if any(check.holds for check in self.checks) else "unchecked"


def claims_of(statistics: Sequence[Statistic]) -> Iterator[Claim]:
    """Gather statistics by claim, in the order in which claims first occur."""
    names = dict.fromkeys(s.claim for s in statistics)
    for name in names:
        yield Claim(name, tuple(s for s in statistics if s.claim == name))


def solved(
    rule: str,
    rows: Mapping[str, Statistic],
    solver: Callable[[Given], Feasible],
    *,
    notes: Sequence[str] = (),
) -> Check:
    """Apply a rule; where it fails, let each number in turn be anything.

    Parameters
    ----------
    rule : str
    rows : mapping of str to Statistic
        By the names that the solver uses.
    solver : callable
        Takes and gives intervals; may give further ranges, which are implied.
    notes : sequence of str
    """
    given = {name: row.interval for name, row in rows.items()}
    found = solver(given)
    if found.possible:
        numbers = tuple(
            Checked(row, found.ranges.get(name, given[name]))
            for name, row in rows.items()
        )
        implied = {k: v for k, v in found.ranges.items() if k not in rows}
        return Check(
            rule=rule, holds=True, numbers=numbers, implied=implied, notes=tuple(notes)
        )
    numbers = tuple(
        Checked(row, None, _instead(name, row, given, solver))
        for name, row in rows.items()
    )
    return Check(rule=rule, holds=False, numbers=numbers, notes=tuple(notes))


def _instead(
    name: str, row: Statistic, given: Given, solver: Callable[[Given], Feasible]
) -> Interval | None:
    if row.quantity.whole:
        return None
    freed = solver({**given, name: row.quantity.domain}).ranges.get(name)
    return None if freed is None or freed.empty else freed
