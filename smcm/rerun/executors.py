"""Where units are executed: on the cores of this machine, or on a Dask cluster."""

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from typing import ParamSpec, TypeVar

from smcm.errors import ImpossibleRunError, OutOfRangeError
from smcm.paths import BOOK, ROOT
from smcm.rerun.cluster import DaskPool
from smcm.rerun.ending import end_with_parent
from smcm.rerun.homes import environment_of_homes
from smcm.rerun.interrupts import killing_children, sparing_children
from smcm.rerun.kernels import DATA, ENVIRONMENT, WARM
from smcm.rerun.limits import (
    KERNEL_MEMORY,
    MOST_WORKERS,
    require_memory,
    require_open_files,
)
from smcm.rerun.temporary import STARTED_BY, own_folder

P = ParamSpec("P")
T = TypeVar("T")


def cores() -> int:
    """Count the cores that this process may use, no more than there can be workers."""
    if hasattr(os, "sched_getaffinity"):
        found = len(os.sched_getaffinity(0))
    else:
        found = os.cpu_count() or 1
    return min(found, MOST_WORKERS)


class LocalPool:
    """Processes of this machine, which fork from one that has imported everything."""

    killed: tuple[type[Exception], ...] = ()  # a pool that loses one is lost itself

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or cores()

    @contextmanager
    def open(self, data: str = "") -> Iterator[Executor]:
        """Give an executor whose processes start with the first tasks.

        Parameters
        ----------
        data : str
            What all tasks read, so that it is read once; empty where they read nothing.
        """
        require_open_files(self.workers)
        require_memory(KERNEL_MEMORY)
        with _environment(data), ExitStack() as ending:
            ending.enter_context(killing_children())
            context, server = _context()
            pool = _Workers(
                self.workers, context, initializer=_begin, initargs=(server,)
            )
            ending.callback(_shut, pool)
            with killing_children():  # before the pool waits for their work
                yield pool

    def close(self) -> None:
        """Do nothing: each executor ends its own processes."""


def _shut(pool: ProcessPoolExecutor) -> None:
    """Wait for the pool's end, if it could begin at all."""
    with suppress(RuntimeError):  # its thread did not start: the error is under way
        pool.shutdown(cancel_futures=True)


class _Workers(ProcessPoolExecutor):
    """Start workers that a terminal's signals do not reach, and miss each that dies.

    Those that are forked have this from the fork server, for which submitting waits
    while it imports; a signal ends that, too.
    """

    def submit(
        self,
        task: Callable[P, T],
        /,
        *given: P.args,
        **named: P.kwargs,
    ) -> Future[T]:
        """Hand out a task, for which a worker may have to be started.

        Python's pool looks for new workers before it starts one. Where no other task
        followed, nobody would notice that it died, and work on a queue that it had
        locked would wait for ever; so the pool looks again.
        """
        with nullcontext() if WARM else sparing_children():
            future = super().submit(task, *given, **named)
        look_again = getattr(self, "_executor_manager_thread_wakeup").wakeup  # noqa: B009
        with self._shutdown_lock:
            look_again()
        return future


Pool = LocalPool | DaskPool


def require_workers(workers: int) -> None:
    """Refuse a number of processes that no machine runs.

    Raises
    ------
    OutOfRangeError
    """
    if not 1 <= workers <= MOST_WORKERS:
        rule = f"from 1 to {MOST_WORKERS}"
        raise OutOfRangeError.for_number("--workers", workers, rule)


def choose_pool(workers: int | None, dask: str | None) -> Pool:
    """Take the cluster where one is named, else the cores.

    Raises
    ------
    ImpossibleRunError, OutOfRangeError
    """
    if workers is not None:
        require_workers(workers)
    if dask is None:
        return LocalPool(workers)
    if workers is not None:
        raise ImpossibleRunError(
            "--workers is of this machine and --dask of another; give one of them."
        )
    return DaskPool(dask)


def _context() -> tuple[multiprocessing.context.BaseContext, str | None]:
    """Say how processes start, and give the address of the server that forks them."""
    if not WARM:
        return multiprocessing.get_context("spawn"), None
    from smcm.rerun.forked_kernels import fork_context, fork_server  # noqa: PLC0415

    context = fork_context()
    with sparing_children():
        return context, fork_server()


@contextmanager
def _environment(data: str) -> Iterator[None]:
    """Give the processes that start inside what makes runs repeatable."""
    inherited = os.environ.get("PYTHONPATH", "")
    wanted = ENVIRONMENT | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), inherited])),
        **dict.fromkeys(("TMPDIR", STARTED_BY), str(own_folder())),
        **environment_of_homes(),
        DATA: data,
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _begin(server: str | None) -> None:
    """Prepare a process of the pool."""
    end_with_parent()
    if WARM:
        from smcm.rerun.forked_kernels import use_fork_server  # noqa: PLC0415

        use_fork_server(server)
    os.chdir(BOOK)
