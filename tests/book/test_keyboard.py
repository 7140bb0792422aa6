"""The book by keyboard alone, and for readers who want nothing to move."""

import pytest
from playwright.sync_api import expect

from tools.browser import NARROW, WIDE, visit

# What can be reached: whatever takes the focus, is shown, and stands not in a closed
# dialog or folded away; of radio buttons with one name, one.
REACHABLE = """() => {
  const found = [...document.querySelectorAll(
    'a[href], button, input, select, summary, textarea, [tabindex="0"]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && e.type !== 'hidden')
    .filter(e => e.checkVisibility({visibilityProperty: true}))
    .filter(e => !(e.matches('#pst-skip-link a')));
  const groups = new Set();
  return found.filter(e => {
    if (e.type !== 'radio') return true;
    const seen = groups.has(e.name);
    groups.add(e.name);
    return !seen;
  }).length;
}"""
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  window.reached ??= new Set();
  window.reached.add(e);
  const shows = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== 'none';
  };
  const box = e.getBoundingClientRect();
  const label = e.labels?.[0];
  const near = [e, label].flatMap(one => [one, one?.firstElementChild]).filter(Boolean);
  return {
    what: `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`,
    marked: near.some(shows),
    seen: box.bottom > 0 && box.top < innerHeight && box.width + box.height > 0,
    inside: Boolean(e.closest('#main-content')),
  };
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
    const style = getComputedStyle(e);
    const longest = text => Math.max(...text.split(',').map(parseFloat));
    return longest(style.transitionDuration) > 0.01
      || (style.animationName !== 'none' && longest(style.animationDuration) > 0.01)
      || style.scrollBehavior === 'smooth';
  }).map(e => `${e.tagName}.${e.className}`).slice(0, 5)"""

# A short transition of every element is thousands of them at each change of colours.
STARTED = """() => {
  const { dataset } = document.documentElement;
  dataset.theme = dataset.theme === 'dark' ? 'light' : 'dark';
  return document.getAnimations().length;
}"""


@pytest.mark.parametrize("stem", ["index", "results", "explorer"])
def test_the_tab_key_reaches_everything_and_shows_where_it_is(browser, html, stem):
    with visit(browser, html / f"book/{stem}.html", width=WIDE) as seen:
        page = seen.page
        page.add_style_tag(content="* { transition: none !important; }")
        count, faults = page.evaluate(REACHABLE), []
        for _ in range(count + 2):
            page.keyboard.press("Tab")
            found = page.evaluate(FOCUSED)
            if found is None:  # at the end, the browser's own buttons
                break
            faults += [found["what"]] * (not (found["marked"] and found["seen"]))
        assert page.evaluate("reached.size") >= count
    assert not faults


def test_the_first_stop_leads_past_the_navigation(browser, html):
    with visit(browser, html / "book/results.html") as seen:
        page = seen.page
        page.keyboard.press("Tab")
        expect(page.locator("#pst-skip-link a")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)["inside"]


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_search_opens_and_closes_by_keyboard(browser, html, width):
    with visit(browser, html / "book/results.html", width=width) as seen:
        page, dialog = seen.page, seen.page.locator("#pst-search-dialog")
        page.keyboard.press("Control+k")
        expect(dialog).to_be_visible()
        expect(dialog.locator("input[type=search]")).to_be_focused()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        page.keyboard.press("Control+k")
        page.keyboard.type("fidelity")
        page.keyboard.press("Enter")
        page.wait_for_url("**/search.html?q=fidelity")


@pytest.mark.parametrize("name", ["primary", "secondary"])
def test_sidebars_of_a_phone_open_and_close_by_keyboard(browser, html, name):
    with visit(browser, html / "book/results.html", width=NARROW) as seen:
        page, dialog = seen.page, seen.page.locator(f"#pst-{name}-sidebar-modal")
        button = page.locator(f"button.{name}-toggle:visible")
        button.focus()
        page.keyboard.press("Enter")
        expect(dialog).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()
        expect(button).to_be_focused()


@pytest.mark.parametrize("stem", ["results", "explorer"])
def test_nothing_moves_where_a_reader_wants_that(browser, html, stem):
    with visit(browser, html / f"book/{stem}.html") as seen:  # which asks for it
        assert seen.page.evaluate(MOVING) == []
        assert seen.page.evaluate(STARTED) == 0
        seen.page.emulate_media(reduced_motion="no-preference")
        assert seen.page.evaluate(MOVING) != []
