"""A chapter is a room: no other room knows it, and it can be taken out."""

import ast
import re

import pytest

from smcm.paths import BOOK, ROOT
from smcm.rerun.chapters import stem_of
from smcm.rerun.contents import read_chapters, read_texts
from smcm.rerun.imports import Sources

CHAPTERS = read_chapters(ROOT)
PARTS = [part for chapter in CHAPTERS.values() for part in chapter.parts]
ROOMS = sorted(
    path.name
    for path in (ROOT / "smcm" / "chapters").iterdir()
    if path.is_dir() and (path / "__init__.py").exists()
)
OF_THE_ARTICLE = ("introduction", "methods", "results", "discussion")
MOST_MODULES = 130  # of the package behind one chapter
LINES_OF_THE_ARTICLE = 17_025  # behind its four chapters; a ratchet
SHIPPED = {  # who may take the shipped study wherever they stand, and why
    "cohort/descriptors.py": "names its tables, for those below",
    "cohort/folder.py": "a folder without a study file has its design",
    "article/consistency.py": "the article prints this study, whatever data are read",
    "audit/article.py": "the article prints this study, whatever data are read",
    "report/codebook.py": "the codebook describes the data that come with the book",
    "cli/new.py": "a new folder has no study file",
    "scan/findings.py": "a folder is scanned though its study file may be lost",
}
GIVES_SHIPPED = {"shipped_study", "shipped_bytes", "read_schema"}
LEAST_FILES, SMALL = 10, 2000  # of the core, and its lines


@pytest.fixture(scope="module")
def sources():
    return Sources.on_disk()


def room_of(module):
    parts = module.split(".")
    return parts[2] if parts[:2] == ["smcm", "chapters"] and len(parts) > 2 else None


def room_for(chapter):
    """Give the room of a chapter, or of the folder that it is in."""
    return chapter.split("/")[1].replace("-", "_")


def file_of(module):
    stem = ROOT / module.replace(".", "/")
    return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")


def test_a_room_has_the_name_of_its_chapter():
    assert set(ROOMS) <= {room_for(name) for name in CHAPTERS}


def test_no_two_chapters_have_files_of_one_name():
    stems = [stem_of(chapter.name) for chapter in read_texts(ROOT)]
    assert len(stems) == len({*stems})


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


@pytest.mark.parametrize("stem", OF_THE_ARTICLE)
def test_the_article_refers_to_no_figure_of_a_room(stem):
    """A room may be gone; a link to its chapter then leaves its words."""
    optional = [room for room in ROOMS if room not in OF_THE_ARTICLE]
    rooms = [BOOK / f"{room.replace('_', '-')}.md" for room in optional]
    figures = {
        name
        for path in rooms
        if path.exists()
        for name in re.findall(r"name: (fig-\S+)", path.read_text("utf-8"))
    }
    text = (BOOK / f"{stem}.md").read_text("utf-8")
    assert figures
    assert not figures & set(re.findall(r"\{numref\}`(fig-[\w-]+)`", text))


@pytest.mark.parametrize("chapter", CHAPTERS.values(), ids=lambda c: c.stem)
def test_a_chapter_imports_its_own_room_alone(sources, chapter):
    behind = set(map(room_of, sources.behind(chapter.code))) - {None}
    assert behind <= {room_for(chapter.name)}


@pytest.mark.parametrize("part", PARTS, ids=lambda c: f"{c.stem}{c.part}")
def test_a_chapter_loads_few_modules(sources, part):
    """Nor does its section, which is executed by itself."""
    assert len(sources.behind(part.code)) <= MOST_MODULES


def test_the_article_s_chapters_rest_on_few_lines(sources):
    """The section on the analysis that the article does not have is beside them."""
    codes = (c.short.code for c in CHAPTERS.values() if c.stem in OF_THE_ARTICLE)
    behind = set().union(*map(sources.behind, codes))
    lines = [len(file_of(name).read_text("utf-8").splitlines()) for name in behind]
    assert sum(lines) <= LINES_OF_THE_ARTICLE


def test_no_module_names_a_constant_of_the_study():
    """What a study declares comes from its design; one process may hold two."""
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
    assert not naming


def takers():
    """Modules outside `smcm.design` with a name that gives the shipped study."""
    for path in (ROOT / "smcm").rglob("*.py"):
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            for name in (getattr(node, "name", ""), getattr(node, "attr", ""))
        }
        if names & GIVES_SHIPPED and "design" not in path.parts:
            yield path.relative_to(ROOT / "smcm").as_posix()


def test_few_modules_take_the_shipped_study_wherever_they_stand():
    """The others take the design of the data at hand, as an argument."""
    assert set(takers()) == set(SHIPPED)


def test_what_readme_calls_small_is_there_and_small():
    passage = (
        (ROOT / "README.md").read_text("utf-8").partition("small enough to read")[2]
    )
    files = re.findall(r"`(smcm/[\w/]+\.py)`", passage.partition("Each decision")[0])
    lines = [len((ROOT / file).read_text("utf-8").splitlines()) for file in files]
    assert len(files) == LEAST_FILES
    assert sum(lines) <= SMALL
