from smcm.cohort.loading import load_cohort
from smcm.errors import Fault
from smcm.report.faults import SHOWN_PER_FILE, fault_report, sound_report


def fault(line, file="clients.csv"):
    return Fault(
        file=file,
        line=line,
        column="age",
        value="1,5",
        rule="age is a whole number of years.",
        cure="Write a whole number.",
    )


def test_a_fault_says_place_rule_and_cure():
    text = fault_report("data/mine", [fault(3)])
    assert text.startswith("1 fault in 1 file of data/mine:")
    assert "line 3, age, '1,5': age is a whole number of years." in text
    assert "→ Write a whole number." in text
    assert text.endswith("nothing was changed.")


def test_faults_stand_by_file_and_all_are_counted():
    many = [fault(line) for line in range(2, SHOWN_PER_FILE + 5)]
    text = fault_report("mine", [*many, fault(2, "teams.csv")])
    assert text.count("→") == SHOWN_PER_FILE + 1
    assert f"clients.csv ({len(many)} faults)" in text
    assert "… and 3 more faults in this file; --all shows them." in text
    assert f"{len(many) + 1} faults in 2 files of mine" in text
    assert fault_report("mine", many, None).count("→") == len(many)


def test_a_fault_of_a_whole_file_has_no_line():
    whole = Fault(file="ths.csv", rule="The file is missing.", cure="Put it there.")
    assert "\n  The file is missing.\n" in fault_report("mine", [whole])


def test_a_sound_folder_is_summed_up():
    cohort = load_cohort("synthetic")
    text = sound_report("data/synthetic", cohort)
    assert text.startswith(f"data/synthetic is sound: {cohort.n} clients, ")
    assert cohort.statement in text
