"""``smcm mediate``: one mediation model on any CSV file."""

import warnings
from pathlib import Path
from typing import Any

import click

from smcm.cli import options
from smcm.cli.mediate_options import Typed
from smcm.cli.options import Codes, Column, Number
from smcm.cli.path_options import Place
from smcm.errors import ModelWarning
from smcm.parameters import RunParameters
from smcm.rerun.saying import say, say_json
from smcm.shown import named

DEFAULT = RunParameters()


@click.command(short_help="Fit one mediation model on any CSV file.")
@click.argument("file", type=Place(Path))
@click.option("--x", required=True, type=Column(), metavar="COLUMN", help="Predictor.")
@click.option(
    "--m",
    "mediators",
    required=True,
    multiple=True,
    type=Column(),
    metavar="COLUMN",
    help="Mediator; repeat the option for several in parallel.",
)
@click.option("--y", required=True, type=Column(), metavar="COLUMN", help="Outcome.")
@click.option(
    "--covariate",
    "covariates",
    multiple=True,
    type=Column(),
    metavar="COLUMN",
    help="Covariate in every equation; repeat the option for each.",
)
@click.option(
    "--n-boot",
    type=Number(int),
    default=DEFAULT.n_boot,
    show_default=True,
    help="Bootstrap samples.",
)
@click.option(
    "--seed",
    type=Number(int),
    default=DEFAULT.seed,
    show_default=True,
    help="Seed of the bootstrap; the same seed gives the same limits.",
)
@click.option(
    "--level",
    type=Number(float),
    default=0.95,
    show_default=True,
    help="Coverage of every interval, between 0 and 1.",
)
@click.option(
    "--se",
    default="classical",
    show_default=True,
    metavar="KIND",
    help="Standard errors: classical, robust ones from hc0 to hc4, or with --cluster "
    "cr1, cr2 or cr3.",
)
@click.option(
    "--cluster",
    type=Column(),
    metavar="COLUMN",
    help="Column that says which cases belong together, such as a team; numbers or "
    "words. For --se cr1 to cr3.",
)
@click.option(
    "--ci",
    default="percentile",
    show_default=True,
    metavar="KIND",
    help="Bootstrap limits: percentile, bc for bias-corrected, or bca for "
    "bias-corrected and accelerated.",
)
@click.option(
    "--stream",
    default="numpy",
    show_default=True,
    metavar="KIND",
    help="Random numbers: numpy, or r for the resamples of PROCESS for R.",
)
@click.option(
    "--missing",
    "codes",
    multiple=True,
    type=Codes(),
    metavar="LIST",
    help="Codes for missing values in the variables of the model, separated by commas, "
    "such as -9,99 or a point.",
)
@options.as_json
def mediate(**given: Any) -> None:  # noqa: ANN401 (whatever click has parsed)
    """Fit one mediation model: x to m to y, with any covariates.

    Several mediators act in parallel, none on another; the text then has the specific
    indirect effects, their sum, and the contrast of every two.

    FILE is a text table with a header line, best as comma-separated text in UTF-8.
    Cells separated by semicolons, tabs or vertical bars, decimal commas beside these,
    and older encodings are read too, and the notes at the end say so. What comes
    through a pipe is to be saved to a file first. An apostrophe before text that a
    spreadsheet would run, such as '=A1, is no part of it. The variables of
    the model hold numbers; a blank cell, NA or a code named by --missing is missing,
    and a row that lacks any of them is left out and counted. The definitions are those
    of PROCESS, model 4; with --stream r and the seed that PROCESS for R was given, so
    are the resamples, and its bootstrap columns come out digit for digit. Where the
    mediator or the outcome has two values, the model is a linear probability model and
    PROCESS prints something else: heading and warnings say so.

    Clients of one team, or pupils of one class, are more alike than others, and errors
    that treat them as independent are too small. Where x differs between clusters more
    than within, take --se cr2 and name the clusters with --cluster: errors by Bell and
    McCaffrey, and for each slope the degrees of freedom that the clusters leave it,
    which with few clusters are far fewer than cases. The bootstrap of the indirect
    effect still draws single cases.

    \b
    Examples:
      smcm mediate my.csv --x dose --m trust --y hope
      smcm mediate my.csv --x dose --m trust --y hope \\
          --covariate age --covariate hope_before --se hc3
      smcm mediate my.csv --x dose --m trust --y hope --se cr2 --cluster team
      smcm mediate my.csv --x dose --m trust --m skill --y hope
      smcm mediate my.csv --x dose --m trust --y hope --stream r --seed 654321
      smcm mediate my.csv --x dose --m trust --y hope --missing -9,99
      smcm mediate my.csv --x dose --m trust --y hope --json
    """  # noqa: D301 (click reads the sign)
    typed = Typed(**given)
    typed.refuse_faults()
    from smcm import mediate as fit  # noqa: PLC0415 (slow to import)
    from smcm.cohort.number_file import read_numbers  # noqa: PLC0415
    from smcm.process.json import process_json  # noqa: PLC0415
    from smcm.process.text import process_text  # noqa: PLC0415
    from smcm.report.file_notes import with_file_notes, with_file_notes_json  # noqa: PLC0415

    data = read_numbers(typed.file, typed.roles, typed.labels, typed.missing)
    data.require_rows(len(typed.roles))
    with warnings.catch_warnings():  # the text and the JSON hold them
        warnings.filterwarnings("ignore", category=ModelWarning)
        result = fit(
            data.frame,
            x=typed.x,
            m=typed.mediators if len(typed.mediators) > 1 else typed.mediators[0],
            y=typed.y,
            covariates=typed.covariates,
            n_boot=typed.n_boot,
            seed=typed.seed,
            level=typed.level,
            se=typed.se,
            ci=typed.ci,
            stream=typed.stream,
            cluster=typed.cluster,
        )
    if typed.as_json:
        say_json(with_file_notes_json(process_json(result), data))
    else:
        text = process_text(result, data.missing, named(typed.file.name))
        say(with_file_notes(text, data))
