"""A small book, edited again and again: each build is the same as one from nothing."""

import json
import re
import shutil

import pytest

from tests.clean import HERE, built, copied, unlike
from tests.faults.project import chapter

pytestmark = pytest.mark.faults

CHAPTERS = ("results", "compare", "explorer", "after", "refers")
FEW = ("--n-boot", "100", "--n-imputations", "5")
TABLE = (
    ":::{{table}} {caption}\n:name: {name}\n\n| a | b |\n| - | - |\n| 1 | 2 |\n:::\n"
)
LISTED = "\n```{bibliography}\n```\n"
REFERS = "See {numref}`tab-one` and {numref}`tab-two`; read {cite:t}`KEY`.\n"


@pytest.fixture(scope="module")
def book(tmp_path_factory, second_folder):
    """A copy with a few small chapters, one of them repeated for each run."""
    root = copied(tmp_path_factory.mktemp("small") / "p")
    for path in (root / "book").glob("*.md"):
        path.unlink()
    first = TABLE.format(caption="The first.", name="tab-one")
    second = TABLE.format(caption="The second.", name="tab-two")
    cited = (root / "book" / "references.bib").read_text("utf-8")
    key = cited.partition("{")[2].partition(",")[0]
    texts = {
        "index": "# Index\n\nWords of the first page.\n",
        "results": chapter("Results", "1 + 1", prose=first),
        "compare": chapter("Compare", "3 + 3"),
        "explorer": chapter("Explorer", "4 + 4"),
        "after": chapter("After", "2 + 2", prose=f"{second}\nSome words.\n"),
        "refers": "# Refers\n\n" + REFERS.replace("KEY", key) + LISTED,
    }
    for name, text in texts.items():
        (root / "book" / f"{name}.md").write_text(text, encoding="utf-8")
    contents(root, *CHAPTERS)
    return root, (*FEW, "--data", second_folder)


def contents(root, *names):
    """List the chapters of the book."""
    listed = "".join(f"  - file: book/{name}\n" for name in names)
    text = "format: jb-book\nroot: book/index\nparts:\n- caption: Part\n  chapters:\n"
    (root / "_toc.yml").write_text(text + listed, encoding="utf-8")


def replaced(file, old, new):
    """An edit that puts other words in the place of some."""

    def edit(root):
        text = (root / file).read_text(encoding="utf-8")
        assert old in text
        (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return edit


def added_page(root):
    (root / "book" / "more.md").write_text("# More\n\nWords.\n", encoding="utf-8")
    contents(root, "more", *CHAPTERS)


def removed_page(root):
    (root / "book" / "more.md").unlink()
    contents(root, *CHAPTERS)


ANOTHER = TABLE.format(caption="Before all.", name="tab-zero")
EDITS = {
    "nothing before": lambda _: None,
    "a word": replaced("book/refers.md", "read", "look into"),
    "a title": replaced("book/after.md", "# After", "# Afterwards"),
    "a caption": replaced("book/results.md", "The first.", "The very first."),
    "a label": replaced("book/after.md", ":name: tab-two", ":name: tab-2"),
    "a number moved": replaced("book/results.md", "# Results\n", f"# R\n\n{ANOTHER}"),
    "the configuration": replaced("_config.yml", "Table %s", "Tab. %s"),
    "a static file": replaced("book/_static/smcm.css", "{", "{ "),
    "a new page": added_page,
    "a removed page": removed_page,
    "numbers of reruns": replaced("book/results.md", "1 + 1", "40 + 2"),
}


def test_after_each_edit_the_book_is_as_from_nothing(book, tmp_path):
    root, words = book
    found = {}
    for name, edit in EDITS.items():
        edit(root)
        if name == "a label":
            replaced("book/refers.md", "tab-two", "tab-2")(root)
        upon = tmp_path / name
        shutil.copytree(built(root, *words, **HERE), upon)
        kept = next((root / "_build" / "pages").iterdir())
        aside = kept.rename(tmp_path / "kept")
        shutil.rmtree(root / "pages")
        found[name] = unlike(built(root, *words, **HERE), upon)
        shutil.rmtree(kept)
        aside.rename(kept)  # so that the next edit meets what the last has left
    assert found == {name: [] for name in EDITS}
    runs = list((root / "pages" / "book" / "runs").glob("*.html"))
    assert len(runs) > 1
    assert all("42" in path.read_text("utf-8") for path in runs)
    refers = (root / "pages" / "book" / "refers.html").read_text("utf-8")
    one, two = map(int, re.findall(r"Tab\.\sS(\d+)", refers))
    assert two == one + 1


def test_one_word_writes_one_page_and_executes_nothing(book):
    root, words = book
    built(root, *words, **HERE)
    runs = root / "_build" / "runs"
    executed = {path: path.read_bytes() for path in runs.rglob("manifest*.jsonl")}
    pages = times(root)
    replaced("book/after.md", "Some words.", "Other words.")(root)
    built(root, *words, **HERE)
    assert {path: path.read_bytes() for path in executed} == executed
    again = times(root)
    changed = {name for name, time in again.items() if pages.get(name) != time}
    assert {"after.html"} <= changed <= {"after.html", "index.html"}
    label = json.loads((root / "pages" / "edition.json").read_text("utf-8"))
    assert label["run"]["n_boot"] == 100


def times(root):
    """When Sphinx wrote each page; the book itself keeps those that are alike."""
    (kept,) = (root / "_build" / "pages").iterdir()
    found = (kept / "_build" / "html" / "book").glob("*.html")
    return {path.name: path.stat().st_mtime_ns for path in found}
