"""kill -9 at random moments: no good page is lost, and what is done is not done again.

A killed rerun is given again, and may be killed again; whenever one comes to its end
its files are those of an undisturbed one, and a new folder is begun.
"""

import random
import shutil
import time
from collections import Counter

import pytest

from tests.faults.project import (
    GRID,
    PATIENCE,
    PROBE,
    contents,
    done,
    forked,
    kill,
    lines,
    require_whole,
    server_of,
    states,
    wait_for,
)

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

SHARE = 0.95  # of the finished work, at least, is kept
TIMES, SEED = 50, 20141009
CHILDREN = 4  # workers and kernels at a time, at most
VICTIMS = ("main", "main", "main", "child", "server")


class Killing:
    """One folder after the other, and what was lost and kept."""

    def __init__(self, project, undisturbed, out, seed):
        self.project, self.undisturbed, self.out = project, undisturbed, out
        self.random = random.Random(seed)
        self.kills = Counter()
        self.vouched = self.lost = self.ends = 0

    def once(self):
        """Start or resume, kill somebody at a random moment, and look at the ruins."""
        moment = self.random.uniform(0, self.undisturbed.seconds)
        victim = self.random.choice(VICTIMS)
        before, known = done(self.out), len(lines(self.out))
        process = self.project.start("rerun", *PROBE, *GRID, "--out", self.out)
        hit = False
        begun = time.monotonic()
        while process.poll() is None:
            since = time.monotonic() - begun
            assert since < PATIENCE, "the rerun waits for somebody"
            if not hit and since >= moment:
                hit = self.strike(process, victim)
            time.sleep(0.01)
        self.project.require_gone()
        require_whole(self.out)
        again = {line["file"] for line in lines(self.out)[known:]} & set(before)
        self.vouched += len(before)
        self.lost += len(again)
        if process.returncode == 0:
            self.compare()
        elif victim == "child" and process.returncode == 1:  # it was a kernel
            failed = {line["state"] for line in states(self.out).values()}
            assert failed == {"done", "failed"}

    def strike(self, process, victim):
        """Kill one of the rerun's processes; where there is none yet, the rerun."""
        server = server_of(process)
        children = forked(process)
        if victim == "child" and children:
            kill(self.random.choice(children))
        elif victim == "server" and server:
            kill(server)
        else:
            victim = "main"
            kill(process)
        self.kills[victim] += 1
        print(self.kills.total(), victim, f"{len(done(self.out))} done", flush=True)  # noqa: T201
        return True

    def compare(self):
        """Expect what an undisturbed rerun makes, and nothing beside."""
        assert contents(self.out) == self.undisturbed.files
        sockets = [path for path in self.project.short.iterdir() if path.is_dir()]
        assert len(sockets) <= CHILDREN  # what one rerun leaves the next one sweeps
        self.ends += 1
        shutil.rmtree(self.out)

    def finish(self):
        """Give the last one the time it needs."""
        ended = self.project.rerun(self.out, *GRID)
        assert ended.code == 0, ended.err
        self.compare()


@pytest.mark.faults
def test_kill_once(project, undisturbed, tmp_path):
    out = tmp_path / "out"
    process = project.start("rerun", *PROBE, *GRID, "--out", out)
    wait_for(lambda: len(done(out)) >= 3)
    kill(process)
    process.wait()
    project.require_gone()
    require_whole(out)
    stood = len(done(out))
    assert project.rerun(out, *GRID).counts == (8 - stood, stood)
    assert contents(out) == undisturbed.files


@pytest.mark.faults
def test_kill_fifty_times(project, undisturbed, tmp_path):
    killing = Killing(project, undisturbed, tmp_path / "out", SEED)
    while killing.kills.total() < TIMES:
        killing.once()
    killing.finish()
    kept = 1 - killing.lost / max(killing.vouched, 1)
    print(  # noqa: T201 (for the protocol of `make faults`)
        f"{dict(killing.kills)}, {killing.ends} whole ends; of {killing.vouched} "
        f"finished units {kept:.1%} kept"
    )
    assert killing.vouched
    assert kept >= SHARE
