"""Everything that a command writes to a terminal goes through here.

What stands in data, names of files and errors of other programs may hold the escape
sequences of a terminal; they are shown as escapes and not obeyed.
"""

import codecs
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

import click

from smcm.shown import MOST_OF_LINE, OUTSIDE_ASCII, UNSEEN, visible_lines


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


def visible_json(text: str) -> str:
    r"""Write what nobody sees as the escapes of JSON, which programs read back.

    Examples
    --------
    >>> print(visible_json('"a\x9b\u202e"'))
    "a\u009b\u202e"
    """
    return "\n".join(
        line if line.isprintable() else OUTSIDE_ASCII.sub(_escaped, line)
        for line in text.split("\n")
    )


def short_lines(text: str) -> str:
    """Leave out the middle of each line that is far too long to read."""
    half = MOST_OF_LINE // 2
    return "\n".join(
        line
        if len(line) <= MOST_OF_LINE
        else f"{line[:half]} … ({len(line):,} characters) … {line[-half:]}"
        for line in text.split("\n")
    )


@contextmanager
def clean_refusals() -> Iterator[None]:
    """Show what click quotes of a command line as it can be shown."""
    try:
        yield
    except click.ClickException as error:
        error.message = message(error.message)  # type: ignore[misc]
        raise


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if unicodedata.category(sign) not in UNSEEN:
        return sign
    units = sign.encode("utf-16-be", "surrogatepass")
    return "".join(
        f"\\u{units[k]:02x}{units[k + 1]:02x}" for k in range(0, len(units), 2)
    )
