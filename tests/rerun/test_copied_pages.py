"""How built pages come into the place of an earlier book."""

import os

import pytest

from smcm.rerun.kept_pages import copy_pages


@pytest.fixture
def folders(tmp_path):
    built, earlier = tmp_path / "built", tmp_path / "earlier"
    for folder in (built, earlier):
        (folder / "book").mkdir(parents=True)
        for name in ("a.html", "book/b.html"):
            (folder / name).write_text(name)
            os.utime(folder / name, (1.0, 1.0))
    return built, tmp_path / "pages", earlier


def contents(folder):
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text() for path in files}


def test_pages_are_those_that_were_built(folders):
    built, pages, earlier = folders
    (built / "a.html").write_text("another")
    (built / "new.html").write_text("new")
    (earlier / "gone.html").write_text("gone")
    copy_pages(built, pages, earlier)
    assert contents(pages) == contents(built)


def test_unchanged_pages_are_not_copied_and_never_shared_with_the_builder(folders):
    built, pages, earlier = folders
    (built / "a.html").write_text("another")
    copy_pages(built, pages, earlier)
    assert (pages / "book/b.html").samefile(earlier / "book/b.html")
    for name in contents(built):
        assert not (pages / name).samefile(built / name)


def test_a_page_that_somebody_has_changed_in_the_book_is_put_right(folders):
    built, pages, earlier = folders
    (earlier / "a.html").write_text("A.html")
    os.utime(earlier / "a.html", (1.0, 1.0))  # of the same length and time
    (earlier / "book" / "b.html").unlink()
    (earlier / "book" / "b.html").symlink_to(built / "book" / "b.html")
    copy_pages(built, pages, earlier)
    assert contents(pages) == contents(built)
    assert not any(path.is_symlink() for path in pages.rglob("*"))


def test_where_files_cannot_be_linked_they_are_copied(folders, monkeypatch):
    def refused(*_):
        raise OSError

    monkeypatch.setattr(os, "link", refused)
    copy_pages(*folders)
    assert contents(folders[1]) == contents(folders[0])
    assert not (folders[1] / "a.html").samefile(folders[2] / "a.html")


def test_without_an_earlier_book_all_is_copied(folders, tmp_path):
    built, pages, _ = folders
    copy_pages(built, pages, tmp_path / "none")
    assert contents(pages) == contents(built)
