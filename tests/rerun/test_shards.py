"""Several programs on one folder of runs at the same time."""

import fcntl
import os
import subprocess
import sys
import threading
from queue import Queue

import pytest

from smcm.paths import ROOT
from smcm.rerun.locks import sole_use

GRID = ("--window-days", "90,180,270", "--site", "without-3", "--n-boot", "100")
SHARDS = 3
PATIENCE = 120


def start(out, *words):
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "smcm",
            "rerun",
            *GRID,
            "--no-book",
            "--out",
            out,
            *words,
        ],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def ended(program):
    try:
        text, complaints = program.communicate(timeout=PATIENCE)
    finally:
        program.kill()
        program.wait()
    assert program.returncode == 0, complaints
    return text


@pytest.mark.slow
def test_three_shards_at_once_leave_nothing_to_do(tmp_path):
    out = tmp_path / "runs"
    programs = [
        start(out, "--shard", f"{k}/{SHARDS}", "--workers", "1")
        for k in range(1, SHARDS + 1)
    ]
    try:
        said = [ended(program) for program in programs]
    finally:
        for program in programs:
            program.kill()
    assert all(text.startswith("2 executed, 0 kept") for text in said)
    manifests = sorted(path.name for path in out.glob("manifest*"))
    assert manifests == [f"manifest-{k}-of-3.jsonl" for k in range(1, SHARDS + 1)]
    assert ended(start(out)).startswith("0 executed, 6 kept")
    assert (out / "grid.json").is_file()
    assert not [path for path in out.rglob(".*") if path.is_file()]


def held(mark):
    """Whether somebody has the file locked for himself alone or with others."""
    handle = os.open(mark, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def test_those_who_share_a_folder_keep_others_out(tmp_path):
    out, mark = tmp_path / "runs", tmp_path / ".runs.lock"
    said = Queue()
    with sole_use(out, said.put, shared=True):
        with sole_use(out, said.put, shared=True):
            assert held(mark)
        assert held(mark)
        assert said.empty()
        alone = threading.Thread(target=enter, args=(out, said))
        alone.start()
        heard = said.get(timeout=PATIENCE)
        assert heard == "runs is in use by another smcm; waiting for it to end."
        assert said.empty()
    assert said.get(timeout=PATIENCE) == "entered"
    alone.join(PATIENCE)
    assert not mark.exists()


def enter(out, said):
    with sole_use(out, said.put):
        said.put("entered")


def test_a_shard_begins_where_another_has_only_its_lock(refuse, tmp_path):
    (tmp_path / ".shard-1-of-2.lock").touch()
    (tmp_path / "mine.txt").touch()
    said = refuse("rerun", *GRID, "--shard", "2/2", "--out", tmp_path)
    assert "holds other files" in said


@pytest.mark.parametrize("text", ["0/3", "4/3", "1/0", "3", "1/3/5", "a/b", "1 / 3"])
def test_what_is_no_shard(text, refuse):
    assert "expected I/N with I from 1 to N" in refuse("rerun", "--shard", text)
