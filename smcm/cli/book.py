"""``smcm book``: the book, with any parameters."""

from pathlib import Path

import click

from smcm.cli import options
from smcm.cli.disclosure import words_for_pages
from smcm.cli.options import takes_run
from smcm.cli.path_options import Place
from smcm.parameters import RunParameters
from smcm.rerun.outputs import require_apart
from smcm.rerun.preflight import checked_cohort, checked_runs, require_repository
from smcm.rerun.saying import remark, say
from smcm.shown import visible


@click.command(short_help="Build the book, with any parameters.")
@click.option(
    "--out",
    type=Place(Path, made=True),
    metavar="DIR",
    help="Folder of the pages; by default one named after the parameters.",
)
@click.option(
    "--reruns/--no-reruns",
    default=True,
    show_default=True,
    help="Whether the book has the part in which runs are compared.",
)
@options.workers("Chapters to execute")
@takes_run
def book(
    run: RunParameters, *, out: Path | None, reruns: bool, workers: int | None
) -> None:
    """Build the book; with other parameters than the defaults, an edition of it.

    Every chapter is executed with the parameters, and all text, tables and figures
    follow from them; each page says which they are. The part on reruns repeats the
    results for each window, with all sites and with each one left out, and once in
    the other analysis. What was executed already, with the same code, data and
    parameters, is not executed again. A book that cannot be built leaves an earlier
    one as it was. A book on real data, whose manifest does not say synthetic, shows no
    single client; the command ends by saying what was left out and what to check.

    \b
    Examples:
      smcm book
      smcm book --window-days 90 --site without-3
      smcm book --data ~/my-study --out ~/my-book
    """  # noqa: D301 (click reads the sign)
    require_repository("book")
    place = None if out is None else require_apart(out, run.data)
    cohort = checked_cohort(run)
    from smcm.rerun.book_folders import edition_folder, runs_kept  # noqa: PLC0415
    from smcm.rerun.books import Book, make_book  # noqa: PLC0415 (slow to import)
    from smcm.rerun.executors import choose_pool  # noqa: PLC0415
    from smcm.rerun.grid import default_grid  # noqa: PLC0415
    from smcm.rerun.progress import units_bar  # noqa: PLC0415

    grid = default_grid(run, cohort.design.exposure.windows)
    runs, left_out = checked_runs(grid, cohort, run.data)
    for sentence in left_out if reruns else ():
        remark(sentence)
    made = Book(
        run=run,
        cohort=cohort,
        runs=runs if reruns else (),
        folder=runs_kept(cohort),
    )
    page = make_book(
        made,
        place or edition_folder(run, cohort),
        watch=units_bar,
        echo=remark,
        pool=choose_pool(workers, None),
    )
    say(f"Open {visible(str(page.resolve()))}")
    if cohort.real:
        say(f"\n{words_for_pages(page.resolve().parent, run.data, cohort)}")
