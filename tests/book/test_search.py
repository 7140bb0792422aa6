"""A search in the book, opened from its folder."""

import pytest
from playwright.sync_api import expect

from tools.browser import visit


@pytest.mark.parametrize(
    ("words", "page", "excerpt"),
    [
        ("unstandardized", "Results", "unstandardized"),  # in a caption
        (
            "breusch",
            "Covariates and model checks",
            "Breusch",
        ),  # in a note beneath a table
        ("gelkopf", "References", "Gelkopf"),
    ],
)
def test_it_shows_excerpts_with_captions_and_notes(browser, html, words, page, excerpt):
    with visit(browser, html / "search.html") as seen:
        seen.page.goto((html / "search.html").as_uri() + f"?q={words}")
        item = seen.page.locator("#search-results li", has_text=page).first
        expect(item.locator("p.context")).to_contain_text(excerpt, ignore_case=True)
        assert not seen.errors
        assert not seen.left


@pytest.mark.parametrize(
    ("words", "label"), [("table 2", "tab-change"), ("Figure  2", "fig-paths-9")]
)
def test_a_number_leads_to_its_table_or_figure_first(browser, html, words, label):
    with visit(browser, html / "search.html") as seen:
        address = (html / "search.html").as_uri() + f"?q={words.replace(' ', '+')}"
        seen.page.goto(address)
        link = seen.page.locator(".smcm-numbered a")
        expect(link).to_have_text(" ".join(words.split()).capitalize())
        link.click()
        expect(seen.page.locator(f"#{label}")).to_be_in_viewport()
        assert not seen.errors


def test_only_the_page_of_the_search_loads_the_words(pages):
    loading = {
        name
        for name, page in pages.items()
        if page.select("script[src*='page-texts.js']")
    }
    assert loading == {"search.html"}
