"""Repair what the theme leaves inaccessible in the finished pages."""

import re
from pathlib import Path

from sphinx.application import Sphinx

# What to look for, what to put there; the reason stands above each.
REPAIRS = [
    # The button's visible text says "Search …"; the label would hide it from
    # voice control (WCAG 2.5.3, label in name).
    (
        re.compile(
            r'(<button class="btn search-button-field[^>]*?)'
            r' (?:aria-label|title)="Search"'
        ),
        r"\1",
    ),
    # The summary's visible text says "Show code cell source".
    (re.compile(r'<summary aria-label="Toggle hidden content">'), "<summary>"),
    # The book's title stands outside of every landmark.
    (
        re.compile(r'<div class="sidebar-primary-item">(\s*<a class="navbar-brand)'),
        r'<div class="sidebar-primary-item" role="region" aria-label="Book title">\1',
    ),
    # A title on an icon is no name for its button.
    (re.compile(r'(<i class="theme-switch [^>]*?) title="[^"]*"'), r"\1"),
    # What unfolds a chapter's pages in the sidebar has an icon and no name.
    (
        re.compile(r'<summary>(?=<span class="toctree-toggle")'),
        '<summary aria-label="Pages of this chapter">',
    ),
    # A formula that scrolls must be reached by keyboard (WCAG 2.1.1).
    (
        re.compile(r'<div class="math notranslate nohighlight"(?! tabindex)'),
        '<div class="math notranslate nohighlight" tabindex="0" role="group"'
        ' aria-label="Equation"',
    ),
    # So must a long table in a box of its own.
    (
        re.compile(
            r'<div class="pst-scrollable-table-container">'
            r'(?=<table class="[^"]*\bsortable\b)'
        ),
        '<div class="pst-scrollable-table-container" tabindex="0" role="region"'
        ' aria-label="Table that scrolls">',
    ),
    # The cells of a head say that they head columns.
    (re.compile(r'<th (?=class="head(?! stub)[^"]*">)'), '<th scope="col" '),
    # An empty header cell heads nothing.
    (
        re.compile(r"<th(?: scope=\"col\")?( class=\"[^\"]*\")?>(?:<p></p>)?</th>"),
        r"<td\1></td>",
    ),
    # Roles that the bibliography gives to the wrong elements.
    (
        re.compile(r'<div role="list" class="citation-list">'),
        '<div class="citation-list">',
    ),
    (re.compile(r' role="doc-biblioentry"'), ""),
]


def repair(page: str) -> str:
    """Apply every repair to the HTML of one page."""
    for pattern, replacement in REPAIRS:
        # Two attributes of one element take two rounds.
        previous = None
        while page != previous:
            previous, page = page, pattern.sub(replacement, page)
    return page


def repair_pages(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the built pages."""
    if exception is not None or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        repaired = repair(page)
        if repaired != page:
            path.write_text(repaired, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, after whatever else writes pages."""
    app.connect("build-finished", repair_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
