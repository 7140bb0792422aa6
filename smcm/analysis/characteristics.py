"""Who the clients were at entry: the content of Table 1."""

from dataclasses import dataclass

import pandas as pd

from smcm.cohort.tables import Cohort
from smcm.design.characteristics import BLOCKS, MEASURED, Block, Level
from smcm.published import Published

OTHER_BLOCK = "Agency site"


@dataclass(frozen=True, slots=True)
class LevelCount:
    """One line of a categorical block.

    Attributes
    ----------
    block : Block
    level : Level
    n : int
        Clients at this level.
    listed : int
        Clients at any level that the block lists.
    total : int
        All clients.
    """

    block: Block
    level: Level
    n: int
    listed: int
    total: int

    @property
    def percent(self) -> float:
        """Of all clients, 0 to 100."""
        return 100.0 * self.n / self.total

    @property
    def percent_of_listed(self) -> float:
        """Of the clients at a level that the block lists, 0 to 100."""
        return 100.0 * self.n / self.listed if self.listed else float("nan")


@dataclass(frozen=True, slots=True)
class Unlisted:
    """Clients of whom a block shows nothing.

    Attributes
    ----------
    block : Block
    n : int
        Clients at no level that the block lists, or without an answer; of a block with
        one level, whose other answer is plain, those without an answer.
    total : int
        All clients.
    """

    block: Block
    n: int
    total: int

    @property
    def percent(self) -> float:
        """Of all clients, 0 to 100."""
        return 100.0 * self.n / self.total


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean and SD of a measured characteristic.

    Attributes
    ----------
    column, name : str
    mean, sd : float
        In the column's own units; SD with n - 1.
    n : int
        Clients with a value.
    """

    column: str
    name: str
    mean: float
    sd: float
    n: int


@dataclass(frozen=True, slots=True)
class Characteristics:
    """Table 1.

    Attributes
    ----------
    n : int
        Clients.
    counts : tuple of LevelCount
    sites : tuple of LevelCount
        One a site, in the order of the site codes.
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

    def unlisted_in(self, block: Block) -> Unlisted | None:
        """Give the clients of whom a block shows nothing; None where there are none."""
        return next((one for one in self.unlisted if one.block is block), None)


def describe_clients(cohort: Cohort, clients: pd.Index) -> Characteristics:
    """Count and average the characteristics of some clients.

    Parameters
    ----------
    cohort : Cohort
    clients : Index
        Ids of the clients to describe.
    """
    table = cohort.clients.set_index("client_id").loc[clients]
    site = table["team"].map(cohort.teams.set_index("team")["site"])
    codes = sorted(int(code) for code in cohort.teams["site"].unique())
    site_block = Block(
        "site",
        "Agency site",
        tuple(Level(code, f"site.{code}", f"Site {code}") for code in codes),
    )
    return Characteristics(
        n=len(table),
        counts=tuple(
            line for block in BLOCKS for line in _count(block, table[block.column])
        ),
        sites=tuple(line for line in _count(site_block, site) if line.n),
        measured=tuple(
            Moments(
                column,
                name,
                float(table[column].mean()),
                float(table[column].std()),
                int(table[column].notna().sum()),
            )
            for column, name in MEASURED
        ),
        unlisted=tuple(
            line
            for line in (_unlisted(block, table[block.column]) for block in BLOCKS)
            if line.n
        ),
        unrecorded=frozenset(
            column
            for column in (*(b.column for b in BLOCKS), *(name for name, _ in MEASURED))
            if table[column].isna().all()
        ),
    )


def _unlisted(block: Block, values: pd.Series) -> Unlisted:
    told = [level.value for level in block.levels]
    without = values.isna() if len(told) == 1 else ~values.isin(told)
    return Unlisted(block, int(without.sum()), len(values))


def _count(block: Block, values: pd.Series) -> list[LevelCount]:
    n = [int((values == level.value).sum()) for level in block.levels]
    return [
        LevelCount(block, level, count, sum(n), len(values))
        for level, count in zip(block.levels, n, strict=True)
    ]


def percentage_blocks(published: Published) -> dict[str, list[str]]:
    """Stems of the keys of Table 1's percentages, by the name of their block."""
    names = {
        level.key.split(".")[0]: block.name
        for block in BLOCKS
        for level in block.levels
    }
    blocks: dict[str, list[str]] = {}
    for key in published.by_key:
        if key.startswith("t1.") and key.endswith(".pct"):
            block = key.split(".")[1]
            name = names.get(block, OTHER_BLOCK)
            blocks.setdefault(name, []).append(key.removesuffix(".pct"))
    return blocks
