"""What a worker does: execute one unit and hand back what it made."""

import logging
import os
import threading
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import asdict, dataclass, replace
from functools import cache
from multiprocessing import current_process
from socket import gethostname
from typing import TYPE_CHECKING, Any

import nbformat

from smcm.errors import ImpossibleRunError, SmcmError
from smcm.paths import BOOK
from smcm.rerun.contents import PARAMETERS_TAG, tags
from smcm.rerun.homes import environment_of_homes
from smcm.rerun.kernels import ENVIRONMENT, WARM, LocalKernelManager
from smcm.rerun.limits import (
    memory_advice,
    require_open_files,
    shortage,
    shortage_in_a_kernel,
    why_killed,
)
from smcm.rerun.units import Ground, Package, Unit

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

INJECTED_TAG = "injected-parameters"
ENGINE = "smcm"  # what papermill calls ours
NEVER_BEGAN = "Kernel died before replying"  # as nbclient says it
TIMEOUT = 600  # seconds a cell
FIRST_WORDS = 300  # characters of an error that a list can show
Notebook = Any  # nbformat has no types
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task.

    Attributes
    ----------
    content : str
        Of the unit's file; of a failed chapter the notebook as far as it came, empty
        where there is none.
    error : str
        The first line of what went wrong, empty where all is well.
    """

    content: str
    error: str = ""


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
            return _execute_chapter(task)
    except SmcmError as error:
        return Outcome("", _first_line(str(error)))
    except MemoryError:
        return Outcome("", f"not enough memory for --n-boot. {memory_advice()}")
    except Exception as error:  # whatever it is, it is this unit's and no other's
        short = shortage(error)
        if short is not None:
            return Outcome("", short)
        return Outcome("", _first_line(f"{type(error).__name__}: {error}"))


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


def _execute_chapter(task: Task) -> Outcome:
    import papermill  # noqa: PLC0415 (slow, and only the workers need it)
    from nbclient.exceptions import CellControlSignal, DeadKernelError  # noqa: PLC0415
    from papermill.engines import papermill_engines  # noqa: PLC0415

    require_open_files(1)
    _cohort(task)
    run, chapter = task.unit.run, task.unit.chapter
    assert chapter is not None  # numbers went another way
    os.environ.update(ENVIRONMENT | {"SMCM_RUNS": task.runs})
    kept: list[Notebook] = []
    for name in ("papermill", "traitlets"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # we say it ourselves
    papermill_engines.register(ENGINE, _keeping(kept))
    try:
        executed = papermill.execute_notebook(
            chapter.notebook,
            None,
            engine_name=ENGINE,
            parameters=asdict(run),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            execution_timeout=TIMEOUT,
            record_timing=False,
            extra_arguments=["--log-level=CRITICAL"],  # it is interrupted at its end
            kernel_manager_class=_kernel_manager(),
        )
    except papermill.PapermillExecutionError as error:
        why = shortage_in_a_kernel(error.ename, error.evalue)
        what = (
            f"code cell {error.exec_count}: {why or f'{error.ename}: {error.evalue}'}"
        )
        return Outcome(_as_far_as(kept), _first_line(what))
    except DeadKernelError:
        return Outcome(
            _as_far_as(kept), f"the kernel {why_killed(LocalKernelManager.last_code)}"
        )
    except (CellControlSignal, RuntimeError) as error:
        if NEVER_BEGAN in str(error):
            what = f"the kernel {why_killed(LocalKernelManager.last_code)}"
            return Outcome("", what)
        return Outcome(_as_far_as(kept), _first_line(str(error)))
    shown = asdict(replace(run, data=task.name))
    return Outcome(_text(publishable(executed, shown)))


def _kernel_manager() -> type[LocalKernelManager]:
    """Choose how kernels start; a daemon, as some clusters have, may not fork."""
    if not WARM or current_process().daemon:
        return LocalKernelManager
    from smcm.rerun.forked_kernels import WarmKernelManager  # noqa: PLC0415 (Linux)

    return WarmKernelManager


def _keeping(kept: list[Notebook]) -> type:
    """Give papermill an engine that leaves us the notebook also where it fails."""
    from papermill.engines import NBClientEngine  # noqa: PLC0415

    class Keeping(NBClientEngine):  # type: ignore[misc]
        """Put the notebook aside before it is executed."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, *args: Any, **more: Any) -> Any:  # noqa: ANN401
            kept.append(nb_man.nb)
            return super().execute_managed_notebook(nb_man, *args, **more)

    return Keeping


def _as_far_as(kept: list[Notebook]) -> str:
    """Write the notebook of a failed chapter, for its author alone."""
    return _text(kept[-1]) if kept else ""


def publishable(notebook: Notebook, shown: Mapping[str, int | str]) -> Notebook:
    """Take off times, paths and random ids; hide the cell that papermill put in.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; it is changed.
    shown : mapping
        Parameters as a reader may see them, without local paths.
    """
    for key in ("papermill", "jupytext"):
        notebook.metadata.pop(key, None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED_TAG in tags(cell):
            cell.metadata["tags"] = [*tags(cell), "remove-cell"]
            lines = [f"{key} = {value!r}" for key, value in shown.items()]
            cell["source"] = "\n".join(["# Parameters of this run", *lines])
    return notebook


def own_cells(notebook: Notebook) -> list[Any]:
    """List the chapter's own code cells, in order."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and INJECTED_TAG not in tags(cell)
    ]


def parameters_cell(notebook: Notebook) -> int:
    """Place of the cell that declares the parameters."""
    return next(k for k, c in enumerate(notebook.cells) if PARAMETERS_TAG in tags(c))


def _text(notebook: Notebook) -> str:
    return str(nbformat.writes(notebook)) + "\n"


def _first_line(text: str) -> str:
    line = next(iter(text.strip().splitlines()), "no reason given")
    return line if len(line) <= FIRST_WORDS else f"{line[:FIRST_WORDS]}…"
