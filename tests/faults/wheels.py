"""The wheel, made from the source archive, in environments far from the repository."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from smcm.paths import ROOT

PATIENCE = 600  # seconds for a download on a slow line
LEFT_OUT = shutil.ignore_patterns(
    *(".git", ".venv", "_build", "build", "node_modules", "__pycache__", ".*_cache"),
    *("*.egg-info", ".hypothesis"),
)
BUILD = "import sys; from setuptools import build_meta as b; b.build_{}(sys.argv[1])"
NO_NETWORK = ("Retrying (", "NewConnectionError", "Could not fetch URL")
SLOW = "Matplotlib is building the font cache; this may take a moment."
PINNED = re.compile(r"^([a-z0-9._-]+==\S+)(?: ; (.*?))? *\\?$", re.MULTILINE)


def project():
    """The table of that name in pyproject.toml."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)["project"]


def locked():
    """The versions of the lock, as constraints without their hashes."""
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return [" ; ".join(filter(None, found)) for found in PINNED.findall(text)]


def lowest():
    """The lowest version of each range that the wheel allows."""
    return [
        re.sub(r">=([^,]+),.*", r"==\1", wanted) for wanted in project()["dependencies"]
    ]


def build(what, source, out):
    """Build ``"sdist"`` or ``"wheel"`` with the setuptools that is here."""
    out.mkdir()
    subprocess.run(
        [sys.executable, "-c", BUILD.format(what), str(out)],
        cwd=source,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    (built,) = out.iterdir()
    return built


def wheel_from_archive(folder):
    """Build the source archive, unpack it, and build the wheel from what is in it."""
    shutil.copytree(ROOT, folder / "copy", ignore=LEFT_OUT)
    archive = build("sdist", folder / "copy", folder / "archive")
    shutil.unpack_archive(archive, folder / "unpacked", filter="data")
    (source,) = (folder / "unpacked").iterdir()
    return source, build("wheel", source, folder / "wheel")


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and a home and a folder to work in."""

    venv: Path
    home: Path
    work: Path

    @classmethod
    def make(cls, folder, wheel, constraints):
        """Install by pip; without a network the test is skipped."""
        made = cls(folder / "venv", folder / "home", folder / "work")
        for place in (made.home, made.work):
            place.mkdir(parents=True)
        (folder / "constraints.txt").write_text("\n".join(constraints), "utf-8")
        subprocess.run([sys.executable, "-m", "venv", str(made.venv)], check=True)
        pip = [made.venv / "bin" / "python", "-m", "pip", "install", "--quiet"]
        done = subprocess.run(
            [*map(str, pip), "-c", str(folder / "constraints.txt"), str(wheel)],
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        if done.returncode and any(sign in done.stderr for sign in NO_NETWORK):
            pytest.skip("nothing can be installed without a network")
        assert done.returncode == 0, done.stderr
        return made

    def run(self, *words, venv=None):
        """Run a program of the environment as a user does, to its end."""
        passed = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "SMCM", "XDG", "JUPYTER", "VIRTUAL_ENV"))
        }
        program, *rest = map(str, words)
        return subprocess.run(
            [str((venv or self.venv) / "bin" / program), *rest],
            cwd=self.work,
            env=passed | {"HOME": str(self.home), "MPLCONFIGDIR": str(self.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )

    def smcm(self, *words, venv=None):
        """Run a command that has to succeed, and to be silent on stderr."""
        done = self.run("python", "-m", "smcm", *words, venv=venv)
        said = [line for line in done.stderr.splitlines() if line != SLOW]
        assert (done.returncode, said) == (0, []), (words, done.stderr)
        return done.stdout

    def files(self):
        """Every file of the environment with the time of its last change."""
        found = (path for path in self.venv.rglob("*") if path.is_file())
        return {str(path): path.stat().st_mtime_ns for path in found}
