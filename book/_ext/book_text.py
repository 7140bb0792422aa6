"""Fill in the text of a chapter that the builder itself executes.

``smcm book`` hands over finished pages. ``jupyter-book build .`` reads the sources:
here a chapter is executed, or found in the cache, before it is parsed, and its text is
filled in from its facts. The parser then finds the same code in the cache.
"""

import os
import re
from logging import NullHandler, getLogger
from pathlib import Path

from myst_nb.core.execute import create_client
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx

from smcm.facts import facts_of
from smcm.text import Text
from smcm.text.printed import printed_facts

TEMPLATE = re.compile(r"\{\{|\{%")
LOGGER = getLogger(__name__)
LOGGER.addHandler(NullHandler())  # the parser tells of the same execution again


def fill_in(app: Sphinx, docname: str, content: list[str]) -> None:
    """Give the parser finished sentences in the place of the chapter's own."""
    source, path = content[0], str(app.env.doc2path(docname))
    if not TEMPLATE.search(source):
        return
    env = app.env
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, source)
    if reader is None:
        return
    notebook = reader.read(source)
    settings = env.mystnb_config
    with create_client(
        notebook, Path(path), settings, LOGGER, reader.read_fmt
    ) as client:
        facts = facts_of(client.notebook)
    content[0] = Text().filled(source, f"{docname}.md", facts | printed_facts())


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; leave alone what has been filled in for an edition."""
    if "SMCM_RUN" not in os.environ:
        app.connect("source-read", fill_in)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
