"""A chapter raises, a kernel dies, a worker is killed: the others go on."""

import json
import re

import nbformat
import pytest

from tests.faults.project import (
    FEW,
    GRID,
    PROBE,
    PROBE_CODE,
    chapter,
    contents,
    forked,
    kill,
    states,
    wait_for,
    waiting_for,
)

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

RAISING = ('assert site != "without-1", "this site has\\nno sense of humour"',)
DYING = ("import os", "window_days == 90 and os.kill(os.getpid(), 9)", "print('alive')")


def notebook(path):
    return nbformat.read(path, as_version=4)


@pytest.mark.faults
def test_a_failed_chapter_is_left_for_its_author(own_project, tmp_path):
    project, out = own_project, tmp_path / "out"
    project.write("probe", chapter("Probe", *PROBE_CODE, *RAISING))
    ended = project.rerun(out, *GRID)
    assert ended.code == 1
    assert "2 of 8 failed; the others are done" in ended.err
    for window in ("090", "180"):
        name = f"w{window}-without-1-n-boot-100"
        said = f"{name} probe: code cell 5: AssertionError: this site has"
        assert said in ended.err
        left = out / name / "probe.failed.ipynb"
        assert f"Open {left}" in " ".join(ended.err.split())
        outputs = [o for c in notebook(left).cells for o in c.get("outputs", ())]
        assert {o.output_type for o in outputs} >= {"stream", "error"}
        assert not (out / name / "probe.ipynb").exists()
    assert sorted(line["state"] for line in states(out).values()) == (
        ["done"] * 6 + ["failed"] * 2
    )
    project.write("probe", chapter("Probe", *PROBE_CODE))
    mended = project.rerun(out, *GRID)
    assert mended.counts == (4, 4)  # the chapter is another one for all runs
    assert not list(out.rglob("*.failed.ipynb"))


@pytest.mark.faults
def test_a_kernel_that_dies_takes_no_other_with_it(own_project, tmp_path):
    project, out = own_project, tmp_path / "out"
    project.write("probe", chapter("Probe", *PROBE_CODE, *DYING))
    ended = project.rerun(out, *GRID)
    assert ended.code == 1
    assert "2 of 8 failed; the others are done" in ended.err
    assert (
        len(re.findall("probe: the kernel (died|was killed by SIGKILL); ", ended.err))
        >= 2
    )
    left = notebook(out / "w090-all-n-boot-100" / "probe.failed.ipynb")
    assert "Window of 90 days" in json.dumps(left)  # as far as it came
    assert [path for path in project.short.iterdir() if path.is_dir()] == []
    again = project.rerun(out, *GRID)
    assert again.code == 1
    assert "1/2 " in again.err  # the failed ones alone are tried again


@pytest.mark.faults
def test_a_worker_that_is_killed_is_replaced(own_project, tmp_path):
    project, out, go = own_project, tmp_path / "out", tmp_path / "go"
    project.write("probe", chapter("Probe", *PROBE_CODE, *waiting_for(go)))
    process = project.start("rerun", *PROBE, *FEW, "--workers", 2, "--out", out)
    wait_for(lambda: len(forked(process)) == 4)  # two workers and their kernels
    kill(forked(process)[0])
    go.touch()
    ended = project.end(process)
    assert ended.counts == (4, 0)
    assert "its worker was killed; it will be tried again" in ended.err
    project.require_gone()
    assert project.rerun(out).counts == (0, 4)
    assert [path for path in project.short.iterdir() if path.is_dir()] == []


ASKING = """
import os, pickle, sys
from multiprocessing import forkserver, popen_forkserver
from smcm.rerun.forked_kernels import fork_context
fork_context()
for told in (b"", pickle.dumps({"name": "worker"})[:-4]):
    sentinel, pipe = forkserver.connect_to_new_process([])
    os.write(pipe, told)
    os.close(pipe)
    forkserver.read_signed(sentinel)  # its number
    print(forkserver.read_signed(sentinel))  # how it ended
"""


def test_who_asks_for_a_process_and_is_killed_leaves_no_traceback(own_project):
    """The process was forked, and will never hear what it is to do."""
    done = own_project.run_python(ASKING)
    assert done.stdout.split() == ["1", "1"]
    assert done.stderr == ""


DYING_AT_ONCE = """
import os, time
from smcm.rerun.executors import LocalPool
with LocalPool(2).open() as pool:
    works, dies = pool.submit(time.sleep, 600), pool.submit(os._exit, 1)
    for future in (dies, works):
        print(type(future.exception(300)).__name__)
"""


def test_a_worker_that_dies_at_once_is_missed_while_another_works(own_project):
    """No task follows for which Python's pool would look after its workers again."""
    done = own_project.run_python(DYING_AT_ONCE)
    assert done.stdout.split() == ["BrokenProcessPool"] * 2, done.stderr


@pytest.mark.faults
def test_who_kills_his_worker_is_given_up_and_the_others_go_on(own_project, tmp_path):
    project, out = own_project, tmp_path / "out"
    study = project.root / "smcm" / "analysis" / "study.py"
    text = study.read_text(encoding="utf-8")
    deadly = "    if run.window_days == 90 and run.site == 'all' and run.seed == 7:\n"
    deadly += "        __import__('os').kill(__import__('os').getpid(), 9)\n"
    begins = re.search(r"def run_study\(.*?\"\"\".*?\"\"\"\n", text, re.DOTALL).end()
    study.write_text(text[:begins] + deadly + text[begins:], encoding="utf-8")
    ended = project.rerun(out, *FEW, "--seed", "7,8")
    assert ended.code == 1
    # the results of the run kill their worker; its page does not compute them
    assert "1 of 8 failed; the others are done" in ended.err
    assert "its worker was killed again and again" in ended.err
    assert len(contents(out)) == 1 + 7


@pytest.mark.faults
def test_an_error_nobody_thought_of_is_the_units_own(own_project, tmp_path):
    project, out = own_project, tmp_path / "out"
    study = project.root / "smcm" / "analysis" / "study.py"
    text = study.read_text(encoding="utf-8")
    wrong = "    if run.window_days == 90:\n        raise KeyError('odd')\n"
    begins = re.search(r"def run_study\(.*?\"\"\".*?\"\"\"\n", text, re.DOTALL).end()
    study.write_text(text[:begins] + wrong + text[begins:], encoding="utf-8")
    ended = project.rerun(out)
    assert ended.code == 1
    assert "w090-all-n-boot-100 numbers: KeyError: 'odd'" in ended.err
    assert "1 of 4 failed" in ended.err
