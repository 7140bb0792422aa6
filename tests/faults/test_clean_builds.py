"""A book built upon an earlier one is the same to the byte as one from nothing."""

import shutil

import pytest

from tests.clean import HERE, built, copied, unlike

pytestmark = pytest.mark.faults


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
