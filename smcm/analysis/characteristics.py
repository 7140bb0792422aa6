"""Who the clients were at entry: the content of Table 1."""

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from smcm.cohort.tables import Cohort
from smcm.design.characteristics import Block, Level, blocks, measured
from smcm.stats.small_counts import (
    NOT_SHOWN,
    Count,
    as_shown,
    shown,
    shown_part,
    withheld,
)

OTHER_BLOCK = "Agency site"


@dataclass(frozen=True, slots=True)
class LevelCount:
    """One line of a categorical block.

    Attributes
    ----------
    block : Block
    level : Level
    n : int or None
        Clients at this level; None where the count is withheld.
    listed : int or None
        Clients at any level that the block lists; None where one of them is withheld.
    total : int
        All clients.
    """

    block: Block
    level: Level
    n: Count
    listed: Count
    total: int

    @property
    def percent(self) -> float | None:
        """Of all clients, 0 to 100."""
        return None if self.n is None else 100.0 * self.n / self.total

    @property
    def percent_of_listed(self) -> float | None:
        """Of the clients at a level that the block lists, 0 to 100."""
        if self.n is None or self.listed is None:
            return None
        return 100.0 * self.n / self.listed if self.listed else float("nan")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Clients of whom a block shows nothing.

    Attributes
    ----------
    block : Block
    n : int or None
        Clients at no level that the block lists, or without an answer; of a block with
        one level, whose other answer is plain, those without an answer. None where
        the count is withheld.
    total : int
        All clients.
    """

    block: Block
    n: Count
    total: int

    @property
    def percent(self) -> float | None:
        """Of all clients, 0 to 100."""
        return None if self.n is None else 100.0 * self.n / self.total


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and SD of a measured characteristic.

    Attributes
    ----------
    column, name : str
    mean, sd : float
        In the column's own units, with one decimal where `n` is withheld; SD with
        n - 1.
    n : int or None
        Clients with a value; None where the count is withheld.
    """

    column: str
    name: str
    mean: float
    sd: float
    n: Count


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Table 1.

    Attributes
    ----------
    n : int
        Clients.
    counts : tuple of LevelCount
    sites : tuple of LevelCount
        One a site, in the order of the site codes, and one for all sites that are
        too small to be shown alone.
    measured : tuple of Moments
    unlisted : tuple of Unlisted
        Blocks of which some client is not listed or blank.
    unrecorded : frozenset of str
        Columns in which nobody has a value.
    """

    n: int
    counts: tuple[LevelCount, ...]
    sites: tuple[LevelCount, ...]
    measured: tuple[Moments, ...]
    unlisted: tuple[Unlisted, ...]
    unrecorded: frozenset[str]

    @property
    def withheld(self) -> bool:
        """Whether some count is not shown."""
        found = [line.n for lines in (self.counts, self.unlisted) for line in lines]
        return None in (*found, *(moments.n for moments in self.measured))

    @property
    def counted(self) -> bool:
        """Whether any count of a characteristic is shown."""
        return any(line.n is not None for line in self.counts)

    def unlisted_in(self, block: Block) -> Unlisted | None:
        """Give the clients of whom a block shows nothing; None where there are none."""
        return next((one for one in self.unlisted if one.block is block), None)


def describe_clients(cohort: Cohort, clients: pd.Index) -> Characteristics:
    """Count and average the characteristics of some clients.

    On real data, counts below ``cohort.fewest_shown`` are withheld, with others from
    which they would follow. Counts of a part of the clients are withheld altogether:
    subtracted from those of all clients, they give the counts of a site.

    Parameters
    ----------
    cohort : Cohort
    clients : Index
        Ids of the clients to describe.
    """
    table = cohort.clients.set_index("client_id").loc[clients]
    site = table["team"].map(cohort.teams.set_index("team")["site"])
    fewest = fewest_of_part(cohort, len(table))
    shown_blocks, numbers = blocks(cohort.design), measured(cohort.design)
    names = (*(block.column for block in shown_blocks), *(name for name, _ in numbers))
    counted = [_count(block, table[block.column], fewest) for block in shown_blocks]
    return Characteristics(
        n=len(table),
        counts=tuple(line for lines, _ in counted for line in lines),
        sites=_sites(site, cohort.fewest_shown),
        measured=tuple(
            _moments(column, name, table[column], fewest) for column, name in numbers
        ),
        unlisted=tuple(rest for _, rest in counted if rest.n != 0),
        unrecorded=frozenset(name for name in names if table[name].isna().all()),
    )


def fewest_of_part(cohort: Cohort, n: int) -> int:
    """Give the smallest count to show of `n` clients: on real data, none of a part."""
    return NOT_SHOWN if counted_elsewhere(cohort, n) else cohort.fewest_shown


def counted_elsewhere(cohort: Cohort, n: int) -> bool:
    """Whether `n` clients are a part of real ones, who are counted all together."""
    return cohort.real and n < cohort.n


def _moments(column: str, name: str, values: pd.Series, fewest: int) -> Moments:
    with_value = int(values.notna().sum())
    n = shown_part(with_value, len(values), fewest) if with_value else 0
    mean, sd = (as_shown(float(x), n) for x in (values.mean(), values.std()))
    return Moments(column, name, mean, sd, n)


def _count(
    block: Block, values: pd.Series, fewest: int
) -> tuple[list[LevelCount], Unlisted]:
    """Count the levels of a block and the clients of whom it shows nothing."""
    told = [level.value for level in block.levels]
    n = [int((values == value).sum()) for value in told]
    without = int((values.isna() if len(told) == 1 else ~values.isin(told)).sum())
    other = len(values) - sum(n) - without  # the plain other answer of one level
    cells = shown((*n, without, other), fewest)
    listed = None if None in cells else sum(n)
    lines = [
        LevelCount(block, level, count, listed, len(values))
        for level, count in zip(block.levels, cells, strict=False)
    ]
    return lines, Unlisted(block, cells[len(n)], len(values))


def _sites(site: pd.Series, fewest: int) -> tuple[LevelCount, ...]:
    """Count the clients of each site, and of the small ones together."""
    sizes = sorted(Counter(map(int, site)).items())
    small = withheld([n for _, n in sizes], fewest)
    levels = [
        (Level(code, f"Site {code}"), n)
        for k, (code, n) in enumerate(sizes)
        if k not in small
    ]
    if small:
        n = sum(sizes[k][1] for k in small)
        levels.append((Level("others", "Other sites, each too small"), n))
    block = Block("site", OTHER_BLOCK, tuple(level for level, _ in levels))
    return tuple(
        LevelCount(block, level, n, len(site), len(site)) for level, n in levels
    )
