"""A page that shows what other chapters conclude is executed after them, and again."""

import pytest

from tests.faults.project import chapter

pytestmark = pytest.mark.faults

LEAVES = """from smcm import facts
from smcm.report.conclusions import Agreement, Conclusions
facts.leave(conclusions=Conclusions(agreement=Agreement(n=9, equal={equal})))
print({said!r})"""
READS = """from smcm.parameters import RunParameters
from smcm.report.kept_conclusions import read_conclusions
found = read_conclusions(RunParameters.among(vars()))
print("read", found["probe"].agreement.equal)"""
TAG = ":tags: [reads-conclusions]\n"
WORDS = ("rerun", "--chapter", "front,probe", "--no-book", "--n-boot", "100")
ONE = ("--window-days", "180", "--site", "all")


@pytest.fixture
def book(own_project):
    """A front page that is listed before the chapter that it reads."""
    own_project.write("front", chapter("Front", READS, options=TAG))
    own_project.write("probe", leaving(3, "first"))
    own_project.list_chapters("front", "probe")
    return own_project


def leaving(equal, said):
    return chapter("Probe", LEAVES.format(equal=equal, said=said))


def rerun(book, out):
    return book.smcm(*WORDS, *ONE, "--out", out)


def shown(out):
    (path,) = out.glob("*/front.ipynb")
    return path.read_text(encoding="utf-8")


def test_it_follows_from_what_they_conclude_and_from_nothing_else(book, tmp_path):
    out = tmp_path / "runs"
    assert rerun(book, out).counts == (3, 0)  # the numbers of the run are the third
    assert "read 3" in shown(out)
    assert rerun(book, out).counts == (0, 3)

    book.write("probe", leaving(3, "second"))
    assert rerun(book, out).counts == (1, 2)

    book.write("probe", leaving(4, "second"))
    assert rerun(book, out).counts == (2, 1)
    assert "read 4" in shown(out)


def test_it_is_not_executed_where_a_chapter_failed(book, tmp_path):
    out = tmp_path / "runs"
    book.write("probe", chapter("Probe", "1 / 0"))
    done = rerun(book, out)
    assert done.code != 0
    assert "it shows what other chapters conclude" in done.out + done.err
    assert not list(out.glob("*/front.ipynb"))
