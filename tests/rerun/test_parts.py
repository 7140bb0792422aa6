"""What a killed program leaves beside its output: it goes, and what was there stays."""

import json
import signal
import subprocess
import sys

import pytest

from smcm.rerun.ledger import sweep_files
from smcm.rerun.parts import (
    EARLIER,
    MARK,
    MOVES,
    beside,
    holds_others,
    put_in_place,
    sweep,
    write_whole,
)

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

LISTING = {"name": "ours", "resources": [{"path": "a.txt"}, {"path": "b.txt"}]}


@pytest.fixture
def part(tmp_path):
    """A folder that a killed program has left beside ``out``."""
    folder = tmp_path / ".out.abcd_123.part"
    folder.mkdir()
    (folder / MARK).touch()
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_leftover_goes_when_the_next_one_begins(part, tmp_path):
    (part / "pages").mkdir()
    (part / "pages" / "index.html").write_text("half")
    (tmp_path / ".out.efgh4567.part").mkdir()  # killed before it was marked
    with beside(tmp_path / "out") as fresh:
        assert names(tmp_path) == [fresh.name]
    assert names(tmp_path) == []


def test_what_is_the_users_own_stays(part, tmp_path):
    (part / MARK).rename(part / "mine.txt")
    theirs = [".out.abcd_1234.part", ".other.abcd_123.part", ".out.part", "out.part"]
    for name in theirs:
        (tmp_path / name).mkdir()
        (tmp_path / name / MARK).touch()
    (tmp_path / ".out.zzzzzzzz.part").write_text("a file")
    (tmp_path / ".out.yyyyyyyy.part").symlink_to(tmp_path / "out.part")
    before = names(tmp_path)
    with beside(tmp_path / "out"):
        pass
    assert names(tmp_path) == before
    assert (part / "mine.txt").is_file()


def test_a_book_that_was_moved_away_comes_back(part, tmp_path):
    (part / EARLIER).mkdir()
    (part / EARLIER / "index.html").write_text("earlier")
    sweep(tmp_path / "out", tmp_path)
    assert (tmp_path / "out" / "index.html").read_text() == "earlier"
    assert names(tmp_path) == ["out"]


def test_a_book_that_was_replaced_does_not_come_back(tmp_path):
    out = tmp_path / "out"
    for text in ("first", "second"):
        with beside(out) as part:
            (part / "html").mkdir()
            (part / "html" / "index.html").write_text(text)
            put_in_place(part / "html", out, part)
            assert not (part / EARLIER).exists()
    assert (out / "index.html").read_text() == "second"


KILLED_AFTER = """
import os, sys
from pathlib import Path
from smcm.rerun import parts
count = [int(sys.argv[2])]
rename = Path.rename
def dying(self, target):
    if count[0] == 0:
        os.kill(os.getpid(), 9)
    count[0] -= 1
    return rename(self, target)
Path.rename = dying
def write(part):
    import json
    for name in ("a.txt", "c.txt", "d.txt"):
        (part / name).write_text("second")
    listed = [{"path": name} for name in ("a.txt", "c.txt", "d.txt")]
    text = json.dumps({"name": "ours", "resources": listed})
    (part / "list.json").write_text(text)
parts.write_whole(Path(sys.argv[1]), "list.json", write)
"""


@pytest.mark.parametrize("renames", range(8))
def test_files_are_the_earlier_ones_again_after_a_kill(tmp_path, renames):
    """One rename after the other is the last: three files go and four come."""
    out = tmp_path / "out"

    def first(part):
        for name in ("a.txt", "b.txt"):
            (part / name).write_text("first")
        (part / "list.json").write_text(json.dumps(LISTING))

    write_whole(out, "list.json", first)
    (out / "notes.md").write_text("mine")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    command = [sys.executable, "-c", KILLED_AFTER, str(out), str(renames)]
    ended = subprocess.run(command, check=False, capture_output=True)
    if renames == 7:
        assert ended.returncode == 0, ended.stderr
        assert names(out) == ["a.txt", "c.txt", "d.txt", "list.json", "notes.md"]
        return
    assert ended.returncode == -signal.SIGKILL
    sweep(out, out)
    (out / ".out.lock").unlink()
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    write_whole(out, "list.json", first)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before


def test_moves_that_were_half_listed_undo_nothing(part, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.txt").write_text("mine")
    (part / MOVES).write_text('{"new": ["a.t')
    sweep(tmp_path / "out", tmp_path)
    assert (tmp_path / "out" / "a.txt").read_text() == "mine"


def test_a_folder_with_leftovers_alone_is_empty(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / ".out.abcd_123.part").mkdir()
    (out / ".out.lock").touch()
    assert not holds_others(out)
    (out / "mine").touch()
    assert holds_others(out)


def test_files_half_written_among_runs_go(tmp_path):
    run = tmp_path / "w090-all"
    run.mkdir()
    left = (
        *(tmp_path / ".grid.json.part", tmp_path / ".manifest.jsonl.part"),
        *(run / ".results.json.part", run / ".results.ipynb.part"),
        tmp_path / ".shard-1-of-2.lock",
    )
    others = (run / "results.json", tmp_path / ".notes.part", run / ".hidden")
    for path in (*left, *others):
        path.touch()
    sweep_files(tmp_path)
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in others)


STOPPED_LATE = """
import os, shutil, signal, sys
from pathlib import Path
from smcm.rerun import interrupts, parts
interrupts.stop_on_signals()
remove = shutil.rmtree
def stopped(*given, **named):
    os.kill(os.getpid(), signal.SIGTERM)
    remove(*given, **named)
shutil.rmtree = stopped
try:
    with parts.beside(Path(sys.argv[1])) as part:
        (part / "html").mkdir()
        parts.put_in_place(part / "html", Path(sys.argv[1]), part)
except KeyboardInterrupt:
    print(interrupts.stopped(interrupts.received()))
"""


def test_a_signal_while_cleaning_up_leaves_nothing_and_is_told_so(tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-c", STOPPED_LATE, str(out)]
    ended = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "while cleaning up; the new output is in its place." in ended.stdout
    assert names(tmp_path) == ["out"]
