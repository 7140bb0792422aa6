"""Kernels that execute chapters on this machine."""

import multiprocessing
import os
import sys
from typing import Any
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager

from smcm.rerun.homes import environment_of_homes
from smcm.rerun.temporary import has_file_sockets, own_folder

DATA = "SMCM_DATA"  # in the environment of the fork server: what it reads
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
# Forking after such imports is not safe elsewhere.
WARM = (
    sys.platform == "linux" and "forkserver" in multiprocessing.get_all_start_methods()
)


class LocalKernelManager(AsyncKernelManager):
    """Talk to the kernel through a file socket, to which nobody else has access.

    The socket needs a full path, the kernel working in another folder than we do. Where
    there are no file sockets, as on Windows, it is TCP with messages that are signed by
    a key, Jupyter's own way.
    """

    last_code: int | None = None  # of the kernel that ended last in this process

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (as its base has it)
        file = own_folder() / uuid4().hex[:12]
        options |= {"connection_file": f"{file}.json"}
        if has_file_sockets():
            options |= {"ip": str(file), "transport": "ipc"}
        super().__init__(**options)

    async def _async_pre_start_kernel(self, **options: Any) -> Any:  # noqa: ANN401
        options.setdefault("env", {**os.environ}).update(environment_of_homes())
        return await super()._async_pre_start_kernel(**options)
