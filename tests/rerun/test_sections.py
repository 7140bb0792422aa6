"""A section that is executed by itself: its page shows it, other pages speak of it."""

import nbformat
import pytest

from smcm.errors import BuildError
from smcm.facts import MIME
from smcm.parameters import RunParameters
from smcm.rerun.chapters import Chapter
from smcm.rerun.pages import Rendering
from smcm.rerun.units import Unit

HEAD = """---
kernelspec:
  name: python3
  display_name: Python 3
---

# {title}

```{{code-cell}} python
:tags: [parameters, remove-cell]

seed: int = 1
```

"""
CELL = "```{{code-cell}} python\n:tags: [{tags}]\n\n{code}\n```\n\n"
MAIN = Chapter(
    "book/main",
    HEAD.format(title="Main")
    + CELL.format(tags="hide-input", code="first()")
    + "{## In the book alone ##}\nThere are {{ both.n | whole }}.\n\n"
    + CELL.format(tags="hide-input", code="apart()")
    + "{## In the runs too ##}\n"
    + CELL.format(tags="hide-input", code="first()"),
)
OTHER = Chapter(
    "book/other",
    HEAD.format(title="Other")
    + CELL.format(tags="hide-input, reads-sections", code="own()")
    + "The section has {{ both.n | whole }}.\n",
)
BOOK = {chapter.name: chapter for chapter in (MAIN, OTHER)}
RUN = RunParameters()


def executed(chapter, outputs, facts=None):
    """A kept notebook whose cells have put out some words, one after the other."""
    notebook = chapter.notebook
    notebook.metadata["language_info"] = {"name": "python"}
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"][1:]
    for cell, said in zip(cells, outputs, strict=True):
        cell["outputs"] = [nbformat.v4.new_output("stream", text=said)]
    if facts:
        left = nbformat.v4.new_output("display_data", data={MIME: facts})
        cells[0]["outputs"].append(left)
    return notebook


@pytest.fixture
def rendering(tmp_path):
    (tmp_path / RUN.slug).mkdir()
    for part, outputs, facts in (
        (MAIN.short, ["one", "two"], None),
        (MAIN.section, ["by itself"], {"both": {"n": 7}}),
        (OTHER, ["other"], None),
    ):
        notebook = executed(part, outputs, facts)
        nbformat.write(notebook, tmp_path / Unit(RUN, part).file)
    return Rendering(tmp_path, BOOK, printed={})


def said(page):
    return [o["text"] for c in page.cells for o in c.get("outputs", ())]


def text(page):
    return " ".join(c.source for c in page.cells if c.cell_type == "markdown")


def test_the_page_shows_the_section_in_its_place(rendering):
    page = rendering.chapter(Unit(RUN, MAIN))
    assert said(page) == ["one", "by itself", "two"]
    assert "There are 7." in text(page)
    assert MIME not in nbformat.writes(page)


def test_a_page_of_a_run_does_without_it(rendering):
    page = rendering.run_page(Unit(RUN, MAIN.short), "")
    assert said(page) == ["one", "two"]
    assert "There are" not in text(page)


def test_another_page_speaks_of_what_it_has_found(rendering):
    page = rendering.chapter(Unit(RUN, OTHER))
    assert said(page) == ["other"]
    assert "The section has 7." in text(page)


@pytest.mark.parametrize("change", [("apart()", "changed()"), ("first()", "last()")])
def test_a_cell_that_was_not_executed_so_is_refused(rendering, change):
    changed = Chapter(MAIN.name, MAIN.text.replace(*change))
    with pytest.raises(BuildError, match="was changed while the runs were under way"):
        rendering.chapter(Unit(RUN, changed))


def test_a_cell_that_is_gone_is_missed(rendering):
    gone = CELL.format(tags="hide-input", code="apart()")
    changed = Chapter(MAIN.name, MAIN.text.replace(gone, ""))
    with pytest.raises(BuildError, match="was changed while the runs were under way"):
        rendering.chapter(Unit(RUN, changed))
