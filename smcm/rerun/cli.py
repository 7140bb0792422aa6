"""The command line: ``smcm``, or ``python -m smcm``."""

import errno
import os
import sys
from io import TextIOWrapper
from typing import IO, Any

import click

from smcm.errors import FailedRunsError, SmcmError
from smcm.rerun.commands.audit import audit
from smcm.rerun.commands.book import book
from smcm.rerun.commands.check import check
from smcm.rerun.commands.mediate import mediate
from smcm.rerun.commands.new import new
from smcm.rerun.commands.power import power
from smcm.rerun.commands.printed import printed
from smcm.rerun.commands.rerun import rerun
from smcm.rerun.commands.study import study
from smcm.rerun.interrupts import STOPPED
from smcm.rerun.saying import clean_refusals, message
from smcm.rerun.version import package_version
from smcm.shown import named

FAILED = 1
BAD_INPUT = 2


class Refusal(click.ClickException):
    """What was refused, in a sentence, with the exit code for bad input."""

    exit_code = BAD_INPUT


class Failed(click.ClickException):
    """Runs that failed while others did not."""

    exit_code = FAILED


class Stopped(click.ClickException):
    """Ctrl-C, in a sentence."""

    exit_code = STOPPED

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so; it is no error."""
        click.echo(f"\n{self.message}", file=file, err=file is None)


class Program(click.Group):
    """The commands, with every error we raise on purpose shown as a sentence."""

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 (as click has it)
        """Run a command line; what is stopped does not wait for its threads."""
        try:
            return super().main(*args, **extra)
        except SystemExit as end:
            if end.code == STOPPED and not args and extra.get("args") is None:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(STOPPED)
            raise

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the name of the command."""
        with clean_refusals():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click has it)
        """Run a command; no traceback for what the user can mend."""
        _never_stumble_over_a_sign()
        try:
            with clean_refusals():
                return super().invoke(ctx)
        except KeyboardInterrupt as error:
            sentence = "Stopped; earlier output is unchanged."
            raise Stopped(sentence) from error
        except FailedRunsError as error:
            raise Failed(message(str(error))) from error
        except SmcmError as error:
            raise Refusal(message(str(error))) from error
        except MemoryError as error:
            sentence = "There is not enough memory for this run; lower --n-boot."
            raise Refusal(sentence) from error
        except OSError as error:
            if error.errno == errno.EPIPE:  # somebody read the first lines only
                raise
            raise Refusal(message(_file_trouble(error))) from error


def _never_stumble_over_a_sign() -> None:
    """Where the terminal cannot show a sign, show its code rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _file_trouble(error: OSError) -> str:
    where = f"{named(str(error.filename))}: " if error.filename else ""
    what = error.strerror or str(error)
    kept = "Nothing that was there before has been changed."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"{where}{what}. Make room there, or name another folder, and give the "
            f"command again; what is done is kept. {kept}"
        )
    return f"{where}{what}. {kept}"


def _show_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked:
        click.echo(f"smcm {package_version()}")
        ctx.exit()


@click.group(
    cls=Program,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version and exit.",
)
def main() -> None:
    """Rerun a living paper on case management, fidelity and alliance.

    The paper asks whether teams that follow the strengths model more faithfully
    help their clients through a better working alliance. Its data are a synthetic
    cohort; every command also takes a folder of your own data in the same format.

    \b
    Examples:
      smcm study                          every analysis, as tables
      smcm book --window-days 90          the book with another window
      smcm rerun                          windows and sites, side by side
      smcm mediate my.csv --x dose --m trust --y hope
      smcm audit                          can the printed numbers all hold?
      smcm power --a .14 --b .14          how many cases the next study needs
      smcm new ~/my-study                 empty tables for data of your own

    `smcm COMMAND --help` shows the options of a command, with examples. The chapter
    "Methods" of the book says what is computed; "Codebook" says what a data folder
    holds, and "Run it on your data" how to get there. Exit code: 0 done, 1 some runs
    failed, 2 something in the input has to change, 130 stopped by Ctrl-C; whatever was
    there before is then as it was.
    """  # noqa: D301 (click reads the sign)


for command in (new, check, study, printed, audit, mediate, power, book, rerun):
    main.add_command(command)
