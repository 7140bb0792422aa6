"""A chapter is a room: no other room knows it, and it can be taken out."""

import ast
import re

import pytest

from smcm.paths import BOOK, ROOT
from smcm.rerun.contents import read_chapters
from smcm.rerun.imports import Sources

CHAPTERS = read_chapters(ROOT)
ROOMS = sorted(
    path.name
    for path in (ROOT / "smcm" / "chapters").iterdir()
    if path.is_dir() and (path / "__init__.py").exists()
)
OF_THE_ARTICLE = ("introduction", "methods", "results", "discussion")
MOST_MODULES = 150  # of the package behind one chapter; a ratchet, as the next two
MOST_OF_THE_ARTICLE = 175
LEAST_FILES, SMALL = 10, 2000  # of the core, and its lines
CONSTANTS = 113  # modules that name constants of the study


@pytest.fixture(scope="module")
def sources():
    return Sources.on_disk()


def room_of(module):
    parts = module.split(".")
    return parts[2] if parts[:2] == ["smcm", "chapters"] and len(parts) > 2 else None


def test_a_room_has_the_name_of_its_chapter():
    stems = {path.stem.replace("-", "_") for path in BOOK.glob("*.md")}
    assert set(ROOMS) <= stems


def test_no_room_imports_another(sources):
    between = {
        (module, other)
        for module, imported in sources.imported.items()
        for other in imported
        if room_of(module) and room_of(other) not in {None, room_of(module)}
    }
    assert not between


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_outside_imports_a_room(sources, room):
    """Hence it can be taken out, with its chapter and its line in the contents."""
    outside = {
        module
        for module, imported in sources.imported.items()
        if room_of(module) is None and room in set(map(room_of, imported))
    }
    assert not outside


@pytest.mark.parametrize("chapter", CHAPTERS.values(), ids=lambda c: c.stem)
def test_a_chapter_imports_its_own_room_alone(sources, chapter):
    behind = set(map(room_of, sources.behind(chapter.code))) - {None}
    assert behind <= {chapter.stem.replace("-", "_")}


@pytest.mark.parametrize("chapter", CHAPTERS.values(), ids=lambda c: c.stem)
def test_a_chapter_loads_few_modules(sources, chapter):
    most = MOST_OF_THE_ARTICLE if chapter.stem in OF_THE_ARTICLE else MOST_MODULES
    assert len(sources.behind(chapter.code)) <= most


def test_few_modules_name_constants_of_the_study():
    """A ratchet: `smcm.design` beyond its types is for fewer and fewer modules."""
    naming = set()
    for path in (ROOT / "smcm").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.ImportFrom)
                and (node.module or "").startswith("smcm.design")
                and any(alias.name.isupper() for alias in node.names)
                and "design" not in path.parts
            ):
                naming.add(path.relative_to(ROOT).as_posix())
    assert len(naming) == CONSTANTS, "lower the number when it falls"


def test_what_readme_calls_small_is_there_and_small():
    passage = (
        (ROOT / "README.md").read_text("utf-8").partition("small enough to read")[2]
    )
    files = re.findall(r"`(smcm/[\w/]+\.py)`", passage.partition("Each decision")[0])
    lines = [len((ROOT / file).read_text("utf-8").splitlines()) for file in files]
    assert len(files) == LEAST_FILES
    assert sum(lines) <= SMALL
