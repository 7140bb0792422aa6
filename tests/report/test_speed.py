"""Times of programs: the chapter says what is kept, and computes its ratios from it."""

import csv

import pytest

from smcm.chapters.validation import tables as validation_tables
from smcm.chapters.validation import validation_facts
from smcm.chapters.validation.speed import (
    GROWING,
    PEAK,
    TASKS,
    peak_rate,
    ratios,
    read_speed,
)
from smcm.paths import VALIDATION
from smcm.report import format as fmt
from tests.filled import filled

COLUMNS = (
    *("task", "program", "version", "n", "models", "resamples", "share", "repeats"),
    *("seconds", "wall", "gflop", "apart", "limits_apart", "load", "date", "machine"),
)
PEERS = {
    "eight models": {"PyProcessMacro", "pingouin", "statsmodels", "boot"},
    "one model": {"psych", "lavaan"},
    "imputation": {"mice"},
    "power": {"PyProcessMacro"},
}
KEPT = (
    *(("eight models", "smcm", "0.5", "1", "", ""),),
    *(("eight models", "slow | other", "40", "0.1", "2e-9", "1.26"),),
    *((PEAK, "product", "0.1", "1", "", ""), ("cases", "smcm", "0.05", "1", "", "")),
)


@pytest.fixture
def folder(tmp_path):
    for path in VALIDATION.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    with (tmp_path / "speed.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for task, program, seconds, share, apart, limits in KEPT:
            version = "1.0" if program.startswith("smcm") else "2.0"
            size = (311, 8, 5000, share, 3)
            told = (apart, limits, 0.5, "2020-01-31", "a laptop")
            row = (task, program, version, *size, seconds, seconds, "5", *told)
            writer.writerow(row)
    return tmp_path


def test_what_is_kept_is_whole():
    path = VALIDATION / "speed.csv"
    with path.open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS
    kept = read_speed()
    assert {t.task for t in kept} == {*TASKS, *GROWING, PEAK}
    assert len({t.date for t in kept}) == len({t.machine for t in kept}) == 1
    for timing in kept:
        assert 0.0 < timing.share <= 1.0, timing
        assert 0.0 < timing.seconds < 1e5, timing
        assert timing.wall > 0.0, timing
        assert timing.repeats >= 1, timing
        assert timing.gflop is None or timing.rate < 1.05 * peak_rate(kept), timing
    for task, programs in PEERS.items():
        assert programs <= ratios(kept, task).keys(), task
        assert ratios(kept, task)["smcm"] == 1.0


def test_programs_of_others_found_the_same():
    for timing in read_speed():
        if timing.apart is not None:
            assert timing.apart < 1e-5, timing
        if timing.limits_apart is not None:
            assert timing.limits_apart < 5.0, timing


def test_the_table_has_every_time_and_its_ratio(folder):
    for body, kept in (
        (validation_tables.speed().body, read_speed()),
        (validation_tables.speed(folder).body, read_speed(folder)),
    ):
        rows = [t for t in kept if t.task in TASKS]
        assert len(body) == len(rows)
        seconds = sorted(body["CPU s"])
        assert seconds == sorted(fmt.significant(t.seconds) for t in rows)
    slow = validation_tables.speed(folder).body.iloc[1]
    assert list(slow) == [
        *("", r"slow \| other", "40", "40", "80.0"),
        *("10.0%", "2 × 10⁻⁹", "1.3"),
    ]
    assert (
        validation_tables.speed(folder)
        .body.loc[0, "Task"]
        .startswith("Eight models: 311")
    )
    assert (
        "2020-01-31 on this machine: a laptop"
        in validation_tables.speed(folder).notes[1]
    )
    assert "smcm 1.0; slow \\| other 2.0" in validation_tables.speed(folder).notes[2]


def test_growth_is_told_with_its_share_of_the_peak(folder):
    body = validation_tables.speed_growth(folder).body
    assert list(body.iloc[0]) == ["cases", "311", "5,000", "8", "0.050", "200%"]
    assert len(validation_tables.speed_growth().body) == sum(
        timing.task in GROWING for timing in read_speed()
    )


def chapter(folder=VALIDATION):
    return filled("validation", validation=validation_facts(folder))


def test_times_are_told_once_they_are_kept(folder):
    said = chapter(folder)
    assert (
        "The eight models took 0.50 s of CPU time; slow | other took 80.0 times as "
        "long."
    ) in said
    assert "within 2 × 10⁻⁹" in said
    assert "1.3 standard errors" in said
    assert "slow | other (the eight models, 10.0%)" in said
    (folder / "speed.csv").unlink()
    assert "No times are recorded" in chapter(folder)
    assert (
        len(validation_tables.speed(folder).body)
        == len(validation_tables.speed_growth(folder).body)
        == 1
    )


def test_every_task_that_is_kept_is_told():
    said = chapter()
    kept = read_speed()
    for task in TASKS:
        own = next(t for t in kept if (t.task, t.program) == (task, "smcm"))
        assert f" took {fmt.significant(own.seconds)} s" in said
    slow = [t for t in kept if t.share < 1.0]
    for timing in slow:
        assert f"{fmt.percent(100.0 * timing.share, 1)})" in said
    assert ("Every task was run in full" in said) == (not slow)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0046, "0.0046"),
        (0.0449, "0.045"),
        (2.577, "2.6"),
        (54.8, "55"),
        (12345.6, "12,300"),
        (0.0995, "0.100"),
        (0.0, "0.0"),
    ],
)
def test_leading_digits(value, text):
    assert fmt.significant(value) == text
