"""One digest over many files, to see whether anything has changed."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

LEFT_OUT = ("__pycache__", ".ipynb_checkpoints")


def fingerprint(
    root: Path, *names: str, extra: str = "", without: tuple[str, ...] = ()
) -> str:
    """Digest the names and the bytes of files.

    Parameters
    ----------
    root : Path
        Folder that the names are relative to.
    *names : str
        Files and folders; a folder stands for every file below it. What does not
        exist is left out.
    extra : str
        Whatever else decides, a version or a parameter.
    without : tuple of str
        Folders within them that are left out.

    Returns
    -------
    str
        Hexadecimal SHA-256.
    """
    digest = hashlib.sha256(extra.encode())
    for path in _files(root, names, without):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(
    root: Path, names: tuple[str, ...], without: tuple[str, ...]
) -> Iterator[Path]:
    left_out = [root / name for name in without]
    for name in sorted(names):
        path = root / name
        candidates = sorted(path.rglob("*")) if path.is_dir() else [path]
        for candidate in candidates:
            made = set(LEFT_OUT) & set(candidate.relative_to(root).parts)
            if any(map(candidate.is_relative_to, left_out)):
                continue
            if candidate.is_file() and not made:
                yield candidate
