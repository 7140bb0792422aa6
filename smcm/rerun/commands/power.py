"""``smcm power``: how many cases an indirect effect needs, or what so many see."""

from typing import Any

import click

from smcm.errors import OutOfRangeError
from smcm.parameters import RunParameters
from smcm.rerun.options import Number
from smcm.rerun.power_options import (
    METHOD_IN_TEAMS,
    METHODS,
    USUAL_ALPHA,
    USUAL_METHOD,
    USUAL_POWER,
    Typed,
    read_questions,
)
from smcm.rerun.saying import say, say_json


@click.command(short_help="Find the cases that an indirect effect needs.")
@click.option("--a", required=True, metavar="LIST", help="Path from x to m.")
@click.option("--b", required=True, metavar="LIST", help="Path from m to y, x held.")
@click.option(
    "--power",
    "target",
    type=Number(float),
    help=f"Find the fewest cases with this power, {USUAL_POWER} if --n is not given.",
)
@click.option("--n", "cases", metavar="LIST", help="Give the power of so many cases.")
@click.option(
    "--method",
    metavar="LIST",
    help=f"Test of ab: {', '.join(METHODS)}; the last two are computed and take no "
    f"time. By default {USUAL_METHOD}, with teams {METHOD_IN_TEAMS}.",
)
@click.option(
    "--direct",
    type=Number(float),
    default=0.0,
    show_default=True,
    help="Direct effect c'; changes the power with --standardized only.",
)
@click.option(
    "--standardized",
    is_flag=True,
    help="Read a, b and c' as paths of variables with variance 1; else x and both "
    "residuals have variance 1.",
)
@click.option(
    "--alpha", type=Number(float), help=f"Level of the test, by default {USUAL_ALPHA}."
)
@click.option(
    "--level", type=Number(float), help="The same as coverage of the interval, 0.95."
)
@click.option(
    "--icc",
    type=Number(float),
    default=0.0,
    show_default=True,
    help="Intraclass correlation of the residuals of m and of y in teams, which "
    "share x.",
)
@click.option(
    "--team-size",
    type=Number(float),
    default=1.0,
    show_default=True,
    help="Clients in a team, on average; those of --n beyond the last whole team are "
    "spread over the teams.",
)
@click.option(
    "--team-covariates",
    type=Number(int),
    default=0,
    show_default=True,
    help="Covariates with one value for a whole team; each costs one team.",
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
    help="Bootstrap samples of each simulated sample.",
)
@click.option(
    "--seed",
    type=Number(int),
    default=RunParameters().seed,
    show_default=True,
    help="Seed of the simulation.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV instead of text.")
@click.option(
    "--workers",
    type=Number(int),
    help="Simulations at a time; by default one for each core.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Send a grid to a Dask cluster, such as tcp://node1:8786.",
)
def power(**given: Any) -> None:  # noqa: ANN401 (whatever click has parsed)
    """Find the fewest cases that give an indirect effect ab a power, or the reverse.

    The effect goes from x to m (a) and from m to y with x held fixed (b). With N cases
    and a true ab, the power is the share of studies whose test tells ab from zero:
    the 95% percentile bootstrap interval, the Monte Carlo interval, or joint
    significance, where both paths have to be significant. Without teams the power of
    the last two is an integral and exact; the bootstrap is simulated, and N comes with
    the error that this leaves.

    Lists have commas between and are combined: each a with each b, each n, and each
    method. A path of .14 is small, .39 medium, .59 large.

    Teams cost power. x belongs to the team: with m clients in a team the variance of a
    is 1 + (m - 1) ICC times what it would be, that of b 1 + (m - 1) ICC^2 times, and
    the tests have as many degrees of freedom as there are teams, less 2. The power is
    then approximate, and the N that is found fills whole teams. Fewer than 3 teams are
    refused; the bootstrap draws whole teams and needs 20.

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
    from smcm.report import power_text as report  # noqa: PLC0415 (slow to import)
    from smcm.rerun.power_grid import answer_all  # noqa: PLC0415

    try:
        answers = answer_all(questions, typed.workers, typed.dask)
    except OutOfRangeError as error:  # what only the search could tell
        raise OutOfRangeError(f"--{error}") from error
    if typed.as_json:
        say_json(report.power_json(answers))
    elif typed.as_csv:
        say(report.power_csv(answers), end=False)
    else:
        say(report.power_text(answers))
