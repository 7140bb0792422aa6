"""A new data folder explains itself, and is found wanting in few words."""

import json
import warnings

import pytest

from smcm.cohort.checking import check_folder
from smcm.cohort.descriptors import read_schema
from smcm.design.study_file import shipped_study
from smcm.report.starter import DESCRIPTOR, GUIDE, starter_files


@pytest.fixture(scope="module")
def files():
    return starter_files(shipped_study())


@pytest.fixture
def folder(files, tmp_path):
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_there_is_a_header_for_every_table(files):
    for table in read_schema().tables:
        assert files[table.path] == ",".join(table.names) + "\n"


def test_paths_of_the_descriptor_stay_in_the_folder(files):
    package = json.loads(files[DESCRIPTOR])
    assert len(package["resources"]) == len(read_schema().tables)
    for resource in package["resources"]:
        assert resource["path"] in files
        assert resource["schema"] in files
        assert ".." not in resource["schema"]


@pytest.mark.filterwarnings("ignore")
def test_frictionless_accepts_the_folder_as_it_lies_there(folder):
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore")
        frictionless = pytest.importorskip("frictionless")
    package = frictionless.Package(str(folder / DESCRIPTOR))
    assert len(package.resources) == len(read_schema().tables)
    for resource in package.resources:
        assert resource.schema.field_names == list(
            read_schema().table(resource.name).names
        )
    report = package.validate()
    assert report.valid, report.flatten(["title", "note"])[:5]


def test_the_guide_goes_through_every_file_and_column(files):
    text = files[GUIDE]
    for table in read_schema().tables:
        assert f"`{table.path}`" in text
        assert f"`{table.names[0]}`" in text
        assert f"`{table.names[-1]}`" in text
    for command in ("check .", "study --data .", "book --data .", "rerun --data ."):
        assert f"smcm {command}" in text


def test_the_check_finds_one_fault_in_each_empty_table(folder):
    faults = check_folder(folder)
    assert sorted(fault.file for fault in faults) == sorted(
        table.path for table in read_schema().tables
    )
    for fault in faults:
        assert "rows below its header" in fault.rule
        assert "One row per" in fault.cure


def test_the_check_takes_no_notice_of_what_else_lies_there(small_data, files):
    for name in (DESCRIPTOR, GUIDE, "schema/clients.schema.json"):
        (small_data / name).parent.mkdir(exist_ok=True)
        (small_data / name).write_text(files[name], encoding="utf-8")
    assert check_folder(small_data) == ()


@pytest.fixture
def small_data(second_folder, tmp_path):
    import shutil  # noqa: PLC0415

    return shutil.copytree(second_folder, tmp_path / "copy")
