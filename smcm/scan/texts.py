"""The text in a file, however it is packed: what a reader or a program could find."""

import base64
import binascii
import html
import re
import shutil
import subprocess
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from urllib.parse import unquote

from smcm.cohort.characters import without_invisible

PNG = b"\x89PNG\r\n\x1a\n"
WORDS = {b"tEXt", b"iTXt", b"zTXt", b"eXIf"}  # chunks of a PNG that hold text
EMBEDDED = re.compile(r"data:image/[\w+.-]+;base64,([A-Za-z0-9+/=\s]+)")
# numbers of curves (in a script, texts of steps without a space between, which no list
# of codes is), images as letters, digests of packages: no text, and full of
# chance hits
NOISE = re.compile(
    r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+|\bd=\\?\"[^\"]*\"|\"image/png\": \"[^\"]*\""
    r"|\"(?=[^\"]*\d[achlqstvzACHLQSTV]-?[\d.])M[-\d\s.,MLHVCSQTAZmlhvcsqtaz]+\""
    r"|\bsha(?:256|384|512)[:-][\w+/=]+"
)
ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
MOST = 200_000_000  # bytes of one unpacked member
PDF_SECONDS = 60


class UnreadTextError(Exception):
    """A file whose text cannot be read here; its text says why."""


def texts(
    content: bytes, passed_over: Callable[[bytes], bool] = lambda _: False
) -> Iterator[tuple[str, str]]:
    """Give each text of a file, with the part of the file in which it stands.

    Parameters
    ----------
    content : bytes
    passed_over : callable
        Whether a member of an archive is not looked into.

    Yields
    ------
    part : str
        Such as the name of a member of an archive; empty for the file itself.
    text : str
        Escapes of JSON, HTML and addresses undone, accents composed.

    Raises
    ------
    UnreadTextError
        A PDF where there is no pdftotext, or a damaged or encrypted archive.
    """
    if content.startswith(PNG):
        for kind, text in _of_png(content):
            yield kind, plain(text)
    elif content.startswith(b"%PDF"):
        yield "", plain(_of_pdf(content))
    elif content.startswith(b"PK\x03\x04"):
        yield from _of_zip(content, passed_over)
    elif b"\0" not in content[:4096]:
        text = content.decode("utf-8", "replace")
        for number, image in enumerate(EMBEDDED.findall(text), 1):
            for kind, words in _of_png(_decoded(image)):
                yield f"image {number}, {kind}", plain(words)
        yield "", plain(NOISE.sub(" ", text))
    elif content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "", plain(content.decode("utf-16", "replace"))


def plain(text: str) -> str:
    r"""Undo the escapes behind which a name could stand.

    Examples
    --------
    >>> plain("Fran\\u00e7ois, Fran&ccedil;ois, Fran%C3%A7ois")
    'François, François, François'
    """
    if "\\u" in text:
        text = ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    if "&" in text:
        text = html.unescape(text)
    if "%" in text:
        text = unquote(text)
    return unicodedata.normalize("NFC", without_invisible(text))


def _of_png(content: bytes) -> Iterator[tuple[str, str]]:
    at = len(PNG)
    while content.startswith(PNG) and at < len(content) - 8:
        size = int.from_bytes(content[at : at + 4], "big")
        kind, body = content[at + 4 : at + 8], content[at + 8 : at + 8 + size]
        if kind in WORDS:
            yield kind.decode(), _unpacked(kind, body)
        at += 12 + size


def _unpacked(kind: bytes, body: bytes) -> str:
    """Read a text of a PNG, which may be compressed."""
    key, _, rest = body.partition(b"\0")
    try:
        if kind == b"zTXt":
            body = key + b" " + zlib.decompress(rest[1:])
        elif kind == b"iTXt" and rest[:1] == b"\1":
            body = key + b" " + zlib.decompress(rest.split(b"\0", 3)[-1])
    except zlib.error:
        pass  # as it is
    return body.decode("utf-8", "replace")


def _of_pdf(content: bytes) -> str:
    """Read the text of a PDF, whose letters are numbers of glyphs in the file."""
    program = shutil.which("pdftotext")
    if program is None:
        raise UnreadTextError(
            "its text can be read by pdftotext only, which is not here"
        )
    done = subprocess.run(
        [program, "-", "-"],
        input=content,
        capture_output=True,
        timeout=PDF_SECONDS,
        check=False,
    )
    if done.returncode:
        raise UnreadTextError("pdftotext cannot read it")
    return done.stdout.decode("utf-8", "replace")


def _of_zip(
    content: bytes, passed_over: Callable[[bytes], bool]
) -> Iterator[tuple[str, str]]:
    """Read the members of an archive, such as .docx, .xlsx or .zip."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.file_size > MOST:
                    raise UnreadTextError(f"{member.filename} in it is very large")
                yield member.filename, plain(member.filename)
                held = archive.read(member)
                if passed_over(held):
                    continue
                for part, text in texts(held, passed_over):
                    yield f"{member.filename} {part}".strip(), text
    except (zipfile.BadZipFile, RuntimeError, zlib.error) as error:
        raise UnreadTextError("it is an archive that cannot be opened") from error


def _decoded(image: str) -> bytes:
    try:
        return base64.b64decode(image)
    except (binascii.Error, ValueError):
        return b""
