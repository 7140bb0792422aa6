"""Data are told apart by what they hold, never by how their folder is called."""

import json
import shutil
from dataclasses import asdict

import pytest

from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.paths import RUNS, SYNTHETIC
from smcm.report.runs import RunRecord
from smcm.rerun.book_folders import DEFAULT, edition_folder, runs_kept
from smcm.rerun.books import Book
from smcm.rerun.units import Ground
from tests.cohort.folders import Copied

NAMES = ("synthetic", "Synthetic", ".synthetic", "-synthetic", "a b/c", "é", "x" * 200)


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """Other data than the shipped ones, in a folder called as theirs."""
    copied = Copied(SYNTHETIC, tmp_path_factory.mktemp("own") / "synthetic")
    copied.drop("clients", lambda table: table.index < 0)
    copied.put("clients", "age", "50", [0])
    return copied.path


def run_on(folder):
    return RunParameters(data=str(folder))


def test_own_data_are_never_taken_for_the_shipped(own):
    cohort = load_cohort(own)
    assert (cohort.shipped, cohort.synthetic, cohort.calibrated) == (False,) * 3
    assert cohort.name == f"synthetic-{cohort.digest[:8]}"
    assert cohort.name in cohort.statement
    assert runs_kept(cohort) != runs_kept(load_cohort())
    assert edition_folder(run_on(own), cohort) != DEFAULT


def test_the_shipped_files_are_the_shipped_cohort_wherever_they_are(tmp_path, cohort):
    shutil.copytree(SYNTHETIC, tmp_path / "elsewhere")
    found = load_cohort(tmp_path / "elsewhere")
    assert (found.name, found.shipped, found.statement) == (
        cohort.name,
        True,
        cohort.statement,
    )
    assert runs_kept(found) == runs_kept(cohort) == RUNS / "synthetic"
    assert edition_folder(run_on(tmp_path / "elsewhere"), found) == DEFAULT
    assert Ground.of(found) == Ground.of(cohort)


@pytest.mark.parametrize("change", ["no manifest", "another statement"])
def test_the_shipped_files_with_another_manifest_are_own_data(tmp_path, change):
    place = tmp_path / "synthetic"
    shutil.copytree(SYNTHETIC, place)
    manifest = place / "manifest.json"
    if change == "no manifest":
        manifest.unlink()
    else:
        said = json.loads(manifest.read_bytes()) | {"statement": "My own invention."}
        manifest.write_text(json.dumps(said), encoding="utf-8")
    found = load_cohort(place)
    assert not found.shipped
    assert found.synthetic == (change != "no manifest")
    if found.synthetic:
        assert found.statement == "My own invention."
    assert runs_kept(found).name == f"synthetic-{found.digest[:8]}-{found.digest[:8]}"


@pytest.mark.parametrize("name", NAMES)
def test_a_folder_of_any_name_gets_a_place_of_its_own(own, tmp_path, name):
    place = tmp_path / name
    shutil.copytree(own, place)
    cohort = load_cohort(place)
    for folder in (runs_kept(cohort), edition_folder(run_on(place), cohort)):
        assert folder.name.isascii() or "é" in name
        assert folder.name == folder.name.casefold()
        assert folder.name[0] not in ".-"
        assert len(folder.name) < 120
        assert cohort.digest[:8] in folder.name
        assert folder.parent in (RUNS, RUNS.parent / "editions")


def test_two_folders_of_one_name_have_two_places(own, tmp_path):
    other = tmp_path / "synthetic"
    shutil.copytree(own, other)
    table = (other / "teams.csv").read_bytes()
    (other / "teams.csv").write_bytes(table + b"\n")
    one, two = load_cohort(own), load_cohort(other)
    assert one.digest != two.digest
    assert runs_kept(one) != runs_kept(two)
    assert edition_folder(run_on(own), one) != edition_folder(run_on(other), two)


def test_what_is_written_names_own_data_apart(smcm, own, tmp_path):
    out = tmp_path / "out"
    words = ("--data", own, "--n-boot", "100", "--n-imputations", "2")
    assert smcm("study", *words, "--out", out).exit_code == 0
    found = json.loads((out / "results.json").read_bytes())
    cohort = load_cohort(own)
    assert found["run"]["data"] == found["data"]["name"] == cohort.name
    assert found["data"]["digest"] == cohort.digest
    assert RunRecord.from_results(found, cohort.design).run.data == cohort.name


def test_a_run_on_own_data_keeps_its_path_for_the_kernels(own):
    book = Book(run=run_on(own), cohort=load_cohort(own), runs=(), folder=own.parent)
    assert asdict(book.located(book.run))["data"] == str(own)


def test_the_word_beside_a_folder_of_that_name_is_refused(
    refuse, smcm, own, monkeypatch
):
    monkeypatch.chdir(own.parent)
    for command in (("check", "synthetic"), ("study", "--data", "synthetic")):
        assert "write ./synthetic for the folder" in refuse(*command)
    assert "no fault" not in smcm("check", "./synthetic").output
    assert smcm("check", "./synthetic").exit_code == 0
    assert smcm("check").exit_code == 0


def test_the_word_beside_the_shipped_folder_has_one_meaning(smcm, monkeypatch):
    monkeypatch.chdir(SYNTHETIC.parent)
    assert smcm("check", "synthetic").exit_code == 0
