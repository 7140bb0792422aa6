"""The shipped cohort and a second one, their studies, the printed numbers and R's."""

import gc
import hashlib
import json
from collections import Counter

import pandas as pd
import pytest
from playwright.sync_api import expect

from generator.design import second_design
from generator.second import generate_second
from smcm.analysis.pooled import pool_study
from smcm.analysis.study import run_study
from smcm.chapters.multiverse.axes import Axis
from smcm.chapters.multiverse.choices import possible_axes
from smcm.chapters.multiverse.multiverse import explore
from smcm.chapters.power.plan import plan_power
from smcm.cohort.loading import load_cohort
from smcm.design.study_file import shipped_study
from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.published import Published
from smcm.report.export import results
from smcm.report.run_files import GRID, ORDER, RESULTS
from smcm.report.runs import read_runs
from smcm.report.tidy_tables import tidy_tables
from tests.book.waiting import PATIENCE
from tests.outside import (
    REFERENCE,
    Comparing,
    faults_of,
    read_kept,
    same,
    write_faults,
    write_kept,
)
from tests.reproduced import Reproduced, read_reproduced, write_reproduced
from tests.taking_long import takes_long
from tools.browser import find_chromium, launch

KEEP = "--keep-comparisons"
FOUND = pytest.StashKey[list]()
PLANTED = pytest.StashKey[Counter]()
AGAIN = pytest.StashKey[list]()
KEEPING = {"compare", "reproduced"}
BUILDING = ("test_browser.py", "test_edition.py")  # of tests/book; the longest files
LOOKING = "test_shaken_text.py"  # the longest of those that look at a finished book
STALE = "data/validation is not what the tests find; run `make validation`."
SUMS_FOLLOW = "data files read (md5):\n"
N_BOOT = 200
GRID_OF_TESTS = tuple(
    RunParameters(window_days=days, site=site, n_boot=N_BOOT)
    for days in (90, 180)
    for site in ("all", "without-3", "without-4")
)


def pytest_addoption(parser):
    parser.addoption(
        KEEP, action="store_true", help="keep what the comparisons find for the book"
    )


def pytest_configure(config):
    if config.getoption(KEEP) and config.getoption("numprocesses", None):
        raise pytest.UsageError(f"{KEEP} collects in one process; leave -n out.")
    config.stash[FOUND] = []
    config.stash[PLANTED] = Counter()
    config.stash[AGAIN] = []


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    config.stash[PLANTED].update(faults_of(items))
    for item in items:
        if KEEPING & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.outside)
    items.sort(key=turn)


def turn(item):
    """Books are built first, and looked at last; meanwhile one process does the rest.

    Whoever asked for the book while another builds it would have to wait. What takes
    long comes before the rest, so that both processes end at about the same time.
    """
    name, of_book = item.path.name, item.path.parent.name == "book"
    if name in BUILDING:
        return False, False, BUILDING.index(name)
    return True, of_book, name != LOOKING if of_book else not takes_long(item.path)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Give files whose fixtures take long to one process, and others file by file."""
    from tests.scheduling import ByFixture  # noqa: PLC0415 (needs xdist)

    return ByFixture(config, log)


def pytest_collection_finish():
    """Look for garbage less often, and not among modules and tests."""
    gc.freeze()
    gc.set_threshold(100_000)


def pytest_sessionfinish(session, exitstatus):
    if session.config.getoption(KEEP) and exitstatus == pytest.ExitCode.OK:
        write_kept(session.config.stash[FOUND])
        write_faults(session.config.stash[PLANTED])
        write_reproduced(session.config.stash[AGAIN])


@pytest.fixture(scope="session")
def kept_comparisons():
    kept = {}
    for row in read_kept():
        kept.setdefault(row.test, {})[row.key] = row
    return kept


@pytest.fixture
def compare(request, kept_comparisons):
    """Compare with numbers of others, and see that the book says what was found."""
    comparing = Comparing(request.node.nodeid)
    yield comparing
    found = comparing.found
    if request.config.getoption(KEEP):
        request.config.stash[FOUND].extend(found.values())
    elif not comparing.failed:
        kept = kept_comparisons.get(comparing.test, {})
        if not same(found, kept):
            pytest.fail(STALE, pytrace=False)


@pytest.fixture
def reproduced(request):
    """Note what came out the same, and see that the book says so."""

    def note(what, ways, n, largest=0.0):
        found = Reproduced(what, "; ".join(map(str, ways)), n, largest)
        if request.config.getoption(KEEP):
            request.config.stash[AGAIN].append(found)
        elif what not in (kept := read_reproduced()) or not found.agrees(kept[what]):
            pytest.fail(STALE, pytrace=False)

    return note


@pytest.fixture(scope="session")
def cohort():
    return load_cohort()


@pytest.fixture(scope="session")
def study(cohort):
    return run_study(cohort, RunParameters())


@pytest.fixture(scope="session")
def universes(cohort):
    """Some combinations of choices, on few draws."""
    run = RunParameters(n_boot=N_BOOT, n_imputations=2)
    kept = {"window": (180,)}
    axes = possible_axes(cohort, run)
    some = tuple(Axis(a.key, a.title, kept.get(a.key, a.levels)) for a in axes)
    return explore(cohort, run, some, (4,))


@pytest.fixture(scope="session")
def plan(study):
    """Size and power of a next study; some seconds."""
    return plan_power(study)


@pytest.fixture(scope="session")
def pooled(study):
    return pool_study(study)


@pytest.fixture(scope="session")
def runs_folder(cohort, tmp_path_factory):
    """A few runs as `smcm rerun` leaves them."""
    folder = tmp_path_factory.mktemp("runs")
    for run in GRID_OF_TESTS:
        study = run_study(cohort, run)
        (folder / run.slug).mkdir()
        text = json.dumps(results(study, tidy_tables(study)))
        (folder / run.slug / RESULTS).write_text(text, encoding="utf-8")
    order = json.dumps({ORDER: [run.slug for run in GRID_OF_TESTS]})
    (folder / GRID).write_text(order, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def runs(runs_folder):
    return read_runs(shipped_study(), runs_folder)


@pytest.fixture(scope="session")
def frame(study):
    return study.frame


@pytest.fixture(scope="session")
def second_folder(tmp_path_factory):
    """Another cohort: smaller, with other effects and a quarter missing."""
    folder = tmp_path_factory.mktemp("cohorts") / "second"
    generate_second(folder, second_design())
    return folder


@pytest.fixture(scope="session")
def second(second_folder):
    return load_cohort(second_folder)


@pytest.fixture(scope="session")
def second_study(second, second_folder):
    run = RunParameters(data=str(second_folder), n_boot=200, n_imputations=2)
    return run_study(second, run)


@pytest.fixture(scope="session")
def published():
    return Published.read()


@pytest.fixture(scope="session")
def oracle():
    """Read a table that an R script has kept, if today's data are those it read."""

    def read(name, script=None, **options):
        require_same_data(script or name)
        return pd.read_csv(REFERENCE / f"{name}.csv", **options)

    return read


def require_same_data(script):
    """Fail where a data file is no longer the one that the script has read."""
    text = (REFERENCE / f"{script}.sessioninfo.txt").read_text(encoding="utf-8")
    for line in text.partition(SUMS_FOLLOW)[2].splitlines():
        md5, path = line.split()
        if hashlib.md5((ROOT / path).read_bytes()).hexdigest() != md5:
            pytest.fail(
                f"{path} has changed since tests/reference/{script}.R read it; run "
                f"`make oracles`, or Rscript tests/reference/{script}.R.",
                pytrace=False,
            )


@pytest.fixture(scope="session")
def browser():
    """Chromium, or a skipped test; one for a process, which Playwright allows."""
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no Chromium is installed; CHROMIUM=/path/to/it names one")
    expect.set_options(timeout=1000 * PATIENCE)
    with launch(chromium) as running:
        yield running
