"""What the notebooks behind the pages of a book tell that their pages do not."""

import json
import re
from pathlib import Path

from bs4 import BeautifulSoup

from tests.printed_counts import CSV, WHOLE, csv_rows

PIECES = re.compile(r"[.;:]\s|\n\n|[\[\]]|\{#[^}]*\}")  # {#…} names a row
TOLD = ("aria-label", "alt", "content")


def notebooks(folder):
    """Yield each notebook, with the page that was made of it."""
    for path in sorted((Path(folder) / "_sources").rglob("*.ipynb")):
        name = path.relative_to(Path(folder) / "_sources").with_suffix(".html")
        yield path, Path(folder) / name


def beyond(notebook, page):
    """Give the passages, rows and CSV files of a notebook that its page does not have.

    Passages are compared by their whole numbers, in their order.
    """
    shown = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    told = [tag[name] for name in TOLD for tag in shown.select(f"[{name}]")]
    text = in_order(" ".join([shown.get_text(" "), *told]))
    files = tables(shown)
    for part in parts(json.loads(notebook.read_text(encoding="utf-8"))):
        yield from (name for name, rows in tables(part).items() if files[name] != rows)
        yield from (
            piece for piece in passages(part) if in_order(piece) not in text
        )


def parts(told):
    """Parse the text of a notebook, and what its cells put out."""
    for cell in told["cells"]:
        texts = ["".join(cell["source"])] if cell["cell_type"] == "markdown" else []
        for output in cell.get("outputs", ()):
            assert output["output_type"] == "execute_result"
            shown = {**output["data"]}
            assert set(shown) <= {"text/plain", "text/html", "text/markdown"}
            texts += ["".join(text) for text in shown.values()]
        for text in texts:
            yield BeautifulSoup(text, "html.parser")


def tables(soup):
    """Give the rows of each CSV file that is offered, by its name."""
    links = soup.select(f'a[href^="{CSV}"]')
    return {link["download"]: csv_rows(link["href"]) for link in links}


def passages(soup):
    """Yield the lines and the descriptions of figures, piece by piece."""
    said = [tag["aria-label"] for tag in soup.select("[aria-label]")]
    for part in soup.select(f'a[href^="{CSV}"], svg, script, style'):
        part.decompose()
    for text in (*said, *soup.get_text("\n").split("\n")):
        yield from PIECES.split(text)


def in_order(text):
    """Write the whole numbers of a text, a blank on either side of each."""
    return f" {' '.join(WHOLE.findall(text))} ".replace("  ", " ")
