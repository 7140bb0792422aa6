"""``smcm rerun``: the chapters over a grid of parameters, side by side in a book."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smcm.cli import options
from smcm.cli.disclosure import words_for_pages
from smcm.cli.options import flag, named_as_typed, takes_axes
from smcm.cli.path_options import Place
from smcm.errors import ImpossibleRunError, OutOfRangeError, SmcmError
from smcm.parameters import RunParameters
from smcm.paths import home_expanded
from smcm.rerun.outputs import require_apart
from smcm.rerun.preflight import checked_cohort, checked_runs, require_repository
from smcm.rerun.saying import remark, say
from smcm.shown import visible

if TYPE_CHECKING:
    from smcm.rerun.grid import Grid

Axes = Mapping[str, Sequence[int | str]]
PAGES = "html"


@click.command(short_help="Rerun chapters over windows, sites and other choices.")
@click.option(
    "--grid",
    "grid_file",
    type=Place(Path),
    metavar="FILE",
    help="YAML file with the lists, in place of the options below.",
)
@click.option(
    "--chapter",
    default="results",
    show_default=True,
    metavar="LIST",
    help="Chapters to execute for each run.",
)
@click.option(
    "--out",
    type=Place(Path, made=True),
    metavar="DIR",
    help="Folder of the runs and their book; by default one below _build.",
)
@click.option(
    "--book/--no-book",
    "with_book",
    default=True,
    show_default=True,
    help="Whether to build the pages when all runs are done.",
)
@click.option(
    "--resume/--afresh",
    default=True,
    show_default=True,
    help="Whether to keep runs that the same code, data and parameters have made.",
)
@options.workers("Runs")
@options.dask("the runs")
@click.option(
    "--shard",
    metavar="I/N",
    help="Only every N-th unit from the I-th, as one of the jobs of an array.",
)
@takes_axes
def rerun(
    *,
    data: str,
    axes: Axes,
    grid_file: Path | None,
    chapter: str,
    out: Path | None,
    with_book: bool,
    resume: bool,
    workers: int | None,
    dask: str | None,
    shard: str | None,
) -> None:
    """Execute chapters once for every combination of the values that are listed.

    Without a list it is the grid of the book: every window, with all sites and with
    each of them left out, and one run of the defensible analysis. Each run becomes a
    page, and the chapters Compare and Explorer set them side by side. What stands
    already is kept; a run that fails leaves its notebook and does not stop the others.
    Exit code 1 tells of runs that failed.

    \b
    Examples:
      smcm rerun
      smcm rerun --window-days 90,180,270 --site all,without-each
      smcm rerun --site only-4,only-5 --seed 1,2,3 --out seeds
      smcm rerun --grid runs.yml --data ~/my-study --workers 4
      smcm rerun --shard 1/8 --out /shared/runs --no-book
    """  # noqa: D301 (click reads the sign)
    require_repository("rerun")
    _grid(axes, grid_file)  # refused before any data are read
    part = _shard(shard)
    place = None if out is None else require_apart(out, data)
    cohort = checked_cohort(RunParameters(data=data))
    from smcm.rerun.book_folders import require_runs_only, runs_kept  # noqa: PLC0415
    from smcm.rerun.books import Book, execute_runs, make_book  # noqa: PLC0415 (slow)
    from smcm.rerun.executors import choose_pool  # noqa: PLC0415
    from smcm.rerun.grid import default_grid  # noqa: PLC0415
    from smcm.rerun.progress import units_bar  # noqa: PLC0415

    repeated = _chapters(chapter)
    windows = cohort.design.exposure.windows
    grid = _grid(axes, grid_file, windows) or default_grid(RunParameters(), windows)
    runs, left_out = checked_runs(grid, cohort, data)
    for sentence in left_out:
        remark(sentence)
    folder = place or runs_kept(cohort)
    require_runs_only(folder)
    made = Book(
        run=RunParameters(data=data),
        cohort=cohort,
        runs=runs,
        repeated=repeated,
        folder=folder,
    )
    many = "1 run" if len(runs) == 1 else f"{len(runs)} runs"
    with closing(choose_pool(workers, dask)) as pool:
        remark(f"{many} of {' and '.join(repeated)}, {pool.workers} at a time.")
        with _use_of(folder, part):
            report = execute_runs(made, pool, units_bar, shard=part, afresh=not resume)
        report.require_whole()
        where = visible(str(folder))
        say(f"{report.executed} executed, {report.reused} kept, in {where}.")
        if with_book and part is None:
            page = make_book(
                made, folder / PAGES, watch=units_bar, echo=remark, pool=pool
            )
            say(f"Open {visible(str(page.resolve()))}")
            if cohort.real:
                pages = page.resolve().parent
                say(f"\n{words_for_pages(pages, data, cohort)}")


@contextmanager
def _use_of(folder: Path, part: tuple[int, int] | None) -> Iterator[None]:
    """Have the folder alone; as a shard, share it with the others but not one's own."""
    from smcm.rerun.locks import sole_use  # noqa: PLC0415

    if part is None:
        with sole_use(folder, remark):
            yield
        return
    own = folder / f"shard-{part[0]}-of-{part[1]}"
    with sole_use(folder, remark, shared=True), sole_use(own, remark):
        yield


def _grid(
    axes: Axes, file: Path | None, windows: Collection[int] = ()
) -> "Grid | None":
    """Take the grid from the file or from the options; none where neither is given."""
    from smcm.rerun.grid import Grid  # noqa: PLC0415

    if file is not None and axes:
        given = " and ".join(map(flag, axes))
        raise ImpossibleRunError(
            f"--grid and {given} both say what varies; put it all into {file}."
        )
    if file is not None:
        from smcm.rerun.grid_file import read_grid  # noqa: PLC0415 (reads YAML)

        return read_grid(home_expanded(file, "--grid"), windows)
    if not axes:
        return None
    try:
        return Grid.of([axes])
    except SmcmError as error:
        raise named_as_typed(error) from error


def _shard(text: str | None) -> tuple[int, int] | None:
    """Read I/N."""
    if text is None:
        return None
    found = re.fullmatch(r"([1-9][0-9]*)/([1-9][0-9]*)", text)
    if not found or int(found[1]) > int(found[2]):
        rule = "I/N with I from 1 to N, such as 2/8"
        raise OutOfRangeError.for_number("--shard", text, rule)
    return int(found[1]), int(found[2])


def _chapters(text: str) -> tuple[str, ...]:
    from smcm.paths import ROOT  # noqa: PLC0415
    from smcm.rerun.contents import choose_chapter, read_chapters  # noqa: PLC0415

    chapters = tuple(read_chapters(ROOT).values())
    found = [choose_chapter(chapters, part.strip()).stem for part in text.split(",")]
    return tuple(dict.fromkeys(found))
