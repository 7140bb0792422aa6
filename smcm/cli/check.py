"""``smcm check``: the faults of a data folder, or a summary of a sound one."""

import click

from smcm.cli.path_options import Place
from smcm.errors import DataError, ImpossibleRunError
from smcm.parameters import SYNTHETIC, RunParameters
from smcm.rerun.preflight import require_folder
from smcm.rerun.saying import say
from smcm.shown import named


@click.command(short_help="Check a data folder for faults.")
@click.argument("data", default=SYNTHETIC, type=Place(str))
@click.option("--all", "everything", is_flag=True, help="Show all faults of each file.")
@click.pass_context
def check(ctx: click.Context, data: str, everything: bool) -> None:
    """Check a data folder and list every fault with its remedy.

    DATA is the path of a folder, or the word synthetic (the default) for the shipped
    cohort. Nothing is changed. The exit code is 2 if there are faults, or if the models
    cannot be fitted to the data. A sound folder is summarized column by column, with
    remarks on values that look like slips.

    \b
    Examples:
      smcm check
      smcm check ~/my-study
      smcm check ~/my-study --all
    """  # noqa: D301 (click reads the sign)
    require_folder(data, "DATA")
    from smcm import load_cohort, selected_clients  # noqa: PLC0415 (slow to import)
    from smcm.report.check_text import sound_text  # noqa: PLC0415
    from smcm.report.faults import SHOWN_PER_FILE, fault_report  # noqa: PLC0415

    try:
        cohort = load_cohort(data)
        selected_clients(cohort, RunParameters(data=data))
    except DataError as error:
        shown = None if everything else SHOWN_PER_FILE
        say(fault_report(data, error.faults, shown))
        ctx.exit(2)
    except ImpossibleRunError as error:
        say(
            f"The files of {named(data)} have no faults, but the models cannot be "
            f"fitted to them: {error}"
        )
        ctx.exit(2)
    say(sound_text(data, cohort))
