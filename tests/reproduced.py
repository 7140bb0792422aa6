"""The same numbers in other ways: asserted, counted and kept for the book.

A test says ``reproduced(what, ways, n, largest)`` once it is sure of it. The notes
are kept in data/validation/reproduced.csv beside those of `tests.outside`, and each run
of a test checks that its own row there still says what it finds.
"""

import csv
import json
from dataclasses import asdict, dataclass, fields
from math import inf

from smcm.paths import VALIDATION

KEPT = VALIDATION / "reproduced.csv"
DIGITS = 10
TOLERANCE = 0.5 * 10.0 ** (1 - DIGITS)  # half a unit of the last of so many digits
BETWEEN = "; "


@dataclass(frozen=True)
class Reproduced:
    """What was made anew, in which ways, and how far the farthest number then lay."""

    what: str
    ways: str
    n: int
    largest: float

    def agrees(self, kept):
        """Whether kept output still holds; other machines know fewer ways."""
        ways, before = (set(row.ways.split(BETWEEN)) for row in (self, kept))
        return self.n == kept.n and ways <= before and kept.largest <= TOLERANCE


def write_reproduced(found, path=KEPT):
    """Keep rows, the largest distance with two digits."""
    with path.open("w", encoding="utf-8", newline="") as file:
        names = [field.name for field in fields(Reproduced)]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        for row in sorted(found, key=lambda row: row.what):
            writer.writerow(asdict(row) | {"largest": float(f"{row.largest:.1e}")})


def read_reproduced(path=KEPT):
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {
        row["what"]: Reproduced(
            row["what"], row["ways"], int(row["n"]), float(row["largest"])
        )
        for row in rows
    }


def farthest(ours, theirs):
    """Largest relative distance of two texts of JSON, and how many numbers they hold.

    Whatever is no number with a fraction has to be the same.
    """
    found, expected = (flat(json.loads(text)) for text in (ours, theirs))
    assert found.keys() == expected.keys()
    distances = [0.0]
    for place, value in expected.items():
        if isinstance(value, float):
            gap = abs(found[place] - value)
            distances.append(gap and (gap / abs(value) if value else inf))
        else:
            assert found[place] == value, place
    return max(distances), len(distances) - 1


def flat(content, place=()):
    """Every entry of nested content by its place."""
    if not isinstance(content, dict | list):
        return {place: content}
    inner = content.items() if isinstance(content, dict) else enumerate(content)
    return {k: v for key, part in inner for k, v in flat(part, (*place, key)).items()}
