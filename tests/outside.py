"""Comparisons with numbers that others computed: asserted, counted and kept.

A test says ``compare(ours, theirs, source=…, what=…, rel=…)``. That asserts, as any
test does, and notes how many numbers were compared and how far the farthest lies. The
notes are kept in data/validation/comparisons.csv, which the book reads; each run of a
test checks that its own rows there are still what it finds.
"""

import csv
import re
from collections import Counter
from dataclasses import astuple, dataclass, fields, replace
from importlib.metadata import version
from math import inf
from pathlib import Path

import numpy as np

from smcm.paths import VALIDATION

REFERENCE = Path(__file__).parent / "reference"
KEPT = VALIDATION / "comparisons.csv"
FAULTS = VALIDATION / "faults.csv"
# Another processor rounds elsewhere, and roundings cancel or do not: a distance may
# move by this factor, and freely below the floor. Draws and estimators do not move.
FACTOR = {"relative": 1e3, "absolute": 1e3, "errors": 1.1, "method": 1.1}
FLOOR = 1e-12


@dataclass(frozen=True)
class Compared:
    """What one test found of one kind of number."""

    test: str
    source: str
    version: str
    what: str
    measure: str
    n: int
    tolerance: float
    largest: float

    @property
    def key(self):
        return self.source, self.what, self.measure

    def agrees(self, kept):
        """Whether kept output still says what was found."""
        if replace(self, largest=0.0) != replace(kept, largest=0.0):
            return False
        low, high = sorted((self.largest, kept.largest))
        return high <= max(FACTOR[self.measure] * low, FLOOR)


class Comparing:
    """The ``compare`` of one test."""

    def __init__(self, test):
        self.test = test
        self.found = {}
        self.failed = False

    def __call__(self, ours, theirs, *, source, what, script=None, **how):
        """Assert that two arrays agree, and note it.

        `script` is the R script whose session info tells the version. `how` is one of
        ``rel``, ``abs``, ``method`` (absolute, where the other program estimates the
        same thing by another method) with a tolerance, or ``errors`` with standard
        errors of the difference and ``within`` so many of them.
        """
        ours, theirs = np.broadcast_arrays(
            *(np.asarray(v, float) for v in (ours, theirs))
        )
        assert ours.size > 0
        np.testing.assert_array_equal(np.isnan(ours), np.isnan(theirs))
        finite = ~np.isnan(theirs)
        measure, tolerance, unit = _measure(theirs[finite], **how)
        gap = np.abs(ours[finite] - theirs[finite])
        distance = np.full(gap.shape, inf)
        np.divide(gap, unit, out=distance, where=unit > 0.0)
        distance[gap == 0.0] = 0.0
        largest = float(distance.max())
        self.failed |= largest > tolerance
        assert not self.failed, f"{what}: {largest:.3g} apart, {measure}"
        self._note(
            Compared(
                self.test,
                source,
                _version(source, script),
                what,
                measure,
                int(finite.sum()),
                tolerance,
                largest,
            )
        )

    def _note(self, found):
        before = self.found.get(found.key)
        if before is not None:
            assert before.tolerance == found.tolerance
            largest = max(before.largest, found.largest)
            found = replace(found, n=before.n + found.n, largest=largest)
        self.found[found.key] = found


def _measure(theirs, *, rel=None, abs=None, method=None, errors=None, within=None):
    """Name of the distance, the most it may be, and what it is divided by."""
    if errors is not None:
        return "errors", within, np.broadcast_to(errors, theirs.shape)
    if rel is not None:
        return "relative", rel, np.abs(theirs)
    one = np.ones(theirs.shape)
    return ("absolute", abs, one) if method is None else ("method", method, one)


def _version(source, script):
    """Version of a program, of an R package with that of R."""
    if script is None:
        return version(source) if source in ("scipy", "statsmodels") else ""
    info = (REFERENCE / f"{script}.sessioninfo.txt").read_text(encoding="utf-8")
    of_r = re.search(r"^R version (\S+)", info).group(1)
    if source == "R":
        return of_r
    of_package = re.search(rf"\b{source}_(\S+)", info).group(1)
    return f"{of_package}, R {of_r}"


def same(found, kept):
    """Whether what a test found of each kind of number is what was kept."""
    return found.keys() == kept.keys() and all(
        row.agrees(kept[key]) for key, row in found.items()
    )


def faults_of(items):
    """Count the tests of each kind of fault."""
    return Counter(
        kind
        for item in items
        for mark in item.iter_markers("fault")
        for kind in mark.args
    )


def write_faults(planted, path=FAULTS):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "tests"))
        writer.writerows(sorted(planted.items()))


def write_kept(found, path=KEPT):
    """Keep rows, sorted, so that two runs differ only where the numbers do."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Compared))
        for row in sorted(found, key=lambda row: (row.key, row.test)):
            # two digits say how close it is; more would only say on which processor
            writer.writerow(astuple(replace(row, largest=float(f"{row.largest:.1e}"))))


def read_kept(path=KEPT):
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Compared(
                **row
                | {"n": int(row["n"])}
                | {name: float(row[name]) for name in ("tolerance", "largest")}
            )
            for row in csv.DictReader(file)
        ]
