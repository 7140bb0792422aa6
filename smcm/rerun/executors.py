"""Where units are executed: on the cores of this machine, or on a Dask cluster."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

from smcm.errors import ImpossibleRunError, OutOfRangeError
from smcm.paths import BOOK, ROOT
from smcm.rerun.interrupts import deaf_children
from smcm.rerun.kernels import (
    WARM,
    end_with_parent,
    fork_context,
    fork_server,
    remove_sockets,
    use_fork_server,
)

ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",  # a debugger's warning
    "MPLBACKEND": "agg",
    # One thread each: there are as many workers as cores, and sums come out alike.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
}


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class LocalPool:
    """Processes of this machine, which fork from one that has imported everything."""

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


class DaskPool:
    """The workers of a Dask cluster, which share the folder of data with us.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://node1:8786``.

    Raises
    ------
    ImpossibleRunError
        dask.distributed is not installed, nobody answers there, or there is no
        worker.
    """

    PATIENCE = 10  # seconds for the scheduler to answer

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client  # noqa: PLC0415 (an extra)
        except ImportError as error:
            raise ImpossibleRunError(
                "--dask needs the package distributed: install the extra, "
                "pip install -e '.[cluster]'."
            ) from error
        try:
            self._client = Client(address, timeout=self.PATIENCE, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ImpossibleRunError(
                f"--dask is {address!r}, where no scheduler answers; start one with "
                "`dask scheduler`, and give the address it prints."
            ) from error
        self.workers = len(self._client.scheduler_info()["workers"])
        if not self.workers:
            self._client.close()
            raise ImpossibleRunError(
                f"The scheduler at {address} has no workers; start some with "
                f"`dask worker {address} --nthreads 1`."
            )

    @contextmanager
    def open(self) -> Iterator[Executor]:
        """Give the cluster as an executor; its workers stay."""
        executor = self._client.get_executor(pure=False)
        try:
            yield executor
        finally:
            executor.shutdown(wait=False)  # the client is needed for the next ones


Pool = LocalPool | DaskPool


def choose_pool(workers: int | None, dask: str | None) -> Pool:
    """Take the cluster where one is named, else the cores.

    Raises
    ------
    ImpossibleRunError, OutOfRangeError
    """
    if workers is not None and workers < 1:
        raise OutOfRangeError.for_number("--workers", workers, "at least 1")
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
