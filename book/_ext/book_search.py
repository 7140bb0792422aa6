"""Excerpts for a search in a folder, where no script may open another page.

Sphinx's search opens each page it has found to show an excerpt, which a browser
refuses under ``file://``. The words of all pages therefore lie beside it as a script.
"""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

RUNS = "book/runs/"
TEXTS = "_static/page-texts.js"
READER = "_static/search-from-folder.js"
ARTICLE = re.compile(r'<article class="bd-article">(.*?)</article>', re.DOTALL)
SECTION = re.compile(r'<section[^>]*\bid="([^"]*)"[^>]*>')
NO_WORDS = re.compile(
    r"<(script|style|svg|details)\b.*?</\1>"
    r'|<a class="headerlink".*?</a>|<p class="smcm-take">.*?</p>',
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")
FORMULA = re.compile(r"\\[()\[\]]")


def write_texts(app: Sphinx, exception: Exception | None) -> None:
    """Write the words of every page that the search can find."""
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    texts = {}
    for name in sorted(app.env.found_docs):
        path = out / app.builder.get_target_uri(name)
        if not name.startswith(RUNS) and path.is_file():
            page = path.read_text(encoding="utf-8")
            texts[path.relative_to(out).as_posix()] = words_by_section(page)
    made = json.dumps(texts, ensure_ascii=False, separators=(",", ":"))
    path = out / TEXTS
    path.write_text(f"window.smcmTexts={made};\n", encoding="utf-8")


def words_by_section(page: str) -> list[tuple[str, str]]:
    """Give the name of each section and its words.

    Examples
    --------
    >>> words_by_section(
    ...     '<article class="bd-article"><section id="a"><h1>A &amp; B</h1>'
    ...     '<p>one</p><section id="b"><p>two</p></section></section></article>'
    ... )
    [('a', 'A & B one'), ('b', 'two')]
    """
    article = ARTICLE.search(page)
    if article is None:
        return []
    _, *parts = SECTION.split(NO_WORDS.sub(" ", article[1]))
    return [
        (name, " ".join(FORMULA.sub("", unescape(TAG.sub(" ", html))).split()))
        for name, html in zip(parts[::2], parts[1::2], strict=True)
    ]


def load_texts(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Load them on the page of the search alone."""
    if pagename == "search":
        loaded = "".join(
            f'<script src="{name}"></script>\n' for name in (TEXTS, READER)
        )
        context["metatags"] = f"{context.get('metatags', '')}\n{loaded}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", load_texts, priority=310)
    app.connect("build-finished", write_texts, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
