"""Declared reversed items are turned when a folder is read, in all of its tables."""

from dataclasses import replace

import pandas as pd

from smcm.cohort import folder
from smcm.cohort.loading import load_cohort
from smcm.paths import SYNTHETIC


def test_reversed_items_are_turned_at_reading(monkeypatch, cohort):
    plain = cohort.design.instrument("ths")
    outcomes = (
        replace(one, reversed=(3,)) if one == plain else one
        for one in cohort.design.outcomes
    )
    design = replace(cohort.design, outcomes=tuple(outcomes))
    monkeypatch.setattr(folder, "study_from", lambda _: design)
    read = load_cohort()
    for ours, usual in ((read.items, cohort.items), (read.completed, cohort.completed)):
        ends = plain.low + plain.high
        pd.testing.assert_series_equal(
            ours["ths"]["ths_3"], ends - usual["ths"]["ths_3"]
        )
        rest = [name for name in usual["ths"] if name != "ths_3"]
        pd.testing.assert_frame_equal(ours["ths"][rest], usual["ths"][rest])
    as_filed = pd.read_csv(SYNTHETIC / "ths.csv")["ths_3"]
    assert sorted(cohort.items["ths"]["ths_3"].dropna()) == sorted(as_filed.dropna())
