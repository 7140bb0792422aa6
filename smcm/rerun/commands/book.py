"""``smcm book``: the book, with any parameters."""

from pathlib import Path

import click

from smcm.parameters import RunParameters
from smcm.paths import BUILD, ROOT
from smcm.rerun.options import takes_run
from smcm.rerun.outputs import require_writable
from smcm.rerun.preflight import checked_cohort


@click.command(short_help="Build the book, with any parameters.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the pages; by default one named after the parameters.",
)
@takes_run
def book(run: RunParameters, out: Path | None) -> None:
    """Build the book; with other parameters than the defaults, an edition of it.

    Every chapter is executed with the parameters, and all text, tables and figures
    follow from them; each page says which they are. Each edition has a folder of its
    own. A book that cannot be built leaves an earlier one as it was.

    \b
    Examples:
      smcm book
      smcm book --window-days 90 --site without-3
      smcm book --data ~/my-study --out ~/my-book
    """  # noqa: D301 (click reads the sign)
    place = None if out is None else require_writable(out, run.data)
    cohort = checked_cohort(run)
    if place is None and run == RunParameters():
        from smcm.rerun.building import build_book  # noqa: PLC0415 (slow to import)

        page = build_book(ROOT, BUILD / "html", echo=_echo)
    else:
        from smcm.rerun.editions import build_edition, edition_folder  # noqa: PLC0415
        from smcm.rerun.progress import chapters_bar  # noqa: PLC0415

        place = place or edition_folder(run, cohort)
        page = build_edition(run, cohort, place, progress=chapters_bar, echo=_echo)
    click.echo(f"Open {page.resolve()}")


def _echo(line: str) -> None:
    click.echo(line, err=True)
