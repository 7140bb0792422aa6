"""What the value of a key may be, in words and as a test."""

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of value.

    Attributes
    ----------
    words : str
        Fits after "expected".
    example : str
        As a file would have it.
    fits : callable
        Whether a value is of the kind.
    """

    words: str
    example: str
    fits: Callable[[object], bool]

    def written(self, key: str) -> str:
        """Write an example of a key: a section's header, or the key and its value."""
        if self.example.startswith(("[section", "[[section")):
            return self.example.replace("section", key)
        return f"{key} = {self.example}"


def _number(value: object) -> bool:
    whole = isinstance(value, int | float) and not isinstance(value, bool)
    return whole and math.isfinite(value)  # type: ignore[arg-type]


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _list(of: Callable[[object], bool], n: int | None = None) -> Callable[..., bool]:
    return lambda value: (
        isinstance(value, list)
        and all(map(of, value))
        and (len(value) == n if n else bool(value))
    )


def choice(*words: str) -> Kind:
    """Make the kind of a text out of a closed list."""
    listed = ", ".join(f'"{word}"' for word in words)
    return Kind(f"one of {listed}", f'"{words[0]}"', lambda value: value in words)


def _domain(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and _whole(value[0])
        and value[0] > 0
        and _text(value[1])
    )


def _every(of: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: (
        isinstance(value, dict) and bool(value) and all(map(of, value.values()))
    )


TEXT = Kind("text in quotes", '"text"', _text)
WHOLE = Kind("a whole number", "12", _whole)
COUNT = Kind("a whole number of at least 1", "12", lambda v: _whole(v) and v > 0)  # type: ignore[operator]
NUMBER = Kind("a number", "9", _number)
YES = Kind("true or false", "true", lambda value: isinstance(value, bool))
SHARE = Kind(
    "a number above 0 and at most 1",
    "0.8",
    lambda v: _number(v) and 0 < v <= 1,  # type: ignore[operator]
)
LEVEL = Kind(
    "a number between 0 and 1",
    "0.05",
    lambda v: _number(v) and 0 < v < 1,  # type: ignore[operator]
)
TEXTS = Kind("a list of texts", '["one", "two"]', _list(_text))
TWO_TEXTS = Kind("two words in a list", '["client", "clients"]', _list(_text, 2))
COUNTS = Kind(
    "a list of whole numbers of at least 1",
    "[2, 5]",
    _list(COUNT.fits),
)
NUMBERS = Kind("a list of numbers", "[0, 9, 18]", _list(_number))
RANGE = Kind("the lowest and the highest in a list", "[1, 5]", _list(_number, 2))
LABELS = Kind(
    "a label in quotes for each value",
    '{ 0 = "No", 1 = "Yes" }',
    _every(_text),
)
BY_WAVE = Kind(
    "a column in quotes for each wave",
    '{ 0 = "dep_t0", 6 = "dep_t6" }',
    _every(_text),
)
DOMAINS = Kind(
    "a number of items and a name for each domain",
    'hope = [4, "hope"]',
    _every(_domain),
)
TABLE = Kind("a section", "[section]", lambda value: isinstance(value, dict))
SECTIONS = Kind(
    "a section in double brackets, once or several times",
    "[[section]]",
    lambda value: isinstance(value, list) and all(isinstance(v, dict) for v in value),
)
