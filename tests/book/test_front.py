"""The front page as it is built: the grid on a phone, the diagram, where things are."""

import json
import re

import pytest

from generator.shipped import EIGHT_MODELS
from smcm.parameters import RunParameters
from smcm.paths import RUNS
from smcm.published import Published
from smcm.report.conclusions import FILE
from tools.browser import NARROW, visit

FRONT = "book/index.html"
LEAST_TYPE, LEAST_TARGET = 11.0, 24.0  # CSS pixels
MOST_WORDS = 600
SIZES = """() => [...document.querySelectorAll('.smcm-front text')].map(text => {
  const svg = text.ownerSVGElement;
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  return scale * parseFloat(getComputedStyle(text).fontSize);
})"""
SCROLLS = "e => e.scrollWidth > e.clientWidth"
OVERLAPS = """() => {
  const boxes = [...document.querySelectorAll('.smcm-front text')]
    .map(text => text.getBoundingClientRect());
  const meet = (a, b) => a.left < b.right && b.left < a.right
                      && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
  return boxes.flatMap((a, k) => boxes.slice(k + 1).filter(b => meet(a, b))).length;
}"""


@pytest.fixture(scope="module")
def page(pages):
    return pages[FRONT]


@pytest.fixture(scope="module")
def concluded():
    """What the chapters left, by analysis and model."""
    path = RUNS / "synthetic" / RunParameters().slug / FILE
    left = json.loads(path.read_text(encoding="utf-8"))
    return {
        one["name"]: {found["model"]: found["extent"] for found in one["models"]}
        for chapter in left.values()
        for one in chapter["analyses"]
    }


def words(element):
    return " ".join(element.get_text(" ").split())


def test_every_analysis_has_a_column_and_every_model_a_row(page, concluded):
    grid = page.select_one(".smcm-grid table")
    heads = grid.select('thead th[scope="col"]')
    assert len(heads) == len(concluded) == 9
    rows = grid.select("tbody tr")
    keys = [f"{m.outcome.short}, {m.horizon:g} mo" for m in EIGHT_MODELS]
    assert [words(row.select_one('th[scope="row"]')) for row in rows] == [
        key.replace(" mo", " mo") for key in keys
    ]
    order = {
        "Published": "published",
        "Multiplicity": "adjusted",
    }
    for k, head in enumerate(heads):
        name = order.get(words(head), words(head).lower())
        shown = [row.select("td")[k]["class"][0] for row in rows]
        assert shown == [concluded[name][model.key] for model in EIGHT_MODELS]


def test_heads_lead_to_the_chapters_of_their_columns(html, page):
    for link in page.select(".smcm-grid thead a"):
        assert (html / "book" / link["href"].partition("#")[0]).is_file()


def test_table_2_is_found_where_the_page_says(page, pages):
    row = next(
        row for row in page.select("tr") if words(row).startswith("Table 2: change")
    )
    target, _, anchor = row.select_one("a")["href"].partition("#")
    there = pages[f"book/{target}"].find(id=anchor)
    printed = Published.read().by_key
    means = [key for key in printed if re.fullmatch(r"t2\.[\w-]+\.[\d.]+\.mean", key)]
    assert len(means) > 10
    assert all(printed[key].text in words(there) for key in means)


def test_it_is_short(page):
    article = page.select_one("article")
    seen = [
        word
        for text in article.find_all(string=True)
        if not text.find_parent(["svg", "style", "script", "footer"])
        for word in text.split()
        if re.search(r"\w", word)
    ]
    assert len(seen) <= MOST_WORDS


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_grid_needs_no_scrolling_on_a_phone(browser, html, scheme):
    with visit(browser, html / FRONT, width=NARROW, scheme=scheme) as seen:
        grid = seen.page.locator(".smcm-grid")
        assert not grid.evaluate(SCROLLS)
        assert min(seen.page.evaluate(SIZES)) >= LEAST_TYPE
        assert seen.page.evaluate(OVERLAPS) == 0
        for link in grid.locator("thead a").all():
            box = link.bounding_box()
            assert min(box["width"], box["height"]) >= LEAST_TARGET
        said = grid.locator("td .said").all_inner_texts()
        assert all(said)  # there to be read aloud, though not seen
