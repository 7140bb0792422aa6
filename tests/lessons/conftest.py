"""The lessons, executed once in this process, and their pages without the book."""

from dataclasses import dataclass
from importlib import import_module

import jupytext
import nbformat
import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from smcm.chapters.lessons.plans import MINUTES, plans
from smcm.facts import plain
from smcm.paths import BOOK, ROOT
from smcm.rerun.links import follow
from smcm.text import Text

LESSONS = tuple(MINUTES)
EXECUTED = [f"book/lessons/{name}" for name in LESSONS]
SETTINGS = {
    "extensions": [
        *("myst_nb", "sphinx_design", "sphinxcontrib.bibtex"),
        "book_math",
    ],
    # said outright, since Sphinx adds to the suffixes of later applications otherwise
    "source_suffix": {".md": "myst-nb", ".ipynb": "myst-nb"},
    "myst_enable_extensions": ["attrs_block", "attrs_inline", "colon_fence"],
    "nb_execution_mode": "off",
    "nb_render_markdown_format": "myst",
    "bibtex_bibfiles": ["references.bib"],
    "suppress_warnings": ["myst.xref_missing"],  # other chapters are not there
    "html_theme": "sphinx_book_theme",
    "html_static_path": [str(BOOK / "_static")],
    "html_css_files": ["smcm.css"],
    "html_context": {"default_mode": "auto"},
    "language": "en",
}


@dataclass(frozen=True)
class Made:
    """What a lesson has left and what it shows."""

    facts: dict
    picture: object
    code: object


def made(name):
    """Execute a lesson."""
    module, left = import_module(f"smcm.chapters.lessons.{name}"), {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "leave", lambda **parts: left.update(parts))
        shown = module.prepare()
    picture, code = shown if isinstance(shown, tuple) else (shown, None)
    return Made({part: plain(held) for part, held in left.items()}, picture, code)


@pytest.fixture(scope="session")
def lessons():
    """Every lesson by its name."""
    return {name: made(name) for name in LESSONS}


def text_of(name, facts):
    """Fill in the text of a page of the lessons."""
    page = f"book/lessons/{name}"
    source = (ROOT / f"{page}.md").read_text(encoding="utf-8")
    return follow(Text().filled(source, f"{page}.md", facts), page, EXECUTED)


def page_of(name, lesson):
    """Make the executed notebook of a lesson, without its hidden cells."""
    notebook = jupytext.reads(text_of(name, lesson.facts), fmt="md:myst")
    shown = {
        "picture": {"text/html": lesson.picture._repr_html_()},
        "code": {"text/markdown": lesson.code._repr_markdown_()} if lesson.code else {},
    }
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source in shown:
            output = nbformat.v4.new_output("execute_result", shown[cell.source])
            cell["outputs"] = [output]
    return notebook


@pytest.fixture(scope="session")
def pages(lessons, tmp_path_factory):
    """Folder of the built pages: one for each lesson, the plans and the words."""
    root = tmp_path_factory.mktemp("lessons")
    folder = root / "book" / "lessons"
    folder.mkdir(parents=True)
    (root / "references.bib").write_bytes((BOOK / "references.bib").read_bytes())
    for name, lesson in lessons.items():
        nbformat.write(page_of(name, lesson), folder / f"{name}.ipynb")
    others = {"teaching": {"plans": plain(plans())}, "words": {}}
    for name, facts in others.items():
        (folder / f"{name}.md").write_text(text_of(name, facts), encoding="utf-8")
    names = [f"book/lessons/{name}" for name in (*lessons, *others)]
    tree = "\n".join(["# Lessons", "", "```{toctree}", *names, "```", ""])
    bibliography = "\n```{bibliography}\n```\n"
    (root / "index.md").write_text(tree + bibliography, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, patch_docutils(), docutils_namespace():
        patch.syspath_prepend(str(BOOK / "_ext"))
        app = Sphinx(
            root,
            None,
            root / "out",
            root / "trees",
            "html",
            SETTINGS,
            status=None,
            warningiserror=True,
        )
        app.build()
    assert app.statuscode == 0
    return root / "out" / "book" / "lessons"


@pytest.fixture(scope="session")
def parsed(pages):
    """Each page, parsed, by its name."""
    return {
        path.stem: BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for path in sorted(pages.glob("*.html"))
    }
