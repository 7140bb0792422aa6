"""What the head of a page says, and that nobody takes the book for the article."""

import re

import yaml
from pybtex.database import parse_file

from smcm.paths import BOOK, ROOT

ARTICLE = parse_file(BOOK / "references.bib").entries["roebuck2022"].fields
LONGEST = 160


def contents(page, name):
    key = "property" if name.startswith("og:") else "name"
    return [tag["content"] for tag in page.find_all("meta", attrs={key: name})]


def test_every_page_says_once_how_wide_it_is(pages):
    for name, page in pages.items():
        assert len(contents(page, "viewport")) == 1, name


def test_every_page_has_one_title_in_the_head_and_one_heading(chapters):
    for name, page in chapters.items():
        (title,) = page.head.find_all("title")
        (heading,) = page.find_all("h1")
        words = heading.get_text().rstrip("#").strip()
        assert title.get_text().count(words) == 1, name
        assert contents(page, "og:title") == [words], name


def test_a_description_is_a_passage_of_its_page(chapters):
    for name, page in chapters.items():
        if name == "book/references.html":
            continue
        (said,) = contents(page, "description")
        assert contents(page, "og:description") == [said], name
        assert len(said) <= LONGEST, name
        assert said.endswith((".", "…", "?", ":")), name
        assert not re.search(r"\[\d|\{", said), name


def test_descriptions_tell_chapters_apart(chapters):
    found = [
        said
        for name, page in chapters.items()
        if not name.startswith("book/runs/")
        for said in contents(page, "description")
    ]
    assert len(found) == len(set(found)) > 10


def test_the_book_is_cited_as_itself_and_the_article_as_a_reference(chapters):
    config = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    page = chapters["book/index.html"]
    assert contents(page, "citation_title") == [config["title"]]
    assert contents(page, "citation_author") == [config["author"]]
    for name in ("doi", "journal_title", "volume", "issue", "firstpage"):
        assert contents(page, f"citation_{name}") == []
    (reference,) = contents(page, "citation_reference")
    parts = dict(part.split("=") for part in reference.split("; "))
    assert parts["citation_doi"] == ARTICLE["doi"]
    assert parts["citation_volume"] == ARTICLE["volume"]
    assert (
        f"{parts['citation_firstpage']}--{parts['citation_lastpage']}"
        == ARTICLE["pages"]
    )


def test_only_the_first_page_has_tags_for_citing(chapters):
    for name, page in chapters.items():
        found = page.find_all("meta", attrs={"name": re.compile("^citation_")})
        assert bool(found) == (name == "book/index.html"), name


def test_every_page_has_an_icon_that_is_there(html, pages):
    for name, page in pages.items():
        (icon,) = page.find_all("link", rel="icon")
        assert ((html / name).parent / icon["href"]).is_file(), name


def test_references_have_links_by_doi(chapters):
    entries = parse_file(BOOK / "references.bib").entries.values()
    dois = {one.fields["doi"] for one in entries if "doi" in one.fields}
    links = chapters["book/references.html"].select("article a[href*='doi.org/']")
    assert {link["href"].partition("doi.org/")[2] for link in links} <= dois
    assert len(links) > len(dois) / 2
