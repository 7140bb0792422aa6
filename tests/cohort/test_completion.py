"""The completed data set and the manifest."""

import pytest

from smcm.cohort.checking import check_folder


def only_fault(folder):
    (fault,) = check_folder(folder.path)
    return fault


def test_a_completed_table_that_is_missing(small_folder):
    (small_folder.path / "completed" / "rprs.csv").unlink()
    fault = only_fault(small_folder)
    assert fault.file == "completed/rprs.csv"
    assert "missing" in fault.rule


def test_a_gap_in_a_completed_table(small_folder):
    small_folder.put("completed/rprs.csv", 3, "rprs_07", "")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line) == ("completed/rprs.csv", 3)
    assert (fault.column, fault.value) == ("rprs_07", "")
    assert "delete the folder completed" in fault.cure


def test_a_completed_rating_may_lack_only_where_no_points_are(small_folder):
    small_folder.put("completed/pgi.csv", 11, "pgi_rating_1", "")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line) == ("completed/pgi.csv", 11)
    assert fault.column == "pgi_rating_1"


def test_a_completed_table_without_a_row(small_folder):
    line = small_folder.line("completed/ths.csv", "A4", "9")
    small_folder.drop("completed/ths.csv", line)
    fault = only_fault(small_folder)
    assert fault.value == "A4: no row for month 9"
    assert "Add the rows" in fault.cure


@pytest.mark.parametrize("item", ["rprs_01", "rprs_24"])
def test_a_completed_table_that_changed_an_answer(small_folder, item):
    line = small_folder.line("completed/rprs.csv", "A4", "13.5")
    seen = small_folder.line("rprs.csv", "A4", "13.5")
    header, *rows = small_folder.rows("rprs.csv")
    given = rows[seen - 2][header.index(item)]
    other = "1" if given != "1" else "2"
    small_folder.put("completed/rprs.csv", line, item, other)
    fault = only_fault(small_folder)
    assert (fault.file, fault.line) == ("completed/rprs.csv", line)
    assert (fault.column, fault.value) == (item, other)
    assert f"rprs.csv, line {seen}, has {given}" in fault.rule
    assert f"Write {given} here" in fault.cure


def test_a_completed_row_of_an_unknown_client(small_folder):
    row = small_folder.rows("completed/ths.csv")[1]
    small_folder.add("completed/ths.csv", ["B9", *row[1:]])
    fault = only_fault(small_folder)
    assert (fault.line, fault.value) == (14, "B9, 0")


def test_a_changed_file_of_a_synthetic_cohort(small_folder):
    small_folder.add_manifest()
    small_folder.put("clients.csv", 2, "age", "35")
    fault = only_fault(small_folder)
    assert fault.file == "clients.csv"
    assert fault.value.startswith("sha256")
    assert "Restore the file" in fault.cure
    assert "delete manifest.json" in fault.cure


def test_a_synthetic_manifest_lists_every_file(small_folder):
    small_folder.add_manifest(files={})
    faults = check_folder(small_folder.path)
    assert len(faults) == 14
    assert "(none…)" in faults[0].rule


def test_a_manifest_that_is_no_json(small_folder):
    small_folder.write("manifest.json", '{\n "synthetic": yes\n}')
    fault = only_fault(small_folder)
    assert (fault.file, fault.line) == ("manifest.json", 2)
    assert "delete it" in fault.cure


@pytest.mark.parametrize("content", ["[]", b"\xff{}"])
def test_a_manifest_that_is_something_else(small_folder, content):
    small_folder.write("manifest.json", content)
    assert "JSON object in UTF-8" in only_fault(small_folder).rule


def test_a_manifest_that_says_too_little(small_folder):
    small_folder.add_manifest(synthetic="yes", statement=" ")
    faults = check_folder(small_folder.path)
    assert [fault.column for fault in faults] == ["synthetic", "statement"]
    assert [fault.value for fault in faults] == ["yes", " "]
