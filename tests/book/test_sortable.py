"""The script of sortable tables, on a small page of its own."""

import pytest
from playwright.sync_api import expect

from smcm.paths import BOOK
from tests.book.waiting import require_soon
from tools.browser import visit

SCRIPT = BOOK / "_static" / "sortable.js"
ROWS = (
    ("90 days", 90, "THS", 2, "0.10", 0.1049, "no"),
    ("180 days", 180, "PGI", 1, "\N{MINUS SIGN}0.20", -0.2, "yes"),
    ("90 days", 90, "PGI", 1, "0.10", 0.1001, "yes"),
    ("180 days", 180, "THS", 2, "1,000.00", 1000.0, "no"),
)
IN_PLACE = [0, 1, 2, 3]
WINDOW, OUTCOME, EFFECT, VERDICT = range(4)


def page_text(*, script):
    heads = "".join(
        f'<th class="head text-{side}"><p>{name}</p></th>'
        for name, side in (
            *(("Window", "left"), ("Outcome", "left")),
            *(("ab", "right"), ("Mediation", "left")),
        )
    )
    rows = "".join(
        f'<tr id="r{k}"><td><p><data value="{days}"><a href="#">{window}</a></data></p>'
        f'</td><td><p><data value="{rank}">{name}</data></p></td>'
        f'<td><p><data value="{value}">{shown}</data></p></td><td><p>{said}</p></td>'
        "</tr>"
        for k, (window, days, name, rank, shown, value, said) in enumerate(ROWS)
    )
    loaded = f'<script src="{SCRIPT.as_uri()}"></script>' if script else ""
    return (
        f"<!doctype html><html lang='en'><head><title>t</title>{loaded}</head><body>"
        '<div class="pst-scrollable-table-container"><table class="sortable table">'
        f"<caption>Runs</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
        "</table></div></body></html>"
    )


@pytest.fixture
def page(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(page_text(script=True), encoding="utf-8")
    with visit(browser, file) as seen:
        yield seen.page
        assert not seen.errors
        assert not seen.left


def order(page):
    return page.locator("tbody tr").evaluate_all(
        "rows => rows.filter(row => row.checkVisibility())"
        ".map(row => Number(row.id.slice(1)))"
    )


def require_order(page, expected):
    require_soon(page, order, expected)


def sort_by(page, column):
    page.locator("thead button").nth(column).click()


def directions(page):
    return page.locator("thead th").evaluate_all(
        "heads => heads.map(head => head.getAttribute('aria-sort'))"
    )


def require_directions(page, *expected):
    require_soon(page, directions, list(expected))


def require_status(page, words):
    expect(page.get_by_role("status")).to_have_text(words)


def test_numbers_sort_by_what_they_are_and_not_by_how_they_read(page):
    sort_by(page, EFFECT)
    require_order(page, [1, 2, 0, 3])
    require_directions(page, "none", "none", "ascending", "none")
    sort_by(page, EFFECT)
    require_order(page, [3, 0, 2, 1])
    require_directions(page, "none", "none", "descending", "none")


def test_the_third_time_brings_the_rows_back(page):
    for _ in range(3):
        sort_by(page, EFFECT)
    require_order(page, IN_PLACE)
    require_directions(page, *["none"] * 4)


def test_equal_rows_stay_in_their_order_both_ways(page):
    sort_by(page, WINDOW)
    require_order(page, [0, 2, 1, 3])
    sort_by(page, WINDOW)
    require_order(page, [1, 3, 0, 2])


def test_words_without_a_number_sort_by_letter(page):
    sort_by(page, VERDICT)
    require_order(page, [0, 3, 1, 2])


def test_only_one_column_says_that_it_is_sorted(page):
    sort_by(page, EFFECT)
    sort_by(page, OUTCOME)
    require_directions(page, "none", "ascending", "none", "none")


def test_columns_of_words_have_filters_and_they_add_up(page):
    expect(page.locator(".sortable-controls select")).to_have_count(3)
    page.get_by_label("Outcome").select_option("PGI")
    require_order(page, [1, 2])
    page.get_by_label("Window").select_option("90 days")
    require_order(page, [2])
    require_status(page, "1 of 4 rows")
    page.get_by_label("Mediation").select_option("no")
    require_order(page, [])
    page.get_by_label("Mediation").select_option("all")
    page.get_by_label("Window").select_option("all")
    page.get_by_label("Outcome").select_option("all")
    require_order(page, IN_PLACE)


def test_a_filter_lists_values_in_the_order_by_which_they_sort(page):
    options = page.get_by_label("Window").locator("option")
    expect(options).to_have_text(["all", "90 days", "180 days"])


def test_sorting_keeps_the_filter_and_both_are_said(page):
    page.get_by_label("Mediation").select_option("yes")
    sort_by(page, EFFECT)
    require_order(page, [1, 2])
    require_status(page, "2 of 4 rows, sorted by ab, ascending")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_sorts_as_well(page, key):
    page.locator("thead button").nth(EFFECT).focus()
    page.keyboard.press(key)
    require_order(page, [1, 2, 0, 3])


def test_heads_say_that_they_are_heads(page):
    expect(page.locator("thead th[scope=col]")).to_have_count(4)
    expect(page.locator("thead th")).to_have_count(4)
    expect(page.get_by_role("button", name="ab")).to_have_count(1)


def test_a_column_of_many_different_words_has_no_filter(browser, tmp_path):
    cells = "".join(f"<tr><td>{k % 2}</td><td>row {k}</td></tr>" for k in range(40))
    heads = "".join(f'<th class="text-left">{name}</th>' for name in ("Few", "Many"))
    file = tmp_path / "page.html"
    file.write_text(
        f'<script src="{SCRIPT.as_uri()}"></script><table class="sortable">'
        f"<thead><tr>{heads}</tr></thead><tbody>{cells}</tbody></table>",
        encoding="utf-8",
    )
    with visit(browser, file) as seen:
        expect(seen.page.locator("select")).to_have_count(1)
        expect(seen.page.get_by_label("Few")).to_have_count(1)


def test_without_the_script_it_is_a_plain_table(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(page_text(script=False), encoding="utf-8")
    with visit(browser, file) as seen:
        require_order(seen.page, IN_PLACE)
        expect(seen.page.locator("button, select")).to_have_count(0)
