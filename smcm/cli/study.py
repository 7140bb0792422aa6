"""``smcm study``: every analysis, as tables and as files."""

from pathlib import Path

import click

from smcm.cli.disclosure import words_for_files
from smcm.cli.options import takes_run
from smcm.cli.path_options import Place
from smcm.parameters import RunParameters
from smcm.rerun.outputs import require_rows_apart, require_writable
from smcm.rerun.parts import write_whole
from smcm.rerun.preflight import checked_cohort
from smcm.rerun.progress import steps
from smcm.rerun.saying import say
from smcm.shown import visible


@click.command(short_help="Run every analysis and print the main tables.")
@click.option(
    "--out",
    type=Place(Path, made=True),
    metavar="DIR",
    help="Also write results, tables and figures into this folder.",
)
@click.option(
    "--rows",
    type=Place(Path, made=True),
    metavar="DIR",
    help="Also write the analysed file, a row for each client, into a folder apart.",
)
@takes_run
def study(run: RunParameters, out: Path | None, rows: Path | None) -> None:
    """Run every analysis of the paper and print the main tables.

    With --out, the folder receives results.json, a CSV file for each analysis, the
    figures as PNG and SVG, and datapackage.json, which describes them all. None of
    them has a row for each client. With --rows, another folder receives analysis.csv,
    the scored file that the models ran on, with a note: it is data, and has to be
    protected like the folder that it is from. In the CSV files, text that a
    spreadsheet would run as a formula begins with an apostrophe, which `smcm mediate`
    and data folders remove again.

    \b
    Examples:
      smcm study
      smcm study --window-days 90 --site without-3
      smcm study --data ~/my-study --out results
      smcm study --data ~/my-study --rows ~/my-rows
    """  # noqa: D301 (click reads the sign)
    place = None if out is None else require_writable(out, run.data)
    apart = None if rows is None else require_rows_apart(rows, run.data, place)
    wanted = "Writing" if place or apart else "Laying out"
    with steps("Reading", "Analysing", wanted) as step:
        step()
        cohort = checked_cohort(run)
        step()
        from smcm import run_study  # noqa: PLC0415 (slow to import)
        from smcm.report.export import DESCRIPTOR, write_study  # noqa: PLC0415
        from smcm.report.rows import NOTE, write_rows  # noqa: PLC0415
        from smcm.report.study_text import study_text  # noqa: PLC0415

        found = run_study(cohort, run)
        step()
        files = (
            write_whole(place, DESCRIPTOR, lambda part: write_study(found, part))
            if place
            else ()
        )
        if apart:
            write_whole(apart, DESCRIPTOR, lambda part: write_rows(found, part))
        text = study_text(found)
    say(text)
    if place:
        where = visible(str(place))
        say(f"\n{len(files)} files in {where}, described in {DESCRIPTOR}.")
    if apart:
        where = visible(str(apart))
        say(f"\nA row for each client in {where}; {NOTE} there says how to treat it.")
    if place and cohort.real:
        say(f"\n{words_for_files()}")
