"""Programs of others, run as children: their environment, their call, their answer.

The Python programs get an environment of their own from `peers.txt`; R is taken as it
is found. A child times itself, without its start, imports and reading, and prints

    version NAME AND NUMBER
    time CPU-SECONDS WALL-SECONDS        (a line for each repeat)
    model A B AB LOW HIGH                (a line for each model)
"""

import hashlib
import os
import shutil
import subprocess
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import median

from benchmarks.measured import Spent
from smcm.paths import BUILD, ROOT

HERE = Path(__file__).parent
WANTED = HERE / "peers.txt"
FOLDER = BUILD / "bench"
VENV = FOLDER / ".venv"
PYTHON = VENV / "bin" / "python"
PATIENCE = 900  # seconds for one child
ONE_THREAD = {
    f"{name}_NUM_THREADS": "1"
    for name in ("OPENBLAS", "OMP", "MKL", "BLIS", "NUMEXPR", "VECLIB_MAXIMUM")
}


class NotThereError(Exception):
    """A program that cannot be run here, and why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child has printed.

    Attributes
    ----------
    version : str
    spent : Spent
    models : tuple of tuple of float
        a, b, ab, low, high of each model; NaN for what the program does not give.
    """

    version: str
    spent: Spent
    models: tuple[tuple[float, ...], ...]


def peers_python() -> str:
    """Python with the peers, set up first if it is not as `peers.txt` wants it.

    Raises
    ------
    NotThereError
        Nothing can be installed, say without a network.
    """
    error = _set_up()
    if error:
        raise NotThereError(error)
    return str(PYTHON)


@cache
def _set_up() -> str:
    """Install the peers; return why not. Tried once in a run."""
    stamp = VENV / ".current"
    digest = hashlib.sha256(WANTED.read_bytes()).hexdigest()
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == digest:
        return ""
    print(f"setting up {VENV.relative_to(ROOT)} …", flush=True)
    venv.create(VENV, clear=True, with_pip=True)
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "-r", str(WANTED)]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode:
        return f"pip could not install {WANTED.name}: {_last(done.stderr)}"
    stamp.write_text(digest)
    return ""


def rscript() -> str:
    """Path of Rscript.

    Raises
    ------
    NotThereError
    """
    found = shutil.which("Rscript")
    if found is None:
        raise NotThereError("Rscript is not on the path")
    return found


def run_python(program: str, *given: object) -> Answer:
    """Run one of `peer_programs.py` in the peers' environment."""
    return run([peers_python(), str(HERE / "peer_programs.py"), program, *given])


def run_r(program: str, *given: object) -> Answer:
    """Run one of `peer_programs.R`."""
    script = str(HERE / "peer_programs.R")
    return run([rscript(), "--vanilla", script, program, *given])


def run(command: Sequence[object]) -> Answer:
    """Run a child with one thread for linear algebra, and read what it prints.

    Raises
    ------
    NotThereError
        It has failed, or taken longer than `PATIENCE`.
    """
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env=os.environ | ONE_THREAD,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired as late:
        raise NotThereError(f"it was stopped after {late.timeout:.0f} s") from late
    if done.returncode:
        raise NotThereError(_last(done.stderr))
    return parsed(done.stdout)


def parsed(text: str) -> Answer:
    """Read the lines that a child has printed."""
    version, times, models = "", [], []
    for line in text.splitlines():
        kind, _, rest = line.partition(" ")
        if kind == "version":
            version = rest.strip()
        elif kind in ("time", "model"):
            numbers = tuple(float("nan" if x == "NA" else x) for x in rest.split())
            (times if kind == "time" else models).append(numbers)
    if not times:
        raise NotThereError("it has printed no time")
    cpu, wall = (median(column) for column in zip(*times, strict=True))
    return Answer(version, Spent(cpu, wall, len(times)), tuple(models))


def _last(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it has failed without a word"
