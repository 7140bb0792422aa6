"""The book with other parameters, in a folder of its own."""

import json
import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.errors import BuildError
from smcm.parameters import SYNTHETIC, RunParameters
from smcm.paths import BUILD, ROOT
from smcm.rerun.building import MACHINERY, SOURCES, build_book
from smcm.rerun.chapters import Given, executable_chapters, run_chapters
from smcm.rerun.fingerprint import fingerprint
from smcm.rerun.links import follow
from smcm.rerun.outputs import OutputError, beside, put_in_place, sole_build

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort

Progress = Callable[[int], AbstractContextManager[Callable[[str], None]]]
EDITIONS = BUILD / "editions"
LABEL = "edition.json"


def edition_folder(run: RunParameters, cohort: "Cohort") -> Path:
    """Name the folder after the parameters and, unless synthetic, after the data."""
    data = "" if run.data == SYNTHETIC else f"{cohort.name}-{cohort.digest[:8]}-"
    return EDITIONS / f"{data}{run.slug}"


def require_free(out: Path) -> None:
    """Refuse a folder that holds anything but an earlier edition.

    Raises
    ------
    OutputError
    """
    if out.is_dir() and any(out.iterdir()) and not (out / LABEL).is_file():
        raise OutputError(
            f"{out} holds other files, and a book replaces its folder as a whole; "
            "name an empty folder or one that does not exist yet."
        )


def build_edition(
    run: RunParameters,
    cohort: "Cohort",
    out: Path,
    *,
    progress: Progress,
    echo: Callable[[str], None],
) -> Path:
    """Execute every chapter with these parameters and build the book from them.

    Parameters
    ----------
    run : RunParameters
    cohort : Cohort
        The run's data, checked.
    out : Path
        Folder of the pages; replaced as a whole when the edition is done, untouched
        otherwise.
    progress : callable
        Shows how far it is: takes the number of chapters and gives a context, in which
        it is told the name of each chapter that was executed.
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
    OutputError
        `out` holds something else.
    """
    require_free(out)
    with sole_build(out, echo):
        label = _label(run, cohort)
        if _is_current(out, label):
            echo("Nothing has changed since the last build of this edition.")
        else:
            _build(_with_full_path(run), cohort, out, label, progress, echo)
    return out / "index.html"


def _build(  # noqa: PLR0917 (the work of `build_edition`, under its lock)
    run: RunParameters,
    cohort: "Cohort",
    out: Path,
    label: str,
    progress: Progress,
    echo: Callable[[str], None],
) -> None:
    shown = asdict(run) | {"data": cohort.name}
    with beside(out) as part:
        source, pages = part / "source", part / "html"
        chapters = executable_chapters(ROOT)
        _copy_sources(source, chapters)
        with progress(len(chapters)) as finished:
            run_chapters(chapters, source, Given(asdict(run), shown), finished)
        try:
            build_book(source, pages, run=run, echo=echo)
        except BuildError as error:
            raise BuildError(
                f"The edition was not built (see the lines above); {out} is as before."
            ) from error
        (pages / LABEL).write_text(label, encoding="utf-8")
        put_in_place(pages, out, part / "earlier")


def _with_full_path(run: RunParameters) -> RunParameters:
    """Kernels work in another folder than the user who typed the path."""
    if run.data == SYNTHETIC:
        return run
    return replace(run, data=str(Path(run.data).expanduser().resolve()))


def _label(run: RunParameters, cohort: "Cohort") -> str:
    """Say what the edition is built with: the run, the data, a digest of it all."""
    shown = asdict(run) | {"data": cohort.name}
    content = {
        "run": shown,
        "data": {
            "name": cohort.name,
            "synthetic": cohort.synthetic,
            "statement": cohort.statement,
            "digest": cohort.digest,
        },
        "built_from": fingerprint(
            ROOT, *MACHINERY, *SOURCES, extra=f"{sys.version} {shown} {cohort.digest}"
        ),
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _is_current(out: Path, label: str) -> bool:
    built = out / LABEL
    return (
        built.is_file()
        and (out / "index.html").is_file()
        and built.read_text(encoding="utf-8") == label
    )


def _copy_sources(source: Path, executed: Mapping[str, Path]) -> None:
    """Copy what the book is built from, but not the chapters that are executed."""
    left_out = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    source.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=left_out)
        else:
            shutil.copy2(ROOT / name, source / name)
    for name in executed:
        (source / f"{name}.md").unlink()
    for path in (source / "book").glob("*.md"):
        page = path.relative_to(source).with_suffix("").as_posix()
        text = path.read_text(encoding="utf-8")
        path.write_text(follow(text, page, executed), encoding="utf-8")
