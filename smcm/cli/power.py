"""``smcm power``: cases needed to detect an indirect effect, or its power."""

from typing import Any

import click

from smcm.cli import options
from smcm.cli.options import Number
from smcm.cli.power_options import (
    METHOD_IN_TEAMS,
    METHODS,
    USUAL_ALPHA,
    USUAL_METHOD,
    USUAL_POWER,
    Typed,
    read_questions,
)
from smcm.errors import OutOfRangeError
from smcm.parameters import RunParameters
from smcm.rerun.saying import say, say_json


@click.command(short_help="Plan the sample size for an indirect effect.")
@click.option("--a", required=True, metavar="LIST", help="Path from x to m.")
@click.option(
    "--b", required=True, metavar="LIST", help="Path from m to y, adjusted for x."
)
@click.option(
    "--power",
    "target",
    type=Number(float),
    help=f"Find the fewest cases with this power; {USUAL_POWER} unless --n is given.",
)
@click.option(
    "--n", "cases", metavar="LIST", help="Give the power with this number of cases."
)
@click.option(
    "--method",
    metavar="LIST",
    help=f"Test of ab: {', '.join(METHODS)}; the last two are not simulated and take "
    f"no time. By default {USUAL_METHOD}, with teams {METHOD_IN_TEAMS}.",
)
@click.option(
    "--direct",
    type=Number(float),
    default=0.0,
    show_default=True,
    help="Direct effect c'; matters only with --standardized.",
)
@click.option(
    "--standardized",
    is_flag=True,
    help="Take a, b and c' as paths of variables with variance 1; by default x and "
    "both residuals have variance 1.",
)
@click.option(
    "--alpha", type=Number(float), help=f"Significance level, by default {USUAL_ALPHA}."
)
@click.option(
    "--level", type=Number(float), help="The same as the confidence level, 0.95."
)
@click.option(
    "--icc",
    type=Number(float),
    default=0.0,
    show_default=True,
    help="Intraclass correlation of the residuals of m and y in teams, which share x.",
)
@click.option(
    "--team-size",
    type=Number(float),
    default=1.0,
    show_default=True,
    help="Mean clients per team; if --n is no multiple of it, the remaining clients "
    "are spread over the teams.",
)
@click.option(
    "--team-covariates",
    type=Number(int),
    default=0,
    show_default=True,
    help="Covariates that are constant within teams; each costs one team.",
)
@click.option(
    "--replications",
    type=Number(int),
    default=1000,
    show_default=True,
    help="Simulated samples; four times as many halve the error.",
)
@click.option(
    "--resamples",
    type=Number(int),
    default=2000,
    show_default=True,
    help="Bootstrap samples for each simulated sample.",
)
@click.option(
    "--seed",
    type=Number(int),
    default=RunParameters().seed,
    show_default=True,
    help="Seed of the simulation.",
)
@options.as_json
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV instead of text.")
@options.workers("Simulations")
@options.dask("a grid")
def power(**given: Any) -> None:  # noqa: ANN401 (whatever click has parsed)
    """Find the sample size for an indirect effect ab, or the power of a sample size.

    Path a goes from x to m, path b from m to y adjusted for x. Power is the
    probability that ab is significant with N cases: the bootstrap or Monte Carlo
    interval of ab excludes zero, or both paths are significant (joint significance).
    Without teams, the power of the last two tests is exact; the bootstrap is
    simulated, and N comes with a confidence interval.

    Lists are separated by commas and combined: each a with each b, each n and each
    method. A path of .14 is small, .39 medium, .59 large.

    Clustering in teams reduces power. All clients of a team share x: with m clients in
    a team, the variance of a is multiplied by 1 + (m - 1) ICC and that of b by
    1 + (m - 1) ICC^2, and the tests have 2 degrees of freedom fewer than there are
    teams. Power is then approximate, and the N that is found fills whole teams. At
    least 3 teams are required; the bootstrap resamples whole teams and requires 20.

    \b
    Examples:
      smcm power --a .14 --b .14
      smcm power --a .26 --b .26 --power .9 --method bootstrap,montecarlo,joint
      smcm power --a .14 --b .14 --n 200,311,400,558
      smcm power --a .14,.26,.39 --b .14,.26,.39 --method joint --csv
      smcm power --a .16 --b .16 --icc .05 --team-size 22
      smcm power --a .4 --b .3 --icc .1 --team-size 20 --n 120,240,480
      smcm power --a .16 --b .17 --direct -.06 --standardized --n 311
    """  # noqa: D301 (click reads the sign)
    typed = Typed(**given)
    questions = read_questions(typed)
    from smcm.cli import power_text as report  # noqa: PLC0415
    from smcm.cli.power_grid import answer_all  # noqa: PLC0415

    try:
        answers = answer_all(questions, typed.workers, typed.dask)
    except OutOfRangeError as error:  # found only by the search
        raise OutOfRangeError(f"--{error}") from error
    if typed.as_json:
        say_json(report.power_json(answers))
    elif typed.as_csv:
        say(report.power_csv(answers), end=False)
    else:
        say(report.power_text(answers))
