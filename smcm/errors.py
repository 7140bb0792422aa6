"""Everything this package raises on purpose."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Self

from smcm.shown import MOST, named, sentence, shown


def nearest(word: str, choices: Iterable[str]) -> str:
    """Ask whether the nearest choice was meant; "" where none is near.

    Examples
    --------
    >>> nearest("Modls", ["models", "n"]), nearest("x", ["models"])
    (" Did you mean 'models'?", '')
    """
    folded = {choice.casefold(): choice for choice in choices}
    near = get_close_matches(word[:MOST].casefold(), folded, n=1)
    return f" Did you mean {shown(folded[near[0]])}?" if near else ""


class SmcmError(ValueError):
    """Base class, so that a caller can catch what we meant to raise."""


class ModelWarning(UserWarning):
    """A result that stands, and of which its reader has to be warned."""


class UnknownValueError(SmcmError):
    """A choice outside the closed list of choices."""

    @classmethod
    def for_choice(cls, name: str, value: object, allowed: Iterable[object]) -> Self:
        """Say what was given, what it was for, and what would have been right."""
        choices = [str(choice) for choice in allowed]
        hint = "" if isinstance(value, int) else nearest(str(value), choices)
        listed = ", ".join(choices)
        return cls(f"{name} is {shown(value)}; expected one of {listed}.{hint}")


class OutOfRangeError(SmcmError):
    """A number outside the range in which it means something."""

    @classmethod
    def for_number(cls, name: str, value: object, rule: str) -> Self:
        """Say what was given and what would have been right."""
        return cls(f"{name} is {shown(value)}; expected {rule}.")


class ImpossibleRunError(SmcmError):
    """A rerun whose parameters are each allowed and cannot be honoured together."""


class BuildError(SmcmError):
    """A book that could not be built; an earlier one is untouched."""


class NoRepositoryError(SmcmError):
    """A command that works on the sources of the book, where there are none."""


class MissingRunsError(SmcmError):
    """Reruns that a page is about and that have not been made."""


class FailedRunsError(SmcmError):
    """Reruns of which some did not come to their end."""


class DegenerateDataError(SmcmError):
    """Numbers on which the asked-for estimate is not defined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with an input file.

    Attributes
    ----------
    file : str
        Name of the file, relative to the data folder.
    line : int or None
        Line of the file, the header being line 1; None for the whole file.
    column : str or None
        Column name as it stands in the header.
    value : str or None
        The text found.
    rule : str
        What the schema asks for.
    cure : str
        What to do about it.
    """

    file: str
    line: int | None = None
    column: str | None = None
    value: str | None = None
    rule: str
    cure: str

    def __str__(self) -> str:
        """One line: place, what was found, the rule, the cure."""
        place = named(self.file)
        if self.line is not None:
            place += f", line {self.line}"
        if self.column is not None:
            place += f", column {named(self.column)}"
        found = "" if self.value is None else f" found {shown(self.value)};"
        return f"{place}:{found} {sentence(self.rule)} {sentence(self.cure)}"


class DataError(SmcmError):
    """An input that breaks its schema; carries every fault at once.

    Attributes
    ----------
    faults : tuple of Fault
    """

    SHOWN = 20

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        shown = "\n".join(f"  {fault}" for fault in self.faults[: self.SHOWN])
        more = len(self.faults) - self.SHOWN
        tail = f"\n  … and {more} more." if more > 0 else ""
        noun = "fault" if len(self.faults) == 1 else "faults"
        super().__init__(f"{len(self.faults)} {noun} in the data:\n{shown}{tail}")
