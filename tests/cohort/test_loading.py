import pandas as pd
import pytest

from smcm.cohort import loading
from smcm.cohort.checking import check_folder
from smcm.cohort.loading import load_cohort
from smcm.errors import DataError
from smcm.parameters import RunParameters
from smcm.paths import SYNTHETIC


def tree(folder):
    return {
        path: (path.stat().st_mtime_ns, path.read_bytes())
        for path in sorted(folder.path.rglob("*"))
        if path.is_file()
    }


def test_a_sound_folder_has_no_faults(small_folder):
    assert check_folder(small_folder.path) == ()


def test_reading_and_checking_write_nothing(small_folder):
    before = tree(small_folder)
    load_cohort(small_folder.path)
    check_folder(small_folder.path)
    assert tree(small_folder) == before


def test_a_kept_cohort_is_given_while_its_folder_holds_the_same(
    small_folder, monkeypatch
):
    named = str(small_folder.path)
    assert load_cohort(named) is not load_cohort(named)
    monkeypatch.setattr(loading, "kept", {named: None})
    kept = load_cohort(named)
    assert load_cohort(named) is load_cohort(RunParameters(data=named)) is kept
    clients = small_folder.path / "clients.csv"
    before = clients.read_bytes()
    first, *rest = before.splitlines(keepends=True)
    clients.write_bytes(first + b"".join(reversed(rest)))
    other = load_cohort(named)
    assert other.digest != kept.digest
    assert load_cohort(named) is other
    clients.write_bytes(before)
    assert load_cohort(named).digest == kept.digest
    clients.unlink()
    with pytest.raises(DataError):
        load_cohort(named)


def test_every_cell_comes_back_as_it_was_written(small_folder):
    cohort = load_cohort(small_folder.path)
    frames = {
        "clients": cohort.clients,
        "teams": cohort.teams,
        "interviews": cohort.interviews,
        "fidelity": cohort.fidelity,
        **cohort.items,
    }
    for name, frame in frames.items():
        header, *rows = small_folder.rows(f"{name}.csv")
        assert list(frame.columns) == header
        back = [[written(value) for value in row] for row in frame.to_numpy(object)]
        assert sorted(back) == sorted(rows)


def written(value):
    if pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    return f"{value:%Y-%m-%d}" if hasattr(value, "year") else str(value)


def test_ids_stay_two_and_a_team_may_be_called_na(small_folder):
    cohort = load_cohort(small_folder.path)
    assert cohort.clients["client_id"].tolist() == ["0012", "012", "A3", "A4"]
    assert cohort.clients["team"].tolist() == ["T1", "T1", "NA", "NA"]
    assert set(cohort.teams["team"]) == {"T1", "NA"}


def test_types_follow_the_schema_and_not_the_cells(small_folder):
    cohort = load_cohort(small_folder.path)
    small_folder.put("clients.csv", 5, "age", "30")
    filled = load_cohort(small_folder.path)
    assert (cohort.clients.dtypes == filled.clients.dtypes).all()
    assert cohort.clients["age"].dtype == float
    assert cohort.teams["site"].dtype == int
    assert cohort.interviews["date"].dtype == "datetime64[us]"
    assert cohort.items["rprs"].loc[4, "rprs_05":"rprs_05"].isna().all()


def test_the_order_of_rows_and_columns_changes_nothing(small_folder):
    cohort = load_cohort(small_folder.path)
    for file in ("clients.csv", "fidelity.csv", "pgi.csv", "completed/ths.csv"):
        header, *rows = small_folder.rows(file)
        small_folder.save(file, [row[::-1] for row in (header, *rows[::-1])])
    other = load_cohort(small_folder.path)
    assert other.clients.equals(cohort.clients)
    assert other.fidelity.equals(cohort.fidelity)
    assert other.items["pgi"].equals(cohort.items["pgi"])
    assert other.completed["ths"].equals(cohort.completed["ths"])
    assert other.digest != cohort.digest


@pytest.mark.parametrize(
    "spell",
    [
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, id="byte-order mark"),
        pytest.param(lambda raw: raw.replace(b"\n", b"\r\n"), id="CRLF"),
        pytest.param(lambda raw: raw.replace(b"\n", b"\r"), id="CR"),
        pytest.param(lambda raw: raw.rstrip(b"\n"), id="no last line end"),
        pytest.param(lambda raw: raw + b"\n\n", id="blank lines at the end"),
        pytest.param(lambda raw: raw.replace(b"T1", b'"T1"'), id="quoted"),
    ],
)
def test_the_ways_programs_save_csv_read_the_same(small_folder, spell):
    cohort = load_cohort(small_folder.path)
    for file in ("clients.csv", "teams.csv"):
        small_folder.write(file, spell((small_folder.path / file).read_bytes()))
    assert load_cohort(small_folder.path).clients.equals(cohort.clients)


def test_a_folder_without_manifest_says_whose_data_it_is_not(small_folder):
    cohort = load_cohort(str(small_folder.path))
    assert cohort.name == "small"
    assert not cohort.synthetic
    said = "Data: folder “small”, 4 clients; not the article’s data."
    assert cohort.statement == said


def test_a_manifest_makes_a_cohort_synthetic(small_folder):
    small_folder.add_manifest()
    cohort = load_cohort(small_folder.path)
    assert cohort.synthetic
    assert cohort.statement == "Synthetic data: four invented clients."


def test_a_manifest_may_describe_data_of_real_people(small_folder):
    small_folder.add_manifest(synthetic=False, statement="Pilot.", files={})
    cohort = load_cohort(small_folder.path)
    assert (cohort.synthetic, cohort.statement) == (False, "Pilot.")


def test_a_folder_need_not_hold_a_completed_set(small_folder):
    for path in (small_folder.path / "completed").iterdir():
        path.unlink()
    (small_folder.path / "completed").rmdir()
    assert load_cohort(small_folder.path).completed is None


def test_the_digest_follows_the_bytes_and_not_the_place(small_folder, tmp_path):
    cohort = load_cohort(small_folder.path)
    moved = small_folder.path.rename(tmp_path / "moved")
    assert load_cohort(moved).digest == cohort.digest
    (moved / "notes.txt").write_text("not data", encoding="utf-8")
    assert load_cohort(moved).digest == cohort.digest


def test_loading_refuses_with_all_faults_at_once(small_folder):
    small_folder.put("clients.csv", 2, "age", "340")
    small_folder.put("teams.csv", 3, "site", "x")
    with pytest.raises(DataError, match=r"2 faults") as caught:
        load_cohort(small_folder.path)
    assert caught.value.faults == check_folder(small_folder.path)


@pytest.mark.parametrize("data", ["synthetic", RunParameters(), SYNTHETIC])
def test_the_shipped_cohort_loads(data):
    cohort = load_cohort(data)
    assert cohort.name == "synthetic"
    assert cohort.synthetic
    assert cohort.n == len(cohort.clients)
    assert set(cohort.items) == set(cohort.completed)
