"""Figures on a page from a folder: buttons, a phone, the dark."""

import re
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import pandas as pd
import pydata_sphinx_theme
import pytest
from docutils import nodes
from PIL import Image
from playwright.sync_api import expect

from smcm.paths import BOOK
from tests.shown import figures
from tools.browser import NARROW, visit

STATIC = BOOK / "_static"
THEME = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static"
THEMES = "pydata-sphinx-theme.css"
CLEAR = "rgba(0, 0, 0, 0)"
MARGIN = 24  # pixels left and right of the text, as the theme has them on a phone
LEAST_PIXELS = 11.0
DOTS = 4  # pixels of a PNG for each point
CHOSEN = {
    "fig-outcomes": figures.outcomes_over_time,
    "fig-indirect": figures.indirect_effects,
    "fig-bootstrap": figures.bootstrap_distribution,
    "fig-missing": figures.missingness_map,
    "fig-fidelity": figures.fidelity_over_time,
}
SIZES = """() => [...document.querySelectorAll(".smcm-panels text")].map(text => {
    const svg = text.ownerSVGElement;
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    return scale * parseFloat(getComputedStyle(text).fontSize);
})"""
OVERFLOW = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture(scope="module")
def plates(study):
    return {name: draw(study) for name, draw in CHOSEN.items()}


@pytest.fixture(scope="module")
def path_of_page(plates, tmp_path_factory):
    """A page with the book's style sheet and script, in a folder."""
    shown = "".join(
        f'<figure><div class="cell_output"><div class="output text_html">'
        f"{plate.to_html()}</div></div></figure>"
        for plate in plates.values()
    )
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(
        "<!doctype html><html lang='en' data-theme='light'><head><title>t</title>"
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{(THEME / "styles" / THEMES).as_uri()}">'
        f'<link rel="stylesheet" href="{(STATIC / "figures.css").as_uri()}">'
        "<style>html { --pst-color-background: #fff; "
        "--pst-font-family-base: sans-serif } "
        'html[data-theme="dark"] { --pst-color-background: #14181e } '
        f"body {{ margin: {MARGIN}px }} figure {{ margin: 0 }}</style>"
        f'<script src="{(STATIC / "figures.js").as_uri()}"></script>'
        '</head><body><main class="bd-content"><div class="bd-article">'
        f"{shown}</div></main></body></html>",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def page(browser, path_of_page):
    with visit(browser, path_of_page) as seen:
        yield seen.page
        assert not seen.errors
        assert not seen.left


def plate_of(page, name):
    return page.locator(f'.smcm-plate[data-name="{name}"]')


def taken(page, name, words, role="button"):
    """Press a button and read the file that it gives."""
    with page.expect_download() as waiting:
        plate_of(page, name).get_by_role(role, name=words, exact=True).click()
    file = waiting.value
    return file.suggested_filename, file.path().read_bytes()


@pytest.mark.parametrize("name", CHOSEN)
def test_a_figure_is_taken_along_as_svg(page, plates, name):
    file, content = taken(page, name, "SVG")
    root = ET.fromstring(content)
    assert file == f"{name}.svg"
    assert b"var(" not in content
    assert root.find("{http://www.w3.org/2000/svg}title").text == plates[name].alt
    words = {one.text for one in root.iter("{http://www.w3.org/2000/svg}text")}
    expected = {one.get_text() for one in plates[name].figure.axes[0].texts}
    assert {line for text in expected for line in text.splitlines()} <= words
    width, height = plates[name].figure.get_size_inches() * 72
    assert [float(v) for v in root.get("viewBox").split()] == pytest.approx(
        [0, 0, width, height], abs=0.01
    )


def test_a_figure_is_taken_along_as_png(page, plates):
    file, content = taken(page, "fig-outcomes", "PNG")
    image = Image.open(BytesIO(content)).convert("RGB")
    width, height = plates["fig-outcomes"].figure.get_size_inches() * 72 * DOTS
    assert file == "fig-outcomes.png"
    assert image.size == pytest.approx((width, height), abs=1)
    assert image.getpixel((0, 0)) == (255, 255, 255)
    assert len(image.getcolors(maxcolors=10**7)) > 10


@pytest.mark.parametrize("name", CHOSEN)
def test_the_numbers_of_a_figure_are_taken_along(page, plates, name):
    file, content = taken(page, name, "CSV", role="link")
    text = plates[name].frame.to_csv(index=False, date_format="%Y-%m-%d")
    assert file == f"{name}.csv"
    pd.testing.assert_frame_equal(
        pd.read_csv(BytesIO(content)), pd.read_csv(StringIO(text)), check_exact=True
    )


def test_an_enlarged_figure_closes_and_gives_the_focus_back(page):
    button = plate_of(page, "fig-outcomes").get_by_role("button", name="Enlarge")
    button.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog")
    expect(box).to_be_visible()
    expect(box.get_by_role("button", name="Close")).to_be_focused()
    before = plate_of(page, "fig-outcomes").locator("svg").count()
    assert box.locator("svg svg").count() == before
    page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(button).to_be_focused()


def test_words_are_large_enough_on_a_phone(browser, path_of_page):
    with visit(browser, path_of_page, width=NARROW) as seen:
        page = seen.page
        sizes = page.evaluate(SIZES)
        assert len(sizes) > 100
        assert min(sizes) >= LEAST_PIXELS
        assert page.evaluate(OVERFLOW) <= 0
        panels = plate_of(page, "fig-outcomes").locator("svg")
        lefts = [panels.nth(k).bounding_box()["x"] for k in range(panels.count())]
        assert set(lefts) == {lefts[0]}  # beneath each other


def test_panels_stand_beside_each_other_on_a_desk(page):
    panels = plate_of(page, "fig-outcomes").locator("svg")
    first, second = (panels.nth(k).bounding_box() for k in (0, 1))
    assert first["y"] == second["y"]
    assert first["x"] + first["width"] <= second["x"] + 1


def test_the_dark_changes_colours_on_the_page_and_in_no_file(page):
    ink = "() => getComputedStyle(document.querySelector('.smcm-panels text')).fill"
    light = page.evaluate(ink)
    file = taken(page, "fig-indirect", "SVG")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    assert page.evaluate(ink) != light
    assert taken(page, "fig-indirect", "SVG") == file


def test_no_card_of_the_theme_lies_behind_a_figure_in_the_dark(page):
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    behind = page.locator(".text_html").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert set(behind) == {CLEAR}


def test_a_figure_is_described_by_the_words_of_its_cell(plates, monkeypatch):
    monkeypatch.syspath_prepend(str(BOOK / "_ext"))
    from book_figures import describe  # noqa: PLC0415

    cell = nodes.container(
        cell_metadata={"mystnb": {"image": {"alt": 'Small "charts" & \\1\n  bands'}}}
    )
    html = plates["fig-outcomes"].to_html()
    cell += nodes.raw(text=html, format="html")
    document = nodes.document("", None)
    document += cell
    describe(None, document)
    found = document.next_node(nodes.raw).astext()
    label = re.search(r'role="img" aria-label="([^"]*)"', found)[1]
    assert label == "Small &quot;charts&quot; &amp; \\1 bands"
    assert found.replace(label, "") == re.sub(
        r'(role="img" aria-label=")[^"]*', r"\1", html
    )
