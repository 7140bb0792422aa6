"""The box beneath every page says what made it; each value is computed here anew."""

import hashlib
import json
import shutil
import tomllib
from dataclasses import asdict

import pytest
from playwright.sync_api import expect

from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.paths import BOOK, ROOT, RUNS, SYNTHETIC
from tools.browser import visit

SHORT = 12
RERUN = "book/runs/"
OF_ALL_RUNS = ("book/compare.html", "book/explorer.html")
RUN_FACTS = ("window_days", "site", "reading", "n_boot", "n_imputations", "seed")


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def digest_of_data(folder):
    """SHA-256 over name, length and content of every file of data, as the box says."""
    digest = hashlib.sha256()
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.suffix in {".csv", ".toml"}
    }
    paths.setdefault("study.toml", SYNTHETIC / "study.toml")  # of a folder without one
    for name, path in sorted(paths.items()):
        content = path.read_bytes()
        digest.update(b"%s\0%d\0%s" % (name.encode(), len(content), content))
    return digest.hexdigest()


def digest_of_code():
    """SHA-256 over name and digest of every file that chapters may execute."""
    digest = hashlib.sha256()
    for path in sorted((ROOT / "smcm").rglob("*")):
        executed = "__pycache__" not in path.parts and "text" not in path.parts
        if path.is_file() and executed:
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def box_of(page):
    found = page.select("section.smcm-provenance")
    assert len(found) == 1
    assert found[0].find_parent("article") is None
    assert found[0].find_parent("footer") is not None
    return found[0]


def facts_of(page):
    rows = box_of(page).select("dd[data-fact]")
    return {row["data-fact"]: next(row.stripped_strings) for row in rows}


def line_of(page):
    return " ".join(box_of(page).find("summary").get_text().split())


@pytest.fixture(scope="module")
def runs():
    """Parameters of the kept runs by their names, read from their results."""
    folder = RUNS / "synthetic"
    names = json.loads((folder / "grid.json").read_text(encoding="utf-8"))["runs"]
    return {
        name: json.loads((folder / name / "results.json").read_text(encoding="utf-8"))
        for name in names
    }


def test_every_page_names_package_data_and_lock(pages):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    expected = {
        "version": project["project"]["version"],
        "code-sha256": digest_of_code(),
        "data": "synthetic",
        "data-kind": "synthetic",
        "data-sha256": digest_of_data(SYNTHETIC),
        "lock-sha256": sha256((ROOT / "requirements.txt").read_bytes()),
    }
    assert len(pages) > 20
    for name, page in pages.items():
        facts = facts_of(page)
        assert {key: facts[key] for key in expected} == expected, name
        line = line_of(page)
        for key in ("data-sha256", "lock-sha256"):
            assert expected[key][:SHORT] in line, name
        assert f"smcm {expected['version']} from synthetic data" in line, name


def test_every_page_names_the_parameters_of_its_own_run(pages, runs):
    seen = set()
    for name, page in pages.items():
        slug = name.removeprefix(RERUN).removesuffix(".html")
        own = runs[slug]["run"] if name.startswith(RERUN) else asdict(RunParameters())
        facts = facts_of(page)
        if name in OF_ALL_RUNS:
            continue
        for key in RUN_FACTS:
            assert facts[key.replace("_", "-")] == str(own[key]), (name, key)
        assert f"window {own['window_days']} days" in line_of(page), name
        assert f"seed {own['seed']}" in line_of(page), name
        seen.add((facts["window-days"], facts["site"], facts["reading"]))
    assert len(seen) == len(runs)


@pytest.mark.parametrize("name", OF_ALL_RUNS)
def test_a_page_of_all_runs_names_the_values_of_all(pages, runs, name):
    facts = facts_of(pages[name])
    for key in RUN_FACTS:
        values = facts[key.replace("_", "-")].split(", ")
        assert values == list(dict.fromkeys(str(r["run"][key]) for r in runs.values()))
    assert f"{len(runs)} runs" in line_of(pages[name])
    assert len(facts["window-days"].split(", ")) > 1


def test_the_box_can_be_named_and_unfolded(pages):
    for name, page in pages.items():
        box = box_of(page)
        assert box["aria-label"], name
        assert box.select_one("details > summary"), name
        assert len(box.select("dl > dt")) == len(box.select("dl > dd")), name


def test_the_search_does_not_find_the_box(html):
    index = (html / "searchindex.js").read_text(encoding="utf-8")
    assert digest_of_data(SYNTHETIC)[:SHORT] not in index
    assert "book/results" in index


def test_the_kind_tells_whose_data_and_whether_they_are_invented(
    second_folder, tmp_path, monkeypatch
):
    monkeypatch.syspath_prepend(str(BOOK / "_ext"))
    from book_banner import data_kind  # noqa: PLC0415 (found only now)

    own = tmp_path / "own"
    shutil.copytree(second_folder, own)
    (own / "manifest.json").unlink()
    kinds = [data_kind(load_cohort(data)) for data in (SYNTHETIC, second_folder, own)]
    shipped = data_kind(load_cohort(RunParameters()))
    assert shipped == "synthetic"
    # The files that come with the book are its own wherever a path leads to them.
    assert kinds == ["synthetic", "own data, synthetic", "own data"]


def test_the_box_is_printed_unfolded(browser, html):
    with visit(browser, html / "book/results.html") as seen:
        value = seen.page.locator(".smcm-provenance dd").first
        expect(value).to_be_hidden()
        seen.page.emulate_media(media="print")
        expect(value).to_be_visible()
