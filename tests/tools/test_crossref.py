"""Answers of Crossref, as it words them, against articles of our references."""

import io
import json
from urllib.error import URLError

import pytest
from pybtex.database import parse_file, parse_string

from tools import crossref

ENTRY = """@article{holm1979,
  author = {Holm, S.},
  title = {A simple sequentially rejective multiple test {procedure}},
  journal = {Scand J Stat},
  year = {1979},
  volume = {6},
  pages = {65--70},
}

@book{rubin1987,
  title = {Multiple imputation},
  year = {1987},
}
"""
DOI = "10.9999/invented"  # of no publisher
RECORD = {
    "DOI": DOI,
    "volume": "6",
    "page": "65-70",
    "issued": {"date-parts": [[1979]]},
}


@pytest.fixture
def articles():
    return list(parse_string(ENTRY, "bibtex").entries.items())[:1]


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "references.bib"
    path.write_text(ENTRY, encoding="utf-8")
    monkeypatch.setattr(crossref, "BIBLIOGRAPHY", path)
    return path


def answer(*records):
    """Crossref's answer to any question."""
    body = json.dumps({"status": "ok", "message": {"items": records}}).encode()
    return lambda _request, **_options: io.BytesIO(body)


def found(articles, *records):
    return dict(crossref.look_up(articles, lambda _title: list(records)))


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"page": "65–70"},
        {"page": "65"},
        {"page": None, "article-number": "65"},
        {"issued": {"date-parts": [[1978, 12]]}, "published-print": RECORD["issued"]},
    ],
)
def test_a_record_of_the_same_year_volume_and_first_page_is_taken(articles, same):
    assert found(articles, RECORD | same) == {"holm1979": DOI}


@pytest.mark.parametrize(
    "other",
    [
        {"volume": "7"},
        {"volume": None},
        {"page": "66-70"},
        {"page": "165-170"},
        {"page": None},
        {"issued": {"date-parts": [[1980]]}},
        {"issued": {"date-parts": [[None]]}},
    ],
)
def test_any_other_is_not(articles, other):
    title = {"title": ["A simple sequentially rejective multiple test procedure"]}
    assert found(articles, RECORD | title | other) == {}


def test_of_two_records_neither_is_guessed(articles):
    assert found(articles, RECORD, RECORD | {"DOI": "10.9999/other"}) == {}
    assert found(articles, RECORD, RECORD | {"volume": "5"}) == {"holm1979": DOI}


def test_an_article_without_pages_is_not_matched_by_another_without():
    bare = parse_string("@article{a, title={A}, year={1979}}", "bibtex")
    assert found(bare.entries.items(), {"DOI": DOI, "issued": RECORD["issued"]}) == {}


def test_the_title_is_asked_for_without_braces(articles):
    asked = []
    list(crossref.look_up(articles, lambda title: asked.append(title) or []))
    assert asked == ["A simple sequentially rejective multiple test procedure"]


def test_what_is_found_is_written_with_its_date(file, monkeypatch, capsys):
    monkeypatch.setattr(crossref, "urlopen", answer(RECORD))
    assert crossref.main(["--write"]) == 0
    assert "1 of 1 found; written" in capsys.readouterr().out
    entries = parse_file(file, bib_format="bibtex").entries
    assert entries["holm1979"].fields["doi"] == DOI
    assert "doi" not in entries["rubin1987"].fields
    assert "% DOI from Crossref, 2" in file.read_text("utf-8")
    assert crossref.lacking(file) == {}


def test_without_the_option_nothing_is_written(file, monkeypatch, capsys):
    monkeypatch.setattr(crossref, "urlopen", answer(RECORD))
    assert crossref.main([]) == 0
    assert f"holm1979: {DOI}" in capsys.readouterr().out
    assert file.read_text("utf-8") == ENTRY


@pytest.mark.parametrize("error", [URLError("no route"), TimeoutError("timed out")])
def test_without_a_network_it_says_so_and_writes_nothing(
    file, monkeypatch, capsys, error
):
    def fail(_request, **_options):
        raise error

    monkeypatch.setattr(crossref, "urlopen", fail)
    assert crossref.main(["--write"]) == 1
    said = capsys.readouterr().err
    assert "Crossref did not answer" in said
    assert "need a network; the file is as it was" in said
    assert file.read_text("utf-8") == ENTRY


def test_our_own_file_lacks_dois_of_articles_alone():
    entries = parse_file(crossref.BIBLIOGRAPHY, bib_format="bibtex").entries
    lacking = crossref.lacking(crossref.BIBLIOGRAPHY)
    dois = [one.fields["doi"] for one in entries.values() if "doi" in one.fields]
    articles = [key for key, one in entries.items() if one.type == "article"]
    assert len(dois) + len(lacking) == len(articles)
    assert len(dois) == len(set(dois))
    assert all(one.fields["pages"] and one.fields["volume"] for one in lacking.values())
