"""Command-line options made from the fields of `RunParameters`: no second list."""

from collections.abc import Callable, Mapping
from dataclasses import Field, fields
from functools import wraps
from typing import Any

import click

from smcm.errors import SmcmError
from smcm.parameters import RunParameters

Command = Callable[..., None]


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
        """Read the text; digits may not be grouped."""
        try:
            return self.kind(str(value).replace("_", " "))
        except ValueError:
            self.fail(f"{value!r} is no {self.name}; write digits only.", param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:  # noqa: ARG002
        """Show what kind of value the option takes."""
        return "NUMBER"


def takes_run(command: Command) -> Command:
    """Give a command the options of a run; it receives them as `run`."""

    @wraps(command)
    def with_run(**given: Any) -> None:  # noqa: ANN401 (whatever click has parsed)
        values = {item.name: given.pop(item.name) for item in fields(RunParameters)}
        command(run=parse_run(values), **given)

    decorated: Command = with_run
    for item in reversed(fields(RunParameters)):
        decorated = _option(item)(decorated)
    return decorated


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
        name, _, rest = str(error).partition(" ")
        known = {item.name for item in fields(RunParameters)}
        raise type(error)(f"{flag(name) if name in known else name} {rest}") from error


def flag(name: str) -> str:
    """Write a field as its option, ``window_days`` as ``--window-days``."""
    return f"--{name.replace('_', '-')}"


def _option(item: Field[Any]) -> Callable[[Command], Command]:
    return click.option(
        flag(item.name),
        item.name,
        type=Number(int) if item.type is int else str,
        default=item.default,
        show_default=True,
        help=f"{item.metadata['help']}.",
    )
