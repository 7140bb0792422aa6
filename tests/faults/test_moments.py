"""KILL and SIGTERM spread over a rerun and a book: nothing is lost, nothing is left."""

import shutil
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from smcm.paths import BOOK
from tests.clean import digests
from tests.faults.project import (
    GRID,
    PATIENCE,
    PROBE,
    PROBE_CODE,
    Project,
    chapter,
    contents,
    kill,
    wait_for,
)

pytestmark = [
    pytest.mark.fault("a rerun that is killed, starved or disturbed"),
    pytest.mark.faults,
]

MOMENTS = 20
GONE = 2.0  # seconds of work after which no process may be left
ATTEMPTS = 5
WALL = 20.0  # seconds in which it has to have had them
STOPPED = 128 + signal.SIGTERM
BUILT = ("_ext", "_static", "_templates", "references.bib")


@dataclass
class Stopped:
    """A command that is stopped again and again, and where it may leave something."""

    project: Project
    words: tuple
    temporary: Path
    seconds: float = 0.0
    kept: bool = True  # what it said of earlier output where it was stopped last

    def start(self):
        return self.project.start(*self.words, TMPDIR=str(self.temporary))

    def whole(self):
        """Give it the time it needs, and expect nothing beside its output."""
        begun = time.monotonic()
        ended = self.project.end(self.start())
        assert ended.code == 0, ended.err
        assert self.left() == []
        self.seconds = time.monotonic() - begun

    def left(self):
        """What is neither output nor cache: parts, marks, sockets, temporary files."""
        root, sockets = self.project.root, self.project.short.iterdir()
        return [
            *root.rglob("*.part"),
            *root.rglob("*.lock"),
            *self.temporary.iterdir(),
            *(path for path in sockets if path.is_dir() and path != self.temporary),
        ]

    def at(self, share, number):
        """Stop it after a share of its time; give its exit code.

        Where it comes to its end before, its time is now known to be shorter.
        """
        before = self.left()  # of one that was killed, until the next has begun
        begun, process = time.monotonic(), self.start()
        with suppress(subprocess.TimeoutExpired):
            process.wait(share * self.seconds)
            self.seconds = time.monotonic() - begun
        process.send_signal(number)
        process.wait(PATIENCE)
        require_gone(self.project)
        said = process.streams[1].read_text(encoding="utf-8")
        assert "Traceback" not in said
        assert process.returncode in (0, -number, 128 + number), said
        if process.returncode == STOPPED:
            assert "Stopped by SIGTERM" in said
            self.kept = "earlier output is unchanged." in said
            assert set(self.left()) <= set(before)
        return process.returncode


def require_gone(project):
    """Allow processes that have lost their parent two seconds to end.

    It is time that they work; on a busy machine, and asleep, they have some more.
    """
    at_first = worked(project)
    until = time.monotonic() + WALL
    while now := worked(project):
        spent = {pid: now[pid] - at_first.get(pid, 0.0) for pid in now}
        assert max(spent.values()) < GONE, (spent, project.processes())
        assert time.monotonic() < until, (spent, project.processes())
        time.sleep(0.05)


def worked(project):
    """Seconds that each process of the project has worked."""
    found = {}
    for process in project.processes():
        with suppress(psutil.Error):
            found[process.pid] = sum(process.cpu_times()[:2])
    return found


def stop_at_moments(attempt):
    """KILL and SIGTERM in turn, at moments from the beginning to the end.

    A moment at which the command had come to its end is tried again.
    """
    for k in range(MOMENTS):
        share, number = (k + 0.5) / MOMENTS, (signal.SIGKILL, signal.SIGTERM)[k % 2]
        assert any(attempt(share, number) for _ in range(ATTEMPTS)), (share, number)


@pytest.fixture
def stopped(own_project):
    """Commands in a project with what a book is built from, to be stopped."""
    for name in BUILT:
        if (BOOK / name).is_dir():
            shutil.copytree(BOOK / name, own_project.root / "book" / name)
        else:
            shutil.copy2(BOOK / name, own_project.root / "book" / name)
    temporary = own_project.short / "t"
    temporary.mkdir()
    return lambda *words: Stopped(own_project, words, temporary)


def test_a_rerun(stopped, own_project):
    out = own_project.root / "out"
    rerun = stopped("rerun", *PROBE, *GRID, "--afresh", "--out", out)
    rerun.whole()
    expected = contents(out)

    def attempt(share, number):
        code = rerun.at(share, number)
        found = contents(out)  # each file is whole: the earlier one or the same again
        assert {name: found[name] for name in expected} == expected
        return code

    stop_at_moments(attempt)
    rerun.whole()
    assert contents(out) == expected


def test_a_book(stopped, own_project):
    out = own_project.root / "_build" / "html"
    book = stopped("book", "--no-reruns")

    def change(words):
        own_project.write("probe", chapter("Probe", *PROBE_CODE, prose=f"{words}\n"))

    book.whole()
    change("Other words.")
    book.whole()

    def attempt(share, number):
        before, words = digests(out), f"Stopped at {time.monotonic()} seconds."
        change(words)
        code = book.at(share, number)
        if code == STOPPED:
            assert (digests(out) == before) == book.kept
        if digests(out) != before:  # it was stopped when the book was in its place
            assert words in (out / "book" / "probe.html").read_text(encoding="utf-8")
        return code

    stop_at_moments(attempt)
    change("The last words.")
    book.whole()
    kept = digests(out)
    shutil.rmtree(own_project.root / "_build")
    book.whole()
    assert digests(out) == kept


def builders(process):
    found = psutil.Process(process.pid).children()
    return [x for x in found if any("page_builder" in word for word in x.cmdline())]


def test_the_builder_ends_with_its_parent(stopped, own_project):
    process = stopped("book", "--no-reruns").start()
    builder = wait_for(lambda: builders(process))[0]
    wait_for(builder.children)  # Sphinx reads the pages in processes of its own
    kill(process)
    process.wait()
    require_gone(own_project)
