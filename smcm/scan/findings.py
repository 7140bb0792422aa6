"""Findings of a scan: which files hold what they must not."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from smcm.cohort.descriptors import read_schema
from smcm.input_files import read_input
from smcm.paths import ROOT
from smcm.scan.secrets import Secrets
from smcm.scan.texts import UnreadTextError, texts
from smcm.shown import named

TOKEN = re.compile(r"(?<![.,\w/+=-])[^\W_][\w-]*(?![\w/+=]|\.\d)")
PLACE = re.compile(
    r"(?:/home/|/Users/|/root/|/tmp/|/var/folders/|[A-Z]:\\{1,2}Users\\{1,2})[\w.-]+"
    r"|(?<![\\\w])\\\\[\w-]{3,}\\[\w-]{3,}"
)
DAY = re.compile(
    r"(?<![\w.,])(?:\d{4}[-/]\d\d[-/]\d\d|\d\d?[./-]\d\d?[./-]\d{4}"
    r"|\d\d? [A-Z][a-z]{2,8} \d{4}|[A-Z][a-z]{2,8} \d\d?, \d{4})(?![\d])"
)
ROW_TYPES = {".csv", ".sav", ".dta", ".xlsx", ".tsv", ".zsav", ".parquet"}
KEY = "client_id"
SHARE, LEAST = 0.1, 5  # of codes that are plain numbers, in one file
SHORTEST_NUMBER = 4
SHOWN = 3
HEAD = 4000  # characters within which the header of a table stands
# packages whose own files a book carries; they hold no data, and many chance hits
THEMES = (
    *("sphinx", "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_copybutton"),
    *("sphinx_togglebutton", "sphinx_design", "sphinx_thebe", "myst_nb"),
    *("alabaster", "sphinx_comments", "jupyter_book"),
)
# what the archive of code holds besides the chapters
CODE = (
    *("smcm", "generator", "tests", "benchmarks", "docs", "tools", "Dockerfile"),
    *("data/published", "data/synthetic", "data/validation"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something in a file that gives somebody or this machine away.

    Attributes
    ----------
    file : str
        Relative to what was scanned.
    part : str
        In an archive or an image; often empty.
    what : str
        Such as "3 codes of clients".
    examples : tuple of str
        Some of them.
    """

    file: str
    part: str
    what: str
    examples: tuple[str, ...]

    def __str__(self) -> str:
        """Write file, what it holds, and some of it."""
        place = f"{self.file} ({self.part})" if self.part else self.file
        listed = ", ".join(map(named, self.examples))
        return f"{named(place)}: {self.what}" + (f": {listed}" if listed else "")


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan has found.

    Attributes
    ----------
    files : int
        That were looked at.
    findings : tuple of Finding
    not_vouched_for : tuple of (str, str)
        Files whose text could not be read, and why.
    """

    files: int
    findings: tuple[Finding, ...]
    not_vouched_for: tuple[tuple[str, str], ...]


def scan(
    book: Path, secrets: Secrets, step: Callable[[], object] = lambda: None
) -> Scanned:
    """Look into every file of a folder.

    Parameters
    ----------
    book : Path
        A folder, or one file.
    secrets : Secrets
    step : callable
        Called after each file.
    """
    paths = files_of(book)
    found: list[Finding] = []
    unread: list[tuple[str, str]] = []
    for path in paths:
        name = path.relative_to(book).as_posix() if path != book else path.name
        try:
            found += _in_file(name, read_input(path), secrets)
        except UnreadTextError as why:
            unread.append((name, str(why)))
        step()
    return Scanned(len(paths), tuple(found), tuple(unread))


def files_of(book: Path) -> list[Path]:
    """List the files to look at; a link leads to what a web server would show."""
    if not book.is_dir():
        return [book]
    return sorted(path for path in book.rglob("*") if path.is_file())


def _in_file(name: str, content: bytes, secrets: Secrets) -> Iterator[Finding]:
    if is_ours(content):
        return
    path = Path(name)
    if path.stem.casefold() in tables_of_rows() and path.suffix.casefold() in ROW_TYPES:
        yield Finding(file=name, part="", what=ROWS_HERE, examples=())
    seen: set[tuple[str, str]] = set()
    for part, text in texts(content, is_ours):
        for what, examples in in_text(f"{name}\n{text}" if not part else text, secrets):
            if (part, what) not in seen:
                seen.add((part, what))
                yield Finding(file=name, part=part, what=what, examples=examples)


ROWS_HERE = "a row for each client; it should not be there at all"


def in_text(text: str, secrets: Secrets) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Find what a text holds of the secrets, each kind once, with some examples."""
    if _is_table_of_rows(text):
        yield ROWS_HERE, ()
    tokens = set(TOKEN.findall(text))
    lettered = tokens & secrets.lettered | _spaced(secrets.lettered, text)
    yield from _counted("code of a client", "codes of clients", lettered)
    numbers = {t for t in tokens & secrets.numbers if len(t) >= SHORTEST_NUMBER}
    if len(numbers) >= max(LEAST, SHARE * len(secrets.numbers)):
        yield from _counted("code of a client", "codes of clients", numbers)
    managers = tokens & secrets.managers | _spaced(secrets.managers, text)
    yield from _counted("code of a case manager", "codes of case managers", managers)
    days = set(DAY.findall(text)) & secrets.days
    yield from _counted("day of a client", "days of clients", days)
    names = {name for name in secrets.names if name in text}
    yield from _counted("name behind a code", "names behind codes", names)
    places = {place for place in secrets.places if place in text}
    places |= set(PLACE.findall(text))
    yield from _counted("folder of this machine", "folders of this machine", places)


def _counted(
    one: str, many: str, found: Collection[str]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if found:
        what = f"1 {one}" if len(found) == 1 else f"{len(found):,} {many}"
        yield what, tuple(sorted(found)[:SHOWN])


def _spaced(codes: Collection[str], text: str) -> set[str]:
    """Find codes that are no single word, such as names with a space."""
    return {code for code in codes if not TOKEN.fullmatch(code) and code in text}


def _is_table_of_rows(text: str) -> bool:
    """Whether a text is a table with a column of clients' codes, and any rows."""
    for line in text[:HEAD].splitlines()[:3]:
        for sign in ",;\t":
            names = [name.strip(' "').casefold() for name in line.split(sign)]
            if KEY in names and len(names) > 1:
                below = text.partition(line)[2].strip().partition("\n")[0]
                return below.count(sign) > 0
    return False


def is_ours(content: bytes) -> bool:
    """Whether a file comes with the theme or with the code of this book, unchanged.

    Both are the same in every book, and full of days and codes of invented clients.
    Chapters, which authors write, are looked into.
    """
    digest = hashlib.sha256(content).digest()
    return digest in theme_files() or digest in code_files()


@cache
def tables_of_rows() -> frozenset[str]:
    """Name the files with a row a client: of the data, and of `smcm study --rows`."""
    tables = read_schema().tables
    named = (one.name for one in tables if KEY in (c.name for c in one.columns))
    return frozenset({"analysis", *named})


@cache
def code_files() -> frozenset[bytes]:
    """Digests of the files of the code and of the shipped data, as they lie here."""
    places = (ROOT / name for name in CODE)
    return frozenset(
        hashlib.sha256(read_input(path)).digest()
        for place in places
        for path in (place.rglob("*") if place.is_dir() else (place,))
        if path.is_file() and path.suffix != ".pyc"
    )


@cache
def theme_files() -> frozenset[bytes]:
    """Digests of the files of packages that make books, where those are installed."""
    found = set()
    for name in THEMES:
        spec = find_spec(name)
        for place in (spec.submodule_search_locations or ()) if spec else ():
            for path in Path(place).rglob("*"):
                if path.is_file() and path.suffix not in (".py", ".pyc"):
                    found.add(hashlib.sha256(read_input(path)).digest())
    return frozenset(found)
