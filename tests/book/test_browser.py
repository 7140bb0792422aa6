"""What only a browser can see; skipped, with the reason, where there is none."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from tools.browser import NARROW, STILL, WIDE, visit

# Where the page scrolls sideways: the elements that stick out to the right of the
# window, but for those inside of something that scrolls on its own.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = e => e && (getComputedStyle(e).overflowX !== 'visible'
                             || scrolls(e.parentElement));
  return document.documentElement.scrollWidth > width
    ? [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width + 1
                     && !scrolls(e.parentElement))
        .map(e => `${e.tagName}.${e.className}: ${e.textContent.slice(0, 40)}`)
        .slice(0, 5)
        .concat('scroll width ' + document.documentElement.scrollWidth)
    : [];
}"""


@dataclass(frozen=True)
class Look:
    """What a page did when it was opened."""

    faults: list  # errors, and requests that left
    drawn: int
    failed: int
    sticking_out: list  # when the window is as narrow as a phone


def narrow(page):
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.evaluate(STILL)


@pytest.fixture(scope="module")
def looks(browser, html, paths):
    """Every page, opened once and in one window, by its path within the book."""
    found = {}
    with visit(browser, paths[0]) as seen:
        for path in paths:
            seen.page.set_viewport_size({"width": WIDE, "height": 900})
            seen.open(path)
            drawn = seen.page.locator("mjx-container svg").count()
            failed = seen.page.locator("mjx-merror, [data-mjx-error]").count()
            narrow(seen.page)
            sticking_out = seen.page.evaluate(STICKING_OUT)
            look = Look(seen.errors + seen.left, drawn, failed, sticking_out)
            found[path.relative_to(html).as_posix()] = look
    return found


def test_no_page_makes_an_error_or_a_request_that_leaves(looks):
    faults = {name: look.faults for name, look in looks.items() if look.faults}
    assert not faults


def test_no_page_is_wider_than_a_phone(looks):
    faults = {n: look.sticking_out for n, look in looks.items() if look.sticking_out}
    assert not faults


def test_what_is_wider_than_a_phone_is_found(browser, tmp_path):
    page = tmp_path / "wide.html"
    page.write_text("<p style='width: 500px'>wide</p>", encoding="utf-8")
    with visit(browser, page) as seen:
        assert not seen.page.evaluate(STICKING_OUT)
        narrow(seen.page)
        assert any("wide" in what for what in seen.page.evaluate(STICKING_OUT))


def test_every_formula_is_drawn(chapters, looks):
    formulas = {name: len(page.select(".math")) for name, page in chapters.items()}
    assert sum(formulas.values()) > 0
    for name, look in looks.items():
        assert look.drawn >= formulas.get(name, 0), name
        assert look.failed == 0, name


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_banner_is_seen_and_read(browser, html, scheme):
    with visit(browser, html / "book/index.html", scheme=scheme) as seen:
        banner = seen.page.locator("aside.smcm-banner")
        expect(banner).to_be_visible()
        colours = banner.evaluate(
            "e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]"
        )
    assert contrast(*map(luminance, colours)) >= READABLE


READABLE = 4.5  # WCAG 2.2, 1.4.3


def luminance(colour):
    """Relative luminance of an ``rgb(…)``, as WCAG defines it."""
    channels = [int(text) / 255 for text in colour[4:-1].split(",")]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
