"""The folder for sockets: private, short, and gone when its process is."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from smcm.errors import ImpossibleRunError
from smcm.rerun import homes, temporary

TELL = "from smcm.rerun.temporary import own_folder; print(own_folder())"
SOCKET = """
import socket, sys
from smcm.rerun.temporary import LONGEST_NAME, own_folder
with socket.socket(socket.AF_UNIX) as one:
    one.bind(str(own_folder() / ("x" * LONGEST_NAME)))
"""
KILLED = f"{TELL}; import os, signal, sys; sys.stdout.flush(); os.kill(os.getpid(), 9)"


def told(code=TELL, **environment):
    """What a process of its own prints."""
    kept = {k: v for k, v in os.environ.items() if k != temporary.STARTED_BY}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=kept | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout.strip()


@pytest.fixture
def short():
    """A folder whose path is short, which those of pytest are not."""
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture
def long_folder(tmp_path):
    folder = tmp_path / ("l" * 90)
    folder.mkdir()
    return folder


def test_it_is_private_and_goes_with_its_process(short):
    code = f"{TELL}; import os; print(oct(os.stat(own_folder()).st_mode & 0o777))"
    folder, mode = told(code, TMPDIR=str(short)).split()
    assert mode == oct(stat.S_IRWXU)
    assert list(short.iterdir()) == []
    assert folder.startswith(str(short))


def test_sockets_fit_where_the_named_folder_has_a_long_path(long_folder):
    told(SOCKET, TMPDIR=str(long_folder))
    assert not told(TMPDIR=str(long_folder)).startswith(str(long_folder))


@pytest.mark.parametrize("name", ["nowhere", "file"])
def test_sockets_fit_where_the_named_folder_is_none(tmp_path, name):
    (tmp_path / "file").touch()
    told(SOCKET, TMPDIR=str(tmp_path / name))


def test_what_a_killed_process_has_left_is_removed(short):
    left = told(KILLED, TMPDIR=str(short))
    assert [str(path) for path in short.iterdir()] == [left]
    told(TMPDIR=str(short))
    assert list(short.iterdir()) == []


def test_no_place_where_another_user_may_rename_it(short):
    for mode in (0o777, 0o770):
        short.chmod(mode)
        assert not told(TMPDIR=str(short)).startswith(str(short))
    for mode in (0o1777, 0o755):
        short.chmod(mode)
        assert told(TMPDIR=str(short)).startswith(str(short))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_no_place_whose_owner_is_another_user(short):
    os.chown(short, 54321, 54321)
    for mode in (0o1777, 0o755):
        short.chmod(mode)
        assert not told(TMPDIR=str(short)).startswith(str(short))


def test_what_takes_no_sockets_is_left_as_it_was(monkeypatch, short):
    def fail(_):
        raise OSError

    monkeypatch.delenv(temporary.STARTED_BY, raising=False)
    monkeypatch.setattr(temporary, "_made", [])
    monkeypatch.setattr(temporary, "_places", lambda: iter([short]))
    monkeypatch.setattr(temporary, "_takes_sockets", fail)
    with pytest.raises(ImpossibleRunError, match="no other user may rename it"):
        temporary.own_folder()
    assert list(short.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a folder away")
def test_what_another_user_has_made_stays(short):
    left = Path(told(KILLED, TMPDIR=str(short)))
    os.chown(left, 54321, 54321)
    told(TMPDIR=str(short))
    assert left.is_dir()


def test_a_process_that_is_started_shares_the_folder(tmp_path):
    above = tmp_path / "above"
    above.mkdir(mode=0o700)
    assert told(**{temporary.STARTED_BY: str(above)}) == str(above)
    assert above.is_dir()


def test_a_process_that_is_started_shares_no_folder_that_others_can_read(tmp_path):
    above = tmp_path / "above"
    above.mkdir()
    above.chmod(0o750)
    assert told(**{temporary.STARTED_BY: str(above)}) != str(above)


@pytest.mark.parametrize("name", ["TMPDIR", "XDG_RUNTIME_DIR", temporary.STARTED_BY])
@pytest.mark.parametrize("place", ["/tmp/" + "l" * 300, "/tmp/\udcff"])
def test_a_place_that_no_system_or_no_socket_takes(name, place):
    assert told(SOCKET, **{name: place}) == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_a_place_that_is_closed_to_this_user(short):
    closed = short / "closed" / "within"
    closed.mkdir(parents=True)
    short.chmod(0o700)
    become = "import os, psutil; os.setgroups([]); os.setgid(54321); os.setuid(54321)"
    code = TELL.replace("; ", f"; {become}; ")
    folder = told(code, TMPDIR=str(closed), XDG_RUNTIME_DIR=str(closed))
    assert folder.startswith("/tmp/smcm-")


NO_PLACE = """
import os, sys
from smcm.cli import main
from smcm.rerun import temporary
temporary.ELSEWHERE = ()
os.environ.pop("XDG_RUNTIME_DIR", None)
main.run()
"""


def test_no_place_ends_the_command_before_its_first_kernel(tmp_path, long_folder):
    words = ("rerun", "--n-boot", "100", "--site", "all", "--window-days", "90")
    done = subprocess.run(
        [sys.executable, "-c", NO_PLACE, *words, "--out", str(tmp_path / "out")],
        env=os.environ | {"TMPDIR": str(long_folder), temporary.STARTED_BY: ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "set TMPDIR to such a folder" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(long_folder.iterdir()) == []


def test_no_place_is_a_sentence_with_its_cure(monkeypatch, long_folder):
    monkeypatch.delenv(temporary.STARTED_BY, raising=False)
    monkeypatch.setattr(temporary, "_made", [])
    monkeypatch.setattr(temporary, "_places", lambda: iter([long_folder]))
    with pytest.raises(ImpossibleRunError, match="set TMPDIR to such a folder"):
        temporary.own_folder()
    assert list(long_folder.iterdir()) == []


@pytest.mark.parametrize("home", ["", "/nowhere/at/all", "relative"])
def test_a_home_that_is_none_is_replaced(monkeypatch, tmp_path, home):
    monkeypatch.setenv("HOME", home)
    monkeypatch.setenv(temporary.STARTED_BY, str(tmp_path))
    given = homes.environment_of_homes()
    for name in ("HOME", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
        assert given[name].startswith(str(tmp_path))
        assert os.access(given[name], os.W_OK)


@pytest.fixture
def home(monkeypatch, tmp_path):
    """One that can be written to, where no other place is named."""
    for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "above").mkdir(mode=0o700)
    monkeypatch.setenv(temporary.STARTED_BY, str(tmp_path / "above"))
    return tmp_path


REPLACED = {"HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "MPLCONFIGDIR"}


def replaced():
    """Which variables are given another folder, where none is the rule."""
    return REPLACED & set(homes.environment_of_homes())


def test_a_home_that_can_be_written_to_stays(home):
    assert replaced() == set()
    assert list(home.iterdir()) == [home / "above"]


@pytest.mark.parametrize("kind", ["file", "link"])
@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (".cache", {"XDG_CACHE_HOME", "MPLCONFIGDIR"}),
        (".config", {"XDG_CONFIG_HOME", "MPLCONFIGDIR"}),
        (".cache/matplotlib", {"MPLCONFIGDIR"}),
    ],
)
def test_what_is_no_folder_in_a_home_is_replaced(home, kind, place, expected):
    (home / place).parent.mkdir(exist_ok=True)
    if kind == "file":
        (home / place).touch()
    else:
        (home / place).symlink_to("/nowhere/at/all")
    assert replaced() == expected


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("place", ["/proc", "relative"])
@pytest.mark.parametrize("name", sorted(REPLACED - {"HOME"}))
def test_a_named_folder_that_cannot_be_written_to_is_replaced(monkeypatch, name, place):
    monkeypatch.setenv(name, place)
    assert replaced() == {name, "MPLCONFIGDIR"}


def test_a_named_folder_stays_where_there_is_no_home(home, monkeypatch):
    monkeypatch.setenv("HOME", "/nowhere")
    monkeypatch.setenv("MPLCONFIGDIR", str(home / "fonts"))
    assert replaced() == REPLACED - {"MPLCONFIGDIR"}
