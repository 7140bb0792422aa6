"""List the facts of the kept book that no text reads: ``python -m tests.text.unread``.

A fact kept in reserve saves an execution, so this is a list to look at and no test.
Shaken copies enter the branches too that no edition enters.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import click

from smcm.parameters import RunParameters
from smcm.paths import ROOT, RUNS
from smcm.rerun.contents import read_chapters
from smcm.text import Text
from smcm.text import environment as filling
from smcm.text.printed import printed_facts
from smcm.text.values import Record, for_templates
from tests.kept import facts_kept
from tests.text.shaken import Shaking, kinds_of_parts

COPIES = 60


class ReadRecord(Record):
    """A record that notes which of its fields are read."""

    __slots__ = ("_kind", "_read")

    def __init__(self, held, kind, read):
        super().__init__(held)
        self._kind, self._read = kind, read

    def __getitem__(self, name):
        self._read.add((self._kind, str(name)))
        return super().__getitem__(name)


@dataclass(frozen=True)
class Watched:
    """Facts as templates see them, which are not to be made so once more."""

    value: Any


def watched(value, kind, read):
    """Make facts of a type as templates see them, and note what is read of them."""
    origin, inner = get_origin(kind) or kind, get_args(kind)
    if origin in (Union, UnionType) and value is not None:
        (kind,) = (one for one in inner if one is not NoneType)
        return watched(value, kind, read)
    if is_dataclass(origin):
        kinds = get_type_hints(origin)
        held = {name: watched(value[name], kinds[name], read) for name in kinds}
        return ReadRecord(held, origin, read)
    if origin is tuple:
        return [watched(held, inner[0], read) for held in value]
    if origin is Mapping:
        held = {name: watched(one, inner[1], read) for name, one in value.items()}
        return Record(held)
    return for_templates(value)


def records(kind):
    """Give the types of records that are part of a type, itself among them."""
    if is_dataclass(kind):
        yield kind
        for held in get_type_hints(kind).values():
            yield from records(held)
    for inner in get_args(kind):
        yield from records(inner)


def unread(left):
    """Give the fields that no text reads, by the type of their record.

    Parameters
    ----------
    left : mapping
        Facts of the parts and their types, by the file and the source of a chapter.
    """
    text, printed, read = Text(), printed_facts(), set()
    known = {}
    for (file, source), (facts, kinds) in left.items():
        for kind in kinds.values():
            known |= dict.fromkeys(records(kind))
        for seed in range(COPIES):
            copy = Shaking(seed).facts(facts, kinds) if seed else facts
            parts = {k: Watched(watched(v, kinds[k], read)) for k, v in copy.items()}
            text.filled(source, file, parts | printed)
    return [
        f"{kind.__module__}.{kind.__name__}.{field.name}"
        for kind in known
        for field in fields(kind)
        if (kind, field.name) not in read
    ]


def main():
    """Fill all chapters of the kept book and print what was not read."""
    filling.for_templates = lambda value: (
        value.value if isinstance(value, Watched) else for_templates(value)
    )
    left = {}
    for name, chapter in read_chapters(ROOT).items():
        facts = facts_kept(RUNS / "synthetic", RunParameters(), chapter.stem)
        kinds = kinds_of_parts(ROOT / f"{name}.md")
        left[f"{name}.md", chapter.text] = facts, kinds
    click.echo("\n".join(unread(left)))


if __name__ == "__main__":
    main()
