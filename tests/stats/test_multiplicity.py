"""Adjusted p values against R's p.adjust."""

import numpy as np
import pytest

from smcm.errors import OutOfRangeError
from smcm.stats.multiplicity import benjamini_hochberg, holm

KEPT = 1e-12


def test_adjusted_p_values_are_those_of_p_adjust(oracle, compare):
    groups = oracle("multiplicity").groupby("vector")
    assert len(groups) == 7
    for _, rows in groups:
        p = rows["p"].to_numpy()
        for name, ours in (("holm", holm(p)), ("bh", benjamini_hochberg(p))):
            compare(
                ours,
                rows[name].to_numpy(),
                source="R",
                script="multiplicity",
                abs=KEPT,
                what="adjusted p values (p.adjust)",
            )


def test_adjusting_keeps_the_order_and_never_helps():
    p = np.random.default_rng(2).uniform(size=30)
    for adjust in (holm, benjamini_hochberg):
        adjusted = adjust(p)
        assert (adjusted >= p).all()
        assert (np.diff(adjusted[np.argsort(p)]) >= 0.0).all()
    assert (benjamini_hochberg(p) <= holm(p)).all()


def test_a_single_test_needs_no_adjusting():
    p = np.array([0.03])
    assert holm(p) == benjamini_hochberg(p) == p


def test_holm_rejects_what_stepping_down_rejects():
    rng = np.random.default_rng(6)
    for _ in range(200):
        p = rng.beta(0.3, 3.0, size=8)
        rejected = np.zeros(8, dtype=bool)
        for step, place in enumerate(np.argsort(p)):
            if p[place] > 0.05 / (8 - step):
                break
            rejected[place] = True
        np.testing.assert_array_equal(holm(p) <= 0.05, rejected)


def test_what_is_no_p_value_is_refused():
    for wrong in (-0.1, 1.2, np.nan):
        with pytest.raises(OutOfRangeError, match="p is"):
            holm(np.array([0.5, wrong]))
        with pytest.raises(OutOfRangeError, match="p is"):
            benjamini_hochberg(np.array([0.5, wrong]))
