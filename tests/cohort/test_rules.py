"""What the tables must say of each other: keys, dates, windows, answers, points."""

import pytest

from generator.shipped import DOMAINS
from smcm.cohort.checking import check_folder

pytestmark = pytest.mark.fault("tables of data that contradict one another")

N_ITEMS = sum(domain.n_items for domain in DOMAINS)


def only_fault(folder):
    (fault,) = check_folder(folder.path)
    return fault


def test_a_client_who_stands_twice(small_folder):
    small_folder.add("clients.csv", small_folder.rows("clients.csv")[1])
    fault = only_fault(small_folder)
    assert (fault.file, fault.line, fault.column) == ("clients.csv", 6, "client_id")
    assert fault.value == "0012"
    assert "line 2 already" in fault.rule
    assert "Delete the row" in fault.cure


def test_a_month_that_stands_twice_however_it_is_written(small_folder):
    row = small_folder.rows("ths.csv")[2]
    small_folder.add("ths.csv", [row[0], "9.0", *row[2:]])
    fault = only_fault(small_folder)
    assert (fault.column, fault.value) == ("client_id, month", "0012, 9")
    assert "line 3 already" in fault.rule


def test_a_fidelity_item_that_stands_twice(small_folder):
    small_folder.add("fidelity.csv", small_folder.rows("fidelity.csv")[5])
    fault = only_fault(small_folder)
    assert fault.column == "team, date, item"
    assert "line 6 already" in fault.rule


def test_a_team_without_a_row(small_folder):
    small_folder.put("clients.csv", 4, "team", "T7")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line, fault.column) == ("clients.csv", 4, "team")
    assert fault.value == "T7"
    assert "add it to teams.csv" in fault.cure


def test_an_id_that_lost_its_zeros_is_offered_its_partner(small_folder):
    small_folder.put("clients.csv", 3, "client_id", "12")
    of_clients, *of_interviews = check_folder(small_folder.path)
    assert "12: no row" in of_clients.value
    assert {f.file for f in of_interviews} >= {"interviews.csv"}
    assert all(f.value == "012" for f in of_interviews if f.file == "interviews.csv")
    assert "leading zeros" in of_interviews[0].cure


def test_items_of_an_unknown_client(small_folder):
    small_folder.put("mcas.csv", 2, "client_id", "B9")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line) == ("mcas.csv", 2)
    assert (fault.column, fault.value) == ("client_id, month", "B9, 0")
    assert "interviews.csv" in fault.cure


def test_an_interview_without_a_row(small_folder):
    small_folder.drop("interviews.csv", small_folder.line("interviews.csv", "A4", "9"))
    first, *rest = check_folder(small_folder.path)
    assert (first.file, first.line) == ("interviews.csv", None)
    assert first.value == "A4: no row for month 9"
    assert "0 in held" in first.cure
    assert all(fault.file.startswith("completed/") for fault in rest)


def test_interviews_out_of_order(small_folder):
    line = small_folder.line("interviews.csv", "A3", "13.5")
    small_folder.put("interviews.csv", line, "date", "2015-09-01")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line, fault.column) == ("interviews.csv", line, "date")
    assert fault.value == "2015-09-01"
    assert f"on line {line - 1}" in fault.rule
    assert "exchanged" in fault.cure


def test_an_entry_far_from_baseline(small_folder):
    small_folder.put("clients.csv", 4, "entry", "2015-03-01")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line, fault.column) == ("clients.csv", 4, "entry")
    assert "50 days away" in fault.rule
    assert "two dates" in fault.cure


def test_an_entry_six_weeks_before_baseline_is_near(small_folder):
    small_folder.put("clients.csv", 4, "entry", "2014-11-29")
    assert check_folder(small_folder.path) == ()


def test_a_language_without_an_interview(small_folder):
    line = small_folder.line("interviews.csv", "A4", "9")
    small_folder.put("interviews.csv", line, "language", "french")
    fault = only_fault(small_folder)
    assert (fault.line, fault.column, fault.value) == (line, "language", "french")
    assert "Leave the language empty" in fault.cure


def test_a_case_manager_of_two_teams(small_folder):
    small_folder.put("clients.csv", 5, "case_manager", "M1")
    fault = only_fault(small_folder)
    assert (fault.file, fault.line, fault.column) == ("clients.csv", 5, "case_manager")
    assert "team T1 on line 2" in fault.rule
    assert "code of their own" in fault.cure


def test_an_item_in_another_domain(small_folder):
    small_folder.put("fidelity.csv", 2, "domain", "resources")
    fault = only_fault(small_folder)
    assert (fault.line, fault.column, fault.value) == (2, "domain", "resources")
    assert fault.cure == "Write caseload_size, or correct the item."


def test_an_assessment_that_lacks_items_names_them(small_folder):
    small_folder.drop("fidelity.csv", 3, 32)
    fault = only_fault(small_folder)
    assert (fault.file, fault.line, fault.column) == ("fidelity.csv", 2, "item")
    assert fault.value == f"T1, 2015-01-01: {N_ITEMS - 2} of {N_ITEMS} items"
    assert "community_contact_1, integration_2" in fault.rule
    assert "Add the missing rows" in fault.cure


def test_one_assessment_under_two_dates(small_folder):
    small_folder.put("fidelity.csv", 3, "date", "2015-01-11")
    one, other = check_folder(small_folder.path)
    assert (one.line, other.line) == (2, 3)
    assert other.value == f"T1, 2015-01-11: 1 of {N_ITEMS} items"
    assert "carry two" in other.cure


def test_items_of_an_interview_that_was_not_held(small_folder):
    row = small_folder.rows("ths.csv")[1]
    small_folder.add("ths.csv", ["A4", "9", *row[2:]])
    faults = [f for f in check_folder(small_folder.path) if f.file == "ths.csv"]
    (fault,) = faults
    held = small_folder.line("interviews.csv", "A4", "9")
    assert (fault.line, fault.value) == (13, "A4, 9")
    assert f"interviews.csv, line {held}" in fault.rule
    assert "Delete the row" in fault.cure


def test_a_row_without_an_answer(small_folder):
    rows = small_folder.rows("ths.csv")
    rows[1] = [*rows[1][:2], *[""] * 8]
    small_folder.save("ths.csv", rows)
    fault = only_fault(small_folder)
    assert (fault.file, fault.line) == ("ths.csv", 2)
    assert "Delete the row" in fault.cure


@pytest.mark.parametrize("points", ["11", "60"])
def test_points_that_do_not_add_up(small_folder, points):
    for file in ("pgi.csv", "completed/pgi.csv"):
        small_folder.put(file, 2, "pgi_points_1", points)
    faults = check_folder(small_folder.path)
    assert [(f.file, f.line) for f in faults] == [
        ("pgi.csv", 2),
        ("completed/pgi.csv", 2),
    ]
    assert faults[0].value == f"sum {50 + int(points)}"
    assert "add up to 60" in faults[0].rule
    assert "has 0" in faults[0].cure


def test_one_blank_among_the_points_is_known(small_folder):
    small_folder.put("pgi.csv", 3, "pgi_points_4", "")
    fault = only_fault(small_folder)
    assert (fault.line, fault.column, fault.value) == (3, "pgi_points_4", "")
    assert fault.cure == "Write 10."


def test_blank_ratings_and_several_blank_points_are_gaps(small_folder):
    for column in ("pgi_points_4", "pgi_points_5", "pgi_rating_1"):
        small_folder.put("pgi.csv", 3, column, "")
    assert check_folder(small_folder.path) == ()


def test_many_faults_in_many_files_come_at_once(small_folder):
    small_folder.put("clients.csv", 2, "age", "x")
    small_folder.put("fidelity.csv", 2, "domain", "resources")
    small_folder.put("pgi.csv", 2, "pgi_points_1", "12")
    small_folder.add("teams.csv", ["T1", "1", "Québec", "0"])
    (small_folder.path / "mcas.csv").unlink()
    faults = check_folder(small_folder.path)
    assert {f.file for f in faults} == {
        *("clients.csv", "fidelity.csv", "pgi.csv", "teams.csv", "mcas.csv"),
        "completed/pgi.csv",
    }
