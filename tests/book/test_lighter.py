"""Figures in fewer bytes look the same, in the browser's own drawing."""

import base64
import re
from io import BytesIO

import numpy as np
import pytest
from docutils import nodes
from PIL import Image

from smcm.chapters.coding import figures as coding_figures
from smcm.paths import BOOK
from tests.shown import figures

SVG = re.compile(r"<svg .*?</svg>", re.DOTALL)
DRAWN = {
    "fig-outcomes": figures.outcomes_over_time,
    "fig-bootstrap": figures.bootstrap_distribution,
    "fig-paths-9": lambda study: figures.path_diagrams(study, 9),
    "fig-checks-pgi_18": lambda study: coding_figures.model_checks(study, "pgi_18"),
}
ALIKE = 3  # of 255: edges of shapes that are drawn one by one or as a group


@pytest.fixture(scope="module")
def ext():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(BOOK / "_ext"))
        import book_lighter  # noqa: PLC0415

        yield book_lighter


@pytest.fixture(scope="module")
def elements(study):
    return {name: draw(study).to_html() for name, draw in DRAWN.items()}


def photograph(browser, html):
    page = browser.new_page(viewport={"width": 700, "height": 900})
    page.set_content(html)
    taken = Image.open(BytesIO(page.screenshot(full_page=True))).convert("RGB")
    page.close()
    return np.asarray(taken, dtype=int)


@pytest.mark.parametrize("name", DRAWN)
def test_a_lighter_figure_looks_the_same(browser, ext, elements, name):
    before = elements[name]
    raw = nodes.raw(text=before, format="html")
    document = nodes.document("", None)
    document += raw
    ext.lighten(None, document)
    after = raw.astext()
    assert len("".join(SVG.findall(after))) < 0.85 * len("".join(SVG.findall(before)))
    assert SVG.sub("", after) == SVG.sub("", before)
    one, other = photograph(browser, before), photograph(browser, after)
    assert one.shape == other.shape
    assert np.ptp(one) > 100  # something is drawn
    assert np.abs(one - other).max() <= ALIKE


def png(pixels):
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode()


def pixels_of(picture):
    content = base64.b64decode(picture.partition(",")[2])
    return np.asarray(Image.open(BytesIO(content)).convert("RGBA"))


@pytest.mark.parametrize("colours", [2, 256, 257])
def test_a_palette_keeps_every_pixel(ext, colours):
    k = np.arange(40 * 50).reshape(40, 50) % colours
    pixels = np.stack([k % 256, k // 256, k * 0 + 7, 255 - k % 256], axis=2)
    picture = png(pixels.astype(np.uint8))
    small = ext.with_palette(picture)
    assert (pixels_of(small) == pixels).all()
    assert (small == picture) == (colours > 256)


def test_a_path_keeps_its_points(ext):
    """Matplotlib's reader of its own steps is not ours; H and V are read by hand."""
    assert (
        ext.shorter("M 0 1.50 L 2 1.50 L 2 3 L 4 -5 L 5 6 z") == "M0 1.5H2V3L4-5 5 6z"
    )
    assert ext.shorter("M 1 2 L 3 4 M 3 4 L 5 6") == "M1 2 3 4M3 4 5 6"


def test_marks_that_shine_through_are_not_grouped(ext):
    mark = '<path d="M 0 0 L 1 1" style="opacity: 0.5; stroke: none"/>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{mark * 2}</svg>'
    assert "<g" not in ext.lighter(svg)
    assert "<g" in ext.lighter(svg.replace("opacity: 0.5", "stroke-width: 2"))
