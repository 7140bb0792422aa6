"""Everything that a command writes to a terminal goes through here.

What stands in data, names of files and errors of other programs may hold the escape
sequences of a terminal; they are shown as escapes and not obeyed.
"""

import codecs
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from smcm.shown import short_lines, visible_json, visible_lines


def say(text: str, *, end: bool = True) -> None:
    """Write a result to standard output.

    Parameters
    ----------
    text : str
        Lines.
    end : bool
        Whether the last line is ended here.
    """
    click.echo(visible_lines(text), nl=end)


def say_json(found: object) -> None:
    """Write a result as JSON, from which programs read the very texts of the data.

    JSON is UTF-8. Where standard output is not, as in files and pipes on Windows, signs
    outside ASCII are written as JSON's escapes, which are the same in any encoding.
    """
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    escaped = codecs.lookup(encoding).name != "utf-8"
    text = json.dumps(found, ensure_ascii=escaped, indent=1, allow_nan=False)
    click.echo(visible_json(text))


def remark(text: str) -> None:
    """Write to standard error, so that results can be redirected."""
    click.echo(message(text), err=True)


def message(text: str) -> str:
    """Write an error or a remark as it can be shown."""
    return visible_lines(short_lines(text))


@contextmanager
def clean_refusals() -> Iterator[None]:
    """Show what click quotes of a command line as it can be shown."""
    try:
        yield
    except click.ClickException as error:
        error.message = message(error.message)  # type: ignore[misc]
        raise
