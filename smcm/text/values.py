"""Facts as templates see them: values without methods, and strings that do nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

ACTIVE = re.compile(r"[\\`*_{}\[\]<>$&|~^#%!@=]")
BEFORE_A_BLOCK = re.compile(r"^(?:(?=[-+:])|\d+(?=[.)](?:\s|$)))")


@dataclass(frozen=True, slots=True)
class DataString:
    """A string of the facts, which a template can print and compare and no more.

    Printed, every sign that MyST or HTML would act upon is escaped, and a line break is
    a space. A template cannot reach the string itself: the sandbox hides its field.
    """

    _text: str = field(repr=False)

    def __str__(self) -> str:
        """Write it so that MyST shows just these signs."""
        line = ACTIVE.sub(r"\\\g<0>", " ".join(self._text.split()))
        return BEFORE_A_BLOCK.sub(r"\g<0>\\", line)

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        """Compare with another one, or with a word of the template."""
        return self._text == (other._text if isinstance(other, DataString) else other)

    def __hash__(self) -> int:
        """Equal strings have equal hashes."""
        return hash(self._text)


class Record:
    """A record of facts: a mapping without methods, so that any name can be a key."""

    __slots__ = ("_held",)

    def __init__(self, held: dict[str, Any]) -> None:
        self._held = held

    def __getitem__(self, name: object) -> Any:  # noqa: ANN401 (parsed JSON)
        """Look up a name; a template may give one that comes from data."""
        return self._held[name._text if isinstance(name, DataString) else str(name)]

    def __contains__(self, name: object) -> bool:
        """Whether there is such a name."""
        return name in self._held

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._held)

    def __len__(self) -> int:
        """How many names there are; a record without any counts as none."""
        return len(self._held)


def for_templates(value: Any) -> Any:  # noqa: ANN401 (parsed JSON)
    """Make every string of parsed JSON a `DataString`, every object a `Record`."""
    if isinstance(value, str):
        return DataString(value)
    if isinstance(value, dict):
        return Record({key: for_templates(held) for key, held in value.items()})
    if isinstance(value, list):
        return [for_templates(held) for held in value]
    return value
