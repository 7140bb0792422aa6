"""The whole book with its reruns, twice from nothing: the same to the byte."""

import pytest

from tests.clean import ELSEWHERE, HERE, built, copied, unlike

pytestmark = pytest.mark.faults


def test_two_whole_books_are_the_same_to_the_byte(tmp_path):
    roots = [copied(tmp_path / "p"), copied(tmp_path / "a deeper folder" / "q")]
    here = built(roots[0], **HERE)
    elsewhere = built(roots[1], workers=1, **ELSEWHERE)
    assert len(list(here.glob("book/runs/*.html"))) > 1
    assert unlike(here, elsewhere) == []
