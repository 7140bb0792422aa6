"""``smcm check``: what is wrong with a data folder."""

import click

from smcm.errors import DataError
from smcm.parameters import SYNTHETIC
from smcm.rerun.preflight import require_folder


@click.command(short_help="Look for every fault of a data folder.")
@click.argument("data", default=SYNTHETIC)
@click.pass_context
def check(ctx: click.Context, data: str) -> None:
    """Look for every fault of a data folder and say what to do about each.

    DATA is the path of a folder, or the word synthetic (the default) for the shipped
    cohort. Nothing is changed. The exit code is 2 where there are faults.

    \b
    Examples:
      smcm check
      smcm check ~/my-study
    """  # noqa: D301 (click reads the sign)
    require_folder(data)
    from smcm import load_cohort  # noqa: PLC0415 (slow to import)
    from smcm.report.faults import fault_report, sound_report  # noqa: PLC0415

    try:
        cohort = load_cohort(data)
    except DataError as error:
        click.echo(fault_report(data, error.faults))
        ctx.exit(2)
    click.echo(sound_report(data, cohort))
