"""A book on other data: 180 clients, nine teams, five sites, a quarter missing."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from smcm.design.study_file import shipped_study
from smcm.paths import BOOK, ROOT
from smcm.report.format import limits, number
from smcm.report.runs import read_runs

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("pages_kept_aside")]
GRID = ("--window-days", "90,180", "--site", "all,without-1", "--n-boot", "500")
RUNS = ["w090-all", "w090-without-1", "w180-all", "w180-without-1"]


@pytest.fixture(scope="module")
def out(second_folder, tmp_path_factory):
    from smcm.cli.main import main  # noqa: PLC0415

    folder = tmp_path_factory.mktemp("other data") / "équipe d’à côté"
    typed = ["rerun", *GRID, "--data", str(second_folder), "--out", str(folder)]
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture(scope="module")
def records(out):
    return read_runs(shipped_study(), out)


@pytest.fixture(scope="module")
def pages(out):
    return {
        path.relative_to(out / "html").as_posix(): BeautifulSoup(
            path.read_text(encoding="utf-8"), "html.parser"
        )
        for path in sorted((out / "html" / "book").rglob("*.html"))
    }


def words(element):
    return " ".join(element.get_text(" ").split())


def test_every_chapter_and_every_run_has_its_page(pages):
    chapters = {
        path.relative_to(ROOT).with_suffix(".html").as_posix()
        for path in BOOK.rglob("*.md")
    }
    slugs = {f"book/runs/{run}-n-boot-500.html" for run in RUNS}
    assert set(pages) == chapters | slugs


def test_the_banner_says_what_data_these_are(pages, second):
    for name, page in pages.items():
        banner = words(page.select_one("aside.smcm-banner"))
        assert banner.startswith(" ".join(second.statement.split())), name


def test_no_page_speaks_of_the_shipped_cohort(pages, cohort):
    for name, page in pages.items():
        text = words(page.find("article"))
        assert cohort.statement not in text, name
        assert "calibrated to the printed" not in text, name


def test_printed_numbers_are_the_published_study_s(pages):
    heads = [words(cell) for cell in pages["book/printed.html"].select("th")]
    assert "Published study" in heads
    assert "These data" in heads


def test_clients_and_sites_are_of_these_data(pages, second, cohort, records):
    results = words(pages["book/results.html"].find("article"))
    assert f"includes {second.n} clients" in results
    assert "Site 5" in results
    assert "Site 6" not in results
    assert not re.search(rf"\b{cohort.n}\b", results)
    assert [record.n for record in records[::2]] == [second.n, second.n]
    assert all(record.n < second.n for record in records[1::2])


def test_compare_shows_every_model_of_every_run(pages, records):
    table = pages["book/compare.html"].find(id="tab-compare")
    rows = table.select("tbody tr")
    assert len(rows) == len(RUNS) * len(records[0].models)
    text = words(table)
    for record in records:
        for model in record.models:
            a = model.terms["a"]
            assert f"{number(a.estimate)}" in text
    first = records[0].models[0].terms["a"]
    assert limits(*first.limits) in text


def test_the_explorer_holds_every_run(pages, records):
    page = pages["book/explorer.html"]
    held = page.select_one('script[type="application/json"]').string
    assert len(json.loads(held)["runs"]) == len(records)


def test_no_file_tells_where_data_or_runs_are(out, second_folder):
    here = (str(second_folder.parent), str(out.parent))
    telling = [
        path.relative_to(out).as_posix()
        for path in (out / "html").rglob("*")
        if path.suffix in {".html", ".js", ".ipynb", ".md", ".txt", ".json"}
        and any(place in path.read_text(encoding="utf-8") for place in here)
    ]
    assert not telling


def test_a_second_call_executes_nothing(out, second_folder):
    from smcm.cli.main import main  # noqa: PLC0415

    typed = ["rerun", *GRID, "--data", str(second_folder), "--out", str(out)]
    result = CliRunner().invoke(main, typed)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("0 executed, 8 kept")
    assert "Nothing has changed" in result.stderr
