"""Set up the repository's environment: ``python -m smcm.setup``.

It needs a Python from 3.11 on and nothing else, on Linux, macOS and Windows. The locks
are installed into `.venv`, by uv where it is there and by pip otherwise. This file, as
`smcm/__init__.py`, keeps to what a much older Python can read, so that it can tell.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

OLDEST = (3, 11)
NEW_ENOUGH = "import sys; sys.exit(sys.version_info < (3, 11))"
COMPILE = (  # on all cores, while pip would take one; without it imports are slow
    "import compileall, sysconfig; "
    "compileall.compile_dir(sysconfig.get_path('purelib'), quiet=2, workers=0)"
)
BOOK, CHECKS = "requirements.txt", "requirements-dev.txt"
BOOK_STAMP, CHECKS_STAMP = ".book", ".checks"  # in the environment; make reads them
TOO_OLD = (
    "This is Python {}, and smcm needs one from 3.11 on. Install one and give the "
    "command with it, such as: python3.12 -m smcm.setup (with make: make "
    "PYTHON=/path/to/python3.12 ...)."
)
ELSEWHERE = (
    "smcm.setup sets up the repository of the paper, and there is none here; an "
    "installed smcm needs no further set-up."
)


def main() -> int:
    """Make the environment, or bring it up to date; the exit code is 2 if it cannot."""
    wanted = _arguments()
    if sys.version_info < OLDEST:
        return _refuse(TOO_OLD.format(sys.version.split()[0]))
    from smcm.paths import INSTALLED, ROOT  # noqa: PLC0415 (newer than old Pythons)

    if INSTALLED:
        return _refuse(ELSEWHERE)
    os.chdir(str(ROOT))
    checks = wanted.checks or os.path.exists(os.path.join(wanted.venv, CHECKS_STAMP))
    try:
        _make(wanted.venv)
        _install(wanted.venv, [BOOK, CHECKS] if checks else [BOOK])
    except (subprocess.CalledProcessError, OSError) as error:
        return _refuse("{} was not set up: {}".format(wanted.venv, error))
    for stamp in [BOOK_STAMP, CHECKS_STAMP] if checks else [BOOK_STAMP]:
        with open(os.path.join(wanted.venv, stamp), "w"):
            pass
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m smcm.setup", description=__doc__)
    parser.add_argument("--venv", default=".venv", help="folder of the environment")
    help_text = "also install what the checks need (lint, types, tests)"
    parser.add_argument("--checks", action="store_true", help=help_text)
    return parser.parse_args()


def _refuse(sentence: str) -> int:
    sys.stderr.write("Error: " + sentence + "\n")
    return 2


def _python(venv: str) -> str:
    """Path of the environment's Python."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.abspath(os.path.join(venv, *parts))


def _works(*command: str) -> bool:
    try:
        done = subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        return done.returncode == 0
    except OSError:
        return False


def _make(venv: str) -> None:
    """Make the environment; anew, if its Python is too old or does not run here."""
    if _works(_python(venv), "-c", NEW_ENOUGH):
        return
    if os.path.exists(os.path.join(venv, "pyvenv.cfg")):
        shutil.rmtree(venv)
    elif os.path.isdir(venv) and os.listdir(venv):
        raise OSError("the folder holds other files; name one that is empty.")
    print("Setting up {} with Python {}".format(venv, sys.version.split()[0]))
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)


def _install(venv: str, locks: "list[str]") -> None:
    """Install the locks, then the package itself in place."""
    ours = ["--quiet", "--no-deps", "--no-build-isolation", "--editable", "."]
    if _works("uv", "--version"):
        place = ["--python", _python(venv), *_without_cache("uv")]
        # Compiled at once, since not every Python may write what it compiles.
        options = ["--quiet", "--compile-bytecode", "--require-hashes"]
        subprocess.run(["uv", "pip", "sync", *place, *options, *locks], check=True)
        subprocess.run(["uv", "pip", "install", *place, *ours], check=True)
        return
    print("Installing the locked packages (some minutes)")
    pip = [_python(venv), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    named = [word for lock in locks for word in ("--requirement", lock)]
    quiet = ["--quiet", "--no-compile", "--require-hashes"]
    quiet += _without_cache(*pip)
    subprocess.run([*pip, "install", *quiet, *named], check=True)
    subprocess.run([_python(venv), "-c", COMPILE], check=False)
    subprocess.run([*pip, "install", *ours], check=True)


def _without_cache(*installer: str) -> "list[str]":
    """Give the option to keep no cache, where its folder cannot be written to."""
    asked = [*installer, "cache", "dir"]
    found = subprocess.run(asked, check=False, capture_output=True, text=True)
    folder = found.stdout.strip()
    try:  # permissions do not tell of a disk that is read-only
        os.makedirs(folder, exist_ok=True)
        tempfile.TemporaryDirectory(dir=folder).cleanup()
    except OSError:
        return ["--no-cache-dir"]
    return []


if __name__ == "__main__":
    sys.exit(main())
