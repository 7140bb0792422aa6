"""Kernels that are forked from a process in which all is imported: on Linux alone."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.context import ForkServerProcess
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from smcm.rerun.ending import PARENT, end_with_parent
from smcm.rerun.kernels import LocalKernelManager

COLUMNS_IN_A_NOTEBOOK = 20  # pandas' own number
# What kernels and chapters import, and what these import only when it is called.
IMPORTED = (
    "ipykernel.debugger",
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "IPython.core.completer",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "matplotlib.backends.backend_agg",
    "myst_nb",
    "pandas.io.formats.csvs",
    "psutil",
    "smcm.analysis.defensible",
    "smcm.analysis.diagnostics",
    "smcm.analysis.study",
    "smcm.cohort.loading",
    "smcm.report.codebook",
    "smcm.report.facts.study",
    "smcm.report.figure_files",
    "smcm.report.opening",
    "smcm.report.study_text",
    "sqlite3",
    "statsmodels.stats.diagnostic",
    "statsmodels.stats.outliers_influence",
    "tornado.platform.asyncio",
)


class WarmKernelManager(LocalKernelManager):
    """Fork the kernel, which saves the seconds that its imports take."""

    async def _async_pre_start_kernel(self, **options: Any) -> Any:  # noqa: ANN401
        self.provisioner = ForkingProvisioner(
            kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
        )
        return await super()._async_pre_start_kernel(**options)


class ForkingProvisioner(LocalProvisioner):
    """Start a kernel as a child of Python's fork server, and look after it."""

    async def launch_kernel(
        self,
        cmd: list[str],
        **options: Any,  # noqa: ANN401 (as its base has it)
    ) -> KernelConnectionInfo:
        """Fork; of the command line only what follows the module's name matters."""
        given = cmd[cmd.index("-f") :]
        process = fork_context().Process(
            target=_serve,
            args=(given, dict(options["env"]), options.get("cwd") or os.getcwd()),  # noqa: PTH109
            daemon=True,
        )
        process.start()
        self.process = Child(process)  # type: ignore[assignment]
        self.pid = process.pid
        return self.connection_info


class Child:
    """A forked process in the words of `subprocess.Popen`."""

    stdin = stdout = stderr = None

    def __init__(self, process: ForkServerProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        """Return the exit code, None while it runs."""
        code = self._process.exitcode
        if code is not None:
            LocalKernelManager.last_code = code
        return code

    def wait(self) -> int | None:
        """Wait for its end."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send a signal, if there is still somebody to receive it."""
        if self._process.pid is not None and self._process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self._process.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def fork_context() -> multiprocessing.context.ForkServerContext:
    """Give the context whose server has imported what chapters and runs need."""
    os.environ[PARENT] = str(os.getpid())
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["smcm.rerun.preloaded"])
    return context


def fork_server() -> str | None:
    """Start the server if it does not run, and give its address to hand on."""
    forkserver.ensure_running()
    if sys.version_info >= (3, 14):  # there is more to hand on
        return None
    server = getattr(forkserver, "_forkserver")  # noqa: B009
    address: str = server._forkserver_address
    return address


def use_fork_server(address: str | None) -> None:
    """Fork kernels from the server that forked us, in place of one more server."""
    if address is not None:
        server = getattr(forkserver, "_forkserver")  # noqa: B009
        server._forkserver_address = address
        server.ensure_running = lambda: None  # it is ours as long as our parent lives


def _serve(arguments: list[str], environment: Mapping[str, str], folder: str) -> None:
    """Be a kernel until told to stop."""
    import pandas  # noqa: PLC0415 (imported here long ago, as IMPORTED says)
    from ipykernel.kernelapp import IPKernelApp  # noqa: PLC0415

    end_with_parent()
    os.environ.update(environment)
    os.chdir(folder)
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    # Imported before there was a kernel, pandas took the pipe for a terminal.
    pandas.set_option("display.max_columns", COLUMNS_IN_A_NOTEBOOK)
    app = IPKernelApp.instance()
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    app.start()  # type: ignore[no-untyped-call]
