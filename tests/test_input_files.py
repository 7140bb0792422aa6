"""Only a regular file of a sensible size is read; nothing else is even opened."""

import os
import socket
from pathlib import Path

import pytest

from smcm import input_files
from smcm.input_files import ABSENT, InputFileError, kind_of, read_input
from tests.strange import STRANGE, plant

pytestmark = pytest.mark.fault("something that is no file")


def test_a_file_is_read_whole(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"x\r\n1\r\n")
    (tmp_path / "link.csv").symlink_to("a.csv")
    assert read_input(tmp_path / "a.csv") == b"x\r\n1\r\n"
    assert read_input(tmp_path / "link.csv") == b"x\r\n1\r\n"
    (tmp_path / "empty.csv").write_bytes(b"")
    assert read_input(tmp_path / "empty.csv") == b""


@pytest.mark.parametrize("what", STRANGE)
def test_anything_else_is_refused_at_once(what, tmp_path, monkeypatch):
    path, said = plant(what, tmp_path)
    if what != "file of the system":
        monkeypatch.setattr(os, "open", None)  # it is not opened
    with pytest.raises(InputFileError, match=said) as refused:
        read_input(path)
    assert str(refused.value).endswith(".")


def test_nothing_and_what_is_not_reached(tmp_path, monkeypatch):
    assert kind_of(tmp_path / "none") == ABSENT
    assert kind_of(tmp_path / "none" / "below") == ABSENT
    with pytest.raises(FileNotFoundError, match="No such file"):
        read_input(tmp_path / "none")
    assert kind_of(tmp_path / ("a" * 5000)) == input_files.TOO_LONG
    assert kind_of(Path("a\0b")) == "no path"

    def forbidden(_path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", forbidden)
    assert kind_of(tmp_path) == "out of reach (Permission denied)"


def test_a_file_that_is_too_large_is_named_with_the_limit(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(input_files.MOST_BYTES + 1)  # takes no room on the disk
    with pytest.raises(InputFileError, match=r"500,000,001 bytes.*500,000,000"):
        read_input(path)
    path.write_bytes(b"12345")
    assert read_input(path, most=5) == b"12345"
    with pytest.raises(InputFileError, match="more than 4 is not read"):
        read_input(path, most=4)


def test_what_comes_through_a_pipe_is_to_be_saved_first():
    read, write = os.pipe()
    try:
        with pytest.raises(InputFileError, match="Save what comes through the pipe"):
            read_input(Path(f"/dev/fd/{read}"))
    finally:
        os.close(read)
        os.close(write)


def test_a_socket(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the path of a socket has to be short
    with socket.socket(socket.AF_UNIX) as served:
        served.bind("served")
        assert kind_of(Path("served")) == input_files.SOCKET
