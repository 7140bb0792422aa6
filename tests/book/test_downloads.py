"""What the pages offer for download reads like the pages."""

import importlib
import json
import re
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from smcm.paths import BOOK

ROLE = re.compile(r"\{[a-z:]+\}`")
EXPRESSION = re.compile(r"\{\{|\{%|\{##")
NUMBERED = re.compile(r"(?:Table|Figure) S?\d+")
FACTS = "application/vnd.smcm.facts+json"


@pytest.fixture(scope="module")
def downloads(html):
    return sorted(path for path in (html / "_sources").rglob("*") if path.is_file())


def words_of(path):
    """Everything that a reader sees of a source, and of what its code shows."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        return text
    notebook = json.loads(text)
    parts = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            parts.append("".join(cell["source"]))
        for output in cell.get("outputs", ()):
            assert FACTS not in output.get("data", {}), path.name
            parts.append("".join(output.get("data", {}).get("text/markdown", "")))
        parts.append(json.dumps(cell["metadata"].get("mystnb", {})))
    return "\n".join(parts)


def test_every_page_has_one(downloads, pages):
    assert len(downloads) >= len(pages) - 2  # but the search and the index


def test_no_role_and_no_expression_is_left(downloads):
    left = {
        path.name: found[:5]
        for path in downloads
        if (
            found := [
                *ROLE.findall(words_of(path)),
                *EXPRESSION.findall(words_of(path)),
            ]
        )
    }
    assert not left


def test_what_a_page_hides_is_not_in_its_notebook(downloads):
    hidden = 0
    for path in downloads:
        if path.suffix == ".ipynb":
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if {"remove-cell", "remove-output"} & set(
                    cell["metadata"].get("tags", ())
                ):
                    hidden += 1
                    assert not cell.get("outputs"), path.name
    assert hidden > len(downloads) / 2


def test_numbers_are_those_of_the_page(html):
    """Each table and figure that a page names stands as often in its source."""
    for stem in ("results", "nesting"):
        page = BeautifulSoup(
            (html / f"book/{stem}.html").read_text("utf-8"), "html.parser"
        )
        links = [link.get_text() for link in page.select("article a.reference")]
        named = [text for text in links if NUMBERED.fullmatch(text)]
        told = words_of(html / "_sources" / "book" / f"{stem}.ipynb")
        assert named
        for text in set(named):
            assert text in told, (stem, text)


def test_references_have_the_labels_of_the_page(html):
    page = BeautifulSoup((html / "book/nesting.html").read_text("utf-8"), "html.parser")
    cited = {
        link.get_text() for link in page.select("article a.reference[href*=references]")
    }
    told = words_of(html / "_sources" / "book" / "nesting.ipynb")
    assert cited
    assert all(
        re.search(rf"\[(?:\d+, )*{label}(?:, \d+)*\]", told)
        for label in cited
        if label.isdigit()
    )


def test_a_role_in_somebody_s_words_is_left(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(BOOK / "_ext"))
    resolve = importlib.import_module("book_downloads").resolve
    (tmp_path / "_sources").mkdir()
    source = tmp_path / "_sources" / "page.md"
    source.write_text(
        "{numref}`tab-a`, {math}`x`, {cite}`ours`, {ref}`nobody`, {cite}`no`"
    )
    data = {
        "std": {"anonlabels": {"tab-a": ("page", "tab-a")}, "labels": {}},
        "math": {"objects": {}},
    }
    cited = SimpleNamespace(key="ours", formatted_entry=SimpleNamespace(label="7"))
    environment = SimpleNamespace(
        toc_fignumbers={"page": {"table": {"tab-a": (3,)}}},
        domaindata=data,
        get_domain=lambda _: SimpleNamespace(citations=[cited]),
    )
    app = SimpleNamespace(
        outdir=tmp_path,
        env=environment,
        builder=SimpleNamespace(format="html"),
        config=SimpleNamespace(numfig_format={"table": "Table %s"}),
    )
    resolve(app, None)
    assert source.read_text() == "Table 3, $x$, [7], {ref}`nobody`, {cite}`no`"
