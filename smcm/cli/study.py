"""``smcm study``: every analysis, as tables and as files."""

from pathlib import Path

import click

from smcm.cli.options import takes_run
from smcm.cli.path_options import Place
from smcm.parameters import RunParameters
from smcm.rerun.outputs import require_writable
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
    help="Also write results, tables, figures and the analysed file into this folder.",
)
@takes_run
def study(run: RunParameters, out: Path | None) -> None:
    """Run every analysis of the paper and print the main tables.

    With --out, the folder receives results.json, a CSV file for each analysis,
    analysis.csv (the scored file that the models ran on, a row per client), the
    figures as PNG and SVG, and datapackage.json, which describes them all. In the CSV
    files, text that a spreadsheet would run as a formula begins with an apostrophe,
    which `smcm mediate` and data folders remove again.

    \b
    Examples:
      smcm study
      smcm study --window-days 90 --site without-3
      smcm study --data ~/my-study --out results
    """  # noqa: D301 (click reads the sign)
    place = None if out is None else require_writable(out, run.data)
    with steps("Reading", "Analysing", "Writing" if place else "Laying out") as step:
        step()
        cohort = checked_cohort(run)
        step()
        from smcm import run_study  # noqa: PLC0415 (slow to import)
        from smcm.report.export import DESCRIPTOR, write_study  # noqa: PLC0415
        from smcm.report.study_text import study_text  # noqa: PLC0415

        found = run_study(cohort, run)
        step()
        files = (
            write_whole(place, DESCRIPTOR, lambda part: write_study(found, part))
            if place
            else ()
        )
        text = study_text(found)
    say(text)
    if place:
        where = visible(str(place))
        say(f"\n{len(files)} files in {where}, described in {DESCRIPTOR}.")
