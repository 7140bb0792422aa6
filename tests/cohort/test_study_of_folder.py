"""The study file of a data folder: the shipped one, one with slips, another design."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from smcm.cohort.checking import all_faults, check_folder
from smcm.cohort.folder import holds_the_same, read_folder
from smcm.design.study_file import shipped_bytes
from smcm.paths import STUDY_FILE, SYNTHETIC
from tests.design.examples import SEVERAL


@pytest.fixture
def small_data(tmp_path):
    """The shipped tables as an author's own: nothing says what they are."""
    for path in SYNTHETIC.glob("*.csv"):
        shutil.copy(path, tmp_path)
    return tmp_path


def digest(folder, content=None):
    if content is not None:
        (folder / STUDY_FILE).write_bytes(content)
    return read_folder(folder).digest


def test_a_folder_without_a_study_file_has_the_shipped_design(small_data):
    assert not (small_data / STUDY_FILE).exists()
    assert check_folder(small_data) == ()
    assert digest(small_data) == digest(small_data, shipped_bytes())
    assert check_folder(small_data) == ()


def test_a_remark_in_the_file_is_sound_and_other_data(small_data):
    before = digest(small_data)
    assert digest(small_data, shipped_bytes() + b"# a remark\n") != before
    assert check_folder(small_data) == ()


def test_the_shipped_data_hold_the_same_with_and_without_the_file(tmp_path):
    read = read_folder(SYNTHETIC)
    copy = tmp_path / "copy"
    copy.mkdir()
    for path in (p for p in SYNTHETIC.rglob("*") if p.is_file()):
        (copy / path.relative_to(SYNTHETIC)).parent.mkdir(exist_ok=True)
        (copy / path.relative_to(SYNTHETIC)).write_bytes(path.read_bytes())
    assert holds_the_same(read, copy)
    (copy / STUDY_FILE).unlink()
    assert holds_the_same(read, copy)
    (copy / STUDY_FILE).write_bytes(SEVERAL.encode())
    assert not holds_the_same(read, copy)


@pytest.mark.fault("a study file that says what cannot be")
def test_slips_of_the_file_come_first_with_their_lines(small_data):
    slip = shipped_bytes().replace(b"items = 24", b'items = "24"')
    (small_data / STUDY_FILE).write_bytes(slip)
    (fault,) = check_folder(small_data)
    assert fault.file == STUDY_FILE
    assert shipped_bytes().splitlines()[fault.line - 1] == b"items = 24"


@pytest.mark.fault("a study that is not carried out yet")
@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        (b"windows = [180, 90, 270]", b"windows = [120, 60]", "another exposure"),
        (b"items = 24", b"items = 12", "another mediator"),
        (b"level = 0.05", b"level = 0.02", "another level of tests"),
        (b'ace = "adverse', b'# ace = "adverse', "other covariates"),
    ],
)
def test_another_design_is_refused_as_not_yet(small_data, old, new, part):
    assert old in shipped_bytes()
    (small_data / STUDY_FILE).write_bytes(shipped_bytes().replace(old, new))
    (fault,) = check_folder(small_data)
    assert fault.rule.startswith(f"not yet: {part}")


def test_a_study_file_that_is_a_folder_is_refused(small_data):
    (small_data / STUDY_FILE).mkdir()
    assert [fault.file for fault in check_folder(small_data)] == [STUDY_FILE]


def test_the_rules_of_a_folder_are_its_design_s():
    """Two designs in one process, over the same tables."""
    sound = read_folder(SYNTHETIC)
    outcomes = (
        replace(one, points=one.points - 10) if one.rule == "weighted" else one
        for one in sound.design.outcomes
    )
    fewer = replace(sound.design, outcomes=tuple(outcomes))
    index = pd.read_csv(SYNTHETIC / "pgi.csv").filter(like="points")
    unequal = index.notna().all(axis=1)
    found = all_faults(replace(sound, design=fewer, completed=None))
    assert {fault.line for fault in found} >= {k + 2 for k in index.index[unequal]}
    assert all(f"add up to {fewer.instrument('pgi').points}" in f.rule for f in found)
    whole = replace(sound.design, waves=replace(sound.design.waves, outcome=(0, 24)))
    lacking = all_faults(replace(sound, design=whole))
    assert {fault.value.partition(": ")[2] for fault in lacking} == {
        "no row for month 24"
    }
    assert all_faults(sound) == ()
