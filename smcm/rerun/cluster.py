"""A Dask cluster in the place of this machine's cores, behind the same interface."""

import asyncio
import logging
import re
import warnings
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress

from smcm.errors import FailedRunsError, ImpossibleRunError
from smcm.rerun.execution import imported, require_same_package
from smcm.shown import shown

ADDRESS = re.compile(r"([a-z]+://)?[^\s/]+:[0-9]{1,5}/?")
NO_SCHEDULER = (  # what others than schedulers send may be read as any length
    *(OSError, ValueError, TypeError, RuntimeError, ArithmeticError, MemoryError),
)


class DaskPool:
    """The workers of a Dask cluster, which see the same folders as we do.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://node1:8786``.

    Raises
    ------
    ImpossibleRunError
        dask.distributed is not installed, nobody answers there, there is no worker,
        or a worker has other code than we.
    """

    PATIENCE = 10  # seconds for the scheduler to answer
    FIRST_WORKER = 10  # seconds for a worker to be there

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client, KilledWorker  # noqa: PLC0415 (an extra)
        except ImportError as error:
            raise ImpossibleRunError(
                "--dask needs the package distributed; `make setup` installs it, and "
                "so does the extra: pip install -e '.[cluster]'."
            ) from error
        self.killed: tuple[type[Exception], ...] = (KilledWorker,)
        self._address = address
        _silence()
        try:
            with ThreadPoolExecutor(1) as apart:  # in a notebook this one has a loop
                apart.submit(_greet_in_a_loop, address, self.PATIENCE).result()
            self._client = Client(address, timeout=self.PATIENCE, set_as_default=False)
        except NO_SCHEDULER as error:
            raise ImpossibleRunError(
                f"--dask is {shown(address)}, where no scheduler answers; start one "
                "with `dask scheduler`, and give the address it prints, such as "
                "tcp://node1:8786."
            ) from error
        self._workers = 0
        try:
            self._require_workers()
        except BaseException:
            self.close()
            raise

    @property
    def workers(self) -> int:
        """How many there are now; some may come later, and others end."""
        with suppress(OSError):  # the scheduler is gone, as the runs will tell
            found = self._client.nthreads(callback_timeout=self.PATIENCE)
            self._workers = len(found)
        return self._workers

    @contextmanager
    def open(self, _data: str = "") -> Iterator[Executor]:
        """Give the cluster as an executor; its workers stay, and read for themselves.

        Raises
        ------
        FailedRunsError
            The scheduler went away meanwhile.
        """
        executor = self._client.get_executor(pure=False)
        try:
            yield executor
        except CancelledError as error:
            raise FailedRunsError(
                f"The scheduler at {self._address} went away. What is done is kept: "
                "start the scheduler and its workers again, and give the same command."
            ) from error
        finally:
            with suppress(OSError):
                executor.shutdown(wait=False)

    def close(self) -> None:
        """Leave the cluster."""
        with suppress(OSError):
            self._client.close(timeout=self.PATIENCE)

    def _require_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=self.FIRST_WORKER)
        except TimeoutError as error:
            raise ImpossibleRunError(
                f"The scheduler at {self._address} has no workers; start some with "
                f"`dask worker {self._address} --nthreads 1`."
            ) from error
        for worker, found in self._client.run(imported, on_error="return").items():
            if isinstance(found, BaseException):
                raise ImpossibleRunError(
                    f"The worker {worker} cannot import smcm ({found}); start it with "
                    "the program dask of the environment in which smcm is installed."
                )
            require_same_package(found, of=f"The worker {worker}")


def _greet_in_a_loop(address: str, patience: float) -> None:
    asyncio.run(_greet(address, patience))


async def _greet(address: str, patience: float) -> None:
    """See that somebody of Dask is there; a client that fails leaves its loop behind.

    Raises
    ------
    OSError, ValueError, TypeError, RuntimeError, ArithmeticError
        By what is wrong with the address, or nobody answers in `patience` seconds.
    """
    from distributed.comm.core import connect  # noqa: PLC0415 (an extra)

    if not ADDRESS.fullmatch(address):
        raise ValueError(address)
    link = await asyncio.wait_for(connect(address, timeout=patience), 2 * patience)
    await link.close()


def _silence() -> None:
    """Leave it to us to say what is wrong; Dask adds tracebacks and its warnings."""
    warnings.filterwarnings("ignore", module="distributed")
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
