"""A chapter that papermill executes: its notebook, or what went wrong in it."""

import logging
from dataclasses import asdict, dataclass, replace
from multiprocessing import current_process
from typing import Any

from smcm.parameters import RunParameters
from smcm.rerun.chapters import Chapter
from smcm.rerun.kernels import WARM, LocalKernelManager
from smcm.rerun.limits import shortage_in_a_kernel, why_killed
from smcm.rerun.notebooks import Notebook, publishable, written

ENGINE = "smcm"  # what papermill calls ours
NEVER_BEGAN = "Kernel died before replying"  # as nbclient says it
TIMEOUT = 600  # seconds a cell
FIRST_WORDS = 300  # characters of an error that a list can show


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


def execute_chapter(chapter: Chapter, run: RunParameters, data_name: str) -> Outcome:
    """Execute a chapter in a kernel of its own, in the folder of this process.

    Parameters
    ----------
    chapter : Chapter
    run : RunParameters
        Its data by their full path.
    data_name : str
        What the pages call the data.

    Returns
    -------
    Outcome
        With the notebook, of a failed chapter as far as it came.
    """
    import papermill  # noqa: PLC0415 (slow, and only the workers need it)
    from nbclient.exceptions import CellControlSignal, DeadKernelError  # noqa: PLC0415
    from papermill.engines import papermill_engines  # noqa: PLC0415

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
        return Outcome(_as_far_as(kept), first_line(what))
    except DeadKernelError:
        return Outcome(
            _as_far_as(kept), f"the kernel {why_killed(LocalKernelManager.last_code)}"
        )
    except (CellControlSignal, RuntimeError) as error:
        if NEVER_BEGAN in str(error):
            what = f"the kernel {why_killed(LocalKernelManager.last_code)}"
            return Outcome("", what)
        return Outcome(_as_far_as(kept), first_line(str(error)))
    shown = asdict(replace(run, data=data_name))
    return Outcome(written(publishable(executed, shown)))


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
    return written(kept[-1]) if kept else ""


def first_line(text: str) -> str:
    """Give as much of an error as a list can show."""
    line = next(iter(text.strip().splitlines()), "no reason given")
    return line if len(line) <= FIRST_WORDS else f"{line[:FIRST_WORDS]}…"
