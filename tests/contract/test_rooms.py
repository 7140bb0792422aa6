"""A chapter is a room: no other room knows it, and it can be taken out."""

import ast

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
OUTSIDE = ("smcm", "tools", "benchmarks", "generator")
KNOWN = {  # rooms that something outside of them needs, and what that is
    "validation": {"tools"},
}
MOST_MODULES = 155  # of the package behind one chapter
MOST_CONSTANTS = 100


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
    assert len(sources.behind(chapter.code)) <= MOST_MODULES


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
    assert len(naming) == MOST_CONSTANTS, "lower the number when it falls"
