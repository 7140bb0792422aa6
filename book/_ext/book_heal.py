"""Heal faults of the tools the book is built with, each with its reason."""

from sphinx.application import Sphinx


def heal_singlehtml(app: Sphinx) -> None:
    """Give the one-page builder the node handlers of the many-page one.

    sphinx-exercise registers a few for it; Sphinx then takes those few for all.
    """
    handlers = app.registry.translation_handlers
    html = handlers.get("html", {})
    handlers["singlehtml"] = {**html, **handlers.get("singlehtml", {})}


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.connect("builder-inited", heal_singlehtml)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
