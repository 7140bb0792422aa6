"""Arrays kept on disk under the name of what they were computed from."""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smcm.paths import CACHE

LEFT = 3600  # seconds after which nobody is still writing
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
        content = _vouched((folder / f"{name}.npz").read_bytes())
        if content is None:
            return None
        with np.load(BytesIO(content), allow_pickle=False) as kept:
            arrays = {key: kept[key] for key in shapes}
    except (OSError, KeyError):
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
        _sweep(name, folder)
        handle, part = tempfile.mkstemp(dir=folder, prefix=name, suffix=".part")
    except OSError:
        return False
    try:
        with os.fdopen(handle, "wb") as file:
            content = BytesIO()
            np.savez(content, allow_pickle=False, **arrays)
            file.write(content.getvalue() + _digest(content.getvalue()))
        Path(part).replace(folder / f"{name}.npz")
    except OSError:
        return False
    finally:
        Path(part).unlink(missing_ok=True)
    return True


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()


def _vouched(kept: bytes) -> bytes | None:
    """Take off the digest behind the content; None where it is another one's."""
    size = hashlib.sha256().digest_size
    content, digest = kept[:-size], kept[-size:]
    return content if _digest(content) == digest else None


def _sweep(name: str, folder: Path) -> None:
    """Remove what was left half written: under this name, or long ago.

    Whoever is still writing one keeps nothing, and computes it again another time.
    """
    for part in folder.glob("*.part"):
        with suppress(OSError):
            if part.name.startswith(name) or time.time() - part.stat().st_mtime > LEFT:
                part.unlink()
