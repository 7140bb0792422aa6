"""What is planted in data of real people stands in no file that is made from them."""

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from smcm.cli.main import main
from tests.planted import CODES, plant, shown_in

FEW = ("--n-boot", "100", "--n-imputations", "2")


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    return plant(tmp_path_factory.mktemp("real"))


def run(planted, *words):
    typed = [*map(str, words), "--data", str(planted.folder)]
    return CliRunner(env=planted.environment).invoke(main, typed)


def scanned(planted, place):
    return run(planted, "scan", place)


@pytest.fixture(scope="module")
def written(planted, tmp_path_factory):
    """Results and rows of a study, in folders of their own."""
    place = tmp_path_factory.mktemp("out")
    out, rows = place / "results", place / "rows"
    done = run(planted, "study", "--n-boot", "100", "--out", out, "--rows", rows)
    assert done.exit_code == 0, done.output
    return done.stdout, out, rows


def test_two_hundred_words_are_planted(planted):
    assert len(set(planted.canaries)) == len(planted.canaries) == 200


def test_no_result_holds_a_planted_word_and_the_rows_do(planted, written):
    said, out, rows = written
    assert not shown_in(out, planted.canaries)
    found = shown_in(rows, planted.canaries)
    assert len(set(planted.words[:CODES]) & set(found)) == CODES
    assert scanned(planted, out).exit_code == 0
    assert scanned(planted, rows).exit_code == 1
    assert "a help and no permission" in said
    assert not [word for word in planted.environment.values() if word in said]


def test_a_planted_word_is_found_in_a_page(planted, tmp_path):
    code, day = planted.words[0], planted.words[CODES + 25]
    (tmp_path / "page.html").write_text(f"<p>{code}</p>", encoding="utf-8")
    (tmp_path / "data.json").write_text(json.dumps([day]), encoding="utf-8")
    assert shown_in(tmp_path, planted.canaries) == {
        code: {"page.html"},
        day: {"data.json"},
    }


@pytest.fixture(scope="module")
def book(planted, tmp_path_factory):
    out = tmp_path_factory.mktemp("published") / "book"
    done = run(planted, "book", *FEW, "--out", out)
    assert done.exit_code == 0, done.output
    return done.stdout, out


@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_no_file_of_a_book_holds_a_planted_word(planted, book):
    said, out = book
    kinds = {path.suffix for path in out.rglob("*")}
    assert {".html", ".ipynb", ".json", ".js", ".zip", ".png"} <= kinds
    assert not shown_in(out, planted.canaries)
    done = scanned(planted, out)
    assert done.exit_code == 0, done.output
    assert "0 findings" in done.output
    for words in ("Left out:", f"smcm scan {out} --data", "a help and no permission"):
        assert words in said


@pytest.mark.slow
@pytest.mark.usefixtures("pages_kept_aside")
def test_a_book_on_real_data_offers_no_data(book):
    _, out = book
    pages = [
        BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in Path(out).rglob("*.html")
    ]
    links = {a["href"] for page in pages for a in page.select("a[download]")}
    assert not [link for link in links if "smcm-data" in link]
    assert [link for link in links if "smcm-code" in link]
    assert not (out / "book" / "smcm-data.zip").exists()
