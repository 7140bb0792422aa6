"""``smcm audit``: whether the printed numbers of a text are consistent."""

from pathlib import Path

import click

from smcm.cli import options
from smcm.cli.path_options import Place
from smcm.errors import UnknownValueError
from smcm.input_files import ABSENT, FILE, FOLDER, cure_for, kind_of
from smcm.rerun.saying import say, say_json
from smcm.shown import named, shown

ARTICLE = "article"


@click.command(short_help="Check whether printed numbers are consistent.")
@click.argument("file", default=ARTICLE, type=Place(str), metavar="[FILE]")
@options.as_json
@click.option("--example", is_flag=True, help="Write an example table and exit.")
@click.option(
    "--quantities",
    is_flag=True,
    help="List the quantities and conditions of an audit and exit.",
)
def audit(file: str, as_json: bool, example: bool, quantities: bool) -> None:
    """Check whether printed statistics are consistent, given their rounding.

    FILE is a text table, preferably CSV in UTF-8, with the columns claim, quantity
    and printed, and optionally part, place and note. Each row is one printed
    statistic, its digits exactly as printed; rows of the same claim belong together.
    Decimal commas are read as points if cells are separated by semicolons or tabs.
    Without FILE, or with the word article, the published article is audited.

    Rules depend on conditions. The limits of a t interval are symmetric about the
    estimate, those of a ratio on the log scale, and those of a bootstrap need not be;
    p depends on the sides of the test, its df and adjustments; GRIM requires that
    every item was answered. State a condition as a row: its name as quantity and its
    word as printed; claim * states it for every claim. A condition that is not stated
    counts as unknown: numbers that are consistent under one of its words are
    "consistent if a condition is met", and the text names the condition. Only numbers
    that fail under all words are "inconsistent as printed". `--quantities` lists the
    conditions and their words.

    The exit code is 0 whatever is found, and 2 if FILE cannot be read. The JSON holds
    counts and, for each claim, its `verdict` (holds: consistent; cannot: inconsistent;
    holds_if: consistent if a condition is met; unchecked) and its checks: rule; holds;
    the conditions under which they hold (conditions, settled_by); numbers with their
    rounding interval (low, high), its feasible part (feasible_low, feasible_high) and
    the range required if only this number differs (instead_low, instead_high,
    instead_printed); implied ranges; totals; and notes. An end without a bound is null.

    \b
    Conditions as rows of FILE:
      claim,quantity,part,printed
      *,rounding,,nearest             every claim: numbers were not truncated
      *,tails,,2                      every claim: two-sided tests
      Slope,interval,,t               regression: limits are estimate ± t × SE
      Odds ratio,interval,,log        ratio with limits on the log scale
      Indirect effect,interval,,bootstrap
      Post hoc,comparisons,,3         p was multiplied by three (Bonferroni)
      Correlation,tails,,1            one-sided, in either direction
      Trust,answered,,all             GRIM: everyone answered every item
      Trust,sd_by,,n-1                SDs divide by n − 1

    \b
    Examples:
      smcm audit
      smcm audit --example > my-audit.csv
      smcm audit my-audit.csv
      smcm audit my-audit.csv --json
      smcm audit --quantities
    """  # noqa: D301 (click reads the sign)
    from smcm.audit.example import EXAMPLE, quantity_list  # noqa: PLC0415

    if example or quantities:
        say(EXAMPLE if example else quantity_list(), end=not example)
        return
    _require_file(file)
    from smcm.audit.printed_file import read_printed_statistics  # noqa: PLC0415
    from smcm.audit.text import (  # noqa: PLC0415
        audit_json,
        audit_text,
        the_article,
    )

    if file == ARTICLE:
        statistics, source = the_article(), "the published article"
    else:
        statistics, source = read_printed_statistics(Path(file)), named(Path(file).name)
    if as_json:
        say_json(audit_json(statistics, source))
    else:
        say(audit_text(statistics, source))


def _require_file(file: str) -> None:
    kind = FILE if file == ARTICLE else kind_of(Path(file))
    if kind != FILE:
        cure = "" if kind in (ABSENT, FOLDER) else f" {cure_for(kind)}"
        raise UnknownValueError(
            f"FILE is {shown(file)}, which is {kind}; expected the path of a CSV "
            f"file, or the word {ARTICLE}.{cure}"
        )
