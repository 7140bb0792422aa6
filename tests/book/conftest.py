"""The built book, once a session; built only where it is out of date."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from smcm.cli.main import main
from smcm.paths import BUILD
from smcm.rerun import kept_pages
from tools.browser import built_pages


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.book)


@pytest.fixture(scope="session")
def html():
    """Folder of the pages."""
    result = CliRunner().invoke(main, ["book"])
    assert result.exit_code == 0, result.output
    return BUILD / "html"


@pytest.fixture(scope="session")
def pages(html):
    """Every page with a frame, parsed, by its path within the book."""
    return {
        path.relative_to(html).as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in built_pages(html)
    }


@pytest.fixture(scope="session")
def chapters(pages):
    """The pages that somebody wrote, without search and index."""
    return {name: page for name, page in pages.items() if name.startswith("book/")}


@pytest.fixture(scope="module")
def pages_kept_aside(tmp_path_factory):
    """Keep nothing in the project of the pages of books that go elsewhere."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept_pages, "KEPT", tmp_path_factory.mktemp("kept pages"))
        yield


@pytest.fixture(scope="session")
def paths(html):
    """Every page, but of the reruns, which are alike, two."""
    found = built_pages(html)
    reruns = [path for path in found if path.parent == html / "book" / "runs"]
    return [path for path in found if path not in reruns[1:-1]]
