"""Where units are executed: on the cores of this machine, or on a Dask cluster."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from smcm.errors import ImpossibleRunError, OutOfRangeError
from smcm.paths import BOOK, ROOT
from smcm.rerun.cluster import DaskPool
from smcm.rerun.interrupts import deaf_children
from smcm.rerun.kernels import (
    ENVIRONMENT,
    WARM,
    end_with_parent,
    fork_context,
    fork_server,
    remove_sockets,
    use_fork_server,
)
from smcm.rerun.options import MOST_WORKERS


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalPool:
    """Processes of this machine, which fork from one that has imported everything."""

    killed: tuple[type[Exception], ...] = ()  # a pool that loses one is lost itself

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or cores()

    @contextmanager
    def open(self) -> Iterator[Executor]:
        """Give an executor whose processes start with the first tasks."""
        context = fork_context() if WARM else multiprocessing.get_context("spawn")
        remove_sockets()
        with _environment():
            with deaf_children():
                server = fork_server()
            pool = ProcessPoolExecutor(
                self.workers, context, initializer=_begin, initargs=(server,)
            )
            try:
                yield pool
            finally:
                pool.shutdown(cancel_futures=True)
                remove_sockets()

    def close(self) -> None:
        """Do nothing: each executor ends its own processes."""


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


@contextmanager
def _environment() -> Iterator[None]:
    """Give the processes that start inside what makes runs repeatable."""
    inherited = os.environ.get("PYTHONPATH", "")
    wanted = ENVIRONMENT | {
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), inherited]))
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
    use_fork_server(server)
    os.chdir(BOOK)
