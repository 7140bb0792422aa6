"""Command-line options made from the fields of `RunParameters`: no second list."""

import re
from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from functools import wraps
from typing import Any

import click

from smcm.cli.path_options import Place
from smcm.cohort.characters import plain_name
from smcm.errors import OutOfRangeError, SmcmError, UnknownValueError
from smcm.parameters import RunParameters
from smcm.shown import shown

Command = Callable[..., None]
# Windows lets a process wait for no more than these.
NUMBER = {
    int: re.compile(r"[-+]?[0-9]{1,30}"),
    float: re.compile(r"[-+]?([0-9]{1,30}\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]{1,3})?"),
}


class Number(click.ParamType[int | float]):
    """A number, refused in the words that the rest of the package uses.

    Parameters
    ----------
    kind : type
        ``int`` or ``float``.
    """

    def __init__(self, kind: type[int] | type[float]) -> None:
        self.kind = kind
        self.name = "whole number" if kind is int else "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int | float:
        """Read the text; digits may not be grouped, and are those of ASCII."""
        text = str(value).strip()
        if not NUMBER[self.kind].fullmatch(text):
            self.fail(
                f"{shown(value)} is no {self.name}; write digits only.", param, ctx
            )
        return self.kind(text)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Show what kind of value the option takes."""
        return "NUMBER"


class Column(click.ParamType[str]):
    """A column's name; accents are composed and spaces plain, as in the file read."""

    name = "column"

    def convert(
        self,
        value: object,
        param: click.Parameter | None,  # noqa: ARG002 (click passes it)
        ctx: click.Context | None,  # noqa: ARG002
    ) -> str:
        """Write the name as names are compared."""
        return plain_name(str(value))


class Codes(click.ParamType[tuple[str, ...]]):
    """Codes for missing values, separated by commas."""

    name = "codes"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Part the list; a code may be any text."""
        if isinstance(value, tuple):
            return value
        codes = tuple(code.strip() for code in str(value).split(",") if code.strip())
        if not codes:
            self.fail(f"{shown(value)} names no code; write such as -9,99.", param, ctx)
        return codes


as_json = click.option(
    "--json", "as_json", is_flag=True, help="Write JSON instead of text."
)


def workers(what: str) -> Callable[[Command], Command]:
    """Make the option ``--workers`` for what is done at a time."""
    text = f"{what} at a time; by default one for each core."
    return click.option("--workers", type=Number(int), help=text)


def dask(what: str) -> Callable[[Command], Command]:
    """Make the option ``--dask`` for what is sent."""
    text = f"Send {what} to a Dask cluster, such as tcp://node1:8786."
    return click.option("--dask", metavar="ADDRESS", help=text)


def takes_run(command: Command) -> Command:
    """Give a command the options of a run; it receives them as `run`."""

    @wraps(command)
    def with_run(**given: Any) -> None:  # noqa: ANN401 (whatever click has parsed)
        values = {item.name: given.pop(item.name) for item in fields(RunParameters)}
        run = parse_run(values)
        try:
            command(run=run, **given)
        except UnknownValueError as error:
            raise named_as_typed(error) from error

    decorated: Command = with_run
    for item in reversed(fields(RunParameters)):
        decorated = _option(item)(decorated)
    return decorated


def takes_axes(command: Command) -> Command:
    """Give a command an option with a list of values for each parameter of a run.

    It receives `data` and `axes`, the values by name of the options that were given.
    """

    @wraps(command)
    def with_axes(**given: Any) -> None:  # noqa: ANN401 (whatever click has parsed)
        names = [item.name for item in fields(RunParameters) if item.name != "data"]
        typed = {name: given.pop(name) for name in names}
        axes = {name: text for name, text in typed.items() if text is not None}
        try:
            command(axes={n: _values(n, text) for n, text in axes.items()}, **given)
        except UnknownValueError as error:
            raise named_as_typed(error) if axes else error from error

    decorated: Command = with_axes
    for item in reversed(fields(RunParameters)):
        decorated = (_option if item.name == "data" else _axis)(item)(decorated)
    return decorated


def _values(name: str, text: str) -> tuple[int | str, ...]:
    """Read what was listed with commas between."""
    kind = {item.name: item.type for item in fields(RunParameters)}[name]
    parts = [part.strip() for part in text.split(",")]
    if kind is not int:
        return tuple(parts)
    for part in parts:
        if not re.fullmatch(r"-?[0-9]{1,30}", part):
            rule = (
                f"whole numbers with commas between; {shown(part)} is no whole number"
            )
            raise OutOfRangeError.for_number(flag(name), text, rule)
    return tuple(map(int, parts))


def named_as_typed(error: SmcmError) -> SmcmError:
    """Name the option in an error about a parameter."""
    name, _, rest = str(error).partition(" ")
    known = {item.name for item in fields(RunParameters)}
    return type(error)(f"{flag(name) if name in known else name} {rest}")


def parse_run(values: Mapping[str, object]) -> RunParameters:
    """Build the parameters; an error names the option as it is typed.

    Raises
    ------
    SmcmError
        Of the kind that `RunParameters` raises.
    """
    try:
        return RunParameters.from_mapping(values)
    except SmcmError as error:
        raise named_as_typed(error) from error


def flag(name: str) -> str:
    """Write a field as its option, ``window_days`` as ``--window-days``."""
    return f"--{name.replace('_', '-')}"


def _axis(item: Field[Any]) -> Callable[[Command], Command]:
    each = "; without-each and only-each for every site" if item.name == "site" else ""
    return click.option(
        flag(item.name),
        item.name,
        metavar="LIST",
        help=f"{item.metadata['help']}{each}.",
    )


def _type(item: Field[Any]) -> click.ParamType[Any] | type[str]:
    if item.name == "data":
        return Place(str)
    return Number(int) if item.type is int else str


def _option(item: Field[Any]) -> Callable[[Command], Command]:
    return click.option(
        flag(item.name),
        item.name,
        type=_type(item),
        default=item.default,
        show_default=True,
        help=f"{item.metadata['help']}.",
    )
