"""Strings that come from data: they are shown as they are and do nothing."""

import re
from dataclasses import dataclass, field
from typing import Any

ACTIVE = re.compile(r"[\\`*_{}\[\]<>$&|~^#%!@]")
OPENS_A_BLOCK = re.compile(r"^(?:([-+=:>])|(\d+)([.)])(?=\s|$))")


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
        return OPENS_A_BLOCK.sub(_escaped_opening, line)

    def __bool__(self) -> bool:
        """Whether there is anything in it."""
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        """Compare with another one, or with a word of the template."""
        return self._text == (other._text if isinstance(other, DataString) else other)

    def __hash__(self) -> int:
        """Equal strings have equal hashes."""
        return hash(self._text)


def with_data_strings(value: Any) -> Any:  # noqa: ANN401 (parsed JSON)
    """Make every string of parsed JSON a `DataString`; keys stay what they are."""
    if isinstance(value, str):
        return DataString(value)
    if isinstance(value, dict):
        return {key: with_data_strings(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [with_data_strings(held) for held in value]
    return value


def _escaped_opening(found: re.Match[str]) -> str:
    sign, digits, stop = found.groups()
    return f"\\{sign}" if sign else f"{digits}\\{stop}"
