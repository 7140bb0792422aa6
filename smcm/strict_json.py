"""JSON from a file, read strictly: what a reader would have to guess is refused."""

import json
import math
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from smcm.errors import SmcmError

MOST_BYTES = 64_000_000
DEEPEST = 50
LONGEST_NUMBER = 400  # characters; the longest double has fewer
STRINGS_AND_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[\]{}]', re.DOTALL)
SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class JsonError(SmcmError):
    """Text that is no JSON, or JSON that can be read in two ways.

    Attributes
    ----------
    problem : str
        What was found, in a few words.
    line : int or None
        Line of the text, where it is known.
    """

    def __init__(self, problem: str, line: int | None = None) -> None:
        self.problem, self.line = problem, line
        super().__init__(problem if line is None else f"line {line}: {problem}")


def read_json(
    content: bytes, most_bytes: int = MOST_BYTES, *, whole_characters: bool = True
) -> Any:  # noqa: ANN401 (parsed JSON)
    """Parse JSON in UTF-8, with or without a byte-order mark.

    Parameters
    ----------
    content : bytes
    most_bytes : int
        Longer content is refused before it is parsed.
    whole_characters : bool
        False where names of files may stand in it that are no UTF-8.

    Returns
    -------
    dict, list, str, int, float, bool or None

    Raises
    ------
    JsonError
        Content that is too long or not UTF-8; syntax; a key twice in one object; more
        than 50 levels; NaN, an infinity or a number beyond the range of doubles; half
        of a surrogate pair.
    """
    if len(content) > most_bytes:
        raise JsonError(f"more than {most_bytes} bytes")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise JsonError("not UTF-8", content[: error.start].count(b"\n") + 1) from error
    _require_flat(text)
    try:
        found = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_whole,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise JsonError(error.msg, error.lineno) from error
    if whole_characters and SURROGATE.search(text):
        _require_whole_characters(found)
    return found


def _require_flat(text: str) -> None:
    """Refuse depth before parsing, which would recurse."""
    depth = 0
    for found in STRINGS_AND_BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            raise JsonError(f"more than {DEEPEST} levels of brackets", line)


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for k, key in enumerate(keys) if key in keys[:k])
        raise JsonError(f"the key {_cut(twice)} twice in one object")
    return found


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise JsonError(f"a number of {len(text)} characters")
    return int(text)


def _decimal(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise JsonError(f"the number {_cut(text)}, which is out of range")
    return value


def _constant(text: str) -> NoReturn:
    raise JsonError(f"{text}, which JSON does not have")


def _require_whole_characters(found: object) -> None:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise JsonError("half of a surrogate pair (\\ud800 to \\udfff)") from error


def _cut(text: str) -> str:
    return repr(text if len(text) <= 40 else f"{text[:40]}…")
