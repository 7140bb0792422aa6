"""Say in the head of each page what it is, for search engines and reference managers.

The description is the page's first paragraph of prose. On the first page the book is a
work of its own; the article that it re-runs is one that it refers to, from
`references.bib`, so that nobody cites the book as the article.
"""

import re
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

ARTICLE = "roebuck2022"  # its key in references.bib
LEAD = "smcm-lead"  # class of a paragraph that says what the page is about
CITATION = re.compile(r"\s?\[\d+(?:, \d+)*\]")
LONG_ENOUGH, LONGEST = 60, 160  # characters of a description
REPEATED = "This edition rests on"  # how every chapter begins
REFERENCE = {  # a field of references.bib -> its name for reference managers
    "journal": "citation_journal_title",
    "volume": "citation_volume",
    "number": "citation_issue",
    "year": "citation_publication_date",
    "doi": "citation_doi",
}


def description(doctree: nodes.document | None) -> str:
    """Take the first paragraph of prose, to the end of a sentence where one is near."""
    found = (
        " ".join(CITATION.sub("", one.astext()).split()) for one in _prose(doctree)
    )
    text = next((text for text in found if len(text) > LONG_ENOUGH), "")
    if len(text) <= LONGEST:
        return text
    sentences = text[:LONGEST].rpartition(". ")[0]
    if len(sentences) > LONG_ENOUGH:
        return f"{sentences}."
    return f"{text[: LONGEST - 1].rpartition(' ')[0]} …"


def _prose(doctree: nodes.document | None) -> Iterator[nodes.paragraph]:
    """Give the paragraphs between headings: not those of boxes, tables and captions."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree else ():
        parent = paragraph.parent
        lead = isinstance(parent, nodes.container) and LEAD in parent["classes"]
        repeated = paragraph.astext().startswith(REPEATED)
        if (lead or isinstance(parent, nodes.section)) and not repeated:
            yield paragraph


def reference(entry: Any) -> str:  # noqa: ANN401 (pybtex has no types)
    """Write an entry of references.bib as the content of a ``citation_reference``.

    Its title is left out, because the file has it in other words.
    """
    fields: Mapping[str, str] = entry.fields
    parts = [f"citation_author={person}" for person in entry.persons["author"][:1]]
    parts += [f"{name}={fields[key]}" for key, name in REFERENCE.items()]
    first, _, last = fields["pages"].partition("--")
    return "; ".join(
        [*parts, f"citation_firstpage={first}", f"citation_lastpage={last}"]
    )


def tags_of_page(title: str, words: str, book: str) -> list[tuple[str, str, str]]:
    """Give kind, name and content of the tags that every page has."""
    return [
        ("name", "description", words),
        ("property", "og:type", "article"),
        ("property", "og:title", title),
        ("property", "og:description", words),
        ("property", "og:site_name", book),
    ]


def tags_of_book(app: Sphinx) -> list[tuple[str, str, str]]:
    """Give the tags of the first page, by which the book is cited."""
    library = app.env.get_domain("cite").bibdata.data  # type: ignore[attr-defined]
    return [
        ("name", "citation_title", app.config.html_title),
        ("name", "citation_author", app.config.author),
        ("name", "citation_publication_date", app.config.copyright),
        ("name", "citation_language", app.config.language),
        ("name", "citation_reference", reference(library.entries[ARTICLE])),
    ]


def add_tags(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the tags to the template."""
    named = app.env.titles.get(pagename)
    title = named.astext() if named else str(context.get("title", ""))
    tags = tags_of_page(title, description(doctree), app.config.html_title)
    if pagename == app.config.root_doc:
        tags += tags_of_book(app)
    made = [
        f'<meta {kind}="{name}" content="{escape(content)}"/>'
        for kind, name, content in tags
        if content
    ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *made])


def follow_references(app: Sphinx, docname: str, content: list[str]) -> None:
    """Have the first page written again when the references have changed."""
    if docname == app.config.root_doc:
        for name in app.config.bibtex_bibfiles:
            app.env.note_dependency(str(Path(app.srcdir) / name))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("source-read", follow_references)
    app.connect("html-page-context", add_tags, priority=350)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
