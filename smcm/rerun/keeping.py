"""What stands in a folder of runs, and what units have left there to be kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from smcm.errors import FailedRunsError
from smcm.rerun.conclusions import gather
from smcm.rerun.ledger import Ledger, write_file
from smcm.rerun.papermilled import Outcome
from smcm.rerun.planning import Failure, Plan, Report
from smcm.rerun.units import (
    ORDINARY,
    READING_CONCLUSIONS,
    READING_RUNS,
    Digests,
    Ground,
    Unit,
    results_digest,
)

NOT_WHOLE = {
    READING_RUNS: "it shows all runs, and some of them failed",
    READING_CONCLUSIONS: "it shows what other chapters conclude, and not all are done",
}


@dataclass(slots=True)
class Work:
    """The state of a plan that is carried out.

    Attributes
    ----------
    plan : Plan
    ground : Ground
        Data, package and lock at the start.
    ledger : Ledger
    report : Report
        What has come of the plan so far.
    seen : set of Unit
        Those that have been looked at.
    made : list of (Unit, Digests)
        Those that have been executed without an error.
    """

    plan: Plan
    ground: Ground
    ledger: Ledger
    report: Report = field(default_factory=Report)
    seen: set[Unit] = field(default_factory=set)
    made: list[tuple[Unit, Digests]] = field(default_factory=list)

    @classmethod
    def of(cls, plan: Plan) -> Self:
        """Begin to carry out a plan."""
        return cls(plan, Ground.of(plan.cohort), Ledger(plan.folder, plan.marked))

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

    def keep(self, unit: Unit, digests: Digests, outcome: Outcome) -> None:
        """Keep what a unit has made, or what shows why it made nothing."""
        self.report.executed += 1
        if outcome.error:
            self._fail(unit, digests, outcome)
            return
        write_file(self.plan.folder / unit.file, outcome.content.encode())
        self.ledger.done(unit, digests)
        self.made.append((unit, digests))
        (self.plan.folder / unit.failed_file).unlink(missing_ok=True)

    def _fail(self, unit: Unit, digests: Digests, outcome: Outcome) -> None:
        notebook = self.plan.folder / unit.failed_file if outcome.content else None
        if notebook:
            write_file(notebook, outcome.content.encode())
        self.ledger.say(unit, "failed", digests, error=outcome.error)
        self.report.failures.append(Failure(unit, outcome.error, notebook))

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
