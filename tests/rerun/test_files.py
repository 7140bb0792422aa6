"""What `smcm study --out` leaves in its folder."""

import hashlib
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.report import export
from smcm.report.rows import write_rows
from smcm.rerun.outputs import OutputError
from smcm.rerun.parts import write_whole

TABLES = (
    *("models", "characteristics", "change", "nesting"),
    *("reciprocity", "missing", "comparison"),
)


@pytest.fixture(scope="module")
def out(smcm, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files") / "results"
    result = smcm("study", "--out", folder)
    assert result.exit_code == 0, result.output
    assert str(folder) in result.stdout
    return folder


@pytest.fixture(scope="module")
def rows(smcm, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files") / "rows"
    result = smcm("study", "--n-boot", "100", "--rows", folder)
    assert result.exit_code == 0, result.output
    assert "A row for each client in" in result.stdout
    return folder


@pytest.fixture(scope="module")
def package(out):
    return json.loads((out / export.DESCRIPTOR).read_text(encoding="utf-8"))


def test_every_file_is_described_and_only_those_are_there(out, package):
    described = {resource["path"]: resource for resource in package["resources"]}
    present = {p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()}
    assert present == {*described, export.DESCRIPTOR}
    assert {f"{name}.csv" for name in TABLES} <= present
    for path, resource in described.items():
        digest = hashlib.sha256((out / path).read_bytes()).hexdigest()
        assert resource["hash"] == f"sha256:{digest}"
    assert list(out.parent.iterdir()) == [out]


def test_the_data_are_called_synthetic_everywhere(out, package, cohort):
    results = json.loads((out / "results.json").read_text(encoding="utf-8"))
    expected = {
        "name": cohort.name,
        "synthetic": True,
        "statement": cohort.statement,
        "digest": cohort.digest,
    }
    assert results["data"] == package["data"] == expected
    tables = [r for r in package["resources"] if r["path"].endswith(".csv")]
    assert all(cohort.statement in table["description"] for table in tables)
    pictures = sorted((out / "figures").iterdir())
    assert {path.suffix for path in pictures} == {".png", ".svg"}
    for path in pictures:
        if path.suffix == ".png":
            said = Image.open(path).text["Description"]
        else:
            said = path.read_text(encoding="utf-8")
        assert cohort.statement in said, path.name


def test_rows_are_written_on_request_and_apart(refuse, out, tmp_path, study):
    columns = {"client_id", "case_manager", "entry"}
    for path in out.glob("*.csv"):
        table = pd.read_csv(path)
        assert not columns & set(table.columns), path.name
        assert len(table) != study.n, path.name
    for rows in (out, out / "rows", out.parent):
        assert "apart from --out" in refuse("study", "--out", out, "--rows", rows)
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "edition.json").write_text("{}", encoding="utf-8")
    assert "pages of a book" in refuse("study", "--rows", pages / "rows")


def test_a_note_beside_the_rows_says_how_to_treat_them(study, tmp_path):
    real = replace(study, cohort=replace(study.cohort, synthetic=False))
    for one, words in ((real, "Do not publish it"), (study, "are invented")):
        folder = tmp_path / str(one.cohort.real)
        folder.mkdir()
        write_rows(one, folder)
        assert words in (folder / "README.md").read_text(encoding="utf-8")


def test_the_analysed_file_is_the_frame_digit_by_digit(rows, study):
    read = pd.read_csv(rows / "analysis.csv", parse_dates=["entry"])
    assert next(iter(read.columns)) == "client_id"
    pd.testing.assert_frame_equal(
        read, study.frame, check_exact=True, check_dtype=False
    )
    run_window = [c for c in read.columns if c.startswith("fidelity_")]
    for column in run_window:
        named = column.replace("fidelity_", f"fid{study.run.window_days}_")
        np.testing.assert_array_equal(read[column], read[named])


def test_models_hold_every_window_in_tidy_columns(out, study):
    models = pd.read_csv(out / "models.csv")
    assert tuple(models.columns[: len(TIDY_COLUMNS)]) == TIDY_COLUMNS
    assert set(models["window_days"]) == set(study.windows)
    own = models[models["window_days"] == study.run.window_days]
    tidy = pd.concat([r.mediation.tidy() for r in study.models], ignore_index=True)
    pd.testing.assert_frame_equal(
        own[list(TIDY_COLUMNS)].reset_index(drop=True), tidy, check_exact=True
    )


def test_two_exports_are_the_same_bytes(smcm, out, tmp_path):
    again = tmp_path / "again"
    smcm("study", "--out", again)
    for path in out.rglob("*"):
        if path.is_file():
            other = again / path.relative_to(out)
            assert other.read_bytes() == path.read_bytes(), path.name


def listing(*paths, name="ours"):
    resources = [{"path": path} for path in paths]
    return json.dumps({"name": name, "resources": resources})


def writer(**files):
    def write(part):
        for name, text in files.items():
            (part / f"{name}.txt").write_text(text, encoding="utf-8")
        names = [f"{name}.txt" for name in files]
        (part / "list.json").write_text(listing(*names), encoding="utf-8")

    return write


def test_a_failed_run_leaves_the_earlier_one(tmp_path):
    write_whole(tmp_path / "out", "list.json", writer(a="first"))

    def full(part):
        (part / "a.txt").write_text("seco", encoding="utf-8")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "out", "list.json", full)
    assert (tmp_path / "out" / "a.txt").read_text(encoding="utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_later_run_replaces_its_own_files_and_keeps_others(tmp_path):
    write_whole(tmp_path, "list.json", writer(a="first", b="first"))
    (tmp_path / "notes.md").write_text("mine", encoding="utf-8")
    write_whole(tmp_path, "list.json", writer(a="second"))
    assert {path.name for path in tmp_path.iterdir()} == {
        *("a.txt", "list.json", "notes.md"),
    }
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "second"


def test_a_list_that_points_elsewhere_removes_nothing(tmp_path):
    (tmp_path / "precious").write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "list.json").write_text(listing("../precious"), encoding="utf-8")
    write_whole(out, "list.json", writer(a="first"))
    assert (tmp_path / "precious").is_file()


def test_a_data_package_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "clients.csv").write_text("mine", encoding="utf-8")
    theirs = listing("clients.csv", name="theirs")
    (tmp_path / "list.json").write_text(theirs, encoding="utf-8")
    with pytest.raises(OutputError, match=r"list\.json is there already"):
        write_whole(tmp_path, "list.json", writer(a="first"))
    assert {path.name for path in tmp_path.iterdir()} == {"clients.csv", "list.json"}
    assert (tmp_path / "list.json").read_text(encoding="utf-8") == theirs


def test_no_room_is_said_in_a_sentence(refuse, monkeypatch, tmp_path):
    def full(_study, _folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "write_study", full)
    sentence = refuse("study", "--n-boot", "200", "--out", tmp_path / "out")
    assert "No space left on device" in sentence
    assert not (tmp_path / "out").exists()
