"""A page on paper: light, whole, with one title."""

import pytest

from tools.browser import SCHEMES, visit

WATCH = """() => {
  window.printed = [];
  const theme = () => document.documentElement.dataset.theme;
  matchMedia('print').addEventListener(
    'change', one => one.matches && printed.push(theme()));
}"""
THEME = "document.documentElement.dataset.theme"
NOT_ON_PAPER = (
    *("#pst-primary-sidebar", "#pst-back-to-top", "dialog", "details.hide"),
    *(".prev-next-footer", ".headerlink", ".bd-header-article"),
)
OVERFLOW = """() => [...document.querySelectorAll('.pst-scrollable-table-container')]
  .map(one => getComputedStyle(one).overflowX)"""


@pytest.mark.parametrize("scheme", SCHEMES)
def test_paper_is_light_and_the_screen_is_as_before(browser, html, scheme):
    with visit(browser, html / "book/references.html", scheme=scheme) as seen:
        page = seen.page
        page.evaluate(WATCH)
        before = page.evaluate(THEME)
        page.pdf()
        assert page.evaluate("printed") == ["light"]
        assert page.evaluate(THEME) == before == scheme


def test_paper_has_one_title_and_nothing_that_is_for_the_screen(browser, html):
    with visit(browser, html / "book/results.html") as seen:
        page = seen.page
        page.emulate_media(media="print")
        titles = [one for one in page.locator("h1").all() if one.is_visible()]
        assert len(titles) == 1
        for unwanted in NOT_ON_PAPER:
            assert not any(one.is_visible() for one in page.locator(unwanted).all())
        assert set(page.evaluate(OVERFLOW)) == {"visible"}
