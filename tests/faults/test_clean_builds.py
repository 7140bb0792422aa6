"""Books built from nothing, and upon an earlier one: the same to the byte."""

import shutil

import pytest

from tests.clean import ELSEWHERE, HERE, built, copied, unlike

pytestmark = pytest.mark.faults


def test_two_whole_books_are_the_same_to_the_byte(tmp_path):
    roots = [copied(tmp_path / "p"), copied(tmp_path / "a deeper folder" / "q")]
    here = built(roots[0], **HERE)
    elsewhere = built(roots[1], workers=1, **ELSEWHERE)
    assert len(list(here.glob("book/runs/*.html"))) > 1
    assert unlike(here, elsewhere) == []


def test_a_build_upon_another_is_the_same_as_one_from_nothing(second_folder, tmp_path):
    """One word, then a title: pages kept from before must not show."""
    root = copied(tmp_path / "p")
    few = (
        "--no-reruns",
        "--n-boot",
        "200",
        "--n-imputations",
        "5",
        "--data",
        second_folder,
    )
    page = built(root, *few, **HERE)
    chapter = root / "book" / "discussion.md"
    for old, new in (("clients", "persons"), ("## ", "## Also: ")):
        text = chapter.read_text(encoding="utf-8")
        assert old in text
        chapter.write_text(text.replace(old, new, 1), encoding="utf-8")
        upon = tmp_path / f"upon {new.strip('# ')}"
        shutil.copytree(built(root, *few, **HERE), upon)
        shutil.rmtree(root / "_build" / "pages")
        shutil.rmtree(page)
        assert unlike(built(root, *few, **HERE), upon) == []
