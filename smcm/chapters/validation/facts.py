"""The facts of the chapter on validation, of which its text is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smcm.chapters.validation.speed_facts import SpeedFacts, speed_facts
from smcm.chapters.validation.validation import (
    CERTIFIED,
    Outside,
    Reproduced,
    read_faults,
    read_outside,
    read_reproduced,
)
from smcm.paths import VALIDATION

VARIED = ("workers", "threads", "kernels")  # of these, numbers are compared
REPEATED = ("cells", "files")  # these are compared bit by bit


@dataclass(frozen=True, slots=True, kw_only=True)
class Farthest:
    """The largest distance among the numbers that are measured in one way.

    Attributes
    ----------
    n : int
        Numbers measured so, from all sources.
    largest : float
        In the unit of the measure.
    source, what : str
        Where the farthest number is from, and of which kind it is.
    of_kind : int
        Numbers of that kind.
    sources : tuple of str
        All sources of the `n` numbers.
    """

    n: int
    largest: float
    source: str
    what: str
    of_kind: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digits:
    """How many digits agree with the certified results of a data set."""

    digits: float
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """What was computed again in ways that should make no difference.

    Attributes
    ----------
    what : {"workers", "threads", "kernels", "cells", "files"}
    ways : tuple of str
    n : int
        Numbers, cells or files compared.
    """

    what: str
    ways: tuple[str, ...]
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidationFacts:
    """What the tests have kept.

    Attributes
    ----------
    n, sources : int
        Outside numbers, and the sources that they are from.
    relative, simulated, method : Farthest
        Distances as a share, in standard errors of simulation, and from other methods
        of estimation.
    least_digits, most_digits : Digits
        Of the certified data sets.
    fault_tests, fault_kinds : int
    varied, repeated : tuple of Again
        Empty where nothing is kept.
    moved : float
        The largest relative difference among `varied`.
    exact : bool
        Whether there was none.
    speed : SpeedFacts or None
        None where no time is kept.
    """

    n: int
    sources: int
    relative: Farthest
    simulated: Farthest
    method: Farthest
    least_digits: Digits
    most_digits: Digits
    fault_tests: int
    fault_kinds: int
    varied: tuple[Again, ...]
    repeated: tuple[Again, ...]
    moved: float
    exact: bool
    speed: SpeedFacts | None


def validation_facts(folder: Path = VALIDATION) -> ValidationFacts:
    """Gather them from the files that the tests wrote."""
    outside, faults = read_outside(folder), read_faults(folder)
    again = read_reproduced(folder)
    varied = [again[what] for what in VARIED if what in again]
    certified = [
        part
        for part in outside
        if part.source == CERTIFIED and part.measure == "relative"
    ]
    moved = max((part.largest for part in varied), default=0.0)
    return ValidationFacts(
        n=sum(part.n for part in outside),
        sources=len({part.source for part in outside}),
        relative=_farthest(outside, "relative"),
        simulated=_farthest(outside, "errors"),
        method=_farthest(outside, "method"),
        least_digits=_digits(min(certified, key=lambda part: part.digits)),
        most_digits=_digits(max(certified, key=lambda part: part.digits)),
        fault_tests=sum(faults.values()),
        fault_kinds=len(faults),
        varied=tuple(map(_again, varied)),
        repeated=tuple(_again(again[what]) for what in REPEATED if what in again),
        moved=moved,
        exact=moved == 0.0,
        speed=speed_facts(folder),
    )


def _farthest(outside: Sequence[Outside], measure: str) -> Farthest:
    parts = [
        part for part in outside if part.measure == measure and part.source != CERTIFIED
    ]
    worst = max(parts, key=lambda part: part.largest)
    return Farthest(
        n=sum(part.n for part in parts),
        largest=worst.largest,
        source=worst.source,
        what=worst.what,
        of_kind=worst.n,
        sources=tuple(dict.fromkeys(part.source for part in parts)),
    )


def _digits(part: Outside) -> Digits:
    return Digits(digits=part.digits, what=part.what)


def _again(part: Reproduced) -> Again:
    return Again(what=part.what, ways=part.ways, n=part.n)
