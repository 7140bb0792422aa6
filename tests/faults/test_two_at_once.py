"""Two reruns of one output: one waits and says so, or they share the work."""

import shutil

import pytest

from tests.faults.project import GRID, PROBE, contents, lines, wait_for

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")


@pytest.mark.faults
def test_the_second_waits_and_finds_all_done(project, undisturbed, tmp_path):
    out = tmp_path / "out"
    words = ("rerun", *PROBE, *GRID, "--out", out)
    first = project.start(*words)
    wait_for((tmp_path / ".out.lock").exists)
    second = project.start(*words)
    assert project.end(first).counts == (8, 0)
    ended = project.end(second)
    assert ended.counts == (0, 8)
    assert "out is in use by another smcm; waiting for it to end." in ended.err
    assert contents(out) == undisturbed.files
    assert not (tmp_path / ".out.lock").exists()


@pytest.mark.faults
def test_two_shards_share_the_work_and_a_whole_rerun_waits(
    project, undisturbed, tmp_path
):
    out = tmp_path / "out"
    words = ("rerun", *PROBE, *GRID, "--out", out)
    shards = [project.start(*words, "--shard", f"{k}/2") for k in (1, 2)]
    wait_for(lambda: len(list(out.glob("manifest-*-of-2.jsonl"))) == 2)
    whole = project.start(*words)
    assert [project.end(shard).counts for shard in shards] == [(4, 0), (4, 0)]
    ended = project.end(whole)
    assert ended.counts == (0, 8)
    assert "in use by another smcm; waiting" in ended.err
    for path in out.glob("manifest-*"):
        path.unlink()
    if not lines(out):
        (out / "manifest.jsonl").touch()
    assert contents(out) == undisturbed.files


@pytest.mark.faults
def test_shards_that_begin_in_an_empty_folder(project, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / ".shard1.lock").touch()  # left by one that was killed
    assert project.rerun(out, *GRID, "--shard", "1/2").counts == (4, 0)
    shutil.rmtree(out)
