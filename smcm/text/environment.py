"""A chapter's Markdown as a Jinja2 template, filled from facts."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from traceback import extract_tb
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from smcm.errors import BuildError, nearest
from smcm.paths import BOOK, ROOT
from smcm.shown import shown
from smcm.text.filters import OF_JINJA, OURS
from smcm.text.values import DataString, Record, for_templates

MACROS = BOOK / "_text"  # sentences that several chapters share
TEMPLATES = (".md", ".j2")
OF_ROOT = f"{ROOT.as_posix()}/"
BREAK = re.compile(r"\s*\n\s*")


class Missing(StrictUndefined):
    """A name that the facts do not have."""

    @property
    def _undefined_message(self) -> str:
        name, held = str(self._undefined_name), self._undefined_obj
        hint = nearest(name, held if isinstance(held, Record) else ())
        return f"there is no {shown(name)} in the facts of this chapter.{hint}"


class Text:
    """Fills the chapters of one book.

    Parameters
    ----------
    macros : Path
        Folder that ``{% from "FILE" import … with context %}`` reads.
    """

    def __init__(self, macros: Path = MACROS) -> None:
        made = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(macros),
            undefined=Missing,
            finalize=_written,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            comment_start_string="{##",  # {#name} is an attribute in MyST
            comment_end_string="##}",
        )
        made.globals.clear()
        made.filters = {name: made.filters[name] for name in OF_JINJA} | OURS
        self._environment = made
        self._compiled = cache(self._template)  # pages of runs share a chapter's text

    def filled(self, source: str, file: str, facts: Mapping[str, Any]) -> str:
        """Fill in a chapter, its captions and alternative texts among it.

        Parameters
        ----------
        source : str
            The whole file, so that a message can name the line.
        file : str
            Where it stands, relative to the repository.
        facts : mapping
            Parsed JSON; its strings are shown and never acted upon.

        Raises
        ------
        BuildError
            With file and line: a name that is not there, a number that no filter
            writes, or a template that cannot be parsed.
        """
        names = {name: for_templates(part) for name, part in facts.items()}
        try:
            return self._compiled(source, file).render(names)
        except (TemplateError, LookupError, TypeError, ValueError) as error:
            raise BuildError(f"{_place(error, file)}: {error}") from error

    def _template(self, source: str, file: str) -> Template:
        code = self._environment.compile(source, file, file)
        return Template.from_code(self._environment, code, {})


def _written(value: object) -> object:
    """Let words through; a number, a list or nothing has to be written by a filter.

    What a macro gives loses the line breaks at its ends, so a full stop can follow, and
    those within, so it can stand in a caption; an admonition keeps those within.
    """
    if isinstance(value, str):
        text = value.strip("\n")
        return text if ":::" in text else BREAK.sub(" ", text)
    if isinstance(value, DataString | Missing):
        return value
    message = f"{shown(value)} needs a filter that writes it, such as number or listed"
    raise TypeError(message)


def _place(error: Exception, file: str) -> str:
    """Name the line of the chapter, and of the macro if it is in one."""
    lines = [
        f"{Path(frame.filename).as_posix().removeprefix(OF_ROOT)}, line {frame.lineno}"
        for frame in extract_tb(error.__traceback__)
        if frame.filename.endswith(TEMPLATES)
    ] or [f"{file}, line 1"]
    return ", in ".join(dict.fromkeys((lines[0], lines[-1])))
