"""What is no file, no folder or endless is refused by every command, at once."""

import os
import signal
from contextlib import contextmanager

import pytest

from smcm.cohort.layout_faults import LONGEST_CELL, MOST_COLUMNS
from smcm.rerun.outputs import OutputError
from smcm.rerun.parts import write_whole
from smcm.shown import MOST_OF_LINE
from tests.cohort.small import write_small
from tests.strange import STRANGE, plant

pytestmark = pytest.mark.fault("something that is no file")

MODEL = ("--x", "x", "--m", "m", "--y", "y")
PATIENCE = 120  # seconds after which a command is taken to wait for ever
NO_FOLDER = [what for what in STRANGE if what not in ("folder", "link to nothing")]
NO_FILE = [what for what in STRANGE if what != "folder"]
FILES = ("clients.csv", "rprs.csv", "completed/ths.csv", "manifest.json", "completed")
READERS = {
    "mediate": lambda path: ("mediate", path, *MODEL),
    "audit": lambda path: ("audit", path),
    "rerun": lambda path: ("rerun", "--grid", path, "--no-book"),
}
OF_FOLDERS = {
    "check": lambda path: ("check", path),
    "study": lambda path: ("study", "--data", path),
    "printed": lambda path: ("printed", "--data", path),
    "book": lambda path: ("book", "--data", path),
    "rerun": lambda path: ("rerun", "--data", path, "--no-book"),
}
WRITERS = {
    "new": lambda path: ("new", path),
    "study": lambda path: ("study", "--out", path),
    "book": lambda path: ("book", "--out", path),
    "rerun": lambda path: ("rerun", "--out", path),
}


@pytest.fixture(autouse=True)
def _nobody_waits():
    """End a test that waits for ever, rather than the whole suite."""

    @contextmanager
    def limited():
        def ring(_number, _frame):
            raise TimeoutError

        before = signal.signal(signal.SIGALRM, ring)
        signal.alarm(PATIENCE)
        yield
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)

    with limited():
        yield


@pytest.mark.parametrize("what", STRANGE)
@pytest.mark.parametrize("command", READERS)
def test_in_the_place_of_a_file(command, what, refuse, tmp_path):
    path, said = plant(what, tmp_path)
    sentence = refuse(*READERS[command](path))
    assert said.replace("\\", "") in sentence
    assert path.name in sentence


@pytest.mark.parametrize("what", NO_FOLDER)
@pytest.mark.parametrize("command", OF_FOLDERS)
def test_in_the_place_of_a_data_folder(command, what, smcm, tmp_path):
    path, said = plant(what, tmp_path)
    result = smcm(*OF_FOLDERS[command](path))
    assert result.exit_code == 2
    found = "file" if what == "file of the system" else said.replace("\\", "")
    assert found in result.output
    assert isinstance(result.exception, SystemExit)


@pytest.mark.parametrize("what", NO_FILE)
@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("command", ["check", "study"])
def test_within_a_data_folder(command, file, what, smcm, tmp_path):
    folder = write_small(tmp_path / "small").path
    path, said = plant(what, tmp_path)
    place = folder / file
    if place.is_dir():
        place.rename(tmp_path / "moved")
    else:
        place.unlink(missing_ok=True)
    place.symlink_to(path)
    result = smcm(*OF_FOLDERS[command](folder))
    assert result.exit_code == 2
    if what == "file of the system" and file == "completed":
        said = "a file"
    assert said.replace("\\", "") in result.output, result.output


@pytest.mark.parametrize("what", NO_FOLDER)
@pytest.mark.parametrize("command", WRITERS)
def test_in_the_place_of_a_folder_to_write(command, what, refuse, tmp_path):
    path, said = plant(what, tmp_path)
    sentence = refuse(*WRITERS[command](path))
    found = "file" if what == "file of the system" else said.replace("\\", "")
    assert found in sentence
    if path.is_relative_to(tmp_path):
        assert os.listdir(tmp_path) == [path.name]  # noqa: PTH208 (a broken link too)


def test_a_descriptor_that_is_a_pipe_is_not_waited_for(tmp_path):
    def write(part):
        (part / "list.json").write_text('{"name": "ours"}', encoding="utf-8")

    os.mkfifo(tmp_path / "list.json")
    with pytest.raises(OutputError, match="is there already"):
        write_whole(tmp_path, "list.json", write)


def test_too_many_columns_are_refused_before_they_are_read(refuse, tmp_path):
    path = tmp_path / "wide.csv"
    header = ",".join(f"c{k}" for k in range(MOST_COLUMNS + 1))
    path.write_text(f"{header}\n{'1,' * MOST_COLUMNS}1\n", encoding="utf-8")
    for command in ("mediate", "audit"):
        sentence = refuse(*READERS[command](path))
        assert "100,001 columns" in sentence
        assert "at most 100,000 columns" in sentence
    folder = write_small(tmp_path / "small")
    folder.write("clients.csv", path.read_bytes())
    sentence = refuse("study", "--data", folder.path)
    assert "at most 100,000 columns" in sentence


LONG = "word " * 40_000  # 200,000 characters


@pytest.mark.parametrize("quoted", [False, True])
def test_a_long_cell_is_called_too_long(quoted, smcm, refuse, tmp_path):
    cell = f'"{LONG}"' if quoted else LONG.strip()
    path = tmp_path / "long.csv"
    path.write_text(f"x,m,y,note\n1,2,3,\n4,5,6,{cell}\n", encoding="utf-8")
    sentence = refuse(*READERS["mediate"](path))
    assert "line 3, column note" in sentence
    rule = f"at most {LONGEST_CELL:,} characters"
    assert rule in sentence
    path.write_text(f"claim,quantity,printed,note\na,n,3,{cell}\n", encoding="utf-8")
    sentence = refuse(*READERS["audit"](path))
    assert "line 2, column note" in sentence
    assert rule in sentence
    folder = write_small(tmp_path / "small")
    folder.put("clients.csv", 2, "gender", LONG)
    found = smcm("check", folder.path).output
    assert "line 2, gender" in found
    assert rule in " ".join(found.split())
    assert max(map(len, found.split("\n"))) < MOST_OF_LINE


LINES = "a" * 200_000
OVERLONG = {
    "option": ("mediate", "FILE", *MODEL[:-1], LINES),
    "no option": ("mediate", "FILE", *MODEL, f"--{LINES}"),
    "choice": ("mediate", "FILE", *MODEL, "--ci", LINES),
    "number": ("mediate", "FILE", *MODEL, "--seed", LINES),
    "digits": ("mediate", "FILE", *MODEL, "--seed", "9" * 200_000),
    "code": ("mediate", "FILE", *MODEL, "--missing", LINES),
    "twice": ("mediate", "FILE", "--x", LINES, "--m", LINES, "--y", "y"),
    "one too many": ("check", "FILE", LINES),
    "command": (LINES,),
    "option before": (f"--{LINES}",),
    "file": ("mediate", LINES, *MODEL),
    "claims": ("audit", LINES),
    "folder": ("check", LINES),
    "target": ("new", LINES),
    "out": ("study", "--out", LINES),
    "site": ("study", "--site", LINES),
    "window": ("study", "--window-days", LINES),
    "grid": ("rerun", "--grid", LINES),
    "chapter": ("rerun", "--chapter", LINES),
    "shard": ("rerun", "--shard", LINES),
    "list": ("rerun", "--window-days", LINES),
    "path": ("power", "--a", LINES, "--b", ".1"),
    "cases": ("power", "--a", ".1", "--b", ".1", "--n", LINES),
    "method": ("power", "--a", ".1", "--b", ".1", "--method", LINES),
}


@pytest.mark.parametrize("case", OVERLONG)
def test_an_overlong_value_is_cut(case, smcm, tmp_path):
    path = tmp_path / "cases.csv"
    path.write_text("x,m,y\n1,2,3\n2,3,3\n", encoding="utf-8")
    words = [path if word == "FILE" else word for word in OVERLONG[case]]
    result = smcm(*words)
    assert result.exit_code == 2, result.output[:500]
    assert isinstance(result.exception, SystemExit)
    assert 0 < len(result.output) < 2 * MOST_OF_LINE
    assert "Traceback" not in result.output
