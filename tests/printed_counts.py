"""Every whole number in the files of a built book, with the words around it."""

import base64
import csv
import json
import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup

WHOLE = re.compile(
    r"(?<![\d.,:\w])(?:\d{1,3}(?:,\d{3})+|\d+)(?![\w:]|[.,]\d)"  # 12 and 1,234, not 1.5
)
CSV = "data:text/csv"
NO_TEXT = "pre, script, style, math, .math, a.reference, .headerlink"
AROUND = 5  # words on either side


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number that a file shows.

    Attributes
    ----------
    page : str
        Path of the page in the book, without its ending.
    place : str
        ``"text"``, or the name of a table, a CSV file or a JSON list.
    row, column : str
        Of a table: what stands first in its row, and its heading. Of a text: the words
        before the number, and those after.
    value : int
    """

    page: str
    place: str
    row: str
    column: str
    value: int

    @property
    def words(self):
        """All that says what it is, in a line: page, place, and words around it."""
        return f"{self.page} | {self.place} | {self.row} ⟦{self.value}⟧ {self.column}"


def numbers(folder):
    """Read all pages, and the notebooks behind them."""
    for path in sorted(Path(folder).rglob("*.html")):
        page = path.relative_to(folder).with_suffix("").as_posix()
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        yield from of_page(page, soup)


def of_page(page, soup):
    article = soup.select_one("article") or soup
    for link in article.select(f'a[href^="{CSV}"]'):
        yield from of_table(page, link["download"], csv_rows(link["href"]))
    for script in article.select('script[type="application/json"]'):
        yield from of_json(page, json.loads(script.get_text()))
    for table in article.select("table"):
        name = next((a["id"] for a in table.parents if a.get("id")), "")
        rows = [
            [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
            for row in table.select("tr")
        ]
        yield from of_table(page, name, rows)
        table.decompose()
    said = [a["aria-label"] for a in article.select("[aria-label]")]
    for part in article.select(NO_TEXT):
        part.decompose()
    for block in article.select("svg text, svg title, svg desc"):
        words = block.get_text(" ", strip=True)
        if any(sign.isalpha() for sign in words):  # others are ticks of an axis
            said.append(words)
    for block in article.select("svg"):
        block.decompose()
    for block in article.select("p, li, dd, dt, h1, h2, h3, h4"):
        yield from of_text(page, "text", block.get_text(" ", strip=True))
    for text in said:
        yield from of_text(page, "figure", text)


def csv_files(folder):
    """Give the rows of every CSV file that pages offer, by page and name."""
    found = {}
    for path in sorted(Path(folder).rglob("*.html")):
        page = path.relative_to(folder).with_suffix("").as_posix()
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for link in soup.select(f'a[href^="{CSV}"]'):
            found[page, link["download"]] = csv_rows(link["href"])
    return found


def csv_rows(address):
    head, body = address.split(",", 1)
    text = base64.b64decode(body).decode() if "base64" in head else unquote(body)
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def of_table(page, name, rows):
    """Read the cells of a table; a row of one cell heads those beneath it."""
    if not rows:
        return
    titles, *body = rows
    heading = first = ""
    for row in body:
        first = row[0].strip() or first
        if not any(cell.strip() for cell in row[1:]):
            heading = first
            continue
        label = f"{heading}: {first}" if heading else first
        for title, cell in zip(titles[1:], row[1:], strict=False):
            for found in whole_numbers(cell):
                yield Number(page, name, label, title, found)


def of_json(page, told, path=()):
    if isinstance(told, dict):
        for key, value in told.items():
            yield from of_json(page, value, (*path, key))
    elif isinstance(told, list):
        for value in told:
            yield from of_json(page, value, path)
    elif isinstance(told, int | str) and not isinstance(told, bool):
        for found in whole_numbers(str(told)):
            yield Number(page, "json", ".".join(path), str(told), found)


def of_text(page, place, text):
    words = text.split()
    for k, word in enumerate(words):
        for found in whole_numbers(word):
            before = " ".join(words[max(0, k - AROUND) : k])
            after = " ".join(words[k : k + AROUND + 1])
            yield Number(page, place, before, after, found)


def whole_numbers(text):
    """Give the whole numbers of a text; of a number with decimals or powers, none."""
    try:
        return [int(float(text))] if float(text).is_integer() else []
    except (ValueError, OverflowError):
        return [int(found.replace(",", "")) for found in WHOLE.findall(text)]
