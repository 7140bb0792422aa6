"""``smcm audit``: whether the printed numbers of a text can all hold."""

from pathlib import Path

import click

from smcm.errors import UnknownValueError
from smcm.input_files import ABSENT, FILE, FOLDER, cure_for, kind_of
from smcm.rerun.path_options import Place
from smcm.rerun.saying import say, say_json
from smcm.shown import named, shown

ARTICLE = "article"


@click.command(short_help="Ask of printed numbers whether they can all hold.")
@click.argument("file", default=ARTICLE, type=Place(str), metavar="[FILE]")
@click.option("--json", "as_json", is_flag=True, help="Write JSON instead of text.")
@click.option(
    "--example", is_flag=True, help="Write a table to start from, and do nothing else."
)
@click.option(
    "--quantities", is_flag=True, help="List what can be audited, and do nothing else."
)
def audit(file: str, as_json: bool, example: bool, quantities: bool) -> None:
    """Ask whether printed statistics can all hold, given how they were rounded.

    FILE is a text table, best CSV in UTF-8, with the columns claim, quantity
    and printed, and part, place and note if you like: one printed statistic a row, its
    digits exactly as printed, rows of the same claim belonging together. Decimal
    commas beside semicolons or tabs are read as points. Without FILE, or with the word
    article, the numbers of the published article are audited.

    A rule holds under conditions: the limits around an estimate are symmetric for a t
    interval, on the log scale for a ratio, and not for a bootstrap; p depends on the
    sides of the test, its df and adjustments; GRIM needs every item answered. State
    what you know as rows whose quantity is the condition and whose printed is its
    word; claim * states it for every claim. What is not stated counts as unknown:
    numbers that hold under one answer of it "can hold if a condition is met", and the
    text names the condition. Only numbers that hold under none "cannot all hold".
    `--quantities` lists the conditions and their words.

    A finding is no fault: the exit code is 0 for it, and 2 only where FILE cannot be
    read. The JSON holds counts, and of each claim its result (holds, cannot, holds_if,
    unchecked) as `verdict`, and its checks: rule, holds, the conditions under which
    they hold (conditions, settled_by), numbers with the ends of what rounding
    leaves open (low, high), of what is left (feasible_low, feasible_high) and of what
    the one number would have to be (instead_low, instead_high, instead_printed),
    implied ranges, totals, and notes. What nothing bounds is null.

    \b
    Conditions as rows of FILE:
      claim,quantity,part,printed
      *,rounding,,nearest             of every claim: no digits were cut off
      *,tails,,2                      of every claim: two-sided tests
      Slope,interval,,t               limits of a regression: estimate ± t × SE
      Odds ratio,interval,,log        a ratio with limits on the log scale
      Indirect effect,interval,,bootstrap
      Post hoc,comparisons,,3         p was multiplied by three (Bonferroni)
      Correlation,tails,,1            one-sided, in either direction
      Trust,answered,,all             GRIM: nobody left an item out
      Trust,sd_by,,n-1                what SDs divide by

    \b
    Examples:
      smcm audit
      smcm audit --example > my-audit.csv
      smcm audit my-audit.csv
      smcm audit my-audit.csv --json
      smcm audit --quantities
    """  # noqa: D301 (click reads the sign)
    from smcm.report.audit_example import EXAMPLE, quantity_list  # noqa: PLC0415

    if example or quantities:
        say(EXAMPLE if example else quantity_list(), end=not example)
        return
    _require_file(file)
    from smcm.cohort.printed_file import read_printed_statistics  # noqa: PLC0415
    from smcm.report.audit_text import (  # noqa: PLC0415
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
