"""Arrays kept on disk under the name of what they were computed from."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from smcm.paths import CACHE

Arrays = Mapping[str, NDArray[np.float64]]


def content_key(parts: Iterable[bytes]) -> str:
    """SHA-256 over parts, in hexadecimal; each part's length counts as well."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def load_arrays(
    name: str, shapes: Mapping[str, tuple[int, ...]], folder: Path = CACHE
) -> Arrays | None:
    """Read kept arrays, or None where there are none that will do.

    Parameters
    ----------
    name : str
        File name without suffix.
    shapes : mapping of str to tuple of int
        The arrays that must be there, and the shape of each.
    folder : Path
    """
    try:
        with (
            (folder / f"{name}.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as kept,
        ):
            arrays = {key: kept[key] for key in shapes}
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return None
    fits = all(
        arrays[key].shape == shape and np.isfinite(arrays[key]).all()
        for key, shape in shapes.items()
    )
    return arrays if fits else None


def keep_arrays(name: str, arrays: Arrays, folder: Path = CACHE) -> bool:
    """Write arrays so that a reader finds either all of them or none.

    Returns
    -------
    bool
        False where the folder cannot be written; the next run then computes again.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(dir=folder, prefix=name, suffix=".part")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(file, allow_pickle=False, **arrays)
        Path(part).replace(folder / f"{name}.npz")
    except OSError:
        return False
    finally:
        Path(part).unlink(missing_ok=True)
    return True
