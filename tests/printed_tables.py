"""The counts of clients that the files of a book show, as equations of an attack."""

import re
from collections import Counter
from dataclasses import dataclass, field

from generator.shipped import INSTRUMENTS, SCORE_COLUMNS, STUDY
from smcm.report.words import titles
from tests.disclosed import BLOCKS, UNLISTED, key_of

LEVELS = {
    f"{b.name}: {v.name}": (b.column, key_of(b, v)) for b in BLOCKS for v in b.levels
}
RESTS = {
    f"{b.name}: {words}": (b.column, UNLISTED)
    for b in BLOCKS
    for words in ("Not listed or blank", "Blank")
}
SCORES = {
    f"{i.short} {month:g} mo": i.score_column(month)
    for i in INSTRUMENTS
    for month in i.months
}
PART = re.compile(r"without-(\d+)|only-(\d+)")


@dataclass
class PrintedTables:
    """What is read of a book into an `Attack`.

    Attributes
    ----------
    attack : Attack
    taken : Counter
        Numbers that became equations, by kind.
    """

    attack: object
    taken: Counter = field(default_factory=Counter)

    def read(self, kind, number):
        """Take in a number of `tests.claimed_counts.KINDS`."""
        sites = self.sites(number.page)
        for keys in self.counted(kind, number):
            self.attack.know(
                {(*key, s): 1 for key in keys for s in sites}, number.value
            )
            self.taken[kind] += 1

    def sites(self, page):
        """Give the sites of whose clients a page tells."""
        every = set(self.attack.sizes)
        found = PART.search(page)
        if not found:
            return every
        without, only = found.groups()
        return every - {int(without)} if without else {int(only)}

    def counted(self, kind, number):
        """Yield the unknowns that add up to a number; none where it is of no use."""
        if kind == "block":
            row = number.row.replace("’", "'")
            found = {**LEVELS, **RESTS}.get(row) or {**LEVELS, **RESTS}.get(number.row)
            if found:
                yield [found]
        elif kind == "missing":
            month = number.column.removesuffix(", count")
            named = {title: score for score, title in titles(STUDY).items()}
            yield [
                (SCORES.get(f"{number.row} {month}") or named[number.row], "missing")
            ]
        elif kind == "missing, total":
            yield [(score, "missing") for score in SCORE_COLUMNS]
        elif kind == "complete":
            yield [("complete", "yes")]

    def read_patterns(self, rows):
        """Read the map: each of its bands lacks some scores and has the others."""
        titles, *bands = rows
        named = {
            f"{i.short} at month {month:g}": i.score_column(month)
            for i in INSTRUMENTS
            for month in i.months
        }
        every = self.attack.sizes
        for place, title in enumerate(titles[:-1]):
            for lacks, word in (("1", "missing"), ("0", "present")):
                n = sum(int(band[-1]) for band in bands if band[place] == lacks)
                weights = {(named[title], word, site): 1 for site in every}
                self.attack.know(weights, n, sum(every.values()))
