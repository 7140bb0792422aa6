"""Where printed numbers are inconsistent, under the keys that the comparison uses.

The arithmetic is that of `smcm.stats.audit`. Two checks concern numbers that the
comparison regenerates: an estimate must be consistent with the midpoint of its limits,
and the percentages of a block with its counts.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from smcm.article.printed_blocks import percentage_blocks
from smcm.design.study_file import shipped_study
from smcm.published import Printed, Published
from smcm.stats.audit.coefficient import centre
from smcm.stats.audit.counts import denominators, percentage
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.rounding import read_printed

ESTIMATES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Finding:
    """A printed number that does not follow from others as printed.

    Attributes
    ----------
    key : str
    rule : str or None
        What reproduces it, where something does; None where nothing can.
    reason : str
        Why, in one sentence.
    counts : tuple of str
        Keys of the printed counts that the reason speaks of.
    """

    key: str
    rule: str | None
    reason: str
    counts: tuple[str, ...] = ()


def printed_findings(published: Published) -> dict[str, Finding]:
    """Check every printed coefficient and every block of percentages.

    Returns
    -------
    dict of str to Finding
        By the key of the number concerned.
    """
    return dict(_findings(tuple(published.by_key.items())))


@lru_cache(maxsize=2)
def _findings(entries: tuple[tuple[str, Printed], ...]) -> Mapping[str, Finding]:
    """Check once what does not change from run to run."""
    published = Published(dict(entries))
    found = [*_off_centre(published), *_percentages(published)]
    return MappingProxyType({finding.key: finding for finding in found})


def _off_centre(published: Published) -> Iterator[Finding]:
    """Coefficients that cannot lie midway between their own limits."""
    for key, entry in published.by_key.items():
        stem, _, last = key.rpartition(".")
        if last not in ESTIMATES or f"{stem}.lo" not in published.by_key:
            continue
        low, high = published[f"{stem}.lo"], published[f"{stem}.hi"]
        middle = centre(_interval(low), _interval(high))
        if not middle.meets(_interval(entry)):
            yield Finding(
                key,
                None,
                f"The centre of a t interval with the limits {low.text} and "
                f"{high.text} lies between {middle.low:g} and {middle.high:g}, where "
                f"no value prints as {entry.text}: at least one of the three numbers "
                "must be wrong.",
            )


def _percentages(published: Published) -> Iterator[Finding]:
    """Percentages that do not follow from their counts over all clients."""
    total = int(published["t1.n"].value)
    for name, stems in percentage_blocks(shipped_study(), published).items():
        counts = {stem: int(published[f"{stem}.n"].value) for stem in stems}
        percents = {stem: published[f"{stem}.pct"] for stem in stems}
        boxes = {stem: _interval(entry) for stem, entry in percents.items()}
        fits = denominators(list(counts.values()), list(boxes.values()), total)
        listed = sum(counts.values())
        spoken_of = ("t1.n", *(f"{stem}.n" for stem in stems))
        for stem, entry in percents.items():
            if percentage(counts[stem], total).meets(boxes[stem]):
                continue
            if listed in fits:
                rule = f"of the {listed} clients in the listed categories"
                reason = (
                    f"{counts[stem]} of {total} does not print as {entry.text}%; "
                    f"{counts[stem]} of the {listed} in the listed categories does."
                )
                yield Finding(f"{stem}.pct", rule, reason, spoken_of)
            else:
                pair = " and ".join(
                    f"{percents[k].text}% from {counts[k]}" for k in counts
                )
                reason = (
                    f"No denominator up to {total} gives both {pair} ({name}); "
                    "rounding in two steps would explain them."
                )
                yield Finding(f"{stem}.pct", None, reason, spoken_of)


def _interval(entry: Printed) -> Interval:
    """Unrounded numbers behind a printed one, as `smcm audit` reads it."""
    number = read_printed(entry.text)
    return Interval(-math.inf, math.inf) if number is None else number.interval
