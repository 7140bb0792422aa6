"""Paths as they are typed after an option, refused before anything looks for them."""

import os
import unicodedata
from pathlib import Path
from typing import Generic, TypeVar

import click

from smcm.errors import SmcmError
from smcm.paths import home_expanded
from smcm.shown import shown

LONGEST_NAME = 255  # bytes of one name; the usual file systems take no longer one
LONGEST_PATH = 4000  # bytes
CONTROL = "Cc"  # category of Unicode
Kind = TypeVar("Kind", bound=str | Path)


class Place(click.ParamType[Kind], Generic[Kind]):
    """A path that could be: not blank, not too long, and nobody's home in it.

    Parameters
    ----------
    kind : type
        ``Path``, or ``str`` where a word may stand in place of the path.
    made : bool
        Whether the command makes what is named there; its name then has to be one
        that people can type again.
    """

    name = "path"

    def __init__(self, kind: type[Kind], *, made: bool = False) -> None:
        self.kind, self.made = kind, made

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Kind:
        """Give the path as it was typed."""
        text = str(value)
        problem = _problem(text, made=self.made)
        if problem:
            self.fail(problem, param, ctx)
        try:
            home_expanded(Path(text), "the path")
        except SmcmError as error:
            self.fail(str(error), param, ctx)
        return self.kind(text)


def _problem(text: str, *, made: bool) -> str | None:
    """Say what is wrong with a path whatever lies there, and the cure."""
    if not text.strip():
        return f"{shown(text)} is blank; write a path."
    if "\0" in text or (made and any(unicodedata.category(c) == CONTROL for c in text)):
        return f"{shown(text)} holds control characters; write a path of visible ones."
    names = [len(os.fsencode(part)) for part in Path(text).parts]
    if max(names, default=0) > LONGEST_NAME:
        return (
            f"{shown(text[:40])}… has a name of {max(names)} bytes; names of files and "
            f"folders have at most {LONGEST_NAME}."
        )
    length = len(os.fsencode(text))
    if length > LONGEST_PATH:
        shortened = shown(text[:40])
        return f"{shortened}… has {length} bytes; a path has at most {LONGEST_PATH}."
    return None
