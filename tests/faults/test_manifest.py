"""What the manifest does not vouch for is executed again, and nothing else."""

import json
import shutil

import pytest

from tests.faults.project import FEW, PROBE, contents, done, lines

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

PAGE = "w090-all-n-boot-100/probe.ipynb"
RESULTS = "w180-all-n-boot-100/results.json"


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, _project):
    out = tmp_path_factory.mktemp("manifest") / "out"
    assert _project.rerun(out).counts == (4, 0)
    return out


@pytest.fixture
def earlier(tmp_path, undisturbed):
    """A copy for each fault: what another has made again would vouch twice."""
    out = tmp_path / "out"
    shutil.copytree(undisturbed, out)
    return out, contents(out)


def manifest_of(out):
    return out / "manifest.jsonl"


def tear(out):
    """Cut the last line off in its middle, as a stopped machine does."""
    path = manifest_of(out)
    path.write_bytes(path.read_bytes()[:-40])
    return 1


def edit_a_line(out):
    """Say of one page that other data have made it."""
    path = manifest_of(out)
    edited = [
        line | {"digests": line["digests"] | {"data": "0" * 64}}
        if line["file"] == PAGE
        else line
        for line in lines(out)
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in edited), "utf-8")
    return 1


def spoil_lines(out):
    """Leave no line that means anything."""
    spoilt = ["", "null", "[1]", '{"state": "done", "file": ["a"], "digests": {}}']
    spoilt += ['{"state": "done", "file": "a", "digests": {}}', "\x00\x01", "{" * 50]
    manifest_of(out).write_text("\n".join(spoilt), encoding="utf-8")
    return 4


def edit_a_result(out):
    """Change one digit by hand."""
    path = out / RESULTS
    path.write_text(path.read_text("utf-8").replace("1", "2", 1), encoding="utf-8")
    return 1


def truncate_a_page(out):
    """Leave half of a page."""
    path = out / PAGE
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return 1


def remove_a_run(out):
    """Remove a run's page and its results."""
    for name in ("probe.ipynb", "results.json"):
        (out / "w180-all-n-boot-100" / name).unlink()
    return 2


def say_stale(out):
    """Take back what was vouched for, with other lines after that."""
    line = next(line for line in lines(out) if line["file"] == PAGE)
    texts = [json.dumps(line | {"state": s}) for s in ("stale", "planned", "running")]
    with manifest_of(out).open("a", encoding="utf-8") as file:
        file.write("\n".join(texts * 20) + "\n")
    return 1


CASES = (
    *(edit_a_result, tear, say_stale, edit_a_line, spoil_lines, truncate_a_page),
    remove_a_run,
)


@pytest.mark.faults
@pytest.mark.parametrize("fault", CASES, ids=lambda fault: fault.__name__)
def test_only_what_is_vouched_for_is_kept(project, earlier, fault):
    out, files = earlier
    due = fault(out)
    assert project.rerun(out).counts == (due, 4 - due)
    assert contents(out) == files
    assert set(done(out)) == set(files) - {"grid.json"}


@pytest.mark.faults
def test_afresh_executes_all_and_changes_nothing(project, earlier):
    out, files = earlier
    ended = project.smcm("rerun", *PROBE, *FEW, "--afresh", "--out", out)
    assert ended.counts == (4, 0)
    assert contents(out) == files
