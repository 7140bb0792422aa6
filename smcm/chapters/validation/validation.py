"""What the tests kept: comparisons with outside numbers and of ours, and faults."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log10
from pathlib import Path

from smcm.paths import VALIDATION

COMPARISONS = "comparisons.csv"
FAULTS = "faults.csv"
REPRODUCED = "reproduced.csv"
BETWEEN = "; "  # stands between the ways of one row
CERTIFIED = "NIST"
MOST_DIGITS = 15  # certified values are given with no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Numbers of one kind from one source, all compared with ours.

    Attributes
    ----------
    source, version : str
        A program with its version, or NIST without one.
    what : str
    measure : {"relative", "absolute", "errors", "method"}
        How the distance is measured; "errors" are standard errors of simulation, and
        "method" is absolute where the source estimates by another method.
    n : int
        Numbers compared.
    tolerance, largest : float
        The largest distance that a test allows, and the largest that was found.
    """

    source: str
    version: str
    what: str
    measure: str
    n: int
    tolerance: float
    largest: float

    @property
    def digits(self) -> float:
        """Digits that agree in the number with the largest distance, 15 at most."""
        return min(MOST_DIGITS, -log10(max(self.largest, 10.0**-MOST_DIGITS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduced:
    """What was made again in ways that should make no difference.

    Attributes
    ----------
    what : {"workers", "threads", "kernels", "cells", "files"}
        What was varied; the last two are imputed cells under other kernels, and files
        of two books.
    ways : tuple of str
    n : int
        Numbers, cells or files that were compared.
    largest : float
        Largest relative distance of two numbers; 0 where all were the same.
    """

    what: str
    ways: tuple[str, ...]
    n: int
    largest: float


def read_reproduced(folder: Path = VALIDATION) -> dict[str, Reproduced]:
    """Read what came out the same, by what was varied; none before it is kept."""
    path = folder / REPRODUCED
    return {
        row["what"]: Reproduced(
            what=row["what"],
            ways=tuple(row["ways"].split(BETWEEN)),
            n=int(row["n"]),
            largest=float(row["largest"]),
        )
        for row in (_rows(path) if path.exists() else ())
    }


def read_outside(folder: Path = VALIDATION) -> tuple[Outside, ...]:
    """Read the comparisons, those of several tests of one kind together."""
    found: dict[tuple[str, str, str], Outside] = {}
    for row in _rows(folder / COMPARISONS):
        new = Outside(
            source=row["source"],
            version=row["version"],
            what=row["what"],
            measure=row["measure"],
            n=int(row["n"]),
            tolerance=float(row["tolerance"]),
            largest=float(row["largest"]),
        )
        key = (new.source, new.what, new.measure)
        found[key] = joined([found[key], new]) if key in found else new
    return tuple(found.values())


def joined(parts: Sequence[Outside], what: str | None = None) -> Outside:
    """Take several kinds of numbers of one source and measure as one."""
    return replace(
        parts[0],
        what=parts[0].what if what is None else what,
        n=sum(part.n for part in parts),
        tolerance=max(part.tolerance for part in parts),
        largest=max(part.largest for part in parts),
    )


def read_faults(folder: Path = VALIDATION) -> dict[str, int]:
    """Read how many tests plant a fault of each kind."""
    return {row["kind"]: int(row["tests"]) for row in _rows(folder / FAULTS)}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
