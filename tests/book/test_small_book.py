"""The extensions for numbers and links, on a book of three pages."""

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from smcm.paths import BOOK

TABLE = ":::{{table}} W\n:name: {name}\n\n| A | B |\n| :- | -: |\n| {cell} | 1 |\n:::\n"
LINE = '\n<p class="smcm-take"><a download="{name}.csv" href="data:,">CSV</a></p>\n\n'
PAGES = {
    "index": "# Root\n\n```{toctree}\nresults\nprinted\n```\n",
    "results": "# Results\n\nSee {numref}`tab-other`.\n\n"
    + TABLE.format(name="tab-change", cell="x")
    + LINE.format(name="tab-change")
    + TABLE.format(name="tab-other", cell="y"),
    "printed": "# Printed\n\n::::{table} All\n:name: tab-printed\n\n| Place | Here |\n"
    "| :-- | :-- |\n| [Table 2]{#printed-t2} | {numref}`tab-change` |\n"
    "| [Text]{#printed-pow} | {numref}`tab-absent` |\n::::\n",
}


@pytest.fixture(scope="module", params=[True, False], ids=["shipped", "own data"])
def book(request, tmp_path_factory):
    """Whether the data are the shipped ones, and the pages."""
    folder = tmp_path_factory.mktemp("small")
    for name, text in PAGES.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    settings = {
        "extensions": [
            *("myst_parser", "book_runs", "book_tables", "book_printed"),
        ],
        "source_suffix": {".md": "markdown"},
        "myst_enable_extensions": ["colon_fence", "attrs_inline"],
        "numfig": True,
        "numfig_secnum_depth": 0,
        "numfig_format": {"table": "Table %s", "figure": "Figure %s"},
        "html_context": {"data_shipped": request.param},
        "nitpicky": True,
    }
    with pytest.MonkeyPatch.context() as patch, patch_docutils(), docutils_namespace():
        patch.syspath_prepend(str(BOOK / "_ext"))
        out = folder / "out"
        app = Sphinx(
            folder,
            None,
            out,
            out / "trees",
            "html",
            settings,
            status=None,
            warningiserror=True,
        )
        app.build()
    assert app.statuscode == 0
    pages = {
        name: BeautifulSoup((out / f"{name}.html").read_text("utf-8"), "html.parser")
        for name in PAGES
    }
    return request.param, pages


def test_captions_and_references_have_the_numbers_of_the_edition(book):
    shipped, pages = book
    numbers = [
        n.get_text(strip=True) for n in pages["results"].select(".caption-number")
    ]
    reference = pages["results"].select_one("p a.reference").get_text()
    assert numbers[1] == reference
    assert (numbers[0] == "Table 2") == shipped
    assert all(number.startswith("Table S") for number in numbers[shipped:])


def test_a_table_links_to_its_first_row_and_the_row_to_the_table(book):
    _, pages = book
    back = pages["results"].select_one(".smcm-take a[href*='printed.html#']")
    assert back["href"] == "printed.html#printed-t2"
    assert back.get_text() == "Printed"
    row = pages["printed"].find(id="printed-t2").find_parent("tr")
    assert row.select_one("a.reference")["href"] == "results.html#tab-change"


def test_a_row_whose_table_is_absent_is_blank(book):
    _, pages = book
    row = pages["printed"].find(id="printed-pow").find_parent("tr")
    assert row.find_all(["th", "td"])[1].get_text(strip=True) == ""


def test_first_cells_are_heads(book):
    _, pages = book
    for row in pages["results"].select("tbody tr"):
        assert "stub" in row.find("th")["class"]
