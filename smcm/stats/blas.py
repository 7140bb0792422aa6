"""One thread for NumPy's linear algebra, where many small products follow closely."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

FOLDERS = ("../numpy.libs", ".libs", ".dylibs")  # where wheels keep OpenBLAS
SUFFIXES = ("64_", "")
PREFIXES = ("scipy_openblas", "openblas")


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Hold OpenBLAS to one thread inside the block, for the whole process.

    On matrices of some fifty rows its threads wait for each other longer than they
    compute, and on a busy machine many times longer. Where NumPy carries another
    library than OpenBLAS nothing is changed; results do not depend on it either way.
    """
    found = _thread_functions()
    if found is None:
        yield
        return
    get, put = found
    before = get()
    put(1)
    try:
        yield
    finally:
        put(before)


@cache
def _thread_functions() -> tuple[Callable[[], int], Callable[[int], None]] | None:
    """Functions that read and set the number of threads, or None."""
    package = Path(np.__file__).parent
    for folder in FOLDERS:
        for library in sorted((package / folder).glob("*openblas*")):
            loaded = ctypes.CDLL(str(library.resolve()))
            for prefix in PREFIXES:
                for suffix in SUFFIXES:
                    get = getattr(loaded, f"{prefix}_get_num_threads{suffix}", None)
                    put = getattr(loaded, f"{prefix}_set_num_threads{suffix}", None)
                    if get is not None and put is not None:
                        put.restype = None
                        return get, put
    return None
