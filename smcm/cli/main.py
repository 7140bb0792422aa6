"""The command line: ``smcm``, or ``python -m smcm``."""

import errno
import os
import signal
import sys
import threading
from io import TextIOWrapper
from multiprocessing import util
from typing import IO, Any

import click

from smcm.cli.audit import audit
from smcm.cli.book import book
from smcm.cli.check import check
from smcm.cli.mediate import mediate
from smcm.cli.new import new
from smcm.cli.power import power
from smcm.cli.printed import printed
from smcm.cli.rerun import rerun
from smcm.cli.scan import scan
from smcm.cli.study import study
from smcm.cli.teach import teach
from smcm.errors import FailedRunsError, SmcmError
from smcm.rerun.homes import give_matplotlib_a_folder
from smcm.rerun.interrupts import (
    end_by_signals,
    exit_code,
    kill_children,
    nothing_is_in_place,
    received,
    stop_on_signals,
    stopped,
)
from smcm.rerun.limits import memory_limit, require_memory, shortage
from smcm.rerun.saying import clean_refusals, message
from smcm.rerun.temporary import remove_own_folder
from smcm.rerun.version import package_version
from smcm.shown import named

FAILED = 1
BAD_INPUT = 2
NO_MEMORY = "There is not enough memory for this run"
DRAWS = ("n_boot", "resamples", "replications")  # options that make arrays longer


class Refusal(click.ClickException):
    """What was refused, in a sentence, with the exit code for bad input."""

    exit_code = BAD_INPUT


class Failed(click.ClickException):
    """Runs that failed while others did not."""

    exit_code = FAILED


class Stopped(click.ClickException):
    """A signal, in a sentence."""

    def __init__(self) -> None:
        number = received() or signal.SIGINT
        super().__init__(stopped(number))
        self.exit_code = exit_code(number)  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        """Say so; it is no error."""
        click.echo(f"\n{self.message}", file=file, err=file is None)


class Program(click.Group):
    """The commands, with every error we raise on purpose shown as a sentence."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what stands before the name of the command."""
        with clean_refusals():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 (as click has it)
        """Run a command; no traceback for what the user can mend."""
        _escape_what_cannot_be_encoded()
        nothing_is_in_place()
        words = list(ctx.args)  # of the command; they are gone when it has ended
        try:
            with clean_refusals():
                if not {*words} & {*ctx.help_option_names}:
                    require_memory()
                return super().invoke(ctx)
        except (KeyboardInterrupt, Exception) as error:
            if received() or isinstance(error, KeyboardInterrupt):
                raise Stopped from error
            told = _told(error)
            if isinstance(error, MemoryError) and memory_limit() is None:
                told = Refusal(self._memory_trouble(ctx, words, error))
            if told is None:
                raise
            raise told from error

    def _memory_trouble(
        self, ctx: click.Context, words: list[str], error: MemoryError
    ) -> str:
        """Name the option that asked for the memory, where the command has one."""
        name = ctx.invoked_subcommand or ""
        command = self.get_command(ctx, name)
        parameters = [] if command is None else command.params
        flags = {str(p.name): max(p.opts, key=len) for p in parameters}
        given: dict[str, Any] = {}
        if command is not None:
            extra: dict[str, Any] = {"parent": ctx, "resilient_parsing": True}
            given = command.make_context(name, words, **extra).params
        shape: tuple[int, ...] = getattr(error, "shape", ())  # as NumPy tells it
        asked = [flags[key] for key in DRAWS if key in flags and given[key] in shape]
        others = [flags[key] for key in ("workers",) if key in flags]
        cure = " or ".join(["close other programs", *(f"lower {f}" for f in others)])
        return f"{NO_MEMORY}; {f'lower {asked[0]}' if asked else cure}."


def _told(error: Exception) -> click.ClickException | None:
    """Turn what the user can mend into a sentence."""
    if isinstance(error, FailedRunsError):
        return Failed(message(str(error)))
    if isinstance(error, SmcmError):
        return Refusal(message(str(error)))
    sentence = shortage(error)
    if sentence is not None:
        return Refusal(message(sentence))
    if isinstance(error, OSError) and error.errno != errno.EPIPE:
        return Refusal(message(_file_trouble(error)))
    return None  # somebody read the first lines only, or nobody expected it


def _escape_what_cannot_be_encoded() -> None:
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
      smcm audit                          are the printed numbers consistent?
      smcm power --a .14 --b .14          how many cases the next study needs
      smcm new ~/my-study                 empty tables for data of your own
      smcm scan my-book --data ~/my-study    does the book give anybody away?
      smcm teach class roster.csv --homework week3 --out week3

    `smcm COMMAND --help` shows the options of a command, with examples. The chapter
    "Methods" of the book says what is computed; "Codebook" says what a data folder
    holds, and "Using your own data" how to make one. Exit code: 0 done, 1 some runs
    failed, 2 something in the input has to change, 130 stopped by Ctrl-C, 143 by
    SIGTERM, 129 by a closed terminal; whatever was there before is then as it was.
    """  # noqa: D301 (click reads the sign)


COMMANDS = (new, check, study, printed, audit, mediate, power, book, rerun, scan, teach)
for command in COMMANDS:
    main.add_command(command)


def run() -> None:
    """Run the command line of this process; what is stopped waits for no thread."""
    stop_on_signals()
    threading.excepthook = _end_where_short
    give_matplotlib_a_folder()
    try:
        main(prog_name="smcm")
    except SystemExit as end:
        number = received()
        if not end.code:
            end_by_signals()
            raise
        _leave(exit_code(number) if number else int(end.code))


def _leave(code: int) -> None:
    """End this process without waiting for its threads, and leave nothing behind."""
    remove_own_folder()
    getattr(util, "_run_finalizers")(0)  # noqa: B009 (of semaphores)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _end_where_short(trouble: threading.ExceptHookArgs) -> None:
    """End the program where a thread could not go on, for which others would wait."""
    sentence = trouble.exc_value and shortage(trouble.exc_value)
    if not sentence:
        threading.__excepthook__(trouble)
        return
    kill_children()
    click.echo(f"Error: {sentence}", err=True)
    _leave(BAD_INPUT)
