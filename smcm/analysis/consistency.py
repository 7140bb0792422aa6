"""Where the printed numbers cannot all hold, by interval arithmetic on rounding.

A number printed as v stands for every unrounded value that prints so. Two checks
need no data at all: an estimate must be able to lie midway between its own limits,
and the percentages of a block must be able to follow from its counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from smcm.design.characteristics import BLOCKS
from smcm.published import Printed, Published

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


def _off_centre(published: Published) -> list[Finding]:
    """Coefficients that cannot lie midway between their own limits."""
    findings = []
    for key, entry in published.by_key.items():
        stem, _, last = key.rpartition(".")
        if last not in ESTIMATES or f"{stem}.lo" not in published.by_key:
            continue
        low, high = published[f"{stem}.lo"], published[f"{stem}.hi"]
        centre = [(a + b) / 2 for a, b in zip(low.interval, high.interval, strict=True)]
        if centre[1] <= entry.interval[0] or entry.interval[1] <= centre[0]:
            reason = (
                f"The limits {low.text} and {high.text} of a t interval have their "
                f"centre between {centre[0].normalize()} and "
                f"{centre[1].normalize()}, where no value prints as {entry.text}: "
                "one of the three printed numbers must differ."
            )
            findings.append(Finding(key, None, reason))
    return findings


def _percentages(published: Published) -> list[Finding]:
    """Percentages that do not follow from their counts over all clients."""
    total = int(published["t1.n"].value)
    names = {
        level.key.split(".")[0]: block.name
        for block in BLOCKS
        for level in block.levels
    }
    findings = []
    for block, entries in _blocks(published).items():
        counts = {key: int(published[f"{key}.n"].value) for key in entries}
        fits = [
            d
            for d in range(max(counts.values()), total + 1)
            if all(entry.agrees(100 * counts[k] / d) for k, entry in entries.items())
        ]
        listed = sum(counts.values())
        spoken_of = ("t1.n", *(f"{key}.n" for key in entries))
        for key, entry in entries.items():
            if total in fits or entry.agrees(100 * counts[key] / total):
                continue
            if listed in fits:
                rule = f"of the {listed} clients in the listed categories"
                reason = (
                    f"{counts[key]} of {total} does not print as {entry.text}%; "
                    f"{counts[key]} of the {listed} in the listed categories does."
                )
                findings.append(Finding(f"{key}.pct", rule, reason, spoken_of))
            else:
                pair = " and ".join(
                    f"{entries[k].text}% from {counts[k]}" for k in counts
                )
                reason = (
                    f"No denominator up to {total} gives {pair} at once "
                    f"({names[block]}); rounding in two steps would explain it."
                )
                findings.append(Finding(f"{key}.pct", None, reason, spoken_of))
    return findings


def _blocks(published: Published) -> Mapping[str, dict[str, Printed]]:
    """Percentages of the article's Table 1 by block and by the stem of their keys."""
    blocks: dict[str, dict[str, Printed]] = {}
    for key, entry in published.by_key.items():
        if key.startswith("t1.") and key.endswith(".pct"):
            stem = key.removesuffix(".pct")
            block = stem.removeprefix("t1.").split(".")[0]
            blocks.setdefault(block, {})[stem] = entry
    return blocks
