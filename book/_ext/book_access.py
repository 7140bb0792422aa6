"""Repair what the theme leaves inaccessible in the finished pages."""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.jinja2glue import BuiltinTemplateLoader

# What to look for, what to put there; the reason stands above each.
REPAIRS = [
    # Sphinx, docutils and the theme each say how wide a page is on a phone.
    (
        re.compile(
            r'(<meta name="viewport"[^>]*>.*?)<meta name="viewport"[^>]*>', re.S
        ),
        r"\1",
    ),
    # The button's visible text says "Search …"; the label would hide it from
    # voice control (WCAG 2.5.3, label in name).
    (
        re.compile(
            r'(<button class="btn search-button-field[^>]*?)'
            r' (?:aria-label|title)="Search"'
        ),
        r"\1",
    ),
    # The summary's visible text says what the code is for.
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
    # The cells of a head say that they head columns; first cells, rows.
    (re.compile(r'<th (?=class="head[^"]*">)'), '<th scope="col" '),
    (re.compile(r'<th (?=class="stub[^"]*">)'), '<th scope="row" '),
    # An empty header cell heads nothing.
    (
        re.compile(
            r"<th(?: scope=\"(?:col|row)\")?( class=\"[^\"]*\")?>(?:<p></p>)?</th>"
        ),
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


def use_repaired_pages(app: Sphinx, config: Config) -> None:
    """Name what fills the templates."""
    config.template_bridge = f"{__name__}.{RepairedPages.__name__}"


class RepairedPages(BuiltinTemplateLoader):
    """Sphinx's own templates; what comes out of them is repaired before it is written.

    Pages are written on several cores, and just those that could differ, so this costs
    less than to go through all of them at the end.
    """

    def render(self, template: str, context: dict[str, Any]) -> str:
        """Fill a template."""
        return repair(super().render(template, context))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("config-inited", use_repaired_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
