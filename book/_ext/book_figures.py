"""Describe figures by the alternative text of the cell, as of pictures.

MyST-NB gives the text of `mystnb.image.alt` to pictures alone, and a figure is an
element of the page.
"""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx

LABEL = re.compile(r'(<div class="smcm-panels" role="img" aria-label=")[^"]*')


def describe(app: Sphinx, document: nodes.document) -> None:
    """Put the alternative text of each cell into the figure that it shows."""
    for cell in document.findall(nodes.container):
        image = cell.get("cell_metadata", {}).get("mystnb", {}).get("image", {})
        if "alt" not in image:
            continue
        words = escape(" ".join(image["alt"].split()))
        for raw in cell.findall(nodes.raw):
            text = LABEL.sub(lambda found, words=words: found[1] + words, raw.astext())
            raw.children[:] = [nodes.Text(text)]


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("doctree-read", describe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
