"""The whole book with its reruns, twice from nothing: the same to the byte."""

import pytest

from tests.clean import ELSEWHERE, HERE, clean_book, unlike

pytestmark = pytest.mark.faults


def test_two_whole_books_are_the_same_to_the_byte(tmp_path):
    here = clean_book(tmp_path / "p", **HERE)
    elsewhere = clean_book(tmp_path / "a deeper folder" / "q", workers=1, **ELSEWHERE)
    assert len(list(here.glob("book/runs/*.html"))) > 1
    assert unlike(here, elsewhere) == []
