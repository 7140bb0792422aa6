"""The program as a process of its own: exit codes, streams, time to refuse."""

import os
import subprocess
import sys

import pytest

from smcm.paths import ROOT

SLOW = ("pandas", "matplotlib", "statsmodels", "papermill", "jupytext", "tqdm")
PROBE = (
    "import sys; from smcm.cli.main import main; "
    "code = 0\n"
    "try: main(sys.argv[1:], prog_name='smcm')\n"
    "except SystemExit as end: code = end.code\n"
    "print('LOADED', *sorted({name.split('.')[0] for name in sys.modules}))\n"
    "sys.exit(code)"
)


def run(*words, code=None, **environment):
    start = ["-c", code] if code else ["-m", "smcm"]
    return subprocess.run(
        [sys.executable, *start, *words],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=os.environ | environment,
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("--help",), 0),
        (("book", "--help"), 0),
        (("--version",), 0),
        (("study", "--window-days", "0"), 2),
        (("book", "--site", "without"), 2),
        (("book", "--data", "synthetc"), 2),
        (("mediate", "none.csv", "--x", "a", "--m", "a", "--y", "b"), 2),
    ],
)
def test_help_and_refusals_do_not_wait_for_slow_packages(words, expected):
    ended = run(*words, code=PROBE)
    assert ended.returncode == expected, ended.stderr
    loaded = ended.stdout.split("LOADED")[1].split()
    assert not set(SLOW) & set(loaded)


def test_a_refusal_is_on_standard_error_alone():
    ended = run("study", "--site", "without-99")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("Error: --site is 'without-99'")
    assert ended.stderr.count("\n") == 1


def test_results_are_on_standard_output_alone(file):
    ended = run("mediate", str(file), "--x", "dose", "--m", "trust", "--y", "hope")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "Outcome Variable: hope" in ended.stdout


def test_a_terminal_without_signs_gets_their_codes():
    ended = run("printed", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
