"""Carry out what a grid asks for: whatever is missing or stale, and nothing else."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from itertools import islice
from typing import Protocol

from smcm.errors import FailedRunsError
from smcm.rerun.conclusions import gather
from smcm.rerun.execution import Task, execute
from smcm.rerun.executors import Pool
from smcm.rerun.interrupts import killing_children
from smcm.rerun.ledger import Ledger, write_file
from smcm.rerun.papermilled import Outcome
from smcm.rerun.planning import Failure, Plan, Report, waves, write_grid
from smcm.rerun.units import (
    ORDINARY,
    READING_CONCLUSIONS,
    READING_RUNS,
    Digests,
    Ground,
    Unit,
    results_digest,
)

ATTEMPTS = 3  # of a unit whose worker was killed
BROKEN_POOLS = 10  # one after the other, without a unit done: then work is given up
KILLED = "its worker was killed again and again; is there enough memory?"
NOT_WHOLE = {
    READING_RUNS: "it shows all runs, and some of them failed",
    READING_CONCLUSIONS: "it shows what other chapters conclude, and not all are done",
}


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
    work = _Work(plan, Ground.of(plan.cohort), Ledger(plan.folder, plan.marked))
    work.ledger.tidy()
    for wave in waves(plan):
        due = work.due(wave)
        if due:
            with killing_children(), watch(len(due)) as progress:
                work.execute(due, pool, progress)
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
class _Work:
    """The state of one call of `carry_out`."""

    plan: Plan
    ground: Ground
    ledger: Ledger
    report: Report = field(default_factory=Report)
    seen: set[Unit] = field(default_factory=set)
    made: list[tuple[Unit, Digests]] = field(default_factory=list)

    def due(self, wave: Sequence[Unit]) -> list[tuple[Unit, Digests]]:
        """List the units of a wave that are missing or stale, and count the others."""
        runs = results_digest(self.plan.folder, self.plan.runs)
        found = []
        for unit in wave:
            if unit in self.seen:
                continue
            self.seen.add(unit)
            digests = self.ground.digests(unit, runs, self._concluded(unit))
            if self._stands(unit, digests):
                self.report.reused += 1
            elif unit.wave != ORDINARY and self.report.failures:
                self.report.executed += 1
                error = NOT_WHOLE[unit.wave]
                self.report.failures.append(Failure(unit, error, None))
            else:
                self.ledger.say(unit, "planned", digests)
                found.append((unit, digests))
        return found

    def _concluded(self, unit: Unit) -> str:
        """Gather what a unit shows of other chapters; give its digest."""
        if unit.wave != READING_CONCLUSIONS:
            return ""
        return gather(self.plan.folder, unit.run, self.plan.units)

    def _stands(self, unit: Unit, digests: Digests) -> bool:
        return not self.plan.afresh and self.ledger.is_done(unit, digests)

    def execute(
        self, due: Sequence[tuple[Unit, Digests]], pool: Pool, progress: Progress
    ) -> None:
        """Execute units; those whose worker was killed get another one.

        When a worker is killed all are, and nobody knows whose fault it was. So what
        was under way then is tried again when all else is done, one at a time: only
        who kills his worker alone and again is given up, and the others go on.
        """
        left = dict(due)
        lost: Counter[Unit] = Counter()
        broken = 0
        while left:
            ahead = [unit for unit in left if not lost[unit]]
            before = len(left)
            with pool.open() as executor:
                queue = _Queue(ahead or list(left), pool, alone=not ahead)
                killed = self._round(left, queue, executor, progress)
            lost.update(killed)
            broken = 0 if len(left) < before else broken + 1
            hopeless = [
                u for u in left if lost[u] >= ATTEMPTS or broken >= BROKEN_POOLS
            ]
            self._give_up(hopeless, left, progress)

    def _round(
        self,
        left: dict[Unit, Digests],
        queue: "_Queue",
        executor: Executor,
        progress: Progress,
    ) -> list[Unit]:
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
                self.ledger.say(unit, "running", left[unit])
                progress.begun(unit.name)

        hand_out()
        while running:
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                unit = running.pop(future)
                try:
                    outcome = future.result()
                except BrokenProcessPool:
                    killed.append(unit)
                    progress.lost(unit.name)
                    continue
                except queue.pool.killed:  # the cluster itself has tried again
                    outcome = Outcome("", KILLED)
                self._take(unit, left.pop(unit), outcome, progress)
            if not killed:
                hand_out()
        return killed

    def _task(self, unit: Unit) -> Task:
        cohort, folder = self.plan.cohort, self.plan.folder
        return Task(unit, cohort.name, self.ground, str(folder))

    def _take(
        self, unit: Unit, digests: Digests, outcome: Outcome, progress: Progress
    ) -> None:
        """Keep what a unit has made, or what shows why it made nothing."""
        self.report.executed += 1
        failed = self.plan.folder / unit.failed_file
        if outcome.error:
            self._fail(unit, digests, outcome)
        else:
            write_file(self.plan.folder / unit.file, outcome.content.encode())
            self.ledger.done(unit, digests)
            self.made.append((unit, digests))
            failed.unlink(missing_ok=True)
        progress.ended(unit.name, outcome.error)

    def _fail(self, unit: Unit, digests: Digests, outcome: Outcome) -> None:
        notebook = self.plan.folder / unit.failed_file if outcome.content else None
        if notebook:
            write_file(notebook, outcome.content.encode())
        self.ledger.say(unit, "failed", digests, error=outcome.error)
        self.report.failures.append(Failure(unit, outcome.error, notebook))

    def _give_up(
        self, units: Sequence[Unit], left: dict[Unit, Digests], progress: Progress
    ) -> None:
        for unit in units:
            self.report.executed += 1
            self._fail(unit, left.pop(unit), Outcome("", KILLED))
            progress.begun(unit.name)
            progress.ended(unit.name, KILLED)

    def require_same_ground(self) -> None:
        """Vouch for nothing that was made while the data or the code changed."""
        from smcm import load_cohort  # noqa: PLC0415 (slow to import)

        if not self.made:
            return
        try:
            now = Ground.of(load_cohort(self.made[0][0].run))
        except BaseException:
            self._disown()
            raise
        if now != self.ground:
            self._disown()
            raise FailedRunsError(
                "The data, the package or the lock changed while the runs were under "
                "way, so that none of them can be trusted. Give the command again."
            )

    def _disown(self) -> None:
        for unit, digests in self.made:
            self.ledger.say(unit, "stale", digests)
