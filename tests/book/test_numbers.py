"""Tables and figures of the book: their numbers, their heads, what lies beneath."""

import csv
import re
from io import StringIO
from urllib.parse import unquote

import pytest

from smcm.paths import ROOT
from smcm.report.numbering import ARTICLE, FIRST_TABLES
from smcm.rerun.contents import read_texts

NUMBER = re.compile(r"(Table|Figure) (S?)(\d+)")
NAMED = re.compile(r"\{numref\}`(?:[^`<]*<)?([\w-]+)>?`")


@pytest.fixture(scope="module")
def captions(pages):
    """Number of every table and figure by its label, in reading order."""
    found = {}
    for chapter in read_texts(ROOT):
        for number in pages[f"{chapter.name}.html"].select("article .caption-number"):
            item = number.find_parent(["table", "figure"])
            found[item["id"]] = number.get_text(strip=True)
    return found


def test_the_article_s_keep_its_numbers_and_the_others_are_counted(captions):
    for label, number in ARTICLE.items():
        kind = "Table" if label.startswith("tab-") else "Figure"
        assert captions[label] == f"{kind} {number}"
    for kind in ("Table", "Figure"):
        others = [
            int(found[3])
            for label, text in captions.items()
            if label not in ARTICLE and (found := NUMBER.fullmatch(text))[1] == kind
        ]
        assert others == list(range(1, len(others) + 1)), kind


def test_tables_known_without_the_book_stand_where_they_are_said_to(captions):
    tables = [label for label in captions if label.startswith("tab-")]
    assert tables[: len(FIRST_TABLES)] == list(FIRST_TABLES)


def test_a_reference_says_the_number_that_the_caption_says(pages, captions):
    told = 0
    for name, page in pages.items():
        if name.startswith("book/runs/"):
            continue
        for link in page.select("article a.reference[href*='#']"):
            label = link["href"].partition("#")[2]
            if label in captions and NUMBER.fullmatch(link.get_text()):
                assert link.get_text() == captions[label], (name, label)
                told += 1
    assert told > 50


def test_first_cells_head_their_rows(chapters):
    rows = [
        (name, row)
        for name, page in chapters.items()
        for table in page.select("article .pst-scrollable-table-container > table")
        for row in table.select("tbody > tr")
    ]
    assert rows
    wrong = [
        (name, str(row)[:90])
        for name, row in rows
        if len(row.find_all(["th", "td"])) > 1
        and row.th is not None
        and row.th.get("scope") != "row"
    ]
    assert not wrong
    assert sum(row.th is not None for _, row in rows) > 0.9 * len(rows)


def test_every_table_of_a_cell_has_its_numbers_and_its_code_beneath(pages):
    page = pages["book/results.html"]
    for table in page.select("article div.cell table[id^=tab-]"):
        cell = table.find_parent("div", class_="cell")
        link = cell.select_one(f"a[download='{table['id']}.csv']")
        text = unquote(link["href"].partition("utf-8,")[2]).removeprefix("\ufeff")
        assert len(list(csv.reader(StringIO(text)))) > 2
        number = table.select_one(".caption-number").get_text(strip=True)
        code = cell.find("details", recursive=False)
        assert code.summary.p.get_text() == f"Code for {number}"
        assert table in code.find_all_previous("table")


def test_printed_numbers_link_to_tables_and_tables_back(pages):
    page = pages["book/printed.html"]
    table = page.find(id="tab-printed")
    there = {link["href"] for link in table.select("tbody td a.reference")}
    labels = {target.partition("#")[2] for target in there}
    assert {label for label in ARTICLE if label != "fig-model"} <= labels
    ids = {element["id"] for element in page.find_all(id=True)}
    for target in there:
        name, _, label = target.partition("#")
        other = pages[f"book/{name}"]
        item = other.find(id=label)
        assert item is not None, target
        cell = item if item.name == "figure" else item.find_parent(class_="cell")
        back = cell.select_one(".smcm-take a[href*='printed.html#']")
        assert back["href"].partition("#")[2] in ids, target


def test_rows_that_differ_are_marked(pages):
    for row in pages["book/printed.html"].select("#tab-printed tbody tr"):
        status = row.find_all(["th", "td"])[1].get_text(strip=True)
        different = status in {"differs", "cannot hold as printed"}
        assert bool(row.select(".differs")) == different


def test_no_rerun_is_in_the_order_of_reading_or_in_the_sidebar(pages):
    for name, page in pages.items():
        ways = page.select("a.left-prev, a.right-next, link[rel=prev], link[rel=next]")
        if name.startswith("book/runs/"):
            assert not ways
        aside = page.select("nav.bd-links a")
        assert aside or name == "search.html"
        for link in (*ways, *aside):
            assert "runs/" not in link["href"], name
    compare = pages["book/compare.html"]
    assert compare.select_one("a.right-next")["href"] == "explorer.html"
    assert compare.select("article a[href^='runs/']")
