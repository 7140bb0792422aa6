"""Bootstrap then impute, against the paper's formulas in R and by simulation."""

import numpy as np
import pytest

from smcm import mediate
from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.boot_mi import LEAST_DF, STACKED, boot_mi, stacked_paths
from smcm.stats.crossproducts import ModelColumns

KEPT = 1e-9  # relative; R's digits are written to 16 places
EXACT = 1e-9
COLUMNS = ("estimate", "between", "within", "se", "df", "p")


def test_estimates_and_limits_are_those_of_the_paper_in_r(oracle, compare):
    kept = oracle("boot_mi").set_index("case")
    groups = oracle("boot_mi_estimates", "boot_mi").groupby("case")
    assert len(groups) == len(kept) == 4
    for case, rows in groups:
        samples = rows["sample"].nunique()
        found = boot_mi(rows["estimate"].to_numpy().reshape(samples, -1, 1))
        low, high = found.limits()
        ours = [getattr(found, name)[0] for name in COLUMNS] + [low[0], high[0]]
        theirs = kept.loc[case, [*COLUMNS, "low", "high"]].to_numpy()
        what = "bootstrap then impute (von Hippel and Bartlett)"
        compare(ours, theirs, source="R", script="boot_mi", rel=KEPT, what=what)


def test_where_sets_differ_more_than_samples_the_difference_counts_as_zero():
    estimates = np.tile([[1.0], [-1.0]], (20, 1, 1))
    found = boot_mi(estimates)
    assert found.between[0] == 0.0
    assert found.sampling_variance[0] == 0.0
    assert found.variance[0] == pytest.approx(found.within[0] / 40)
    assert found.df[0] >= LEAST_DF
    assert found.fmi[0] == 1.0


def test_without_gaps_it_is_the_bootstrap():
    drawn = np.random.default_rng(1).normal(size=(400, 1, 1))
    found = boot_mi(np.repeat(drawn, 2, axis=1))
    assert found.within[0] == 0.0
    assert found.fmi[0] == 0.0
    assert found.variance[0] == pytest.approx(drawn.var(ddof=1) * (1 + 1 / 400))
    assert found.df[0] == pytest.approx(399.0)


def test_variance_and_fmi_are_those_that_were_put_in():
    rng = np.random.default_rng(2)
    sampling, imputing = 1.0, 0.25
    estimates = rng.normal(0.0, np.sqrt(sampling), (40_000, 1, 1)) + rng.normal(
        0.0, np.sqrt(imputing), (40_000, 2, 1)
    )
    found = boot_mi(estimates)
    assert found.sampling_variance[0] == pytest.approx(sampling, rel=0.03)
    assert found.fmi[0] == pytest.approx(imputing / sampling, rel=0.03)


def test_stacked_fits_are_those_of_mediate_set_by_set(frame):
    spec = {"x": "fid180_13.5", "m": "rprs_13.5", "y": "pgi_18"}
    covariates = ["age", "female", "site", "pgi_0"]
    columns = [*spec.values(), *covariates]
    rng = np.random.default_rng(3)
    resamples = [frame.iloc[rng.integers(len(frame), size=len(frame))] for _ in "123"]
    found = stacked_paths(
        np.stack([one[columns].to_numpy() for one in resamples]),
        ModelColumns(x=0, m=1, y=2, covariates=(3, 4, 5, 6)),
    )
    for rows, one in zip(found, resamples, strict=True):
        paths = mediate(one, **spec, covariates=covariates, n_boot=100).paths
        theirs = [getattr(paths, name) for name in STACKED[:7]]
        fits = (paths.to_mediator, paths.to_outcome, paths.to_total)
        np.testing.assert_allclose(
            rows, [*theirs, *(fit.r2 for fit in fits)], rtol=EXACT
        )


def test_a_covariate_that_does_not_vary_in_a_set_counts_for_nothing(frame):
    columns = ["fid180_13.5", "rprs_13.5", "pgi_18", "age", "female"]
    values = frame[columns].to_numpy()
    flat = values.copy()
    flat[:, 4] = 1.0
    part = ModelColumns(x=0, m=1, y=2, covariates=(3, 4))
    both = stacked_paths(np.stack([values, flat]), part)
    alone = stacked_paths(
        values[None, :, :4], ModelColumns(x=0, m=1, y=2, covariates=(3,))
    )
    np.testing.assert_allclose(both[1], alone[0], rtol=EXACT)
    np.testing.assert_allclose(
        both[0], stacked_paths(values[None], part)[0], rtol=EXACT
    )


def test_too_few_samples_or_sets_are_refused():
    with pytest.raises(OutOfRangeError, match="number of samples is 1"):
        boot_mi(np.zeros((1, 2, 1)))
    with pytest.raises(OutOfRangeError, match="number of sets in each is 1"):
        boot_mi(np.zeros((10, 1, 1)))


def test_a_sample_with_too_few_cases_is_refused():
    few = np.random.default_rng(4).normal(size=(2, 5, 5))
    with pytest.raises(DegenerateDataError, match=r"5 cases cannot carry .* 5"):
        stacked_paths(few, ModelColumns(x=0, m=1, y=2, covariates=(3, 4)))
