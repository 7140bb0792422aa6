"""Few files and little memory: the message names them, and there is no traceback."""

import resource
import sys

import pytest

from smcm.rerun.limits import KERNEL_MEMORY, LEAST_MEMORY, MB, shortage_in_a_kernel
from tests.faults.project import FEW, PROBE, PROBE_CODE, chapter

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

FILES = "import resource, os, sys; resource.setrlimit(resource.RLIMIT_NOFILE, {})"
MEMORY = "import resource, os, sys; resource.setrlimit(resource.RLIMIT_AS, {})"
THEN = "; os.execv(sys.argv[1], sys.argv[1:])"
ONE = ("--window-days", "90", "--n-boot", "100")


def under(limit, *values):
    return (sys.executable, "-c", limit.format(values) + THEN)


def said(project, user, *words):
    process = project.start(*words, user=user)
    ended = project.end(process)
    project.require_gone()
    return ended.code, " ".join(ended.err.split())


def test_too_few_open_files_are_named_before_anything_runs(project, tmp_path):
    words = ("rerun", *PROBE, *ONE, "--workers", 2, "--out", tmp_path / "out")
    code, err = said(project, under(FILES, 64, 64), *words)
    assert code == 2
    assert "A process may open 64 files here" in err
    assert "needs 144" in err
    assert "`ulimit -n 144`" in err


@pytest.mark.faults
def test_a_limit_that_may_be_raised_is_raised(project, tmp_path):
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    words = ("rerun", *PROBE, *FEW, "--workers", 2, "--out", tmp_path / "out")
    code, err = said(project, under(FILES, 64, hard), *words)
    assert code == 0, err


@pytest.mark.parametrize("command", ["check", "rerun"])
@pytest.mark.parametrize("megabytes", [150, 250, LEAST_MEMORY - 1])
def test_too_little_memory_is_named_before_anything_is_loaded(
    project, tmp_path, megabytes, command
):
    size = megabytes * MB
    chapters = (*PROBE, *ONE, "--workers", 2, "--out", tmp_path / "out")
    words = (command, *(chapters if command == "rerun" else ()))
    code, err = said(project, under(MEMORY, size, size), *words)
    assert code == 2
    assert f"A process may address {megabytes:,} MB here" in err
    assert "`ulimit -v unlimited`" in err


def test_too_little_memory_for_chapters_is_named_before_one_is_executed(
    project, tmp_path
):
    size = (KERNEL_MEMORY - 1) * MB
    words = ("rerun", *PROBE, *ONE, "--workers", 2, "--out", tmp_path / "out")
    code, err = said(project, under(MEMORY, size, size), *words)
    assert code == 2
    assert f"one that executes chapters {KERNEL_MEMORY:,} MB" in err
    assert not [*(tmp_path / "out").rglob("*.ipynb")]


@pytest.mark.faults
def test_the_least_memory_is_enough_for_the_tables(project, tmp_path):
    """And for help as little as Python itself takes."""
    words = ("study", "--n-boot", 200, "--out", tmp_path / "out")
    limit = LEAST_MEMORY * MB
    assert said(project, under(MEMORY, limit, limit), *words)[0] == 0
    few = under(MEMORY, 150 * MB, 150 * MB)
    assert said(project, few, "study", "--help")[0] == 0


@pytest.mark.faults
@pytest.mark.parametrize("megabytes", [KERNEL_MEMORY, 2000])
def test_a_chapter_that_needs_more_names_memory(own_project, tmp_path, megabytes):
    limit = megabytes * 1_000_000
    hungry = chapter("Probe", *PROBE_CODE, "held = bytearray(2_000_000_000)")
    own_project.write("probe", hungry)
    words = ("rerun", *PROBE, *ONE, "--workers", 2, "--out", tmp_path / "out")
    code, err = said(own_project, under(MEMORY, limit, limit), *words)
    assert code in (1, 2)
    assert "not enough memory" in err or "out of memory" in err
    assert f"A process may address {megabytes:,} MB here" in err
    assert "Kernel died" not in err


def test_a_full_table_of_files_is_named_by_a_command(project, tmp_path):
    words = ("study", "--n-boot", "200", "--out", tmp_path / "out")
    code, err = said(project, under(FILES, 10, 10), *words)
    assert code == 2
    assert "Too many files are open; a process may open 10 here" in err


@pytest.mark.parametrize(
    ("name", "words", "named"),
    [
        ("MemoryError", "", "memory"),
        ("_ArrayMemoryError", "Unable to allocate 8 GiB for an array", "memory"),
        ("OSError", "[Errno 24] Too many open files: 'x'", "files"),
        ("ImportError", "x.so: failed to map segment from shared object", "memory"),
        ("RuntimeError", "can't start new thread", "memory"),
    ],
)
def test_what_a_chapter_lacks_is_named(name, words, named):
    sentence = shortage_in_a_kernel(name, words)
    assert named in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("name", "words"), [("ValueError", "memory"), ("OSError", "[Errno 2] No such file")]
)
def test_other_errors_of_a_chapter_keep_their_words(name, words):
    assert shortage_in_a_kernel(name, words) is None
