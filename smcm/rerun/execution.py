"""What a worker does: execute one unit and hand back what it made."""

import os
import threading
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from socket import gethostname
from typing import TYPE_CHECKING

from smcm.errors import ImpossibleRunError, SmcmError
from smcm.paths import BOOK
from smcm.rerun.homes import environment_of_homes
from smcm.rerun.kernels import ENVIRONMENT
from smcm.rerun.limits import memory_advice, require_open_files, shortage
from smcm.rerun.papermilled import Outcome, execute_chapter, first_line
from smcm.rerun.units import Ground, Package, Unit

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

_ONE_CHAPTER = threading.Lock()  # papermill changes the folder and we the environment


@dataclass(frozen=True, slots=True)
class Task:
    """A unit with what a worker has to know, on whatever machine.

    Attributes
    ----------
    unit : Unit
        Its data by their full path.
    name : str
        What the pages call the data.
    ground : Ground
        What the task was planned on, which has to be the same here.
    runs : str
        Folder of the runs, for a chapter that reads them.
    """

    unit: Unit
    name: str
    ground: Ground
    runs: str


def execute(task: Task) -> Outcome:
    """Execute one unit.

    Whatever goes wrong in it becomes an outcome, so that other units go on.
    """
    try:
        require_same_package(task.ground.package, of="The planning machine")
        os.environ.update(environment_of_homes())  # a cluster's worker has its own
        if task.unit.chapter is None:
            return Outcome(_numbers(task))
        with _ONE_CHAPTER, chdir(BOOK):
            return _chapter(task)
    except SmcmError as error:
        return Outcome("", first_line(str(error)))
    except MemoryError:
        return Outcome("", f"not enough memory for --n-boot. {memory_advice()}")
    except Exception as error:  # whatever it is, it is this unit's and no other's
        short = shortage(error)
        if short is not None:
            return Outcome("", short)
        return Outcome("", first_line(f"{type(error).__name__}: {error}"))


@cache
def imported() -> Package:
    """Say what this process works with: the package as it was at the first call."""
    return Package.on_disk()


def require_same_package(package: Package, *, of: str) -> None:
    """Refuse to share runs with a machine that would compute them otherwise.

    Parameters
    ----------
    package : Package
        What the other one works with.
    of : str
        Who that is, at the beginning of a sentence.

    Raises
    ------
    ImpossibleRunError
    """
    own = imported()
    if package == own:
        return
    what = "version of smcm" if package.code != own.code else "lock or another Python"
    raise ImpossibleRunError(
        f"{of} has another {what} than {gethostname()}, process {os.getpid()}, began "
        "with; bring both to the same state and start the workers again."
    )


def _numbers(task: Task) -> str:
    """Compute a run's results in this process."""
    from smcm import run_study  # noqa: PLC0415 (slow to import)
    from smcm.report.export import results_text  # noqa: PLC0415

    return results_text(run_study(_cohort(task), task.unit.run))


def _cohort(task: Task) -> "Cohort":
    cohort, digest = _read_cohort(task.unit.run.data, task.ground.data)
    if digest != task.ground.data:
        raise ImpossibleRunError(
            "The data are not the same here and where the rerun was planned, or they "
            "changed meanwhile; run the command again on data that stay as they are."
        )
    return cohort


@cache
def _read_cohort(data: str, _digest: str) -> tuple["Cohort", str]:
    from smcm import load_cohort  # noqa: PLC0415 (slow to import)

    cohort = load_cohort(data)
    return cohort, Ground.of(cohort).data


def _chapter(task: Task) -> Outcome:
    require_open_files(1)
    _cohort(task)
    chapter = task.unit.chapter
    assert chapter is not None  # numbers went another way
    os.environ.update(ENVIRONMENT | {"SMCM_RUNS": task.runs})
    return execute_chapter(chapter, task.unit.run, task.name)
