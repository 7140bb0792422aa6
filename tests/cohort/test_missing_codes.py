"""Codes for missing values: those that are one, and numbers that only look like it."""

import numpy as np
import pandas as pd
import pytest

from smcm.cohort.missing_codes import likely_codes
from smcm.paths import SYNTHETIC

RNG = np.random.default_rng(3)
LIKERT = np.tile(np.arange(1.0, 6.0), 20)
AGES = RNG.integers(18, 80, 200).astype(float)
NORMAL = RNG.normal(size=200)
PERCENT = np.round(RNG.integers(0, 73, 200) / 0.72, 6)


@pytest.mark.parametrize(
    ("others", "codes"),
    [
        (LIKERT, [9.0]),
        (LIKERT, [9.0, 9.0, 99.0]),
        (LIKERT, [-9.0]),
        (LIKERT, [88.0, 99.0]),
        (LIKERT, [-99.0, -99.0, 99.0]),
        (PERCENT, [-9.0, -9.0, 999.0]),
        (np.tile([0.0, 1.0], 30), [9.0] * 3),
        (AGES, [99.0] * 6),
        (AGES, [999.0]),
        (NORMAL, [999.0] * 7),
        (NORMAL, [-99.0] * 2),
        (PERCENT, [-9.0] * 20),
        (PERCENT, [99.0] * 30),
        (PERCENT, [998.0, 999.0]),
    ],
)
def test_a_planted_code_is_found_and_counted(others, codes):
    found = likely_codes(RNG.permutation([*others, *codes, np.nan]))
    values, counts = np.unique(codes, return_counts=True)
    far = {v: c for v, c in zip(values, counts, strict=True) if v in found}
    assert found == far
    assert max(values, key=abs) in found


@pytest.mark.parametrize(
    "values",
    [
        np.tile(np.arange(10.0), 9),  # 0 to 9
        np.tile(np.arange(1.0, 10.0), 9),
        np.tile([-1.0, 0.0, 1.0], 9),
        np.tile([0.0, 9.0], 9),
        np.arange(100.0),
        RNG.integers(0, 100, 400).astype(float),
        RNG.normal(90.0, 5.0, 400).round(),
        np.exp(RNG.normal(3.0, 1.5, 400)).round(),
        np.full(5, 999.0),
        np.array([np.nan]),
        np.array([]),
    ],
)
def test_numbers_of_a_scale_are_no_codes(values):
    assert likely_codes(values) == {}


def test_the_shipped_data_hold_none():
    for path in SYNTHETIC.rglob("*.csv"):
        frame = pd.read_csv(path)
        for name in frame.select_dtypes("number"):
            assert likely_codes(frame[name].to_numpy(dtype=float)) == {}, name
