"""The explorer in a browser: on a page of its own, from the disk, as a reader does."""

import json
import re
import shutil
from contextlib import contextmanager
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from smcm.chapters import explorer
from smcm.chapters.explorer import numbers as written
from smcm.chapters.explorer.choices import in_order
from smcm.paths import BOOK
from tests.book.waiting import require_soon
from tests.conftest import GRID_OF_TESTS
from tests.filled import written as written_in
from tools.browser import NARROW, WIDE, visit

FRAME = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<title>Explorer</title><link rel="stylesheet" href="../_static/smcm.css"/></head>
<body><main class="bd-article" style="max-width: 43rem">
<h1>Explorer</h1><h2 id="a-view">A view</h2>
{html}{abstracts}</main></body></html>"""
VIEW = "window=180&site=all&outcome=ths&horizon=9&reading=published"
OTHER = "#window=90&site=without-3&outcome=pgi&horizon=18&reading=published"
N = len(GRID_OF_TESTS)
LEAST_TARGET = 24  # CSS pixels, WCAG 2.2, 2.5.8
SMALL_TARGETS = """least => [...document.querySelectorAll(
    '.explorer :is(select, button, summary, label:has(> input))')]
  .filter(e => e.checkVisibility())
  .filter(e => Math.min(e.getBoundingClientRect().width,
                        e.getBoundingClientRect().height) < least)
  .map(e => e.outerHTML)"""


def abstract_of(record):
    return written_in("findings.j2", "abstract", "abstract()", **record.abstract_facts)


def below(record):
    """A run's abstract as the chapter has it below the explorer."""
    title, text = record.run.title, abstract_of(record)
    return f'<div class="explorer-abstract"><p>{title}</p><p>{text}</p></div>'


@pytest.fixture(scope="module")
def write(tmp_path_factory):
    """Write the explorer of some runs as a page beside the static files."""
    folder = tmp_path_factory.mktemp("explorer")
    shutil.copytree(BOOK / "_static", folder / "_static")
    (folder / "book").mkdir()

    def page(runs, name):
        path = folder / "book" / f"{name}.html"
        html = explorer.view(runs, runs[0].run)._repr_html_()
        laid = FRAME.format(html=html, abstracts="".join(map(below, in_order(runs))))
        path.write_text(laid, encoding="utf-8")
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


@pytest.fixture(scope="module")
def both(runs):
    """The runs, and that of 180 days and all sites in the defensible analysis too.

    Its numbers are those of other clients, so that a page cannot mix them up.
    """
    usual = record_of(runs, "w180-all")
    other = record_of(runs, "w180-without-4")
    return [*runs, replace(other, run=replace(usual.run, reading="defensible"))]


@pytest.fixture
def seen(browser, path):
    with visit(browser, path) as opened:
        yield opened
        assert not opened.errors
        assert not opened.left


def shown(page, name):
    return page.locator(f"[data-show={name}]")


def require_text(page, name, words):
    """Wait for the words, which are compared as they are drawn."""
    expect(shown(page, name)).to_have_text(words, use_inner_text=True)


def numbers(page):
    return page.locator(".explorer-numbers tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].filter(cell => cell.tagName === 'TD')"
        ".map(cell => cell.innerText))"
    )


def require_numbers(page, expected):
    require_soon(page, numbers, expected)


def record_of(runs, start):
    return next(r for r in runs if r.slug.startswith(start))


def rows_of(runs, slug, key):
    found = record_of(runs, slug).model(key)
    shown = [written.cells(found, term) for term in written.TERMS]
    return [[f"{c.estimate}\n{c.interval}", c.p, c.level, c.conclusion] for c in shown]


# Listens after the page's own script does, and so hears of an address after it.
LISTEN = """() => {
  window.heard = false;
  addEventListener('hashchange', () => { window.heard = true; }, {once: true});
}"""


@contextmanager
def new_address(page):
    """Wait until the page has shown what the new address asks for."""
    page.evaluate(LISTEN)
    yield
    page.wait_for_function("window.heard")


def choose(page, **answers):
    for key, value in answers.items():
        with new_address(page):
            page.locator(f"input[name={key}][value='{value}']").check()


def press_to(page, selector, key="Tab", most=60):
    """Press a key until an element has the focus."""
    for _ in range(most):
        before = page.evaluate_handle("document.activeElement")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press(key)
        page.wait_for_function("e => document.activeElement !== e", arg=before)
    pytest.fail(f"{selector} cannot be reached with {key}")


def test_a_choice_changes_the_diagram_the_numbers_and_the_sentences(seen, runs):
    page = seen.page
    require_numbers(page, rows_of(runs, "w090-all", "qoli20_9"))
    paths = page.locator("[data-draw=paths]")
    before = paths.inner_html()
    choose(page, window=180)
    choose(page, site="without-3")
    choose(page, outcome="mcas")
    choose(page, horizon=18)
    record = record_of(runs, "w180-without-3")
    found = record.model("mcas_18")
    require_numbers(page, rows_of(runs, "w180-without-3", "mcas_18"))
    assert paths.inner_html() != before
    require_text(page, "summary", written.summary(record, found))
    expect(shown(page, "reason")).to_contain_text(written.reason(found))
    require_text(page, "abstract", abstract_of(record))
    require_text(page, "n", str(record.n))
    require_text(page, "statement", record.statement)
    link = page.get_by_role("link", name="Page of this run")
    expect(link).to_have_attribute("href", f"runs/{record.slug}.html")


def test_arrows_are_dashed_and_dots_open_as_the_rule_has_it(seen, runs):
    page = seen.page
    for k, found in enumerate(runs[0].models):
        outcome, horizon = found.model.key.split("_")
        with new_address(page):
            page.evaluate(
                "to => location.hash = to", f"outcome={outcome}&horizon={horizon}"
            )
        expect(shown(page, "title")).to_have_text(
            re.compile(f"^{re.escape(found.model.title)}")
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
            for value in (row.ci_low, row.estimate, row.ci_high)
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
    require_numbers(page, rows_of(runs, "w180-without-3", "pgi_18"))
    expect(page.locator("input[name=horizon]:focus")).to_have_count(1)
    press_to(page, "summary")
    page.keyboard.press("Enter")
    expect(page.locator("table.explorer-plain")).to_be_visible()


def test_focus_can_be_seen(browser, many):
    with visit(browser, many) as seen:
        look_at_focus(seen.page)


def look_at_focus(page):
    for selector in ("input[name=window]", "select[name=site]", "[data-copy=link]"):
        press_to(page, selector)
        radio = selector.startswith("input")
        ringed = page.locator(":focus + span" if radio else ":focus")
        expect(ringed).to_have_css("outline-style", "solid")


def test_the_address_holds_the_view_and_leads_back_to_it(browser, path, seen, runs):
    page = seen.page
    choose(page, window=180)
    choose(page, outcome="ths")
    address = f"{path.as_uri()}#{VIEW}"
    expect(page).to_have_url(address)
    with visit(browser, path) as other:
        other.page.goto("about:blank")
        other.page.goto(address)
        require_numbers(other.page, rows_of(runs, "w180-all", "ths_9"))
        require_text(other.page, "note", "")
    page.go_back()
    require_numbers(page, rows_of(runs, "w180-all", "qoli20_9"))
    page.go_back()
    require_numbers(page, rows_of(runs, "w090-all", "qoli20_9"))
    page.go_forward()
    require_numbers(page, rows_of(runs, "w180-all", "qoli20_9"))
    expect(page.locator("input[name=window][value='180']")).to_be_checked()


def test_a_wrong_address_is_answered_with_a_sentence(browser, path, runs):
    with visit(browser, path) as seen:
        page = seen.page
        page.goto("about:blank")
        page.goto(f"{path.as_uri()}#window=45&sight=all&site=<b>x</b>&outcome=pgi")
        for words in (
            *("“45” as window", "90 days is shown instead", "<b>x</b>"),
            "“sight”, which is not a choice here",
        ):
            expect(shown(page, "note")).to_contain_text(words)
        expect(page.locator(".explorer b")).to_have_count(0)
        require_numbers(page, rows_of(runs, "w090-all", "pgi_9"))
        choose(page, outcome="ths")
        require_text(page, "note", "")
        assert not seen.errors


@pytest.mark.parametrize(
    "address", ["#%", "#=", "#&&&", "#constructor=1", "#window=toString"]
)
def test_an_address_of_nonsense_does_no_harm(browser, path, runs, address):
    with visit(browser, path) as seen:
        seen.page.goto("about:blank")
        seen.page.goto(path.as_uri() + address)
        require_numbers(seen.page, rows_of(runs, "w090-all", "qoli20_9"))
        assert not seen.errors


def test_the_anchor_of_a_heading_leaves_the_view_as_it_is(seen, runs):
    page = seen.page
    for address in (OTHER, "a-view"):
        with new_address(page):
            page.evaluate("to => location.hash = to", address)
    require_numbers(page, rows_of(runs, "w090-without-3", "pgi_18"))
    require_text(page, "note", "")


def test_a_combination_that_was_not_run_shows_no_numbers(browser, write, runs):
    """90 days without site 3 is taken out of the grid."""
    path = write([r for r in runs if not r.slug.startswith("w090-without-3")], "gap")
    with visit(browser, path) as seen:
        page = seen.page
        choose(page, site="without-3")
        expect(page.locator(".explorer-view")).to_be_hidden()
        for words in (
            *("This combination was not run: Window: 90 days; ", "Window: 180 days"),
            "Sites: all sites or without site 4",
        ):
            expect(shown(page, "summary")).to_contain_text(words)
        explorer_s = page.locator(".explorer").inner_text()
        assert "ab=" not in explorer_s
        assert abstract_of(runs[0]) not in explorer_s
        choose(page, window=180)
        require_numbers(page, rows_of(runs, "w180-without-3", "qoli20_9"))
        assert not seen.errors


def test_the_analysis_can_be_chosen_where_both_were_run(browser, write, runs, both):
    path = write(both, "both")
    with visit(browser, path) as seen:
        page = seen.page
        names = page.locator("[data-choice=reading] label").all_inner_texts()
        assert names == ["published", "defensible"]
        choose(page, window=180)
        require_numbers(page, rows_of(runs, "w180-all", "qoli20_9"))
        choose(page, reading="defensible")
        expect(page).to_have_url(re.compile("reading=defensible"))
        require_numbers(page, rows_of([both[-1]], "w180-all", "qoli20_9"))
        expect(shown(page, "title")).to_contain_text("defensible analysis")
        expect(shown(page, "across")).to_contain_text(f"published analysis (n={N}),")
        label = page.locator("[data-draw=runs] .chosen .label")
        expect(label).to_have_text("all sites, defensible")
        assert label.evaluate("e => e.getBBox().x") >= 0.0
        choose(page, window=90)
        expect(page.locator(".explorer-view")).to_be_hidden()
        for words in ("Analysis: published", "Window: 180 days"):
            expect(shown(page, "summary")).to_contain_text(words)
        choose(page, reading="published")
        require_numbers(page, rows_of(runs, "w090-all", "qoli20_9"))
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
        require_text(page, "n", "12")
        expect(page).to_have_url(re.compile("seed=7"))
        choose(page, seed=20141009)
        page.get_by_label(quoted).check()
        require_text(page, "n", "13")
        page.reload()
        require_text(page, "n", "13")
        assert not seen.errors


def copied(page):
    return page.evaluate("window.copied")


def test_the_link_and_the_citation_can_be_copied(browser, path, runs):
    with visit(browser, path) as seen:
        page = seen.page
        page.goto(path.as_uri() + OTHER)
        page.evaluate("""() => Object.defineProperty(navigator, 'clipboard', {value:
            {writeText: async text => { window.copied = text; }}})""")
        page.locator("[data-copy=link]").click()
        require_soon(page, copied, path.as_uri() + OTHER)
        require_text(page, "copied", "Copied.")
        page.locator("[data-copy=citation]").click()
        page.wait_for_function("window.copied.startsWith('The smcm')")
        cited = copied(page)
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
        expect(shown(page, "copied")).to_contain_text(path.as_uri())
        expect(page.locator("[data-copy=link]:focus")).to_have_count(1)
        assert not seen.errors


def test_without_javascript_the_table_is_there(browser, path, runs):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    table = page.locator("table.explorer-plain")
    expect(table).to_be_visible()
    expect(table.locator("tbody")).to_have_count(len(runs))
    expect(page.locator(".explorer-form")).to_be_hidden()
    expect(page.locator(".explorer-view")).to_be_hidden()
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
