"""`smcm new` makes a folder that can be filled in, or leaves everything alone."""

import shlex
from types import SimpleNamespace

import pytest

from smcm.design.study_file import shipped_study
from smcm.report import starter
from smcm.report.starter import starter_files


@pytest.mark.parametrize("name", ["mine", "Étude à Québec", "a/b/c", "it's"])
def test_every_file_is_written_and_the_next_step_said(smcm, tmp_path, name):
    place = tmp_path / name
    result = smcm("new", place)
    assert result.exit_code == 0, result.output
    written = {
        path.relative_to(place).as_posix(): path.read_text(encoding="utf-8")
        for path in place.rglob("*")
        if path.is_file()
    }
    assert written == starter_files(shipped_study())
    assert f"smcm check {shlex.quote(str(place))}" in result.stdout
    assert not [path for path in place.parent.iterdir() if path != place]


def test_windows_has_other_quotes(smcm, tmp_path, monkeypatch):
    monkeypatch.setattr("smcm.cli.new.WINDOWS", True)
    place = tmp_path / "it's mine"
    assert f'smcm check "{place}"' in smcm("new", place).stdout


def test_the_folder_one_stands_in_may_be_filled(smcm, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert smcm("new", ".").exit_code == 0
    assert (tmp_path / "clients.csv").is_file()


def test_the_check_then_lists_one_fault_a_table(smcm, tmp_path):
    smcm("new", tmp_path / "mine")
    result = smcm("check", tmp_path / "mine")
    assert result.exit_code == 2
    assert "9 faults in 9 files" in result.stdout


def test_a_folder_with_files_is_left_alone(refuse, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert "holds files already" in refuse("new", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_second_time_nothing_is_overwritten(smcm, refuse, tmp_path):
    place = tmp_path / "mine"
    smcm("new", place)
    (place / "teams.csv").write_text("mine", encoding="utf-8")
    assert "holds files already" in refuse("new", place)
    assert (place / "teams.csv").read_text(encoding="utf-8") == "mine"


def test_a_file_is_no_folder(refuse, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("mine", encoding="utf-8")
    assert "DIR is" in refuse("new", path)
    assert "is a file" in refuse("new", path / "below")


def test_nothing_is_written_among_the_sources(refuse, pytestconfig):
    assert "sources" in refuse("new", pytestconfig.rootpath / "data" / "mine")


def test_all_or_nothing(refuse, tmp_path, monkeypatch):
    def items():
        yield from list(starter_files(shipped_study()).items())[:3]
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(
        starter, "starter_files", lambda _: SimpleNamespace(items=items)
    )
    assert "No space left" in refuse("new", tmp_path / "mine")
    assert list(tmp_path.iterdir()) == []
