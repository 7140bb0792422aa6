"""Carry out what a grid asks for: whatever is missing or stale, and nothing else."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from smcm.rerun.execution import Task, execute
from smcm.rerun.executors import Pool
from smcm.rerun.interrupts import killing_children
from smcm.rerun.keeping import Work
from smcm.rerun.papermilled import Outcome
from smcm.rerun.planning import Plan, Report, waves, write_grid
from smcm.rerun.units import Digests, Unit

ATTEMPTS = 3  # of a unit whose worker was killed
BROKEN_POOLS = 10  # one after the other, without a unit done: then work is given up
KILLED = "its worker was killed again and again; is there enough memory?"


class Progress(Protocol):
    """What shows how far the work is."""

    def begun(self, name: str) -> None:
        """Note that a unit was handed to a worker."""

    def lost(self, name: str) -> None:
        """Note that a unit's worker was killed; it will be tried again."""

    def ended(self, name: str, error: str) -> None:
        """Note that a unit is done, or has failed with an error."""


Watch = Callable[[int], AbstractContextManager[Progress]]


def carry_out(plan: Plan, pool: Pool, watch: Watch) -> Report:
    """Execute what is missing or stale.

    Parameters
    ----------
    plan : Plan
    pool : Pool
    watch : callable
        Takes the number of units to execute, gives a context with a `Progress`.

    Returns
    -------
    Report
        With the failures, if any; the caller decides what they mean.

    Raises
    ------
    FailedRunsError
        The data or the code changed during the work.
    OSError
        Files could not be written; what is done is kept.
    """
    work = Work.of(plan)
    work.ledger.tidy()
    for wave in waves(plan):
        due = work.due(wave)
        if due:
            with killing_children(), watch(len(due)) as progress:
                _Execution(work, pool, progress, dict(due)).to_the_end()
    if plan.shard is None:
        write_grid(plan)
    work.require_same_ground()
    return work.report


class _Queue:
    """Units that wait, and how many of them may be under way at once."""

    def __init__(self, units: Sequence[Unit], pool: Pool, *, alone: bool) -> None:
        self.pool = pool
        self._waiting = iter(units)
        self._alone = alone

    def next(self, running: int) -> list[Unit]:
        """Take what there is room for; one waits beside each worker."""
        room = 1 if self._alone else 2 * self.pool.workers
        return list(islice(self._waiting, max(room - running, 0)))


@dataclass(slots=True)
class _Execution:
    """Units of a wave that are handed to workers until none is left.

    When a worker is killed all are, and nobody knows whose fault it was. So what was
    under way then is tried again when all else is done, one at a time: only who kills
    his worker alone and again is given up, and the others go on.
    """

    work: Work
    pool: Pool
    progress: Progress
    left: dict[Unit, Digests]

    def to_the_end(self) -> None:
        """Execute units; those whose worker was killed get another one."""
        pool, lost = self.pool, Counter[Unit]()
        broken = 0
        while self.left:
            ahead = [unit for unit in self.left if not lost[unit]]
            before = len(self.left)
            with pool.open(self.work.plan.data) as executor:
                queue = _Queue(ahead or list(self.left), pool, alone=not ahead)
                lost.update(self._round(queue, executor))
            broken = 0 if len(self.left) < before else broken + 1
            for unit in tuple(self.left):
                if lost[unit] >= ATTEMPTS or broken >= BROKEN_POOLS:
                    self.progress.begun(unit.name)
                    self._take(unit, Outcome("", KILLED))

    def _round(self, queue: _Queue, executor: Executor) -> list[Unit]:
        """Write down what comes back, and tell which units lost their worker."""
        running: dict[Future[Outcome], Unit] = {}
        killed: list[Unit] = []

        def hand_out() -> None:
            for unit in queue.next(len(running)):
                try:
                    future = executor.submit(execute, self._task(unit))
                except BrokenProcessPool:
                    killed.append(unit)
                    return
                running[future] = unit
                self.work.ledger.say(unit, "running", self.left[unit])
                self.progress.begun(unit.name)

        hand_out()
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                unit = running.pop(future)
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    killed.append(unit)
                    self.progress.lost(unit.name)
                    continue
                except self.pool.killed:  # the cluster itself has tried again
                    outcome = Outcome("", KILLED)
                self._take(unit, outcome)
            if not killed:
                hand_out()
        return killed

    def _task(self, unit: Unit) -> Task:
        plan = self.work.plan
        return Task(unit, plan.cohort.name, self.work.ground, str(plan.folder))

    def _take(self, unit: Unit, outcome: Outcome) -> None:
        self.work.keep(unit, self.left.pop(unit), outcome)
        self.progress.ended(unit.name, outcome.error)
