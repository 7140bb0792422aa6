"""One cell that breaks its column's rule: where it is, and what to write instead."""

import pytest

from smcm.cohort.checking import check_folder

pytestmark = pytest.mark.fault("a cell of the data that breaks the rule of its column")

# file, line, column, what is written, words of the cure
CELLS = [
    ("clients.csv", 2, "age", "1,5", "Write a whole number of years from 16 to 110"),
    ("clients.csv", 2, "age", "34.0", "Write 34, without decimals."),
    ("clients.csv", 2, "age", "NA", "Leave the cell empty."),
    ("clients.csv", 2, "age", "999", "If 999 stands for a missing answer"),
    ("clients.csv", 2, "age", "15", "from 16 to 110"),
    ("clients.csv", 2, "age", " 34", "Write '34'."),
    ("clients.csv", 2, "age", " ", "Leave the cell empty."),
    ("clients.csv", 2, "age", "3 4", "Write a whole number of years"),
    ("clients.csv", 2, "age", "٣٤", "Write a whole number of years"),
    ("clients.csv", 2, "age", "9" * 5000, "Write a whole number of years"),
    ("clients.csv", 2, "gender", "Female", "Write female."),
    ("clients.csv", 2, "gender", "F", "Write female, if that is what is meant."),
    ("clients.csv", 2, "gender", "femal", "Write one of female, male, another"),
    ("clients.csv", 2, "gender", "NA", "Leave the cell empty."),
    ("clients.csv", 2, "ethnocultural", "Blanc", "Write white, if that is what"),
    ("clients.csv", 2, "ethnocultural", "Caucasian", "Write white, if that is what"),
    ("clients.csv", 2, "ethnocultural", "MÉTIS", "Write indigenous, if that is"),
    ("clients.csv", 2, "ethnocultural", "Bosnian", "Write one of white, indigenous"),
    ("clients.csv", 2, "diagnosis", "Trouble bipolaire", "Write bipolar, if that"),
    ("clients.csv", 2, "language", "Français", "Write french, if that is what"),
    ("clients.csv", 2, "ethnocultural", "Latin American", "Write latin_american."),
    ("clients.csv", 2, "employed", "Yes", "Write 1."),
    ("clients.csv", 2, "housed", "non", "Write 0."),
    ("clients.csv", 2, "education", "5", "Write one of 1, 2, 3, 4"),
    ("clients.csv", 2, "ace", "-1", "If -1 stands for a missing answer"),
    ("clients.csv", 2, "team", "", "Fill in the value"),
    ("clients.csv", 2, "entry", "10/01/2015", "Write 2015-01-10 or 2015-10-01"),
    ("clients.csv", 2, "entry", "31.01.2015", "Write 2015-01-31, whichever"),
    ("clients.csv", 2, "entry", "2015-01-10 00:00:00", "Write 2015-01-10, without"),
    ("clients.csv", 2, "entry", "2015-02-30", "a day that exists as YYYY-MM-DD"),
    ("clients.csv", 2, "entry", "0215-01-10", "1990-01-01 or later"),
    ("clients.csv", 2, "entry", "42014", "Write 2015-01-10, if 42014 is a spreadsheet"),
    ("teams.csv", 2, "site", "East", "Write a whole number, 1 or later"),
    ("teams.csv", 2, "dropped_out", "2", "Write one of 0, 1."),
    ("fidelity.csv", 4, "score", "6", "Write a whole number of points from 1 to 5"),
    ("fidelity.csv", 4, "domain", "individual supervision", "individual_supervision"),
    ("fidelity.csv", 4, "item", "individual_supervison_1", "individual_supervision_1"),
    ("fidelity.csv", 4, "date", "", "Fill in the value"),
    ("interviews.csv", 3, "month", "4,5", "Write 4.5, with a decimal point."),
    ("interviews.csv", 3, "month", "5", "Write one of 0, 4.5, 9, 13.5, 18."),
    ("interviews.csv", 3, "mode", "by phone", "Write telephone, if that is what"),
    ("rprs.csv", 2, "rprs_03", "5", "from 1 to 4, or leave the cell empty"),
    ("qoli20.csv", 2, "qoli20_20", "#NULL!", "Leave the cell empty."),
    ("ths.csv", 2, "ths_8", "0", "from 1 to 8"),
    ("mcas.csv", 2, "mcas_17", "agree", "from 1 to 5"),
    ("pgi.csv", 2, "pgi_rating_1", "11", "from 0 to 10"),
    ("completed/ths.csv", 2, "ths_1", "x", "from 1 to 8"),
]


@pytest.mark.parametrize("spoilt", CELLS, ids=lambda cell: f"{cell[2]}-{cell[3][:20]}")
def test_one_spoilt_cell_is_one_fault(small_folder, spoilt):
    file, line, column, text, cure = spoilt
    if file == "interviews.csv" and column == "month":
        drop_answers(small_folder, "rprs.csv")
    small_folder.put(file, line, column, text)
    (fault,) = check_folder(small_folder.path)
    assert (fault.file, fault.line, fault.column) == (file, line, column)
    assert fault.value == text
    assert cure in fault.cure
    assert fault.rule.endswith(".")


def drop_answers(folder, file):
    """Leave no row that needs the first client's interview of month 4.5."""
    folder.drop(file, folder.line(file, "0012", "4.5"))
    completed = folder.path / "completed"
    for path in completed.iterdir():
        path.unlink()
    completed.rmdir()


def test_a_cell_may_have_two_faults(small_folder):
    small_folder.put("rprs.csv", 2, "rprs_03", " 7")
    faults = check_folder(small_folder.path)
    assert [(f.line, f.column, f.value) for f in faults] == [(2, "rprs_03", " 7")] * 2
    assert ["spaces" in faults[0].rule, "1 to 4" in faults[1].rule] == [True, True]


def test_a_line_may_have_many_faults(small_folder):
    for column in ("age", "ace", "housed", "gender"):
        small_folder.put("clients.csv", 3, column, "?")
    faults = check_folder(small_folder.path)
    assert [f.column for f in faults] == ["age", "gender", "housed", "ace"]


def test_every_fault_is_counted(small_folder):
    rows = small_folder.rows("qoli20.csv")
    small_folder.save(
        "qoli20.csv", [rows[0], *([*r[:2], *["8"] * 20] for r in rows[1:])]
    )
    assert len(check_folder(small_folder.path)) >= 20 * (len(rows) - 1)


def test_spaces_around_an_id_do_not_cost_its_partners(small_folder):
    small_folder.put("clients.csv", 4, "client_id", "A3 ")
    (fault,) = check_folder(small_folder.path)
    assert fault.cure == "Write 'A3'."
