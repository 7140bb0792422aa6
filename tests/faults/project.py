"""A copy of the project with small chapters, and real reruns of it as processes."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from smcm.paths import ROOT

COPIED = ("smcm", "data", "_config.yml", "requirements.txt", "pyproject.toml")
PATIENCE = 600  # seconds for a rerun on a busy machine
GONE = 20  # seconds for the processes of a killed rerun to notice
GRID = ("--window-days", "90,180", "--site", "all,without-1", "--n-boot", "100")
FEW = ("--window-days", "90,180", "--n-boot", "100")
PROBE = ("--chapter", "probe", "--no-book")
TOTALS = re.compile(r"(\d+) executed, (\d+) kept, in ")

HEAD = """---
file_format: mystnb
kernelspec: {{name: python3, display_name: Python 3, language: python}}
---

# {title}

```{{code-cell}} python
:tags: [parameters, remove-cell]

data: str = "synthetic"  # data
window_days: int = 180  # window
site: str = "all"  # site
reading: str = "published"  # reading
n_boot: int = 5000  # samples
n_imputations: int = 20  # sets
seed: int = 20141009  # seed
```
"""
CELL = "\n```{{code-cell}} python\n{options}\n{code}\n```\n"


def chapter(title, *cells, prose="Some words.\n", options=""):
    """A chapter with the parameters of a run and some cells of code."""
    bodies = [CELL.format(options=options, code=code) for code in cells]
    return "".join([HEAD.format(title=title), "\n", prose, *bodies])


PROBE_CODE = (
    "from smcm import RunParameters\n"
    "run = RunParameters(window_days=window_days, site=site, n_boot=n_boot, seed=seed)",
    "print(run.title)",
)


def waiting_for(path, window="window_days"):
    """Cells that wait for a file, so that a test need not be quick.

    All runs wait, or those of one window.
    """
    return (
        "import time; from pathlib import Path",
        f"while window_days == {window} and not Path({str(path)!r}).exists():\n"
        "    time.sleep(0.05)",
    )


@dataclass(frozen=True)
class Ended:
    """A rerun that has come to its end."""

    code: int
    out: str
    err: str

    @property
    def counts(self):
        """How many units were executed and how many kept."""
        found = TOTALS.search(self.out)
        assert found, self.out + self.err
        return int(found[1]), int(found[2])


@dataclass
class Project:
    """The copy, and whatever was started from it."""

    root: Path
    short: Path  # a folder with a short name, for temporary files and sockets
    started: list = field(default_factory=list)

    @classmethod
    def make(cls, root, short):
        """Copy what a rerun needs."""
        left_out = shutil.ignore_patterns("__pycache__")
        root.mkdir(parents=True)
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=left_out)
            else:
                shutil.copy2(ROOT / name, root / name)
        project = cls(root, short)
        shutil.copytree(ROOT / "book" / "_text", root / "book" / "_text")
        project.write("index", "# Index\n\nWords.\n")
        project.write("probe", chapter("Probe", *PROBE_CODE))
        project.list_chapters("probe")
        return project

    def write(self, name, text):
        """Write a chapter."""
        (self.root / "book" / f"{name}.md").write_text(text, encoding="utf-8")

    def list_chapters(self, *names):
        """Write the contents."""
        listed = "".join(f"  - file: book/{name}\n" for name in names)
        text = (
            "format: jb-book\nroot: book/index\nparts:\n- caption: Part\n  chapters:\n"
        )
        (self.root / "_toc.yml").write_text(text + listed, encoding="utf-8")

    def environment(self, **more):
        """That of this test, with the copy found first."""
        return {
            **os.environ,
            "PYTHONPATH": str(self.root),
            "TMPDIR": str(self.short),
            "PYTHONDONTWRITEBYTECODE": "",
            **more,
        }

    def start(self, *words, user=(), **environment):
        """Begin a command; its streams go to files, so that nothing blocks."""
        streams = [self.short / f"{len(self.started)}.{k}" for k in ("out", "err")]
        with streams[0].open("wb") as out, streams[1].open("wb") as err:
            process = subprocess.Popen(
                [*user, sys.executable, "-m", "smcm", *map(str, words)],
                cwd=self.root,
                env=self.environment(**environment),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
            )
        process.streams = streams
        self.started.append(process)
        return process

    def end(self, process):
        """Wait for the end of a command."""
        code = process.wait(PATIENCE)
        out, err = (path.read_text(encoding="utf-8") for path in process.streams)
        assert "Traceback" not in err, err
        return Ended(code, out, err)

    def smcm(self, *words, **environment):
        """Run a command to its end."""
        return self.end(self.start(*words, **environment))

    def rerun(self, out, *words, **environment):
        """Rerun the probe on a small grid, unless told otherwise."""
        grid = () if "--window-days" in words or "--grid" in words else FEW
        chapters = ("--no-book",) if "--chapter" in words else PROBE
        words = ("rerun", *chapters, *grid, *words, "--out", out)
        return self.smcm(*words, **environment)

    def python(self, code, *words):
        """Run a few lines in the copy and give what they print."""
        done = self.run_python(code, *words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run_python(self, code, *words):
        """Run a few lines in the copy and give how they ended."""
        return subprocess.run(
            [sys.executable, "-W", "error", "-c", code, *map(str, words)],
            cwd=self.root,
            env=self.environment(),
            check=False,
            capture_output=True,
            encoding="utf-8",
        )

    def processes(self):
        """All processes that work in the copy."""
        found = []
        for process in psutil.process_iter():
            with suppress(psutil.Error):
                alive = process.status() != psutil.STATUS_ZOMBIE
                if alive and Path(process.cwd()).is_relative_to(self.root):
                    found.append(process)
        return found

    def require_gone(self):
        """Wait until no process works in the copy any more."""
        until = time.monotonic() + GONE
        while self.processes():
            assert time.monotonic() < until, self.processes()
            time.sleep(0.05)

    def close(self):
        """End what a failed test has left."""
        for process in self.started:
            process.kill()
            process.wait()
        for process in self.processes():
            with suppress(psutil.Error):
                process.kill()


def server_of(process):
    """The fork server of a rerun; None where it has not begun yet."""
    for child in psutil.Process(process.pid).children():
        if any("forkserver import" in word for word in child.cmdline()):
            return child
    return None


def forked(process):
    """Workers and kernels of a rerun, the oldest first."""
    server = server_of(process)
    found = server.children() if server else []
    return sorted(found, key=lambda child: (child.create_time(), child.pid))


def wait_for(condition, seconds=PATIENCE):
    """Wait until something holds, and give it."""
    until = time.monotonic() + seconds
    while True:
        with suppress(psutil.Error, FileNotFoundError):
            found = condition()
            if found:
                return found
        assert time.monotonic() < until
        time.sleep(0.02)


def kill(process):
    """Send what nobody can refuse."""
    with suppress(ProcessLookupError, psutil.NoSuchProcess):
        os.kill(process.pid, signal.SIGKILL)


def lines(out):
    """The manifest, without the engine's own reader."""
    found = []
    path = Path(out) / "manifest.jsonl"
    texts = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    for text in texts:
        with suppress(json.JSONDecodeError):
            line = json.loads(text)
            if isinstance(line, dict) and "unit" in line:
                found.append(line)
    return found


def states(out):
    """The last state of each file."""
    return {line["file"]: line for line in lines(out)}


def done(out):
    """Digests of the files that are done, by name."""
    last = states(out).items()
    return {name: line["sha256"] for name, line in last if line["state"] == "done"}


def contents(out):
    """Digest of every file but the manifest, by name; nothing else may be there."""
    out = Path(out)
    found = {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file()
    }
    found.pop("manifest.jsonl")
    return found


def require_whole(out):
    """What the manifest calls done is there, whole, and can be read."""
    for name, digest in done(out).items():
        content = (Path(out) / name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest, name
        json.loads(content)
