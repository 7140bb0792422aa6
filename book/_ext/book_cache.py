"""Run a chapter again whenever anything that its numbers rest on has changed.

The cache of executed chapters compares code cells only; after a change in the package
or in the data it would hand back the old numbers. It therefore lives in a folder named
after the package, the data, the lock, these extensions and the version of Python.
"""

import os
import sys
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import jupyter_cache.executors.utils as executor
from jupyter_client import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from sphinx.application import Sphinx
from sphinx.config import Config

from smcm.paths import BUILD, ROOT
from smcm.rerun.fingerprint import fingerprint

COUNTS = ("smcm", "data", "requirements.txt", "book/_ext")


class LocalKernelManager(AsyncKernelManager):
    """Talk to the kernel through a file socket, of which it does not complain.

    The socket needs a full path, the kernel working in another folder than we do, and
    a short one, for systems that allow some hundred characters.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        socket = folder / f"smcm-{uuid4().hex[:12]}"
        super().__init__(transport="ipc", ip=str(socket), **options)


def prepare_execution(app: Sphinx, config: Config) -> None:
    """Name the cache; leave alone what papermill has executed for an edition."""
    python = ".".join(map(str, sys.version_info[:2]))
    digest = fingerprint(ROOT, *COUNTS, extra=python)
    config.nb_execution_cache_path = str(BUILD / ".jupyter_cache" / digest[:16])
    if "SMCM_RUN" in os.environ:
        config.nb_execution_mode = "off"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; let the kernels find the package."""
    inherited = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), inherited]))
    executor.executenb = partial(
        executor.executenb, kernel_manager_class=LocalKernelManager
    )
    app.connect("config-inited", prepare_execution)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
