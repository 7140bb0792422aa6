"""Fill in the text of a chapter that the builder itself executes.

``smcm book`` hands over finished pages. ``jupyter-book build .`` reads the sources:
here a chapter is executed, or found in the cache, before it is parsed, and its text is
filled in from its facts. The parser then finds the same code in the cache.

A page that shows what other chapters conclude, or speaks of what their sections have
found, is read at each build, after these have been executed or found in the cache.
"""

import os
import re
from logging import NullHandler, getLogger
from pathlib import Path
from typing import Any

from myst_nb.core.execute import create_client
from myst_nb.core.read import create_nb_reader
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from smcm.facts import facts_of
from smcm.parameters import RunParameters
from smcm.paths import ROOT, runs_folder
from smcm.rerun.chapters import Chapter
from smcm.rerun.conclusions import write_conclusions
from smcm.rerun.contents import read_chapters
from smcm.text import Text
from smcm.text.printed import printed_facts

TEMPLATE = re.compile(r"\{\{|\{%")
LOGGER = getLogger(__name__)
LOGGER.addHandler(NullHandler())  # the parser tells of the same execution again


def fill_in(app: Sphinx, docname: str, content: list[str]) -> None:
    """Give the parser finished sentences in the place of the chapter's own."""
    if TEMPLATE.search(content[0]):
        chapter = Chapter(docname, content[0])
        facts = _of_sections(app, chapter) | _found(app, chapter) | printed_facts()
        content[0] = Text().filled(content[0], f"{docname}.md", facts)


def read_again(app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    """Name the pages that follow from other chapters, for which Sphinx has no sign."""
    chapters = read_chapters(ROOT).items()
    names = {n for n, one in chapters if one.reads_conclusions or one.reads_sections}
    return sorted(names & env.found_docs)


def _found(app: Sphinx, chapter: Chapter) -> dict[str, Any]:
    """Execute a chapter or find it in the cache, and give the facts that it leaves.

    The cache knows a chapter by its code, and so cannot know what others conclude.
    """
    env, settings = app.env, app.env.mystnb_config
    if chapter.reads_conclusions:
        _gather(app)
        settings = settings.copy(execution_mode="force")
    path = str(env.doc2path(chapter.name))
    reader = create_nb_reader(path, env.myst_config, env.mystnb_config, chapter.text)
    if reader is None:
        return {}
    notebook = reader.read(chapter.text)
    with create_client(
        notebook, Path(path), settings, LOGGER, reader.read_fmt
    ) as client:
        return facts_of(client.notebook)


def _of_sections(app: Sphinx, chapter: Chapter) -> dict[str, Any]:
    """Give what the chapters with a section leave, for one whose text speaks of it."""
    found: dict[str, Any] = {}
    if chapter.reads_sections:
        for one in read_chapters(ROOT).values():
            found |= _found(app, one) if one.section else {}
    return found


def _gather(app: Sphinx) -> None:
    """Write what the chapters conclude, as a rerun leaves it beside them."""
    chapters = [c for c in read_chapters(ROOT).values() if not c.reads_conclusions]
    facts = {chapter.stem: _found(app, chapter) for chapter in chapters}
    write_conclusions(runs_folder(), RunParameters(), facts)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx; leave alone what has been filled in for an edition."""
    if "SMCM_RUN" not in os.environ:
        app.connect("source-read", fill_in)
        app.connect("env-get-outdated", read_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
