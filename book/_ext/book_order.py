"""Lead readers from chapter to chapter, past the pages of the reruns.

The contents list these pages under their chapter, so that they are built and have a
path at their head; readers come to them from the tables and the list there.
"""

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

RUNS = "book/runs/"
PLACES = {
    "prev": 1,
    "next": 2,
}  # in what Sphinx notes of a page: parent, previous, next


def pass_by_runs(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Name the chapters before and after a page; a rerun has neither."""
    for way, place in PLACES.items():
        context[way] = _neighbour(app, pagename, place)


def _neighbour(app: Sphinx, page: str, place: int) -> dict[str, str] | None:
    relations = app.builder.relations  # type: ignore[attr-defined]
    if page.startswith(RUNS) or page not in relations:
        return None
    found = relations[page][place]
    while found and found.startswith(RUNS):
        found = relations[found][place]
    if not found:
        return None
    return {
        "link": app.builder.get_relative_uri(page, found),
        "title": app.builder.render_partial(app.env.titles[found])["title"],  # type: ignore[attr-defined]
    }


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, before the theme reads them."""
    app.connect("html-page-context", pass_by_runs, priority=350)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
