"""Heal faults of the tools the book is built with, each with its reason."""

from collections.abc import Iterator
from functools import cache

import pybtex.plugin
from docutils import nodes
from sphinx.addnodes import desc
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.transforms import SphinxTransform


def heal_singlehtml(app: Sphinx) -> None:
    """Give the one-page builder the node handlers of the many-page one.

    sphinx-exercise registers a few for it; Sphinx then takes those few for all.
    """
    handlers = app.registry.translation_handlers
    html = handlers.get("html", {})
    handlers["singlehtml"] = {**html, **handlers.get("singlehtml", {})}


def declare_safe(app: Sphinx, config: Config) -> None:
    """Let pages be read on several cores.

    These two do not say that they allow it. The one numbers sections when all pages
    have been read, the other acts for LaTeX alone.
    """
    for name in ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex"):
        app.extensions[name].parallel_read_safe = True


class QuotesOnce(SphinxTransform):
    """Leave out the search for straight quotes where Markdown has curved them.

    Docstrings still have theirs; they stand on pages that describe names.
    """

    default_priority = 740  # that of the search is 750

    def apply(self, **_: object) -> None:
        """Decide for this page."""
        described = self.document.next_node(desc) is not None
        self.document.settings.smart_quotes = described


def every(
    node: nodes.Node, kind: type[nodes.Node] = nodes.Node
) -> Iterator[nodes.Node]:
    """Give a node and what is beneath it, of one kind, in the order of the page."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kind):
            yield one
        waiting.extend(one.children[::-1])


def save_time() -> None:
    """Shorten what takes a tenth of the time that all pages take.

    Each of some sixty searches goes through a whole page, by generators within
    generators as deep as the page; and for each citation pybtex asks all packages that
    are installed whether they can write plain text.
    """
    vars(pybtex.plugin)["find_plugin"] = cache(pybtex.plugin.find_plugin)
    nodes.Node._superfast_findall = every
    nodes.Node._fast_findall = every


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    save_time()
    app.add_transform(QuotesOnce)
    app.connect("builder-inited", heal_singlehtml)
    app.connect("config-inited", declare_safe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
