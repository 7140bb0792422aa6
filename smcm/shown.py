"""Values and names in messages: short, on one line, without control characters.

What was typed, or stands in a file, may hold the escape sequences of a terminal, marks
that turn the direction of writing, line breaks, or a million characters. No message,
table or page shows those as they are.
"""

import re
import unicodedata
from pathlib import PurePath

MOST = 200  # characters of a value or a name
MOST_OF_LINE = 2000  # characters of a line of a message
UNSEEN = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])  # categories of Unicode
OUTSIDE_ASCII = re.compile(r"[^ -~]")


def visible(text: str) -> str:
    r"""Write control characters, and what nobody sees, as escapes.

    Examples
    --------
    >>> print(visible("red\x1b[31m \u202etxt.exe\nnext"))
    red\x1b[31m \u202etxt.exe\nnext
    >>> visible("Équipe 3 — “naïve”")
    'Équipe 3 — “naïve”'
    """
    return text if text.isprintable() else OUTSIDE_ASCII.sub(_escaped, text)


def visible_lines(text: str) -> str:
    """Do the same and leave the ends of lines as they are."""
    return "\n".join(visible(line) for line in text.split("\n"))


def cut(text: str, most: int = MOST) -> str:
    """Leave out the end of what is too long, and say how long it was."""
    if len(text) <= most:
        return text
    return f"{text[:most]}… ({len(text):,} characters)"


def named(text: str) -> str:
    """Write a name, or a text, as it stands in a sentence without quotation marks."""
    return visible(cut(text))


def sentence(text: str) -> str:
    """Write a sentence that may quote what somebody typed; only absurd ones are cut."""
    return visible(cut(text, MOST_OF_LINE))


def shown(value: object) -> str:
    """Write a value in a message, texts and paths between quotation marks.

    Examples
    --------
    >>> print(shown("5,1"), shown(120), shown("a" * 300)[-16:])
    '5,1' 120 (300 characters)
    """
    if isinstance(value, PurePath):
        value = str(value)
    if isinstance(value, str):
        if len(value) <= MOST:
            return repr(value)
        return f"{value[:MOST] + '…'!r} ({len(value):,} characters)"
    try:
        return cut(visible(repr(value)))
    except ValueError:  # an integer too long for Python to write
        return "a number of thousands of digits"


def _escaped(found: re.Match[str]) -> str:
    sign = found[0]
    if unicodedata.category(sign) not in UNSEEN:
        return sign
    return sign.encode("unicode_escape").decode("ascii")
