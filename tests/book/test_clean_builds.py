"""Two books, each built from nothing in a place of its own, are the same to the byte.

Two are on data of one's own with gaps, so that imputing them is part of it, and have no
part on reruns, for time; two are the book with all of it.
"""

import shutil

import pytest
from bs4 import BeautifulSoup

from tests.book.test_provenance import SHORT, digest_of_data, facts_of, line_of
from tests.clean import ELSEWHERE, HERE, THREADS, built, copied, unlike

pytestmark = pytest.mark.slow
OPTIONS = ("--no-reruns", "--n-boot", "200", "--n-imputations", "5")
NAME = "our study"


@pytest.fixture(scope="module")
def data(second_folder, tmp_path_factory):
    """The same data in two places, and no manifest that calls them synthetic."""
    folders = [tmp_path_factory.mktemp(place) / NAME for place in ("a", "b")]
    for folder in folders:
        shutil.copytree(second_folder, folder)
        (folder / "manifest.json").unlink()
    return folders


@pytest.fixture(scope="module")
def books(data, tmp_path_factory):
    far = tmp_path_factory.mktemp("elsewhere") / "a deeper folder" / "le même"
    roots = [copied(tmp_path_factory.mktemp("here") / "p"), copied(far)]
    threads = dict.fromkeys(THREADS, "2")
    return (
        built(roots[0], *OPTIONS, "--data", data[0], **HERE),
        built(
            *(roots[1], *OPTIONS, "--data", data[1]),
            workers=1,
            **threads,
            **ELSEWHERE,
        ),
    )


def test_two_clean_builds_are_the_same_to_the_byte(books, reproduced):
    assert unlike(*books) == []
    n = sum(path.is_file() for path in books[0].rglob("*"))
    assert n > 100
    reproduced("files", ("one build", "another"), n)


def test_a_file_that_differs_is_named(books, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(books[0], other)
    (other / "book" / "results.html").write_text("<p>", encoding="utf-8")
    (other / "search.html").unlink()
    assert unlike(books[0], other) == ["book/results.html", "search.html"]


def test_an_edition_on_own_data_names_them_beneath_every_page(books, data):
    paths = sorted((books[0] / "book").glob("*.html"))
    assert len(paths) > 5
    for path in paths:
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        facts = facts_of(page)
        assert facts["data-kind"] == "own data", path.name
        assert facts["data"] == NAME
        assert facts["data-sha256"] == digest_of_data(data[0])
        assert (facts["n-boot"], facts["n-imputations"]) == ("200", "5")
        assert f"from own data {facts['data-sha256'][:SHORT]}" in line_of(page)


def test_two_whole_books_are_the_same_to_the_byte(tmp_path):
    roots = [copied(tmp_path / "p"), copied(tmp_path / "a deeper folder" / "q")]
    here = built(roots[0], **HERE)
    elsewhere = built(roots[1], workers=1, **ELSEWHERE)
    assert len(list(here.glob("book/runs/*.html"))) > 1
    assert unlike(here, elsewhere) == []
