"""Heal faults of the tools the book is built with, each with its reason."""

from sphinx.application import Sphinx
from sphinx.config import Config


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


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", heal_singlehtml)
    app.connect("config-inited", declare_safe)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
