"""What is to stand in a folder of runs, in what order, and what came of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.errors import FailedRunsError
from smcm.parameters import RunParameters
from smcm.rerun.ledger import write_file
from smcm.rerun.units import ORDINARY, READING_CONCLUSIONS, READING_RUNS, Unit

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

GRID = "grid.json"
CURE = "mend what it says, and give the same command again; what is done is kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that is to stand in a folder of runs.

    Attributes
    ----------
    cohort : Cohort
        The data, checked.
    folder : Path
        Of the runs.
    runs : tuple of RunParameters
        The grid.
    units : tuple of Unit
        What is needed of the grid and beside it; the data by their full path.
    shard : tuple of int or None
        (i, n): carry out every n-th unit, from the i-th, of those that need no other
        run.
    afresh : bool
        Whether to execute also what stands already.
    """

    cohort: "Cohort"
    folder: Path
    runs: tuple[RunParameters, ...]
    units: tuple[Unit, ...]
    shard: tuple[int, int] | None = None
    afresh: bool = False

    @property
    def data(self) -> str:
        """Where the units read the cohort, as they name it."""
        return self.units[0].run.data if self.units else ""

    @property
    def marked(self) -> str:
        """What tells the manifest of a shard from that of others."""
        return "" if self.shard is None else f"-{self.shard[0]}-of-{self.shard[1]}"


@dataclass(frozen=True, slots=True)
class Failure:
    """A unit that did not come to its end.

    Attributes
    ----------
    unit : Unit
    error : str
        Its first line.
    notebook : Path or None
        Where the author can see how far it came.
    """

    unit: Unit
    error: str
    notebook: Path | None

    def __str__(self) -> str:
        """Name the unit, what happened, and what to do."""
        first = f"Open {self.notebook}" if self.notebook else "To go on"
        cure = f"{first}, {CURE}."
        return f"  {self.unit.name}: {self.error}\n    {cure}"


@dataclass(slots=True)
class Report:
    """What came of a plan.

    Attributes
    ----------
    reused, executed : int
        Units that stood already, and units that were executed.
    failures : list of Failure
    """

    reused: int = 0
    executed: int = 0
    failures: list[Failure] = field(default_factory=list)

    def require_whole(self) -> None:
        """Refuse to go on with a part.

        Raises
        ------
        FailedRunsError
            Names every failure with its first line and its cure.
        """
        if self.failures:
            total = self.reused + self.executed
            listed = "\n".join(map(str, self.failures))
            failed = f"{len(self.failures)} of {total} failed; the others are done"
            raise FailedRunsError(f"{failed}:\n{listed}")


def write_grid(plan: Plan) -> None:
    """Say which runs the grid has, and in what order; a book without leaves it be."""
    if not plan.runs:
        return
    names = [run.slug for run in plan.runs]
    text = json.dumps({"runs": names}, indent=1) + "\n"
    write_file(plan.folder / GRID, text.encode())


def waves(plan: Plan) -> Iterator[tuple[Unit, ...]]:
    """Order the units: nobody waits for what another could have brought along."""
    ordinary = [unit for unit in plan.units if unit.wave == ORDINARY]
    if plan.shard is not None:
        place, count = plan.shard
        yield tuple(ordinary[place - 1 :: count])
        return
    if plan.cohort.completed is None:  # let one impute what all others then find
        first = {(u.run.n_imputations, u.run.seed): u for u in reversed(ordinary)}
        yield tuple(first.values())
    yield tuple(ordinary)
    write_grid(plan)
    for wave in (READING_RUNS, READING_CONCLUSIONS):
        yield tuple(unit for unit in plan.units if unit.wave == wave)
