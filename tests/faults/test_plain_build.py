"""``jupyter-book build .`` fills in the text too, and executes each chapter once."""

import shutil
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from smcm.paths import BOOK
from tests.faults.project import PATIENCE, chapter

pytestmark = pytest.mark.faults

HELD = ("_ext", "_static", "_templates")
COMMAND = "from jupyter_book.cli.main import main; main()"
MACRO = """{% macro size(found) %}
{% if found.many %}
as many as
{% endif %}
{{ found.n | whole }}
{% endmacro %}
"""
WORDS = """{% from "found.j2" import size with context %}
There are {{ size(found) }} of them, and {{ found.name }} is {{ found.share | share }}.
See {numref}`fig-dot`. {{ printed["fid.items"] }} items were printed.
"""
FIGURE = """---
mystnb:
  image:
    alt: >-
      A dot for {{ found.n | whole }}.
  figure:
    name: fig-dot
    caption: >-
      Of {{ size(found) }} dots, one.
---"""
LEFT = """from pathlib import Path
from smcm import facts
with Path({noted!r}).open("a") as noted:
    noted.write("executed\\n")
facts.leave(found={{"n": 1311, "share": 0.24, "many": True, "name": "a *name*"}})"""
DOT = """import matplotlib.pyplot as plt
figure, axes = plt.subplots(figsize=(1, 1))
axes.plot([0], [0], "o");"""


@pytest.fixture
def book(own_project):
    """A copy of the project with one chapter that leaves facts, and what it notes."""
    root = own_project.root
    for name in HELD:
        shutil.copytree(BOOK / name, root / "book" / name)
    shutil.copy2(BOOK / "references.bib", root / "book")
    (root / "book" / "_text").mkdir(exist_ok=True)
    (root / "book" / "_text" / "found.j2").write_text(MACRO, encoding="utf-8")
    own_project.noted = own_project.short / "noted"
    left = LEFT.format(noted=str(own_project.noted))
    hidden = chapter("Found", left, prose="", options=":tags: [remove-cell]\n")
    own_project.write("probe", hidden + "\n" + WORDS + shown(DOT))
    return own_project


CONCLUDES = """from smcm import facts
from smcm.report.conclusions import Agreement, Conclusions
facts.leave(conclusions=Conclusions(agreement=Agreement(n=9, equal={equal})))"""
GATHERS = """from smcm import facts
from smcm.parameters import RunParameters
from smcm.report.kept_conclusions import read_conclusions
found = read_conclusions(RunParameters.among(vars()))
facts.leave(found=found["other"].agreement)"""


def shown(code):
    return f"\n```{{code-cell}} python\n{FIGURE}\n{code}\n```\n"


def build(book):
    """Build as somebody does who knows nothing of smcm.

    A figure of matplotlib shows itself unless the environment names another backend.
    """
    environment = book.environment()
    environment.pop("MPLBACKEND", None)
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "build", ".", "-W", "-n", "--keep-going"],
        cwd=book.root,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def page(book):
    path = book.root / "_build" / "html" / "book" / "probe.html"
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def change(book, old, new):
    path = book.root / "book" / "probe.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_text_is_finished_and_its_change_executes_nothing(book):
    done = build(book)
    assert done.returncode == 0, done.stdout + done.stderr
    article = page(book).select_one("article")
    said = " ".join(article.text.split())
    assert "There are as many as 1,311 of them, and a *name* is 24%." in said
    assert "Of as many as 1,311 dots, one." in said
    assert article.select_one("img")["alt"] == "A dot for 1,311."
    assert "{{" not in said
    assert "{%" not in said
    assert book.noted.read_text() == "executed\n"

    change(book, "There are", "We count")
    change(book, "dots, one", "dots, a single one")
    done = build(book)
    assert done.returncode == 0, done.stdout + done.stderr
    said = " ".join(page(book).text.split())
    assert "We count as many as 1,311 of them" in said
    assert "Of as many as 1,311 dots, a single one." in said
    assert book.noted.read_text() == "executed\n"


def test_a_misspelt_name_stops_the_build_and_its_line_is_named(book):
    change(book, "found.share", "found.shrae")
    done = build(book)
    assert done.returncode != 0
    assert "there is no 'shrae' in the facts" in done.stdout + done.stderr
    assert "book/probe.md, line " in done.stdout + done.stderr


def test_a_page_that_shows_what_others_conclude_follows_them(book):
    """It is listed first, and its own source stays as it is."""
    hidden = ":tags: [remove-cell]\n"
    tags = hidden.replace("]", ", reads-conclusions]")
    words = "\nOf {{ found.n | whole }} numbers, {{ found.equal | whole }} agree.\n"
    front = chapter("Front", GATHERS, prose="", options=tags) + words
    book.write("probe", front)
    book.list_chapters("probe", "other")
    for equal in (3, 4):
        concludes = CONCLUDES.format(equal=equal)
        book.write("other", chapter("Other", concludes, options=hidden))
        done = build(book)
        assert done.returncode == 0, done.stdout + done.stderr
        assert f"Of 9 numbers, {equal} agree." in " ".join(page(book).text.split())
