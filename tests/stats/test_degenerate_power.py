"""Power of what cannot be is refused, and extreme effects stay a share."""

import numpy as np
import pytest

from smcm.errors import OutOfRangeError
from smcm.stats.power import indirect_power
from smcm.stats.power_coefficient import coefficient_power


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((-0.1, 100, 3), "effect"),
        ((np.nan, 100, 3), "effect"),
        ((np.inf, 100, 3), "effect"),
        ((0.1, 100, 0), "predictors"),
        ((0.1, 4, 3), "at least 5 cases for 3 predictors"),
        ((0.1, -5, 3), "at least 5 cases"),
        ((0.1, 100, 3, 0.0), "alpha"),
        ((0.1, 100, 3, 1.0), "alpha"),
        ((0.1, 100, 3, np.nan), "alpha"),
    ],
)
def test_power_without_meaning_is_refused(given, said):
    with pytest.raises(OutOfRangeError, match=said):
        coefficient_power(*given)


@pytest.mark.parametrize("effect", [0.0, 1e-300, 1e3, 1e6])
def test_power_of_extreme_effects_stays_a_share(effect):
    assert 0.05 - 1e-12 <= coefficient_power(effect, 1000, 3) <= 1.0
    assert coefficient_power(effect, 5, 3) <= 1.0


@pytest.mark.parametrize(
    "change",
    [
        *({"n": n} for n in (-1, 0, 1, 2, 3, 5, 19)),
        *({"n_replications": k} for k in (-1, 0)),
        *({"n_boot": k} for k in (0, 1, 99)),
        *({"alpha": v} for v in (0.0, 1.0, -0.1, np.nan)),
        *({name: v} for name in "ab" for v in (np.nan, np.inf, -np.inf, 1e9)),
    ],
    ids=str,
)
def test_a_simulation_that_cannot_be_is_refused(change):
    sound = {"a": 0.3, "b": 0.3, "n": 50, "n_replications": 10, "n_boot": 100}
    (name,) = change
    with pytest.raises(OutOfRangeError, match=f"^{name} is"):
        indirect_power(**sound | change, seed=1)


def test_a_stricter_level_takes_more_resamples():
    options = {"n_replications": 10, "seed": 1, "alpha": 0.01}
    with pytest.raises(OutOfRangeError, match="n_boot is 499; expected at least 500"):
        indirect_power(0.3, 0.3, 50, n_boot=499, **options)
    indirect_power(0.3, 0.3, 50, n_boot=500, **options)
