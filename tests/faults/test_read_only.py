"""Data that nobody may write to are analysed; an output like that is refused."""

import hashlib
import os
import shutil

import pytest

from tests.faults.project import contents

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

NOBODY = 65534


def digests(folder):
    return {
        path: (hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def read_only(mounted, tmp_path, second_folder):
    """Give the second cohort where not even root can write."""
    folder = tmp_path / "data"
    shutil.copytree(second_folder, folder)
    mounted("data", "--bind", str(folder))
    mounted("data", "-o", "remount,bind,ro")
    with pytest.raises(OSError, match="Read-only"):
        (folder / "new").touch()
    return folder


@pytest.mark.faults
def test_data_are_only_read(project, read_only, tmp_path):
    before = digests(read_only)
    out = tmp_path / "out"
    words = ("--data", read_only, "--n-imputations", "2")
    assert project.rerun(out, *words, "--window-days", "90,180").counts[0] == 4
    assert digests(read_only) == before
    for name in contents(out):
        assert str(read_only) not in (out / name).read_text(encoding="utf-8"), name


def test_an_output_that_cannot_be_written_to_is_refused(project, mounted):
    disk = mounted("disk", "-t", "tmpfs", "-o", "ro,size=1m", "smcm-test")
    ended = project.rerun(disk / "out")
    assert ended.code == 2
    assert "cannot be written to (Read-only file system)" in ended.err
    assert ended.out == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")
@pytest.mark.skipif(not shutil.which("setpriv"), reason="there is no setpriv")
def test_a_folder_without_permission_is_refused(tmp_path, own_project):
    out = tmp_path / "out"
    out.mkdir()
    out.chmod(0o555)
    for folder in tmp_path.parents:  # somebody else has to reach the copy
        if folder.stat().st_uid == 0 and not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o011)
    tmp_path.chmod(0o755)
    own_project.short.chmod(0o777)
    somebody = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    words = ("rerun", "--no-book", "--chapter", "probe", "--out", out)
    ended = own_project.end(own_project.start(*words, user=somebody))
    assert ended.code == 2, ended.err
    assert "cannot be written to (Permission denied)" in ended.err
    assert list(out.iterdir()) == []
