"""Nearly collinear resamples, against regressions in extended precision."""

import numpy as np
import pytest

from smcm.stats import elimination
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.elimination import GUARDED
from smcm.stats.resample import ResamplingPlan

EXACT = 1e-9  # in SDs of the draws; the data leave a column 1e-5 of its length
MODEL = ModelColumns(0, 1, 2, (3, 4))
extended = pytest.mark.skipif(
    np.finfo(np.longdouble).eps > 1e-18, reason="no extended precision on this machine"
)


def nearly(part, own, n=60, seed=2):
    """Make a column a covariate again, but for two cases and a share of `own`."""
    rng = np.random.default_rng(seed)
    x, m, y, c, d, noise = rng.normal(size=(6, n))
    values = np.column_stack([x + c, m + x + c, y, c, d])
    values[:, 2] += 0.4 * values[:, 1]
    values[:, part] = values[:, 3] + own * noise
    values[:2, part] += 3.0
    return values


def extended_slopes(design, outcome):
    """Slopes by Gram-Schmidt, twice, in extended precision; the outcome comes last."""
    columns = np.column_stack([design, outcome]).astype(np.longdouble)
    size = columns.shape[1] - 1
    r = np.zeros((size + 1, size + 1), dtype=np.longdouble)
    for k in range(size + 1):
        for j in [*range(k), *range(k)]:
            share = columns[:, j] @ columns[:, k]
            r[j, k] += share
            columns[:, k] -= share * columns[:, j]
        r[k, k] = np.sqrt(columns[:, k] @ columns[:, k])
        columns[:, k] /= r[k, k]
    found = np.zeros(size, dtype=np.longdouble)
    for k in reversed(range(size)):
        found[k] = (r[k, size] - r[k, k + 1 : size] @ found[k + 1 :]) / r[k, k]
    return found


def refitted(values, counts):
    rows = values[np.repeat(np.arange(len(values)), counts.astype(int))]
    x, m, y = rows[:, :3].T
    base = np.column_stack([np.ones(len(rows)), rows[:, 3:]])
    a = extended_slopes(np.column_stack([base, x]), m)[-1]
    direct, b = extended_slopes(np.column_stack([base, x, m]), y)[-2:]
    return a, b, direct, a * b


def compared(values, n_samples=250):
    plan = ResamplingPlan(len(values), n_samples, 5)
    counts = np.concatenate([part for _, part in plan.chunks()])
    (found,) = bootstrap_paths(values, [MODEL], plan)
    ours = np.column_stack([found.a, found.b, found.direct, found.indirect])
    theirs = np.array([refitted(values, row) for row in counts], dtype=float)
    lacking = counts[:, :2].sum(axis=1) == 0
    return found, lacking, np.abs(ours - theirs) / theirs.std(axis=0)


@extended
@pytest.mark.parametrize("part", [4, 0, 1], ids=["covariate", "x", "m"])
@pytest.mark.parametrize("own", [1e-3, 1e-4, 2e-5])
def test_nearly_collinear_resamples_are_fitted_by_qr_and_counted(part, own):
    found, lacking, error = compared(nearly(part, own))
    assert found.n_guarded == lacking.sum() > 20
    assert (found.n_dropped, found.n_replaced) == (0, 0)
    assert error.max() < EXACT


@extended
def test_elimination_alone_would_lose_digits(monkeypatch):
    monkeypatch.setattr(elimination, "GUARDED", 0.0)
    found, lacking, error = compared(nearly(0, 2e-5))
    assert found.n_guarded == 0
    assert error[lacking].max() > 10 * EXACT
    assert error[~lacking].max() < EXACT


@extended
def test_just_above_the_guard_elimination_is_exact():
    found, lacking, error = compared(nearly(4, 2e-2))
    assert found.n_guarded == 0
    assert lacking.sum() > 20
    assert error.max() < EXACT


@pytest.mark.parametrize("own", [0.0, 1e-12])
@pytest.mark.parametrize(("part", "kind"), [(4, "n_dropped"), (0, "n_replaced")])
def test_what_is_rounding_is_not_guarded_but_dropped_or_drawn_again(own, part, kind):
    values = nearly(part, own)
    plan = ResamplingPlan(60, 250, 5)
    counts = next(plan.chunks())[1]
    (found,) = bootstrap_paths(values, [MODEL], plan)
    lacking = counts[:, :2].sum(axis=1) == 0
    assert getattr(found, kind) == lacking.sum() > 20
    assert found.n_guarded == 0


def test_each_model_counts_its_own():
    values = np.column_stack(
        [nearly(4, 1e-4), np.random.default_rng(1).normal(size=60)]
    )
    other = ModelColumns(0, 1, 2, (3, 5))
    both = bootstrap_paths(values, [MODEL, other], ResamplingPlan(60, 250, 5))
    assert both[0].n_guarded > 20
    assert both[1].n_guarded == 0


def test_qr_and_elimination_agree_where_both_are_good(monkeypatch):
    values, plan = nearly(4, 1.0), ResamplingPlan(60, 120, 5)
    (plain,) = bootstrap_paths(values, [MODEL], plan)
    monkeypatch.setattr(elimination, "GUARDED", 1e3)
    (by_qr,) = bootstrap_paths(values, [MODEL], plan)
    assert (plain.n_guarded, by_qr.n_guarded) == (0, 120)
    for term in ("a", "b", "direct"):
        ours, theirs = getattr(plain, term), getattr(by_qr, term)
        np.testing.assert_allclose(ours, theirs, atol=1e-11 * theirs.std())


def test_the_shipped_cohort_needs_no_guard(study):
    assert {result.mediation.draws.n_guarded for result in study.models} == {0}
    assert GUARDED > elimination.VANISHED


def test_qr_finds_what_is_determined_after_all(monkeypatch):
    """A resample sent to QR whose covariate is gone, or whose x is."""
    monkeypatch.setattr(elimination, "GUARDED", 1e3)
    for part, kind in ((4, "n_dropped"), (0, "n_replaced")):
        values, plan = nearly(part, 0.0), ResamplingPlan(60, 120, 5)
        (found,) = bootstrap_paths(values, [MODEL], plan)
        lacking = next(plan.chunks())[1][:, :2].sum(axis=1) == 0
        assert getattr(found, kind) == lacking.sum() > 5
        assert np.isfinite(found.indirect).all()
