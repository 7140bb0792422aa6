"""A file's text, and what it was read as."""

from dataclasses import dataclass

UTF8 = "UTF-8"


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
