"""``smcm printed``: compare printed numbers with regenerated ones."""

import click

from smcm.cli import options
from smcm.cli.options import takes_run
from smcm.parameters import RunParameters
from smcm.rerun.preflight import checked_cohort
from smcm.rerun.progress import steps
from smcm.rerun.saying import say, say_json


@click.command(short_help="Compare every printed number with the regenerated one.")
@options.as_json
@takes_run
def printed(run: RunParameters, as_json: bool) -> None:
    """Compare every number that the article printed with the regenerated one.

    A number is equal when it would be printed with the same characters. Where it is
    not, the last part of the output says why.

    \b
    Examples:
      smcm printed
      smcm printed --json > printed.json
      smcm printed --window-days 90
    """  # noqa: D301 (click reads the sign)
    with steps("Reading", "Analysing", "Comparing") as step:
        step()
        cohort = checked_cohort(run)
        step()
        from smcm import run_study  # noqa: PLC0415 (slow to import)
        from smcm.article.printed_text import (  # noqa: PLC0415
            printed_json,
            printed_text,
        )

        study = run_study(cohort, run)
        step()
        if as_json:
            found = printed_json(study)
        else:
            text = printed_text(study)
    if as_json:
        say_json(found)
    else:
        say(text)
