"""Results of an audit: claims, their checks, and the ranges of their numbers."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from smcm.analysis.audit.claims import Claim
from smcm.stats.audit.interval import Feasible, Given, Interval
from smcm.stats.audit.quantities import Statistic

Verdict = Literal["holds", "holds_if", "cannot", "unchecked"]
VERDICTS: tuple[Verdict, ...] = ("holds", "holds_if", "cannot", "unchecked")


@dataclass(frozen=True, slots=True)
class Checked:
    """A printed statistic in one check.

    Attributes
    ----------
    statistic : Statistic
    feasible : Interval or None
        Values that are consistent with the others as printed; None where the check
        fails.
    instead : Interval or None
        Where the check fails: values that would be consistent with the others as
        printed; None where there are none.
    """

    statistic: Statistic
    feasible: Interval | None
    instead: Interval | None = None

    @property
    def share(self) -> float | None:
        """Feasible share of the rounding interval; None where it is not bounded."""
        printed = self.statistic.interval
        if self.feasible is None or not 0.0 < printed.width < math.inf:
            return None
        return self.feasible.width / printed.width


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule applied to the printed statistics of a claim.

    Attributes
    ----------
    rule : str
        One of `smcm.analysis.audit.rules.RULES`.
    holds : bool or None
        Whether the numbers are consistent; None where the rule cannot be applied, or
        where they are consistent only under a condition that is not stated.
    numbers : tuple of Checked
    implied : mapping of str to Interval
        Ranges of implied numbers that are not printed.
    notes : tuple of str
        Sentences without numbers.
    denominators : range
        Totals that are consistent with all percentages, where these are checked.
    conditions : tuple of tuple of str
        Where the numbers are consistent only under unstated conditions: the shortest
        lists of these, each text completing a sentence that begins with "if".
    settled_by : tuple of str
        The conditions to state for a definite result.
    """

    rule: str
    holds: bool | None
    numbers: tuple[Checked, ...] = ()
    implied: Mapping[str, Interval] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    denominators: range = range(0)
    conditions: tuple[tuple[str, ...], ...] = ()
    settled_by: tuple[str, ...] = ()

    @property
    def room(self) -> float | None:
        """Largest feasible share of any number; small if they are only just consistent."""
        shares = [n.share for n in self.numbers if n.share]
        return max(shares) if self.holds and shares else None

    @property
    def movable(self) -> tuple[Checked, ...]:
        """Numbers of which one alone, if different, would make the check consistent."""
        return tuple(n for n in self.numbers if n.instead is not None)


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
        """Sum up the checks.

        ``cannot`` where one fails, ``holds_if`` where one holds only under a
        condition, ``unchecked`` where none applies.
        """
        if any(check.holds is False for check in self.checks):
            return "cannot"
        if any(check.conditions for check in self.checks):
            return "holds_if"
        return "holds" if any(check.holds for check in self.checks) else "unchecked"


def solved(
    rule: str,
    rows: Mapping[str, Statistic],
    solver: Callable[[Given], Feasible],
    *,
    notes: Sequence[str] = (),
) -> Check:
    """Apply a rule; where it fails, leave each number in turn open.

    Parameters
    ----------
    rule : str
    rows : mapping of str to Statistic
        By the names that the solver uses.
    solver : callable
        Takes and returns intervals; further ranges that it returns are implied.
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
