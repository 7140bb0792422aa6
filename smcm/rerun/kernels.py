"""How the kernels that execute chapters are talked to."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir


class LocalKernelManager(AsyncKernelManager):
    """Talk to the kernel through a file socket, of which it does not complain.

    The socket needs a full path, the kernel working in another folder than we do, and
    a short one, for systems that allow some hundred characters.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (as its base has it)
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        socket = folder / f"smcm-{uuid4().hex[:12]}"
        super().__init__(transport="ipc", ip=str(socket), **options)
