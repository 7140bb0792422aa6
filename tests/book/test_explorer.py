"""The explorer in a browser: on a page of its own, from the disk, as a reader does."""

import json
import shutil
import time
from dataclasses import replace

import pytest

from smcm.paths import BOOK
from smcm.report import explorer
from smcm.report.explorer import numbers as written
from tools.browser import NARROW, WIDE, visit

FRAME = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Explorer</title><link rel="stylesheet" href="../_static/smcm.css"/></head>
<body><main class="bd-article" style="max-width: 43rem">
<h1>Explorer</h1><h2 id="a-view">A view</h2>
{html}</main></body></html>"""
OTHER = "#window=90&site=without-3&outcome=pgi&horizon=18&reading=published"
LEAST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8
SMALL_TARGETS = """least => [...document.querySelectorAll(
    '.explorer :is(select, button, summary, label:has(> input))')]
  .filter(e => e.checkVisibility())
  .filter(e => Math.min(e.getBoundingClientRect().width,
                        e.getBoundingClientRect().height) < least)
  .map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write the explorer of some runs as a page beside the static files."""
    folder = tmp_path_factory.mktemp("explorer")
    shutil.copytree(BOOK / "_static", folder / "_static")
    (folder / "book").mkdir()

    def page(runs, name):
        path = folder / "book" / f"{name}.html"
        html = explorer.view(runs, runs[0].run)._repr_html_()
        path.write_text(FRAME.format(html=html), encoding="utf-8")
        return path

    return page


@pytest.fixture(scope="module")
def path(write, runs):
    return write(runs, "explorer")


@pytest.fixture(scope="module")
def many(write, runs):
    """Page with more sites than there is room for buttons."""
    more = [
        replace(r, run=replace(r.run, site=f"without-{site}"))
        for r in runs
        if r.run.site == "all"
        for site in (1, 2, 5)
    ]
    return write([*runs, *more], "many")


@pytest.fixture
def seen(browser, path):
    with visit(browser, path) as opened:
        yield opened
        assert not opened.errors
        assert not opened.left


def text(page, name):
    return page.locator(f"[data-show={name}]").inner_text()


def numbers(page):
    rows = page.locator(".explorer-numbers tbody tr").all()
    return [row.locator("td").all_inner_texts() for row in rows]


def record_of(runs, start):
    return next(r for r in runs if r.slug.startswith(start))


def rows_of(runs, slug, key):
    found = record_of(runs, slug).model(key)
    shown = [written.cells(found, term) for term in written.TERMS]
    return [[f"{c.estimate}\n{c.interval}", c.p, c.level, c.verdict] for c in shown]


# Listens after the page's own script does, and so hears of an address after it.
LISTEN = """() => { window.heard = Promise.race([
  new Promise(done => addEventListener('hashchange', done, {once: true})),
  new Promise(done => setTimeout(done, 2000))]); }"""


def choose(page, **answers):
    for key, value in answers.items():
        page.evaluate(LISTEN)
        page.locator(f"input[name={key}][value='{value}']").check()
        page.evaluate("() => window.heard.then(() => null)")


def press_to(page, selector, key="Tab", most=60):
    """Press a key until an element has the focus."""
    for _ in range(most):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
    pytest.fail(f"{selector} cannot be reached with {key}")


def test_a_choice_changes_the_diagram_the_numbers_and_the_sentences(seen, runs):
    page = seen.page
    assert numbers(page) == rows_of(runs, "w090-all", "qoli20_9")
    before = page.locator("[data-draw=paths]").inner_html()
    choose(page, window=180)
    choose(page, site="without-3")
    choose(page, outcome="mcas")
    choose(page, horizon=18)
    record = record_of(runs, "w180-without-3")
    found = record.model("mcas_18")
    assert numbers(page) == rows_of(runs, "w180-without-3", "mcas_18")
    assert page.locator("[data-draw=paths]").inner_html() != before
    assert text(page, "summary") == written.summary(record, found)
    assert text(page, "reason").endswith(written.reason(found))
    assert text(page, "abstract") == record.abstract
    assert text(page, "n") == str(record.n)
    assert text(page, "statement") == record.statement
    link = page.get_by_role("link", name="The page of this run")
    assert link.get_attribute("href") == f"runs/{record.slug}.html"


def test_arrows_are_dashed_and_dots_open_as_the_rule_has_it(seen, runs):
    page = seen.page
    for k, found in enumerate(runs[0].models):
        outcome, horizon = found.model.key.split("_")
        page.evaluate(
            "to => location.hash = to", f"outcome={outcome}&horizon={horizon}"
        )
        page.wait_for_function(
            "t => document.querySelector('[data-show=title]')"
            ".textContent.startsWith(t)",
            arg=found.model.title,
        )
        arrows = page.locator("[data-draw=paths] .arrow").all()
        drawn = ["solid" in arrow.get_attribute("class") for arrow in arrows]
        assert drawn == [found.significant(term) for term in ("a", "b", "direct")]
        dots = page.locator("[data-draw=runs] .row").all()
        classes = [dot.get_attribute("class").split() for dot in dots]
        assert ["mediated" in c for c in classes] == [
            r.models[k].mediated for r in runs
        ]
        assert ["chosen" in c for c in classes] == [True, *[False] * (len(runs) - 1)]
        label = page.locator("[data-draw=paths]").get_attribute("aria-label")
        assert label == written.arrows(found)


def test_intervals_are_drawn_to_scale(seen, runs):
    """Half-way between two ticks in numbers is half-way between them on the sheet."""
    page = seen.page
    data = json.loads(page.locator("script[type='application/json']").inner_text())
    ticks = data["models"][0]["axis"]["ticks"]
    grid = page.locator("[data-draw=runs] :is(.grid, .zero)").all()
    places = [float(line.get_attribute("x1")) for line in grid]
    slope = (places[-1] - places[0]) / (ticks[-1][0] - ticks[0][0])
    lines = page.locator("[data-draw=runs] .row > line").all()
    dots = page.locator("[data-draw=runs] .row > circle").all()
    for record, line, dot in zip(runs, lines, dots, strict=True):
        row = record.models[0].terms["indirect"]
        drawn = [
            line.get_attribute("x1"),
            dot.get_attribute("cx"),
            line.get_attribute("x2"),
        ]
        expected = [
            places[0] + slope * (value - ticks[0][0])
            for value in (row.low, row.value, row.high)
        ]
        assert list(map(float, drawn)) == pytest.approx(expected, abs=1e-6)


def test_the_keyboard_alone_is_enough(browser, many, runs):
    with visit(browser, many) as seen:
        go_by_keyboard(seen.page, runs)
        assert not seen.errors


def go_by_keyboard(page, runs):
    press_to(page, "input[name=window]")
    page.keyboard.press("ArrowRight")
    press_to(page, "select[name=site]")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    press_to(page, "input[name=outcome]")
    page.keyboard.press("ArrowRight")
    press_to(page, "input[name=horizon]")
    page.keyboard.press("ArrowRight")
    require_soon(page, rows_of(runs, "w180-without-3", "pgi_18"))
    assert page.evaluate("document.activeElement.name") == "horizon"
    press_to(page, "summary")
    page.keyboard.press("Enter")
    assert page.locator("table.explorer-plain").is_visible()


def test_focus_can_be_seen(browser, many):
    with visit(browser, many) as seen:
        look_at_focus(seen.page)


def look_at_focus(page):
    for selector in ("input[name=window]", "select[name=site]", "[data-copy=link]"):
        press_to(page, selector)
        style = page.evaluate(
            """() => { const e = document.activeElement;
            return getComputedStyle(e.type === 'radio' ? e.nextElementSibling : e)
              .outlineStyle; }"""
        )
        assert style == "solid", selector


def require_soon(page, expected):
    """Going back is done before the page has heard of its new address."""
    until = time.monotonic() + 10
    while numbers(page) != expected and time.monotonic() < until:
        page.wait_for_timeout(20)
    assert numbers(page) == expected


def test_the_address_holds_the_view_and_leads_back_to_it(browser, path, seen, runs):
    page = seen.page
    choose(page, window=180)
    choose(page, outcome="ths")
    address = page.url
    assert address.endswith(
        "#window=180&site=all&outcome=ths&horizon=9&reading=published"
    )
    with visit(browser, path) as other:
        other.page.goto("about:blank")
        other.page.goto(address)
        assert numbers(other.page) == rows_of(runs, "w180-all", "ths_9")
        assert text(other.page, "note") == ""
    page.go_back()
    require_soon(page, rows_of(runs, "w180-all", "qoli20_9"))
    page.go_back()
    require_soon(page, rows_of(runs, "w090-all", "qoli20_9"))
    page.go_forward()
    require_soon(page, rows_of(runs, "w180-all", "qoli20_9"))
    assert page.locator("input[name=window][value='180']").is_checked()


def test_a_wrong_address_is_answered_with_a_sentence(browser, path, runs):
    with visit(browser, path) as seen:
        page = seen.page
        page.goto("about:blank")
        page.goto(f"{path.as_uri()}#window=45&sight=all&site=<b>x</b>&outcome=pgi")
        note = text(page, "note")
        assert "“45” as window" in note
        assert "90 days is taken instead" in note
        assert "“sight”, which is no choice here" in note
        assert "<b>x</b>" in note
        assert not page.locator(".explorer b").count()
        assert numbers(page) == rows_of(runs, "w090-all", "pgi_9")
        choose(page, outcome="ths")
        assert text(page, "note") == ""
        assert not seen.errors


@pytest.mark.parametrize(
    "address", ["#%", "#=", "#&&&", "#constructor=1", "#window=toString"]
)
def test_an_address_of_nonsense_does_no_harm(browser, path, runs, address):
    with visit(browser, path) as seen:
        seen.page.goto("about:blank")
        seen.page.goto(path.as_uri() + address)
        assert numbers(seen.page) == rows_of(runs, "w090-all", "qoli20_9")
        assert not seen.errors


def test_the_anchor_of_a_heading_leaves_the_view_as_it_is(seen, path, runs):
    page = seen.page
    page.goto(path.as_uri() + OTHER)
    page.evaluate("location.hash = 'a-view'")
    assert numbers(page) == rows_of(runs, "w090-without-3", "pgi_18")
    assert text(page, "note") == ""


def test_a_combination_that_was_not_run_shows_no_numbers(browser, write, runs):
    """90 days without site 3 is taken out of the grid."""
    path = write([r for r in runs if not r.slug.startswith("w090-without-3")], "gap")
    with visit(browser, path) as seen:
        page = seen.page
        choose(page, site="without-3")
        page.wait_for_function("document.querySelector('.explorer-view').hidden")
        said = text(page, "summary")
        assert said.startswith("This combination was not run: Window: 90 days; ")
        assert "Window: 180 days" in said
        assert "Sites: all sites or without site 4" in said
        shown = page.locator(".explorer").inner_text()
        assert "ab=" not in shown
        assert runs[0].abstract not in shown
        choose(page, window=180)
        assert numbers(page) == rows_of(runs, "w180-without-3", "qoli20_9")
        assert not seen.errors


def test_whatever_varies_has_a_control_that_works(browser, write, runs):
    seven = replace(
        runs[0], run=replace(runs[0].run, seed=7), n=12, models=runs[1].models
    )
    quoted = 'it\'s "x" </script> & more'
    other = replace(runs[0], run=replace(runs[0].run, data=quoted), n=13)
    path = write([runs[0], seven, other], "varied")
    with visit(browser, path) as seen:
        page = seen.page
        choose(page, data="synthetic", seed=7)
        assert text(page, "n") == "12"
        assert "seed=7" in page.url
        choose(page, seed=20141009)
        page.get_by_label(quoted).check()
        assert text(page, "n") == "13"
        page.reload()
        assert text(page, "n") == "13"
        assert not seen.errors


def test_the_link_and_the_citation_can_be_copied(browser, path, runs):
    with visit(browser, path) as seen:
        page = seen.page
        page.goto(path.as_uri() + OTHER)
        page.evaluate("""() => Object.defineProperty(navigator, 'clipboard', {value:
            {writeText: async text => { window.copied = text; }}})""")
        page.locator("[data-copy=link]").click()
        page.wait_for_function("window.copied")
        assert page.evaluate("window.copied") == path.as_uri() + OTHER
        assert text(page, "copied") == "Copied."
        page.locator("[data-copy=citation]").click()
        page.wait_for_function("window.copied.startsWith('The smcm')")
        cited = page.evaluate("window.copied")
        assert "PGI at 18 months. Window of 90 days, without site 3" in cited
        assert runs[0].statement in cited
        assert cited.endswith(f" explorer.html{OTHER}")
        assert path.parent.as_posix() not in cited


def test_where_nothing_can_be_copied_the_text_is_shown(browser, path):
    with visit(browser, path) as seen:
        page = seen.page
        page.evaluate("""() => {
          Object.defineProperty(navigator, 'clipboard', {value: undefined});
          document.execCommand = () => false; }""")
        page.locator("[data-copy=link]").click()
        page.wait_for_function(
            "document.querySelector('[data-show=copied]').textContent"
        )
        assert path.as_uri() in text(page, "copied")
        assert page.evaluate("document.activeElement.dataset.copy") == "link"
        assert not seen.errors


def test_without_javascript_the_table_is_there(browser, path, runs):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    table = page.locator("table.explorer-plain")
    assert table.is_visible()
    assert table.locator("tbody").count() == len(runs)
    assert not page.locator(".explorer-form").is_visible()
    assert not page.locator(".explorer-view").is_visible()
    context.close()


@pytest.mark.parametrize("width", [320, NARROW, WIDE])
def test_nothing_sticks_out_and_nothing_is_too_small_to_touch(browser, path, width):
    with visit(browser, path, width=width) as seen:
        page = seen.page
        for opened in (False, True):
            page.evaluate(
                "open => document.querySelector('details').open = open", opened
            )
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width
        assert not page.evaluate(SMALL_TARGETS, LEAST_TARGET)


def test_with_colours_of_the_reader_s_own_the_choice_is_still_seen(browser, path):
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(path.as_uri())
    colours = page.locator("input[name=window] + span").evaluate_all(
        "found => found.map(e => getComputedStyle(e).backgroundColor)"
    )
    assert colours[0] != colours[1]
    context.close()
