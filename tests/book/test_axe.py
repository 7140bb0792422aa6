"""Every page against WCAG 2.2, levels A and AA: widths, schemes, and states."""

from itertools import product

import pytest

from tools.axe import SCRIPT, audit, audit_states, states
from tools.browser import NARROW, SCHEMES, WIDTHS, visit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def script():
    """axe-core, or a skipped test."""
    if not SCRIPT.is_file():
        pytest.skip("axe-core is not installed: npm ci --prefix tools")
    return SCRIPT


@pytest.mark.parametrize(("width", "scheme"), list(product(WIDTHS, SCHEMES)))
def test_no_page_violates_a_rule(browser, paths, script, width, scheme):
    found = []
    for path in paths:
        with visit(browser, path, width=width, scheme=scheme) as seen:
            violations = audit_states(seen.page, script)
        found += [f"{path.name}: {said}" for said in violations]
    assert not found


def test_every_kind_of_state_is_seen(browser, html):
    with visit(browser, html / "book/results.html", width=NARROW) as seen:
        names = [name for name, _ in states(seen.page)]
        shown = seen.page.locator("#pst-back-to-top").is_visible()
    assert {"as opened", "with the dialog of search", "scrolled, all unfolded"} <= {
        *names
    }
    assert "with the dialog of contents" in names
    assert shown


def test_a_violation_is_found(browser, script, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<!doctype html><html><body><img src=''></body></html>", "utf-8")
    with visit(browser, path) as seen:
        rules = {said.partition(":")[0] for said in audit(seen.page, script)}
    assert {"image-alt", "html-has-lang", "document-title"} <= rules


@pytest.mark.parametrize(("last", "count"), [("#000", 0), ("#eee", 1)])
def test_colours_are_judged_when_they_have_come_to_rest(
    browser, script, tmp_path, last, count
):
    path = tmp_path / "page.html"
    path.write_text(
        "<!doctype html><html lang=en><title>a</title><style>"
        f"@keyframes show {{ from {{ color: #eee; }} to {{ color: {last}; }} }}"
        f"p {{ animation: show 3s linear; color: {last}; }}</style>"
        "<main><h1>a</h1><p>Text that comes from the colour of its ground.</p>",
        "utf-8",
    )
    with visit(browser, path) as seen:
        found = audit(seen.page, script)
    assert len(found) == count, found


@pytest.mark.parametrize(
    ("top", "count"), [(0, 0), (40, 0), (90, 1)], ids=["beneath", "in part", "below"]
)
def test_a_small_target_counts_unless_it_is_scrolled_under_the_bar(
    browser, script, tmp_path, top, count
):
    path = tmp_path / "page.html"
    bar = "position: fixed; top: 0; height: 45px"
    small = "padding: 0; width: 10px; height: 10px"
    path.write_text(
        "<!doctype html><html lang=en><title>a</title><main>"
        f"<div class=bd-header-article style='{bar}'></div>"
        f"<div style='position: absolute; top: {top}px'>"
        f"<button style='{small}'>a</button><button style='{small}'>b</button>",
        "utf-8",
    )
    with visit(browser, path) as seen:
        assert len(audit(seen.page, script)) == count


def test_the_button_back_to_the_top_stands_in_the_bar(browser, html):
    with visit(browser, html / "book/results.html", width=NARROW) as seen:
        [*states(seen.page)]
        button = seen.page.locator(".bd-header-article #pst-back-to-top")
        assert button.is_visible()
        assert button.evaluate("one => getComputedStyle(one).position") == "static"
        button.click()
        seen.page.wait_for_function("scrollY === 0")


FAINT_ON = {
    "gradient": "<p style='color: #999; background: linear-gradient(#000, #888)'>a",
    "shade": "<div style='background: linear-gradient(rgb(0 0 0 / 60%), transparent)'>"
    "<p style='color: #222'>a",
    "drawing": "<svg width=90 height=90><rect width=90 height=90 fill='#333' />"
    "<text x=20 y=40 fill='#222'>a</text></svg>",
}


@pytest.mark.parametrize("name", FAINT_ON)
def test_a_contrast_that_axe_leaves_open_is_computed(browser, script, tmp_path, name):
    path = tmp_path / "page.html"
    head = "<!doctype html><html lang=en><title>a</title><main><h1>a</h1>"
    path.write_text(f"{head}{FAINT_ON[name]}", "utf-8")
    with visit(browser, path) as seen:
        (found,) = audit(seen.page, script)
    assert found.startswith("contrast computed: ")


@pytest.mark.parametrize("ink", ["#fff", "#eee"])
def test_a_contrast_that_suffices_is_not_found(browser, script, tmp_path, ink):
    path = tmp_path / "page.html"
    style = f"color: {ink}; background: linear-gradient(#000, #222)"
    head = "<!doctype html><html lang=en><title>a</title><main><h1>a</h1>"
    path.write_text(f"{head}<p style='{style}'>a", "utf-8")
    with visit(browser, path) as seen:
        assert audit(seen.page, script) == []
