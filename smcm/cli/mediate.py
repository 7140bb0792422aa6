"""``smcm mediate``: one mediation model on any CSV file."""

import warnings
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from smcm.cli import options
from smcm.cli.faults import Faults
from smcm.cli.options import Codes, Column, Number, parse_run
from smcm.cli.path_options import Place
from smcm.errors import ModelWarning, OutOfRangeError, UnknownValueError
from smcm.input_files import ABSENT, FILE, FOLDER, cure_for, kind_of
from smcm.parameters import RunParameters
from smcm.rerun.saying import say, say_json
from smcm.shown import named, shown

if TYPE_CHECKING:
    from smcm.stats.ols import StandardError

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
def mediate(
    file: Path,
    *,
    x: str,
    mediators: tuple[str, ...],
    y: str,
    covariates: tuple[str, ...],
    n_boot: int,
    seed: int,
    level: float,
    se: str,
    cluster: str | None,
    ci: str,
    stream: str,
    codes: tuple[tuple[str, ...], ...],
    as_json: bool,
) -> None:
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
    roles = [
        ("--x", x),
        *(("--m", m) for m in mediators),
        ("--y", y),
        *(("--covariate", c) for c in covariates),
    ]
    _refuse_faults(
        partial(_require_roles, roles),
        partial(parse_run, {"n_boot": n_boot, "seed": seed}),
        partial(_require_level, level),
        partial(_require_errors, se, cluster),
        partial(_require_interval, ci),
        partial(_require_stream, stream, seed),
        partial(_require_file, file),
    )
    from smcm import mediate as fit  # noqa: PLC0415 (slow to import)
    from smcm.cohort.number_file import read_numbers  # noqa: PLC0415
    from smcm.process.json import process_json  # noqa: PLC0415
    from smcm.process.text import process_text  # noqa: PLC0415
    from smcm.report.file_notes import with_file_notes, with_file_notes_json  # noqa: PLC0415

    labels = [] if cluster is None else [("--cluster", cluster)]
    data = read_numbers(file, roles, labels, [c for listed in codes for c in listed])
    data.require_rows(len(roles))
    with warnings.catch_warnings():  # the text and the JSON hold them
        warnings.filterwarnings("ignore", category=ModelWarning)
        result = fit(
            data.frame,
            x=x,
            m=mediators if len(mediators) > 1 else mediators[0],
            y=y,
            covariates=covariates,
            n_boot=n_boot,
            seed=seed,
            level=level,
            se=cast("StandardError", se),
            ci=ci,
            stream=stream,
            cluster=cluster,
        )
    if as_json:
        say_json(with_file_notes_json(process_json(result), data))
    else:
        text = process_text(result, data.missing, named(file.name))
        say(with_file_notes(text, data))


def _refuse_faults(*checks: Callable[[], object]) -> None:
    """Make every check, and refuse what any of them refuses, all together."""
    faults = Faults()
    for check in checks:
        with faults.noted():
            check()
    faults.refuse()


def _require_roles(roles: list[tuple[str, str]]) -> None:
    """Refuse a column in two places of the model."""
    twice = [name for name, count in Counter(n for _, n in roles).items() if count > 1]
    if twice:
        places = [role for role, name in roles if name == twice[0]]
        every = "both" if len(places) == 2 else "all"
        raise UnknownValueError(
            f"{' and '.join(places)} {every} name {shown(twice[0])}; a column has one "
            "place in the model."
        )


def _require_level(level: float) -> None:
    if not 0.0 < level < 1.0:
        rule = "a share between 0 and 1, such as 0.95"
        raise OutOfRangeError.for_number("--level", level, rule)


def _require_errors(se: str, cluster: str | None) -> None:
    from smcm.stats.ols import require_errors  # noqa: PLC0415 (slow to import)

    require_errors(se, cluster, prefix="--")


def _require_interval(ci: str) -> None:
    from smcm.stats.draw_limits import INTERVALS  # noqa: PLC0415 (slow to import)

    if ci not in INTERVALS:
        raise UnknownValueError.for_choice("--ci", ci, INTERVALS)


def _require_stream(stream: str, seed: int) -> None:
    from smcm.stats.resample import require_stream  # noqa: PLC0415 (slow to import)

    require_stream(stream, seed, prefix="--")


def _require_file(file: Path) -> None:
    kind = kind_of(file)
    if kind != FILE:
        cure = "" if kind in (ABSENT, FOLDER) else f" {cure_for(kind)}"
        raise UnknownValueError(
            f"FILE is {shown(file)}, which is {kind}; expected the path of a CSV file."
            f"{cure}"
        )
