"""What is healed in the book's tools does as the tools themselves do."""

import importlib
import re
from copy import copy

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from smcm.paths import BOOK

PAGE = """
Title
=====

Words, *some of them* **bold**, and a list:

- one ``literal``

  - two

=====  =====
A      B
=====  =====
x      1
=====  =====

Beneath
-------

>>> 1 + 1
2
"""
# A label of a paragraph has no number; one of a table has.
NUMBERED = """# Root

(a-sentence)=
A sentence.

:::{table} Words
:name: tab-one

| A |
| - |
| 1 |
:::

See {numref}`tab-one`, {numref}`a-sentence` and {numref}`nothing`.
"""
OURS = "myst_parser", "book_outlines", "book_numbers"
STRAIGHT = re.compile(r"\w'\w|\s--\s|(?<=\s)\"\w")
NO_PROSE = "pre, code, script, svg, style, .math, dt.sig"


@pytest.fixture
def extension(monkeypatch):
    monkeypatch.syspath_prepend(str(BOOK / "_ext"))
    return importlib.import_module


@pytest.mark.parametrize("kind", [nodes.Node, nodes.Text, nodes.Inline, nodes.entry])
def test_a_page_is_searched_in_the_order_of_docutils(extension, kind):
    heal, page = extension("book_heal"), publish_doctree(PAGE)
    slow = list(page.findall(lambda node: isinstance(node, kind)))
    assert len(slow) >= 2
    assert list(map(id, heal.every(page, kind))) == list(map(id, slow))
    if kind is nodes.Node:
        assert list(map(id, heal.every(page))) == list(map(id, slow))


def test_what_replaces_a_node_while_pages_are_searched_is_passed_over(extension):
    heal, page = extension("book_heal"), publish_doctree(PAGE)
    before = len(list(page.findall(nodes.Text)))
    found = 0
    for text in heal.every(page, nodes.Text):
        text.parent.replace(text, nodes.Text("other"))
        found += 1
    assert found == before
    assert {str(text) for text in page.findall(nodes.Text)} == {"other"}


def built(folder, text, *extensions):
    """Build a page, upon what stands there; give Sphinx's warnings, and the page."""
    (folder / "index.md").write_text(text, encoding="utf-8")
    told, out = folder / "told", folder / "-".join(extensions)
    settings = {
        "extensions": [*extensions],
        "myst_enable_extensions": ["colon_fence"],
        "numfig": True,
        "nitpicky": True,
    }
    with (
        patch_docutils(),
        docutils_namespace(),
        told.open("w+", encoding="utf-8") as warning,
    ):
        app = Sphinx(folder, None, out, out / "trees", "html", settings, None, warning)
        app.build()
        warning.seek(0)
        return warning.read(), (out / "index.html").read_text("utf-8")


def test_numbers_are_those_of_sphinx_and_so_is_what_it_warns_of(extension, tmp_path):
    numbers = extension("book_numbers")
    alone, plain = built(tmp_path, NUMBERED, "myst_parser")
    ours, healed = built(tmp_path, NUMBERED, *OURS)
    assert ours == alone
    assert alone.count("WARNING") == 2
    links = [re.findall(r"See .*", page) for page in (plain, healed)]
    assert links[0] == links[1]
    assert "Table 1" in links[0][0]
    assert numbers.Names().get("anything") is numbers.WITHOUT_NUMBER


def test_a_number_follows_when_a_page_is_built_again(extension, tmp_path):
    extension("book_numbers")
    _, before = built(tmp_path, NUMBERED, *OURS)
    other = NUMBERED.replace("tab-one\n\n|", "tab-new\n\n|").partition("See ")[0]
    _, after = built(tmp_path, other.replace("a-sentence", "b") + NUMBERED, *OURS)
    links = [re.search(r"See .*?>(Table \d)<", page)[1] for page in (before, after)]
    assert links == ["Table 1", "Table 2"]


def test_quotes_are_curved_on_every_page(pages):
    for name, page in pages.items():
        for article in map(copy, page.select("article")):
            for one in article.select(NO_PROSE):
                one.extract()
            assert not STRAIGHT.findall(article.get_text()), name
