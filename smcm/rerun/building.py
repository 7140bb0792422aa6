"""Build a book into HTML: whole, or not at all."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from smcm.errors import BuildError
from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.rerun.fingerprint import fingerprint
from smcm.rerun.interrupts import deaf_children, killing_children
from smcm.rerun.outputs import beside, put_in_place, sole_build

STAMP = ".fingerprint"
SOURCES = ("_config.yml", "_toc.yml", "book")
DUMPS = ("myst v", "myst-nb v")
ENDINGS = ("The HTML pages are in", "Please also report", "=====")
EPOCH = "1767225600"  # 2026-01-01: the date of any file that has to have one
MACHINERY = ("smcm", "data", "requirements.txt")


def build_book(
    source: Path,
    out: Path,
    *,
    run: RunParameters | None = None,
    echo: Callable[[str], None] = lambda _line: None,
) -> Path:
    """Build the book in `source` and put it at `out` when it is whole.

    Nothing is done where `out` was built from the very same files. Every build
    starts clean, so no page can be left over from an earlier one; what saves time
    is the cache of executed chapters.

    Parameters
    ----------
    source : Path
        Folder with ``_config.yml``, ``_toc.yml`` and ``book/``.
    out : Path
        Folder of the HTML pages. Replaced as a whole when the build has succeeded,
        untouched otherwise.
    run : RunParameters, optional
        Parameters with which the chapters in `source` were already executed, by
        papermill. Without it the chapters are executed by the build, as written.
    echo : callable
        Receives the lines the builder prints.

    Returns
    -------
    Path
        The page to open first.

    Raises
    ------
    BuildError
        A chapter failed, or the builder had a warning.
    """
    with sole_build(out, echo):
        stamp = _stamp(source, run)
        if _is_current(out, stamp):
            echo("Nothing has changed since the last build.")
            return out / "index.html"
        with beside(out) as part:
            if _run_builder(source, part, _environment(run), echo) != 0:
                raise BuildError(
                    f"The book was not built (see the lines above); {out} is as before."
                )
            pages = part / "_build" / "html"
            (pages / STAMP).write_text(stamp, encoding="utf-8")
            put_in_place(pages, out, part / "earlier")
    return out / "index.html"


def _stamp(source: Path, run: RunParameters | None) -> str:
    machinery = fingerprint(ROOT, *MACHINERY, extra=sys.version)
    return fingerprint(source, *SOURCES, extra=f"{machinery} {run}")


def _is_current(out: Path, stamp: str) -> bool:
    built = out / STAMP
    return built.is_file() and built.read_text(encoding="utf-8") == stamp


def _environment(run: RunParameters | None) -> dict[str, str]:
    """Make builds repeatable, and tell the book's extensions which run this is."""
    fixed = {"PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": EPOCH, "PYTHONUTF8": "1"}
    found = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    fixed["PYTHONPATH"] = found  # the extensions import the package
    edition = {} if run is None else {"SMCM_RUN": json.dumps(asdict(run))}
    return {**os.environ, **fixed, **edition}


def _run_builder(
    source: Path,
    part: Path,
    environment: Mapping[str, str],
    echo: Callable[[str], None],
) -> int:
    command = [
        str(Path(sys.executable).with_name("jupyter-book")),
        "build",
        str(source),
    ]
    command += ["--path-output", str(part), "-W", "-n", "--keep-going"]
    with killing_children():
        with deaf_children():
            builder = subprocess.Popen(
                command,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        with builder:
            for line in _worth_saying(builder.stdout or ()):
                echo(line)
        return builder.returncode


def _worth_saying(lines: Iterable[str]) -> Iterator[str]:
    """Drop colours, settings dumps and the end, which names the unfinished folder."""
    ended = False
    for line in lines:
        plain = click.unstyle(line).rstrip()
        ended = ended or plain.startswith(ENDINGS)
        if plain and not ended and not plain.startswith(DUMPS):
            yield plain
