"""Look up the DOIs that ``book/references.bib`` lacks, at Crossref, by title.

``python -m tools.crossref`` prints what it finds; with ``--write`` it puts it into the
file, each with the date. A record counts only if its year, volume and first page are
those of the file: a title alone names too many works. Nothing is guessed.
"""

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from pybtex.database import Entry, parse_file  # type: ignore[import-untyped]
from tqdm import tqdm

from smcm.paths import BOOK

BIBLIOGRAPHY = BOOK / "references.bib"
ADDRESS = "https://api.crossref.org/works"
ASKED = "DOI,title,issued,published-print,published-online,volume,page,article-number"
ROWS, SECONDS = 5, 30
DATES = ("issued", "published-print", "published-online")
Json = dict[str, Any]
Ask = Callable[[str], list[Json]]


def ask_crossref(title: str) -> list[Json]:
    """Give the records whose titles are nearest to a title.

    Raises
    ------
    URLError, TimeoutError
        No network, or no answer.
    """
    query = {"query.bibliographic": title, "rows": ROWS, "select": ASKED}
    request = Request(f"{ADDRESS}?{urlencode(query)}", headers={"User-Agent": "smcm"})
    with urlopen(request, timeout=SECONDS) as answer:
        found: list[Json] = json.load(answer)["message"]["items"]
    return found


def lacking(path: Path) -> dict[str, Entry]:
    """Give the articles without a DOI, by their keys."""
    entries = parse_file(path, bib_format="bibtex").entries
    return {
        key: entry
        for key, entry in entries.items()
        if entry.type == "article" and "doi" not in entry.fields
    }


def plain_title(entry: Entry) -> str:
    """Give a title without the braces that keep capitals."""
    return re.sub(r"[{}\\]", "", entry.fields["title"])


def is_the_same(entry: Entry, record: Json) -> bool:
    """Tell whether year, volume and first page of a record are those of the file."""
    wanted = (entry.fields.get("volume"), _first_page(entry.fields.get("pages", "")))
    page = record.get("page") or record.get("article-number") or ""
    given = (record.get("volume"), _first_page(page))
    return (
        all(wanted) and wanted == given and int(entry.fields["year"]) in _years(record)
    )


def _first_page(pages: str) -> str:
    return re.split(r"[-–]", pages, maxsplit=1)[0].strip().lower()


def _years(record: Json) -> set[int]:
    """Give the years in which a work appeared, in print or before that."""
    dates = (record.get(name, {}).get("date-parts", [[None]]) for name in DATES)
    return {parts[0][0] for parts in dates if parts[0] and parts[0][0]}


def look_up(
    articles: Iterable[tuple[str, Entry]], ask: Ask
) -> Iterator[tuple[str, str]]:
    """Give key and DOI of each article of which just one record is the same.

    Parameters
    ----------
    articles : iterable of (str, Entry)
    ask : callable
        From a title to records.
    """
    for key, entry in articles:
        same = {
            record["DOI"]
            for record in ask(plain_title(entry))
            if is_the_same(entry, record)
        }
        if len(same) == 1:
            yield key, same.pop()


def with_doi(text: str, key: str, doi: str, date: str) -> str:
    """Put a DOI at the end of an entry, and above the entry when it was found."""
    entry = re.compile(rf"^@article\{{{key},\n.*?(?=^\}})", re.MULTILINE | re.DOTALL)

    def filled(found: re.Match[str]) -> str:
        body = found[0].rstrip().removesuffix(",")
        return f"% DOI from Crossref, {date}.\n{body},\n  doi = {{{doi}}},\n"

    return entry.sub(filled, text, count=1)


def main(words: Sequence[str] | None = None) -> int:
    """Print what was found; the exit code is 1 without an answer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write", action="store_true", help="put the DOIs into the file"
    )
    options = parser.parse_args(words)
    entries = lacking(BIBLIOGRAPHY)
    articles = tqdm(entries.items(), unit="reference", leave=False)
    try:
        found = dict(look_up(articles, ask_crossref))
    except (URLError, TimeoutError) as error:
        reason = getattr(error, "reason", error)
        print(
            f"Crossref did not answer ({reason}). Look-ups need a network; the file is "
            "as it was.",
            file=sys.stderr,
        )
        return 1
    text, date = BIBLIOGRAPHY.read_text("utf-8"), datetime.now(UTC).date().isoformat()
    for key, doi in found.items():
        print(f"{key}: {doi}")
        text = with_doi(text, key, doi, date)
    if options.write:
        BIBLIOGRAPHY.write_text(text, encoding="utf-8")
    print(f"{len(found)} of {len(entries)} found" + "; written" * options.write)
    return 0


if __name__ == "__main__":
    sys.exit(main())
