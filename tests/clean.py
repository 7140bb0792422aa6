"""Copies of the whole project, and books that are built in them from nothing."""

import hashlib
import os
import shutil
import subprocess
import sys

from smcm.paths import ROOT

COPIED = (
    *("book", "smcm", "data", "_config.yml", "_toc.yml"),
    *("requirements.txt", "pyproject.toml"),
)
PATIENCE = 1500
# What should make no difference: time zone, language, order of sets, threads.
AS_USERS_HAVE_IT = {"PYTHONDONTWRITEBYTECODE": ""}  # imports leave files beside them
HERE = {"TZ": "Europe/Amsterdam", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
ELSEWHERE = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "2"}
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


def copied(root):
    """Copy the project without runs, executed chapters and imputed sets of others."""
    root.mkdir(parents=True)
    left_out = shutil.ignore_patterns("__pycache__", "runs")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=left_out)
        else:
            shutil.copyfile(ROOT / name, root / name)
    return root


def built(root, *words, workers=2, **environment):
    """Build a book in a copy of the project, and give the folder of its pages."""
    out = root / "pages"
    command = [sys.executable, "-m", "smcm", "book", *map(str, words)]
    done = subprocess.run(
        [*command, "--workers", str(workers), "--out", str(out)],
        cwd=root,
        env={**os.environ, **AS_USERS_HAVE_IT, "PYTHONPATH": str(root), **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return out


def digests(folder):
    """SHA-256 of every file by its name."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def unlike(folder, other):
    """Names of the files that one book lacks or has otherwise."""
    ours, theirs = digests(folder), digests(other)
    return sorted(name for name in ours | theirs if ours.get(name) != theirs.get(name))
