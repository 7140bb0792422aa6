"""Bytes of UTF-8 become text; characters that look like others become plain ones."""

import re
import unicodedata
from dataclasses import dataclass

UTF8 = "UTF-8"

# soft hyphen, zero-width spaces and joiners, marks of direction and of byte order
INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
MINUS = re.compile("(^|[eE])[\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d](?=[0-9.,])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text.

    Attributes
    ----------
    text : str
    encoding : str
        Name of what it was read as; empty where the accents leave that open, and the
        text is then of Windows-1252.
    odd : tuple of (int, str)
        Lines that are no UTF-8, with the text around the first odd byte.
    """

    text: str
    encoding: str
    odd: tuple[tuple[int, str], ...] = ()


def decode_utf8(content: bytes) -> Decoded | None:
    """Decode a file of UTF-8 without zeros; None for any other."""
    if b"\x00" in content:
        return None
    try:
        return Decoded(text=content.decode("utf-8"), encoding=UTF8)
    except UnicodeDecodeError:
        return None


def without_invisible(text: str) -> str:
    """Take out what nobody sees, and make every kind of space a plain one."""
    if text.isascii():
        return text
    return SPACES.sub(" ", INVISIBLE.sub("", text))


def is_composed(text: str) -> bool:
    """Whether every accent is one character with its letter (Unicode's NFC)."""
    return text.isascii() or unicodedata.is_normalized("NFC", text)


def composed(text: str) -> str:
    """Join accents with their letters, which macOS keeps apart in names of files."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def plain_name(name: str) -> str:
    """Write a column's name as it is compared: one space where there are several."""
    return " ".join(composed(without_invisible(name)).split())


def plain_minus(text: str) -> str:
    """Write a number's minus sign, and any dash in its place, as a hyphen."""
    return text if text.isascii() else MINUS.sub(r"\1-", text)
