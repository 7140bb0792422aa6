"""Bytes become text: UTF-8, UTF-16, or what the accents say the bytes are."""

import codecs
import re
from collections import Counter

from smcm.cohort.characters import Decoded, decode_utf8

MARKS = {  # the longer before the shorter that begins alike
    codecs.BOM_UTF32_LE: ("UTF-32", "utf-32"),
    codecs.BOM_UTF32_BE: ("UTF-32", "utf-32"),
    codecs.BOM_UTF16_LE: ("UTF-16", "utf-16"),
    codecs.BOM_UTF16_BE: ("UTF-16", "utf-16"),
}
OLDER = {"Windows-1252": "cp1252", "Mac Roman": "mac_roman", "code page 850": "cp850"}
AROUND = 15  # bytes shown before and after the first that is no UTF-8
SAMPLE = 4096  # bytes in which the zeros of UTF-16 are counted
ACCENTED = re.compile(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?")
LETTERS = frozenset("àâäáãåæçèéêëìíîïñòóôöõøœùúûüÿß")
SIGNS = frozenset("’‘“”«»–—…°·€£§²³½µ×±•™®©\u00a0")
OPENING, CLOSING = frozenset("‘“«"), frozenset("’”»…")
DISTINCT = 2000  # words with accents that are looked at


def decode(content: bytes) -> Decoded | None:
    """Decode a file; None where it is no text at all."""
    if plain := decode_utf8(content):
        return plain
    for mark, (name, codec) in MARKS.items():
        if content.startswith(mark):
            return _exactly(content, name, codec)
    if b"\x00" in content:
        return _utf16(content)
    return _older(content)


def _exactly(content: bytes, name: str, codec: str) -> Decoded | None:
    try:
        return Decoded(text=content.decode(codec), encoding=name)
    except UnicodeDecodeError:
        return None


def _utf16(content: bytes) -> Decoded | None:
    """UTF-16 without a mark: of western text every second byte is zero."""
    even, odd = (content[k:SAMPLE:2].count(0) for k in (0, 1))
    half = min(len(content), SAMPLE) // 2
    if max(even, odd) < 0.7 * half or min(even, odd) > 0.1 * half:
        return None
    return _exactly(content, "UTF-16", "utf-16-le" if odd > even else "utf-16-be")


def _older(content: bytes) -> Decoded:
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    places, mixed = [], False
    for number, line in enumerate(lines, start=1):
        try:
            mixed |= not (line.isascii() or not line.decode("utf-8"))
        except UnicodeDecodeError as error:
            places.append((number, line, error.start))
    # no accents of an older encoding look like UTF-8: such a file has two encodings
    name = "" if mixed else _by_accents(content)
    codec = OLDER.get(name, "cp1252")
    odd = tuple(
        (number, line[max(at - AROUND, 0) : at + AROUND].decode(codec, "replace"))
        for number, line, at in places
    )
    return Decoded(text=content.decode(codec, "replace"), encoding=name, odd=odd)


def _by_accents(content: bytes) -> str:
    """Name of the encoding in which the accents make the most sense; "" if two do."""
    words = Counter(ACCENTED.findall(content)).most_common(DISTINCT)
    scores = {
        name: sum(count * _sense(word, codec) for word, count in words)
        for name, codec in OLDER.items()
    }
    scores["Windows-1252"] *= 1.1  # by far the most frequent of them
    best, second = sorted(scores.values(), reverse=True)[:2]
    return max(scores, key=scores.__getitem__) if best > max(second, 0) else ""


def _sense(word: bytes, codec: str) -> float:
    """Add up how likely each character is beside its neighbours."""
    text = word.decode(codec, "replace")
    around = zip(" " + text, text, text[1:] + " ", strict=False)
    return sum(_likely(*three) for three in around if not three[1].isascii())


def _likely(before: str, sign: str, after: str) -> float:
    """Give -1 for what hardly stands there, up to 1.2 for what often does."""
    alone = not (before.isalpha() or after.isalpha())
    if sign in LETTERS:
        return 0.4 if alone else -1 if before.isupper() and after.isupper() else 1
    if sign.lower() in LETTERS:
        return 0.2 if alone else -1 if before.islower() else 0.8
    closes = sign in CLOSING and before.isalpha()
    if closes or (sign in OPENING and after.isalpha()):
        return 1.2
    return 0.5 if sign in SIGNS else -1
