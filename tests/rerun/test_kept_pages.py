"""What one build of the pages leaves to the next, and when it leaves nothing."""

import os

import pytest

from smcm.rerun import kept_pages
from smcm.rerun.kept_pages import OWNER, WHOLE, renew

NOBODY = 2**22 + 1  # beyond the numbers that Linux gives to processes


def files(folder):
    return [path.name for path in folder.iterdir() if path.name != OWNER]


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_pages, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(kept_pages, "fingerprint", lambda *_, **__: "as today")
    return lambda out="book": kept_pages.kept_pages(
        tmp_path / out, tmp_path / "instead"
    )


def test_a_whole_build_is_there_for_the_next(kept):
    with kept() as folder:
        (folder / "page").write_text("read")
    with kept() as again:
        assert again == folder
        assert (again / "page").read_text() == "read"
        assert not (again / WHOLE).exists()  # so that a killed build leaves no mark
    with kept("another") as other:
        assert files(other) == []


def test_a_build_that_failed_or_was_killed_leaves_nothing(kept):
    with kept() as folder:
        (folder / "page").write_text("read")
    with pytest.raises(KeyboardInterrupt), kept():
        raise KeyboardInterrupt
    assert not folder.exists()
    with kept():
        (folder / "page").write_text("read")
    (folder / WHOLE).unlink()  # as kill -9 would leave it
    with kept():
        assert files(folder) == []


def test_other_machinery_begins_anew(kept, monkeypatch):
    with kept() as folder:
        (folder / "page").write_text("read")
    monkeypatch.setattr(kept_pages, "fingerprint", lambda *_, **__: "of tomorrow")
    with kept():
        assert files(folder) == []


def test_style_sheets_go_so_that_pages_name_them_as_at_first(kept):
    with kept() as folder:
        sheets = folder / "_build" / "html" / "_static"
        sheets.mkdir(parents=True)
    with kept():
        assert sheets.parent.is_dir()
        assert not sheets.exists()


def test_where_nothing_can_be_kept_the_book_is_built_all_the_same(kept, tmp_path):
    (tmp_path / "kept").write_text("a file where the folder would be")
    with kept() as folder:
        assert folder == tmp_path / "instead"


def test_unchanged_files_keep_their_time_and_changed_ones_do_not(tmp_path):
    source, fresh = tmp_path / "kept" / "source", tmp_path / "fresh"
    (fresh / "book").mkdir(parents=True)
    for name in ("a", "book/b"):
        (fresh / name).write_text(name)
    renew(source, fresh)
    for name in ("a", "book/b"):
        os.utime(source / name, (1.0, 1.0))
    (fresh / "a").write_text("A")
    renew(source, fresh)
    assert (source / "a").read_text() == "A"
    assert (source / "a").stat().st_mtime > 1.0
    assert (source / "book" / "b").stat().st_mtime == 1.0


def test_what_python_leaves_beside_extensions_is_no_file_that_is_gone(tmp_path):
    source, fresh = tmp_path / "kept" / "source", tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "one.py").touch()
    renew(source, fresh)
    (source / "__pycache__").mkdir()
    (source / "__pycache__" / "one.pyc").touch()
    (source.parent / "built").touch()
    renew(source, fresh)
    assert (source.parent / "built").is_file()


def test_where_a_file_is_gone_all_that_was_built_goes(tmp_path):
    source, fresh = tmp_path / "kept" / "source", tmp_path / "fresh"
    fresh.mkdir()
    (fresh / "a").write_text("a")
    (fresh / "b").write_text("b")
    renew(source, fresh)
    (source.parent / "doctrees").mkdir()
    (fresh / "b").unlink()
    renew(source, fresh)
    assert [path.name for path in source.iterdir()] == ["a"]
    assert not (source.parent / "doctrees").exists()


@pytest.mark.fault("a rerun that is killed, starved or disturbed")
@pytest.mark.parametrize("damage", ["flipped", "cut", "gone"])
def test_a_damaged_file_counts_for_all(tmp_path, monkeypatch, damage):
    monkeypatch.setattr(kept_pages, "KEPT", tmp_path / "kept")
    with kept_pages.kept_pages(tmp_path / "book", tmp_path / "instead") as folder:
        (folder / "environment.pickle").write_bytes(b"read long ago")
    with kept_pages.kept_pages(tmp_path / "book", tmp_path / "instead"):
        assert (folder / "environment.pickle").is_file()
    if damage == "gone":
        (folder / "environment.pickle").unlink()
    else:
        changed = {"flipped": b"reae long ago", "cut": b"read lo"}[damage]
        (folder / "environment.pickle").write_bytes(changed)
    with kept_pages.kept_pages(tmp_path / "book", tmp_path / "instead"):
        assert not (folder / "environment.pickle").exists()


def test_a_mark_that_cannot_be_read_counts_as_none(kept):
    with kept() as folder:
        (folder / "page").write_text("read")
    (folder / WHOLE).write_bytes(b"\xff\xfe")
    with kept():
        assert not (folder / "page").exists()


def test_what_killed_builds_of_other_books_have_left_goes(kept, tmp_path):
    (tmp_path / "there").mkdir()
    with kept("there") as there, kept("gone") as gone, kept("killed") as killed:
        pass
    with kept("lives") as lives:
        (killed / WHOLE).unlink()
        (killed / OWNER).write_text(f"{NOBODY}\n{tmp_path / 'there'}")
        for folder in (there, gone):
            out = (folder / OWNER).read_text().partition("\n")[2]
            (folder / OWNER).write_text(f"{NOBODY}\n{out}")
        with kept("book"):
            assert there.is_dir()
            assert lives.is_dir()
            assert not gone.exists()
            assert not killed.exists()
