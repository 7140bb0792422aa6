"""The article's tables keep its numbers; all else is a supplement."""

import pytest

from smcm.published import Published
from smcm.report.numbering import ARTICLE, figure_numbers, table_numbers
from smcm.report.study_text import study_text


def test_the_article_has_the_tables_that_its_printed_numbers_name():
    places = {entry.place for entry in Published.read().by_key.values()}
    for label, number in ARTICLE.items():
        kind = "Table" if label.startswith("tab-") else "Figure"
        named = [place for place in places if kind in place or f"{kind}s" in place]
        assert any(number in place for place in named) or label == "fig-model"


def test_supplements_are_counted_without_the_article_s():
    labels = ["fig-model", "fig-new", "fig-paths-9", "fig-other"]
    found = figure_numbers(labels, of_article=True)
    assert list(found.values()) == ["1", "S1", "2", "S2"]


@pytest.mark.parametrize("number", [table_numbers, figure_numbers])
def test_other_data_begin_at_s1(number):
    found = number([*ARTICLE, "fig-new"], of_article=False)
    assert list(found.values()) == [f"S{k}" for k in range(1, len(found) + 1)]


def test_a_terminal_numbers_as_the_book_does(study, second_study):
    text = study_text(study)
    assert "TABLE 1\nCharacteristics" in text
    assert "TABLE 2\nFidelity" in text
    own = study_text(second_study)
    number = table_numbers(of_article=False)["tab-characteristics"]
    assert f"TABLE {number}\nCharacteristics" in own
    assert "TABLE 1\n" not in own
