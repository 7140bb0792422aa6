"""The script of sortable tables, on a small page of its own."""

import pytest

from smcm.paths import BOOK
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
    rows = page.locator("tbody tr:visible")
    return [int(row.get_attribute("id")[1:]) for row in rows.all()]


def sort_by(page, column):
    page.locator("thead button").nth(column).click()


def directions(page):
    return [head.get_attribute("aria-sort") for head in page.locator("thead th").all()]


def status(page):
    return page.get_by_role("status").text_content()


def test_numbers_sort_by_what_they_are_and_not_by_how_they_read(page):
    sort_by(page, EFFECT)
    assert order(page) == [1, 2, 0, 3]
    assert directions(page) == ["none", "none", "ascending", "none"]
    sort_by(page, EFFECT)
    assert order(page) == [3, 0, 2, 1]
    assert directions(page)[EFFECT] == "descending"


def test_the_third_time_brings_the_rows_back(page):
    for _ in range(3):
        sort_by(page, EFFECT)
    assert order(page) == IN_PLACE
    assert set(directions(page)) == {"none"}


def test_equal_rows_stay_in_their_order_both_ways(page):
    sort_by(page, WINDOW)
    assert order(page) == [0, 2, 1, 3]
    sort_by(page, WINDOW)
    assert order(page) == [1, 3, 0, 2]


def test_words_without_a_number_sort_by_letter(page):
    sort_by(page, VERDICT)
    assert order(page) == [0, 3, 1, 2]


def test_only_one_column_says_that_it_is_sorted(page):
    sort_by(page, EFFECT)
    sort_by(page, OUTCOME)
    assert directions(page) == ["none", "ascending", "none", "none"]


def test_columns_of_words_have_filters_and_they_add_up(page):
    lists = page.locator(".sortable-controls select")
    assert lists.count() == 3
    page.get_by_label("Outcome").select_option("PGI")
    assert order(page) == [1, 2]
    page.get_by_label("Window").select_option("90 days")
    assert order(page) == [2]
    assert status(page) == "1 of 4 rows"
    page.get_by_label("Mediation").select_option("no")
    assert order(page) == []
    page.get_by_label("Mediation").select_option("all")
    page.get_by_label("Window").select_option("all")
    page.get_by_label("Outcome").select_option("all")
    assert order(page) == IN_PLACE


def test_a_filter_lists_values_in_the_order_by_which_they_sort(page):
    options = page.get_by_label("Window").locator("option").all_text_contents()
    assert options == ["all", "90 days", "180 days"]


def test_sorting_keeps_the_filter_and_both_are_said(page):
    page.get_by_label("Mediation").select_option("yes")
    sort_by(page, EFFECT)
    assert order(page) == [1, 2]
    assert status(page) == "2 of 4 rows, sorted by ab, ascending"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_the_keyboard_sorts_as_well(page, key):
    page.locator("thead button").nth(EFFECT).focus()
    page.keyboard.press(key)
    assert order(page) == [1, 2, 0, 3]


def test_heads_say_that_they_are_heads(page):
    heads = page.locator("thead th")
    assert {head.get_attribute("scope") for head in heads.all()} == {"col"}
    assert page.get_by_role("button", name="ab").count() == 1


def test_without_the_script_it_is_a_plain_table(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(page_text(script=False), encoding="utf-8")
    with visit(browser, file) as seen:
        assert order(seen.page) == IN_PLACE
        assert seen.page.locator("button, select").count() == 0
