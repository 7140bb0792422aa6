"""Run Jupyter Book, and pass on what it says that is worth it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path

import click

from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.rerun.homes import environment_of_homes
from smcm.rerun.interrupts import killing_children, sparing_children
from smcm.rerun.limits import why_killed
from smcm.rerun.temporary import STARTED_BY, own_folder

TROUBLE = ("WARNING", "ERROR", "CRITICAL", "Traceback", "Exception")
LAST_LINES = 30
BUILDER = "smcm.rerun.page_builder"
EPOCH = "1767225600"  # 2026-01-01: the date of any file that has to have one


def run_builder(
    source: Path,
    part: Path,
    run: RunParameters,
    runs: Path,
    echo: Callable[[str], None],
) -> int:
    """Run Jupyter Book on a folder in which every chapter is executed already.

    Parameters
    ----------
    source : Path
        Folder with ``_config.yml``, ``_toc.yml`` and ``book/``.
    part : Path
        Folder that receives ``_build/html``; what an earlier build of the same source
        left there is used.
    run : RunParameters
        Those with which the book's own chapters were executed.
    runs : Path
        Folder of the runs that the book shows.
    echo : callable
        Receives warnings and errors; of a builder that broke off, the last lines too.

    Returns
    -------
    int
        Exit code; any warning makes it other than 0.
    """
    command = [sys.executable, "-m", BUILDER, str(source), str(part)]
    with killing_children():
        with sparing_children():
            builder = subprocess.Popen(
                command,
                env=_environment(run, runs),
                stdin=subprocess.PIPE,  # it ends when we do
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        with builder:
            said = _told(builder.stdout or (), source, echo)
        if builder.returncode < 0:
            echo(f"The builder {why_killed(builder.returncode)}")
        broken = any("Traceback" in line for line in said)
        if builder.returncode and (broken or not any(map(_is_trouble, said))):
            for line in said[-LAST_LINES:]:
                echo(line)
        return builder.returncode


def _environment(run: RunParameters, runs: Path) -> dict[str, str]:
    """Make builds repeatable, and tell the book's extensions which run this is."""
    found = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    fixed = {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": EPOCH,
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "PYTHONPATH": found,  # the extensions import the package
        **dict.fromkeys(("TMPDIR", STARTED_BY), str(own_folder())),
        **environment_of_homes(),
        "SMCM_RUN": json.dumps(asdict(run)),
        "SMCM_RUNS": str(runs),
    }
    return {**os.environ, **fixed}


def _told(lines: Iterable[str], source: Path, echo: Callable[[str], None]) -> list[str]:
    """Pass on warnings and errors as they come; keep every line."""
    kept: list[str] = []
    for line in lines:
        plain = click.unstyle(line).rstrip().replace(f"{source}{os.sep}", "")
        if plain:
            kept.append(plain)
            if _is_trouble(plain):
                echo(plain)
    return kept


def _is_trouble(line: str) -> bool:
    return any(mark in line for mark in TROUBLE)
