"""The package by itself: in an empty environment, far from the repository.

From a wheel that pip installs, with the versions of the lock and with the lowest that
the package allows. Skipped without a network.
"""

import subprocess
import sys
import zipfile

import pytest

from smcm.paths import DATA, ROOT
from tests.faults.wheels import Installed, locked, lowest, wheel_from_archive

pytestmark = pytest.mark.faults

COMMANDS = (
    ("check",),
    ("printed",),
    ("audit",),
    ("power", "--a", ".3", "--b", ".3"),
    ("new", "empty"),
    ("study", "--out", "results", "--rows", "rows"),
    ("study", "--reading", "defensible"),
    (
        *("mediate", "rows/analysis.csv", "--x", "fidelity_4.5"),
        *("--m", "rprs_4.5", "--y", "qoli20_9"),
    ),
)
SCRIPT = """\
import smcm
study = smcm.run_study(smcm.load_cohort(), smcm.RunParameters(n_boot=100))
print(study.models[0].mediation.indirect + 0.0)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The unpacked source archive, and the wheel."""
    return wheel_from_archive(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module", params=[locked, lowest], ids=["locked", "lowest"])
def installed(request, made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("installed")
    return Installed.make(folder, made[1], request.param())


def tracked():
    command = ["git", "ls-files", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no clone, and nobody says which files belong to it")
    return {name for name in done.stdout.decode().split("\0") if name}


def test_the_source_archive_is_the_repository(made):
    archived = made[0].rglob("*")
    there = {path.relative_to(made[0]).as_posix() for path in archived}
    assert {name for name in tracked() if (ROOT / name).exists()} <= there


def test_the_wheel_holds_the_package_and_the_data_and_nothing_else(made):
    with zipfile.ZipFile(made[1]) as wheel:
        held = {name: wheel.read(name) for name in wheel.namelist()}
    data = {
        f"smcm/data/{path.relative_to(DATA).as_posix()}": path.read_bytes()
        for path in DATA.rglob("*")
        if path.is_file()
    }
    assert {n: c for n, c in held.items() if n.startswith("smcm/data/")} == data
    assert "smcm/py.typed" in held
    code = {path.relative_to(ROOT).as_posix() for path in (ROOT / "smcm").rglob("*.py")}
    texts = {
        path.relative_to(ROOT).as_posix() for path in (ROOT / "smcm").rglob("*.md")
    }
    others = set(held) - code - texts - set(data) - {"smcm/py.typed"}
    assert code | texts <= set(held)
    assert all(".dist-info/" in name for name in others), others


def test_every_command_works_and_writes_nothing_beside_itself(installed):
    before = installed.files()
    for words in COMMANDS:
        assert installed.smcm(*words)
    assert installed.files() == before
    assert {path.name for path in installed.work.iterdir()} == {
        "empty",
        "results",
        "rows",
    }
    assert list(installed.home.glob(".cache/smcm/**/*.npz"))


def test_what_needs_the_repository_says_so(installed):
    for command in ("book", "rerun"):
        done = installed.run("smcm", command)
        assert done.returncode == 2
        assert "the source archive of this release, smcm-" in done.stderr
        assert f".venv/bin/smcm {command}" in done.stderr
        assert "Traceback" not in done.stderr
    assert installed.run("python", "-m", "smcm.setup").returncode == 2


def test_a_user_s_script_runs_and_its_types_are_checked(installed):
    script = installed.work.parent / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    done = installed.run("python", script)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout)
    assert mypy(installed, script) == (0, "")
    wrong = SCRIPT.replace("+ 0.0", "+ ''").replace("n_boot=100", "n_boots=100")
    script.write_text(wrong, encoding="utf-8")
    code, said = mypy(installed, script)
    assert code == 1
    assert "[operator]" in said
    assert "[call-arg]" in said


def mypy(installed, script):
    """Exit code and complaints of ours on the script, with the other's packages."""
    python = installed.venv / "bin" / "python"
    options = ["--strict", "--no-error-summary", f"--python-executable={python}"]
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file=", *options, script.name],
        cwd=script.parent,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout


def test_nothing_has_to_be_written_where_it_is_installed(installed, mounted):
    venv = mounted("venv", "--bind", str(installed.venv))
    mounted("venv", "-o", "remount,bind,ro")
    with pytest.raises(OSError, match="Read-only"):
        (venv / "new").touch()
    for words in (("check",), ("study", "--reading", "defensible")):
        assert installed.smcm(*words, venv=venv)
