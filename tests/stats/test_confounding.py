"""The curve over rho against R, against data made with that rho, and its draws."""

import numpy as np
import pytest

from smcm.errors import DegenerateDataError, OutOfRangeError
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.confounding import (
    SharedVariance,
    error_moments,
    includes_zero_from,
    joined,
)
from smcm.stats.confounding_draws import bootstrap_errors
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.mediation import fit_paths
from smcm.stats.resample import ResamplingPlan

CLOSE = 1e-9  # two ways through the same numbers in double precision
SEARCHED = 1e-7  # of a root that R searches for
GRID = np.linspace(-0.9, 0.9, 13)


def of_model(study, key):
    return study.model(key).mediation.paths


def test_the_curve_is_that_of_the_paper_and_of_a_search(study, oracle, compare):
    for key, rows in oracle("confounding_curves", "confounding").groupby("model"):
        ours = error_moments(of_model(study, key)).indirect(rows["rho"].to_numpy())
        for column, tolerance, how in (
            ("formula", CLOSE, "formula of Imai, Keele and Yamamoto"),
            ("search", SEARCHED, "by search"),
        ):
            compare(
                ours,
                rows[column].to_numpy(),
                source="R",
                script="confounding",
                abs=tolerance,
                what=f"indirect effect at a given rho ({how})",
            )


def test_vanishing_rho_and_products_are_those_of_r(study, oracle, compare):
    rows = oracle("confounding").query("path == 'b'").set_index("model")
    for key, row in rows.iterrows():
        paths = of_model(study, key)
        moments = error_moments(paths)
        shared = SharedVariance(
            float(moments.vanishing), paths.to_mediator.r2, paths.to_outcome.r2
        )
        compare(
            [moments.vanishing, shared.of_residual, shared.of_total],
            row[["vanishing", "of_residual", "of_total"]].to_numpy(float),
            source="R",
            script="confounding",
            abs=CLOSE,
            what="vanishing rho and products of R squared",
        )


def made(rho, b, n=60, seed=3):
    """Data whose errors correlate by exactly rho in the sample, with b known."""
    rng = np.random.default_rng(seed)
    x, covariates = rng.normal(size=n), rng.normal(size=(n, 2))
    design = np.column_stack([np.ones(n), x, covariates])
    q = np.linalg.qr(np.column_stack([design, rng.normal(size=(n, 2))]))[0]
    first, second = q[:, -2], q[:, -1]
    m = 1.0 + 0.7 * x + covariates @ [0.2, -0.4] + 3.0 * first
    shared = rho * first + np.sqrt(1.0 - rho**2) * second
    y = 2.0 + 0.1 * x + covariates @ [0.3, 0.1] + b * m + 5.0 * shared
    return x, m, y, covariates


@pytest.mark.parametrize("rho", [-0.8, -0.3, 0.0, 0.45, 0.9])
@pytest.mark.parametrize("b", [-1.2, 0.0, 0.6])
def test_data_made_with_a_rho_get_their_effect_back(rho, b):
    moments = error_moments(fit_paths(*made(rho, b)))
    assert moments.indirect(np.array([rho]))[0] == pytest.approx(0.7 * b, abs=1e-10)


def test_the_curve_passes_ab_at_zero_and_zero_at_the_vanishing_rho(study):
    paths = of_model(study, "pgi_18")
    moments = error_moments(paths)
    ends = moments.indirect(np.array([0.0, float(moments.vanishing)]))
    assert ends == pytest.approx([paths.indirect, 0.0], abs=1e-12)
    assert float(moments.b) == pytest.approx(paths.b, rel=1e-12)


def sample(n=90, seed=5):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 7))
    values[:, 3] = (values[:, 3] > 0.0).astype(float)
    values[:, 4] += 0.4 * values[:, 0] + 0.3 * values[:, 1]
    values[:, 5] += 0.5 * values[:, 4] + 0.2 * values[:, 2]
    return values


MODELS = (
    ModelColumns(x=0, m=4, y=5, covariates=(1, 2, 3)),
    ModelColumns(x=0, m=4, y=6, covariates=(1, 2)),
)


def test_draws_are_those_of_the_engine_and_of_refits():
    values = sample()
    plan = ResamplingPlan(len(values), 300, 7)
    ours = bootstrap_errors(values, MODELS, plan)
    for draws, theirs in zip(ours, bootstrap_paths(values, MODELS, plan), strict=True):
        np.testing.assert_allclose(draws.a, theirs.a, rtol=1e-9, atol=1e-12)
        np.testing.assert_allclose(draws.b, theirs.b, rtol=1e-9, atol=1e-12)
    _, counts = next(plan.chunks())
    for k, model in enumerate(MODELS):
        for sample_number in range(20):
            rows = np.repeat(np.arange(len(values)), counts[sample_number].astype(int))
            again = values[rows]
            refit = error_moments(
                fit_paths(
                    *again[:, [model.x, model.m, model.y]].T,
                    again[:, list(model.covariates)],
                )
            )
            for name in ("a", "ratio", "vanishing"):
                one = getattr(ours[k], name)[sample_number]
                assert one == pytest.approx(float(getattr(refit, name)), rel=1e-9)


def test_a_resample_that_loses_a_covariate_or_x_is_as_in_the_engine():
    rng = np.random.default_rng(9)
    values = sample(45)
    values[:, 3] = 0.0
    values[:2, 3] = 1.0  # often missed
    values[:, 0] = 0.0
    values[:3, 0] = rng.normal(size=3)  # now and then missed
    values[:, 4] += values[:, 0]
    plan = ResamplingPlan(len(values), 400, 2)
    theirs = bootstrap_paths(values, MODELS, plan)
    assert theirs[0].n_dropped > 10
    assert theirs[0].n_replaced > 3
    for draws, engine in zip(
        bootstrap_errors(values, MODELS, plan), theirs, strict=True
    ):
        np.testing.assert_allclose(draws.a, engine.a, rtol=1e-6, atol=1e-9)
        np.testing.assert_allclose(draws.b, engine.b, rtol=1e-6, atol=1e-9)


def test_the_band_holds_the_percentiles_of_every_rho():
    values = sample()
    draws = bootstrap_errors(values, MODELS, ResamplingPlan(len(values), 400, 1))[0]
    low, high = draws.limits(GRID, 0.9)
    for k, effects in enumerate(draws.indirect(GRID).T):
        assert (low[k], high[k]) == pytest.approx(percentile_limits(effects, 0.9))
    both = joined((draws, draws))
    assert both.a.size == 2 * draws.a.size
    assert np.all(both.limits(GRID)[0] >= draws.limits(GRID)[0].min())


def test_the_smallest_rho_at_which_the_band_includes_zero_is_found():
    rho = np.array([-0.2, -0.1, 0.0, 0.1, 0.2])
    low, high = np.array([3.0, 2.0, 1.0, 0.5, -0.5]), np.full(5, 4.0)
    assert includes_zero_from(rho, low, high) == 0.2
    assert includes_zero_from(rho, -high, -low) == 0.2
    assert includes_zero_from(rho, low - 1.0, high) == 0.0
    assert includes_zero_from(rho, low + 9.0, high + 9.0) == 0.2


def test_what_is_no_correlation_is_refused():
    moments = error_moments(fit_paths(*made(0.2, 1.0)))
    with pytest.raises(OutOfRangeError, match="strictly between -1 and 1"):
        moments.indirect(np.array([0.0, 1.0]))


def test_an_exact_fit_leaves_nothing_to_correlate():
    values = sample()
    values[:, 5] = values[:, 4] + values[:, 1]
    with pytest.raises(DegenerateDataError, match="fitted too exactly"):
        bootstrap_errors(values, MODELS[:1], ResamplingPlan(len(values), 100, 1))
    with pytest.raises(DegenerateDataError, match="fits exactly"):
        error_moments(fit_paths(*values[:, [0, 4, 5]].T, values[:, 1:4]))
