"""Excerpts for a search in a folder, and tables and figures found by their numbers.

Sphinx's search opens each page it has found to show an excerpt, which a browser
refuses under ``file://``. The words of all pages therefore lie beside it as a script.
Numbers are no words of its index: "Table 2" is looked up among the captions.
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
READERS = ("_static/search-from-folder.js", "_static/search-captions.js")
ARTICLE = re.compile(r'<article class="bd-article">(.*?)</article>', re.DOTALL)
SECTION = re.compile(r'<section[^>]*\bid="([^"]*)"[^>]*>')
NO_WORDS = re.compile(
    r"<(script|style|svg|details)\b.*?</\1>"
    r'|<a class="headerlink".*?</a>|<p class="smcm-take">.*?</p>',
    re.DOTALL,
)
TAG = re.compile(r"<[^>]*>")
CAPTION = re.compile(
    r'<(?:table|figure)\b[^>]*\bid="([\w-]+)"(?:(?!<(?:table|figure)\b).)*?'
    r'<span class="caption-number">([^<]*)</span>'
    r'<span class="caption-text">(.*?)</span>',
    re.DOTALL,
)
FORMULA = re.compile(r"\\[()\[\]]")


def write_texts(app: Sphinx, exception: Exception | None) -> None:
    """Write the words of every page that the search can find."""
    if exception is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    texts, captions = {}, {}
    for name in sorted(app.env.found_docs):
        path = out / app.builder.get_target_uri(name)
        if not name.startswith(RUNS) and path.is_file():
            page = path.read_text(encoding="utf-8")
            address = path.relative_to(out).as_posix()
            texts[address] = words_by_section(page)
            captions |= captions_of(page, address)
    told = _set("smcmTexts", texts) + _set("smcmCaptions", captions)
    (out / TEXTS).write_text(told, encoding="utf-8")


def _set(name: str, held: object) -> str:
    """Give a value to a name of the page's scripts."""
    made = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    return f"window.{name}={made};\n"


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


def captions_of(page: str, address: str) -> dict[str, tuple[str, str]]:
    """Give the address and the caption of each table and figure, by its number.

    Examples
    --------
    >>> captions_of(
    ...     '<table id="tab-a"><caption><span class="caption-number">Table 2 </span>'
    ...     '<span class="caption-text">Change</span></caption></table>',
    ...     "book/results.html",
    ... )
    {'Table 2': ('book/results.html#tab-a', 'Change')}
    """
    return {
        number.strip(): (f"{address}#{name}", unescape(TAG.sub("", text)))
        for name, number, text in CAPTION.findall(page)
    }


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
            f'<script src="{name}"></script>\n' for name in (TEXTS, *READERS)
        )
        context["metatags"] = f"{context.get('metatags', '')}\n{loaded}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("html-page-context", load_texts, priority=310)
    app.connect("build-finished", write_texts, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
