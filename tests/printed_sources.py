"""What the notebooks behind the pages of a book tell that their pages do not.

A page has the chapter's description of a figure, its notebook the figure's own.
"""

import json
import re
from pathlib import Path

from bs4 import BeautifulSoup

from tests.printed_counts import CSV, WHOLE, csv_rows, of_text

PIECES = re.compile(
    r"(?<=[.;:|]) |\n\n|\[|\]|\{[#.][^}]*\}|\b\w+=\(?['\"]|, \w+=|', |\", "
)  # {#…} names a row, and what has a = is of an object
OF_A_FRAME = re.compile(  # places of rows, its size, what is cut off; citations
    r"^\d+(?= )|\d+ rows x \d+ columns|\S*\.\.\.|\[[\d, ]+\]", re.MULTILINE
)
TEXTS = {"text/html", "text/markdown"}
TOLD = ("aria-label", "alt", "content")
FIGURE = '[role="img"][aria-label]'


def notebooks(folder):
    """Yield each notebook, with the page that was made of it."""
    for path in sorted((Path(folder) / "_sources").rglob("*.ipynb")):
        name = path.relative_to(Path(folder) / "_sources").with_suffix(".html")
        yield path, Path(folder) / name


def descriptions(folder):
    """Read the whole numbers of the figures' own descriptions."""
    for path, page in notebooks(folder):
        name = page.relative_to(folder).with_suffix("").as_posix()
        for part in parts(path):
            for tag in part.select(FIGURE):
                yield from of_text(name, "figure", tag["aria-label"])


def beyond(path, page):
    """Give the passages, rows and CSV files of a notebook that its page does not have.

    Passages are compared by their whole numbers, in their order; the descriptions of
    figures are left to `descriptions`.
    """
    shown = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    told = [tag[name] for name in TOLD for tag in shown.select(f"[{name}]")]
    text, files = in_order(" ".join([shown.get_text(" "), *told])), tables(shown)
    figures = [tag["aria-label"] for one in parts(path) for tag in one.select(FIGURE)]
    text += "".join(in_order(words) for words in figures)
    for part in parts(path):
        yield from (name for name, rows in tables(part).items() if files[name] != rows)
        yield from (piece for piece in passages(part) if in_order(piece) not in text)


def parts(path):
    """Parse the text of a notebook, and what its cells put out."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        texts = ["".join(cell["source"])] if cell["cell_type"] == "markdown" else []
        for output in cell.get("outputs", ()):
            assert output["output_type"] == "execute_result"
            shown = {kind: "".join(text) for kind, text in output["data"].items()}
            plain = shown.pop("text/plain").replace("\\n", "\n")
            shown.pop("image/png", None)  # the figure again
            assert set(shown) <= TEXTS
            texts += [*shown.values(), plain]
        for text in texts:
            yield BeautifulSoup(text, "html.parser")


def tables(soup):
    """Give the rows of each CSV file that is offered, by its name."""
    links = soup.select(f'a[href^="{CSV}"]')
    return {link["download"]: csv_rows(link["href"]) for link in links}


def passages(soup):
    """Yield the text without that of drawings, piece by piece."""
    for part in soup.select(f'a[href^="{CSV}"], svg, script, style'):
        part.decompose()
    for line in soup.get_text("\n").split("\n"):
        yield from PIECES.split(OF_A_FRAME.sub("", line))


def in_order(text):
    """Write the whole numbers of a text, a blank on either side of each."""
    found = " ".join(WHOLE.findall(text))
    return f" {found} " if found else " "
