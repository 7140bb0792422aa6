"""What changes is executed again with all that follows from it, and nothing else."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.faults.project import (
    FEW,
    PROBE,
    PROBE_CODE,
    Project,
    chapter,
    contents,
    done,
    states,
    wait_for,
    waiting_for,
)

pytestmark = pytest.mark.fault("a rerun that is killed, starved or disturbed")

SETTING = """
import sys
from dataclasses import replace
from pathlib import Path
from smcm import load_cohort
from smcm.errors import SmcmError
from smcm.parameters import RunParameters
from smcm.rerun.books import Book, make_book, stage
from smcm.rerun.executors import LocalPool
from smcm.rerun.ledger import Ledger
from smcm.rerun.progress import units_bar
from smcm.rerun.scheduling import carry_out
from smcm.rerun.units import Ground, results_digest

own = RunParameters(n_boot=100)
runs = own, replace(own, window_days=90)
book = Book(
    run=own,
    cohort=load_cohort(),
    runs=runs,
    repeated=("probe",),
    folder=Path("kept").resolve(),
)
"""
CARRY = """
Path("kept").mkdir(exist_ok=True)
report = carry_out(book.plan(), LocalPool(1), units_bar)
print(report.executed, report.reused, len(report.failures))
"""
DUE = """
import json
ground, ledger = Ground.of(book.cohort), Ledger(book.folder)
shown = results_digest(book.folder, book.runs)
units = book.plan().units
due = [u for u in units if not ledger.is_done(u, ground.digests(u, shown))]
print(json.dumps([unit.name for unit in due]))
"""
STAGE = """
try:
    stage(book, Path(sys.argv[1]))
except SmcmError as error:
    print("REFUSED", error)
"""
MAKE = """
try:
    make_book(book, Path(sys.argv[1]), watch=units_bar, echo=lambda line: None)
except SmcmError as error:
    print("REFUSED", type(error).__name__, error)
"""
READS = (
    "from smcm.report import run_files, runs\n"  # the one without the analysis
    "print(len(run_files.parameters_of_runs()))"
)
FIGURE = ":mystnb:\n:  image: {alt: Words}"
PAGES = ["w180-all-n-boot-100 probe", "w090-all-n-boot-100 probe"]
ALL = [
    *("w180-all-n-boot-100 numbers", "w090-all-n-boot-100 numbers", *PAGES),
    *("w180-all-n-boot-100 other", "w180-all-n-boot-100 overview"),
]


def overview():
    text = chapter("Overview", READS)
    tag = ":tags: [reads-runs]"
    return text.replace(f"python\n\n{READS}", f"python\n{tag}\n\n{READS}")


@pytest.fixture(scope="module")
def carried(tmp_path_factory):
    """A copy with three chapters, all of them executed."""
    short = Path(tempfile.mkdtemp(prefix="smcm", dir="/tmp"))
    project = Project.make(tmp_path_factory.mktemp("stale") / "project", short)
    project.write("other", chapter("Other", "print(1)"))
    project.write("overview", overview())
    project.list_chapters("probe", "other", "overview")
    assert project.python(SETTING + CARRY).split() == ["6", "0", "0"]
    yield project
    project.close()
    shutil.rmtree(short)


@pytest.fixture
def restored(carried):
    """The same; what a test changes is put back."""
    shutil.copytree(carried.root, carried.short / "copy", dirs_exist_ok=True)
    yield carried
    shutil.rmtree(carried.root)
    shutil.move(carried.short / "copy", carried.root)


def due(project):
    return sorted(json.loads(project.python(SETTING + DUE)))


def add(file, text="\n"):
    def change(project):
        (project.root / file).parent.mkdir(exist_ok=True)
        with (project.root / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    return change


def edit(name, text):
    return lambda project: project.write(name, text)


def fewer_runs(project):
    """Let the overview show a run less."""
    results = project.root / "kept" / "w090-all-n-boot-100" / "results.json"
    results.unlink()


NUMBER = PROBE_CODE[1].replace("title", "slug")
CAPTION = chapter("Probe", *PROBE_CODE).replace(
    "python\n\n", 'python\n:tags: ["a"]\n\n'
)
CASES = {
    "nothing": (lambda _project: None, []),
    "prose": (edit("probe", chapter("Probe", *PROBE_CODE, prose="New words.\n")), []),
    "tags": (edit("probe", CAPTION), []),
    "code": (edit("probe", chapter("Probe", PROBE_CODE[0], NUMBER)), PAGES),
    "filters": (add("smcm/text/filters.py"), []),
    "macros": (add("book/_text/shared.j2"), []),
    "analysis": (
        add("smcm/stats/__init__.py"),
        ["w090-all-n-boot-100 numbers", *ALL[:1], ALL[-1]],
    ),
    "command line": (add("smcm/cli/check.py"), []),
    "kernels": (add("smcm/rerun/kernels.py"), ALL),
    "lock": (add("requirements.txt", "#"), ALL),
    "study file": (add("data/synthetic/study.toml", "#"), ALL),
    "printed": (add("data/published/printed.csv"), ALL),
    "results": (fewer_runs, ["w090-all-n-boot-100 numbers", ALL[-1]]),
}


QUICK = ("analysis", "code", "command line", "filters", "macros", "results")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param(*CASES[name], id=name, marks=marks)
        for name in CASES
        for marks in [() if name in QUICK else pytest.mark.faults]
    ],
)
def test_only_what_follows_is_due(restored, change, expected):
    change(restored)
    assert due(restored) == sorted(expected)


def test_prose_is_new_and_numbers_are_kept(restored, tmp_path):
    new = chapter("Probe", *PROBE_CODE, prose="Other words.\n", options=FIGURE)
    restored.write("probe", new)
    nothing = restored.python(SETTING + DUE + STAGE, tmp_path / "source")
    assert json.loads(nothing) == []
    for name in ("probe", "runs/w090-all-n-boot-100-probe"):
        page = (tmp_path / "source" / "book" / f"{name}.ipynb").read_text("utf-8")
        assert "Other words." in page
        assert "Some words." not in page
        assert '"alt": "Words"' in page
        assert "Window of" in page


LEAVES = """
from smcm import facts
from smcm.published import Published
facts.leave(here={"days": window_days})
"""
FROM = '{% from "few.j2" import days with context %}\n'
ANOTHER_STAGE = STAGE.replace(
    "stage(book, Path(sys.argv[1]))",
    "stage(book, Path(sys.argv[1]), Path(sys.argv[2]))",
)


def macro(project, words):
    file = project.root / "book" / "_text" / "few.j2"
    file.parent.mkdir(exist_ok=True)
    text = f"{{% macro days() %}}{{{{ here.days | whole }}}} {words}{{% endmacro %}}\n"
    file.write_text(text, encoding="utf-8")


def with_facts(prose, caption):
    figure = f":mystnb:\n:  figure: {{caption: '{caption}', name: f}}"
    return chapter("Other", LEAVES, "1", prose=FROM + prose, options=figure)


@pytest.mark.faults
def test_a_sentence_a_caption_and_a_macro_are_new_and_nothing_is_executed(
    restored, tmp_path
):
    def words(layout, script, *earlier):
        said = restored.python(SETTING + script, layout, *earlier)
        return said, (layout / "book" / "other.ipynb").read_text("utf-8")

    macro(restored, "days")
    restored.write("other", with_facts("Within {{ days() }}.\n", "Of {{ days() }}"))
    _, first = words(tmp_path / "first", CARRY + STAGE)
    assert "Within 180 days." in first
    assert "Of 180 days" in first
    assert "vnd.smcm.facts" not in first
    for prose, caption, noun, said in (
        ("In {{ days() }}.\n", "Of {{ days() }}", "days", ("In 180 days.", "Of 180")),
        ("In {{ days() }}.\n", "{{ days() }}", "days", ("In 180 days.", '"180 days"')),
        ("In {{ days() }}.\n", "{{ days() }}", "nights", ("In 180 nights.",)),
    ):
        restored.write("other", with_facts(prose, caption))
        macro(restored, noun)
        layout = tmp_path / said[-1].strip('".')
        nothing, page = words(layout, DUE + ANOTHER_STAGE, tmp_path / "first")
        assert json.loads(nothing) == []
        assert all(word in page for word in said)


@pytest.mark.faults
def test_a_fault_in_a_text_is_told_with_its_line(restored, tmp_path):
    macro(restored, "days")
    restored.write("other", with_facts("One.\n\n{{ dayz | whole }}\n", "A"))
    said = restored.python(SETTING + CARRY + STAGE, tmp_path / "source")
    said = said.partition("\n")[2]
    line = 1 + (restored.root / "book" / "other.md").read_text("utf-8").split(
        "{{ dayz"
    )[0].count("\n")
    assert said.startswith(f"REFUSED book/other.md, line {line}: there is no 'dayz'")


def test_outputs_are_never_joined_with_other_code(restored, tmp_path):
    restored.write("probe", chapter("Probe", PROBE_CODE[0], NUMBER))
    said = restored.python(SETTING + STAGE, tmp_path / "source")
    assert said.startswith("REFUSED book/probe.md was changed while")


@pytest.mark.faults
def test_a_book_with_a_failed_run_is_not_published(restored, tmp_path):
    earlier = tmp_path / "book"
    earlier.mkdir()
    for name in ("index.html", "edition.json"):
        (earlier / name).write_text("earlier", encoding="utf-8")
    restored.write("other", chapter("Other", "1 / 0"))
    said = restored.python(SETTING + MAKE, earlier)
    assert said.startswith("REFUSED FailedRunsError 1 of 6 failed")
    assert "w180-all-n-boot-100 other: code cell 3: ZeroDivisionError" in said
    found = {path.name: path.read_text("utf-8") for path in earlier.iterdir()}
    assert found == {"index.html": "earlier", "edition.json": "earlier"}


@pytest.fixture
def data(second_folder, tmp_path):
    """Data that are an author's own, to be changed."""
    folder = tmp_path / "data"
    shutil.copytree(second_folder, folder)
    (folder / "manifest.json").unlink()
    return folder


def change_one_digit(data):
    """Change the last digit of the first answer."""
    path = data / "fidelity.csv"
    head, _, rest = path.read_text("utf-8").partition("\n")
    first, _, rest = rest.partition("\n")
    last = "4" if first.rstrip()[-1] != "4" else "3"
    path.write_text(f"{head}\n{first.rstrip()[:-1]}{last}\n{rest}", encoding="utf-8")


@pytest.mark.faults
def test_one_changed_byte_of_the_data(project, data, tmp_path):
    words = (*FEW, "--data", data, "--n-imputations", "2")
    out = tmp_path / "out"
    assert project.rerun(out, *words).counts == (4, 0)
    change_one_digit(data)
    assert project.rerun(out, *words).counts == (4, 0)
    one = (*words, "--seed", "7,20141009")  # another parameter: its runs are added
    assert project.rerun(out, *one).counts == (4, 4)


@pytest.mark.faults
def test_data_that_change_meanwhile_vouch_for_nothing(own_project, data, tmp_path):
    project, out, go = own_project, tmp_path / "out", tmp_path / "go"
    project.write("probe", chapter("Probe", *PROBE_CODE, *waiting_for(go, 90)))
    words = ("rerun", *PROBE, *FEW, "--data", data, "--n-imputations", "2")
    process = project.start(*words, "--out", out)
    wait_for(lambda: done(out))
    change_one_digit(data)
    go.touch()
    ended = project.end(process)
    assert ended.code == 1
    assert "changed while the runs were under way" in ended.err
    assert done(out) == {}
    assert {line["state"] for line in states(out).values()} <= {"stale", "failed"}
    assert project.smcm(*words, "--out", out).counts == (4, 0)
    assert len(contents(out)) == 5
