"""What the chapter for authors shows comes out of the check itself."""

from smcm.chapters.your_data import tutorial
from smcm.cohort.descriptors import read_schema
from smcm.design.study_file import shipped_study
from smcm.report.starter_notes import notes, order

ORDER = order(shipped_study())


def test_the_files_stand_in_the_order_of_the_work():
    shown = list(tutorial.new_files().body["File"])
    assert shown == [f"`{name}.csv`" for name in ORDER]
    assert set(ORDER) == {table.name for table in read_schema().tables}
    assert set(notes(shipped_study())) <= set(ORDER)


def test_an_empty_folder_has_a_fault_for_each_table():
    text = tutorial.faults_when_new().text
    assert text.startswith(f"{len(ORDER)} faults in {len(ORDER)} files of my-study:")


def test_each_slip_of_the_example_is_found_with_its_cure():
    text = tutorial.example_faults().text
    for words in (
        "line 2, entry, '05/06/2019'",
        "Write 2019-05-06 or 2019-06-05, whichever day is meant.",
        "line 3, age, '36,5'",
        "line 3, gender, 'F'",
        "'NA' is not read as missing. Leave the cell empty.",
    ):
        assert words in text
    assert text.endswith("nothing was changed.")


def test_a_listing_is_shown_as_it_stands():
    shown = tutorial.example_faults()._repr_markdown_()
    assert shown == f"```text\n{tutorial.example_faults().text}\n```\n"
