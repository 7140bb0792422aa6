"""The batched bootstrap against loops that refit, and against R's boot and lavaan.

The engine never sees the rows of a resample, only counts and cross-products; every
oracle here takes the rows and solves the regression by an orthogonal method.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS
from smcm.errors import DegenerateDataError
from smcm.stats.bootstrap import CASES_PER_COEFFICIENT, bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draw_limits import at_ranks, percentile_limits
from smcm.stats.ols import independent_columns
from smcm.stats.resample import ResamplingPlan
from tests.stats.simulated import noise_between

EXACT = 1e-10  # in standard deviations of the draws
BOOT = {"source": "boot", "script": "boot"}
TERMS = ("a", "b", "direct", "indirect", "indirect_ps", "indirect_cs")
COMPARED = 300  # resamples refitted one by one
SEED = 20141009


@dataclass(frozen=True)
class FixedPlan:
    """Resamples made elsewhere, in the plan's clothes."""

    counts: np.ndarray
    spare: tuple = ()

    @property
    def n_samples(self):
        return len(self.counts)

    def chunks(self, *, reuse=False):  # noqa: ARG002 (these always stand apart)
        for start in range(0, len(self.counts), 128):
            yield start, self.counts[start : start + 128]

    def replacements(self, n_samples, round_number, n_before):  # noqa: ARG002
        return self.spare[round_number][:n_samples]


def columns_of(frame, models=EIGHT_MODELS):
    """Data matrix and the place of each model's columns in it."""
    specs = [model.spec() for model in models]
    names = list(dict.fromkeys(name for spec in specs for name in spec.columns))
    place = {name: k for k, name in enumerate(names)}
    parts = [
        ModelColumns(
            place[spec.x],
            place[spec.m],
            place[spec.y],
            tuple(place[c] for c in spec.covariates),
        )
        for spec in specs
    ]
    return frame[names].to_numpy(dtype=float), parts


def slopes(design, outcome):
    """Slopes by QR; a column determined by earlier ones is left out, slope 0."""
    kept = independent_columns(design)
    q, r = np.linalg.qr(design[:, kept])
    found = np.zeros(design.shape[1])
    found[kept] = np.linalg.solve(r, q.T @ outcome)
    return found


def refit(values, model, counts):
    """Fit both equations of one model on the rows of one resample."""
    rows = values[np.repeat(np.arange(len(values)), counts.astype(int))]
    x, m, y = rows[:, model.x], rows[:, model.m], rows[:, model.y]
    base = np.column_stack([np.ones(len(rows)), rows[:, list(model.covariates)]])
    a = slopes(np.column_stack([base, x]), m)[-1]
    direct, b = slopes(np.column_stack([base, x, m]), y)[-2:]
    ab, sd_x, sd_y = a * b, x.std(ddof=1), y.std(ddof=1)
    return a, b, direct, ab, ab / sd_y, ab * sd_x / sd_y


def drawn(paths):
    return np.column_stack([getattr(paths, term) for term in TERMS])


def assert_same_draws(ours, theirs, tolerance=EXACT):
    error = np.abs(ours - theirs) / theirs.std(axis=0)
    assert error.max() < tolerance


def small(n=60, seed=2, covariates=2):
    """x, m, y, then covariates."""
    rng = np.random.default_rng(seed)
    c = rng.normal(size=(n, covariates))
    x = rng.normal(size=n) + c.sum(axis=1) / 2
    m = 0.5 * x + rng.normal(size=n)
    y = 0.4 * m + 0.1 * x + rng.normal(size=n)
    return np.column_stack([x, m, y, c])


def simple(covariates=2):
    return ModelColumns(0, 1, 2, tuple(range(3, 3 + covariates)))


def test_eight_models_equal_a_loop_of_qr_fits(frame):
    values, parts = columns_of(frame)
    plan = ResamplingPlan(len(values), COMPARED, SEED)
    counts = np.concatenate([chunk for _, chunk in plan.chunks()])
    for part, found in zip(parts, bootstrap_paths(values, parts, plan), strict=True):
        loop = np.array([refit(values, part, row) for row in counts])
        assert_same_draws(drawn(found), loop)
        assert (found.n_dropped, found.n_replaced) == (0, 0)


@pytest.fixture(scope="module")
def boot_counts(oracle):
    rows = oracle("boot_counts", "boot", dtype=str)["counts"]
    return np.array([[int(digit) for digit in row] for row in rows], dtype=float)


@pytest.fixture(scope="module")
def on_boot_plan(frame, boot_counts):
    values, parts = columns_of(frame)
    found = bootstrap_paths(values, parts, FixedPlan(boot_counts))
    return dict(zip((m.key for m in EIGHT_MODELS), found, strict=True))


def test_r_boot_gives_the_same_draws_from_the_same_resamples(
    oracle, on_boot_plan, compare
):
    kept = oracle("boot").groupby("model")
    assert set(kept.groups) == set(on_boot_plan)
    for key, table in kept:
        theirs = table.sort_values("sample")[list(TERMS)].to_numpy()
        compare(
            drawn(on_boot_plan[key]) / theirs.std(axis=0),
            theirs / theirs.std(axis=0),
            **BOOT,
            what="draws of all effects, in SDs of the draws",
            abs=EXACT,
        )


def test_percentile_limits_and_errors_are_those_of_r_boot(
    oracle, on_boot_plan, compare
):
    for row in oracle("boot_limits", "boot").itertuples():
        draws = getattr(on_boot_plan[row.model], row.term)
        ours = (*percentile_limits(draws), draws.std(ddof=1))
        theirs = (row.low, row.high, row.se)
        what = "bootstrap errors and percentile limits"
        compare(ours, theirs, **BOOT, what=what, rel=1e-8)


@pytest.mark.parametrize("ranks", [(1, 40), (3, 38), (20, 20), (38, 3)])
def test_draws_of_two_ranks_are_those_of_sorted_draws(ranks):
    draws = np.random.default_rng(3).normal(size=(2, 5, 40))
    before, ordered = draws.copy(), np.sort(draws, axis=-1)
    for found, rank in zip(at_ranks(draws, ranks), ranks, strict=True):
        np.testing.assert_array_equal(found, ordered[..., rank - 1])
    np.testing.assert_array_equal(draws, before)


def test_estimates_are_those_of_r_boot(oracle, study, compare):
    for row in oracle("boot_limits", "boot").itertuples():
        ours = study.model(row.model).mediation.row(row.term)["estimate"]
        compare(ours, row.estimate, **BOOT, what="indirect effects", rel=1e-9)


@pytest.mark.parametrize(
    ("where", "table"),
    [
        ({"source": "lavaan", "script": "lavaan"}, "lavaan"),
        ({"source": "psych", "script": "mediate"}, "mediate_boot"),
    ],
    ids=["lavaan", "psych"],
)
def test_other_bootstraps_agree_within_monte_carlo_error(
    oracle, study, compare, where, table
):
    kept = oracle(table, where["script"]).set_index("term")
    mediation = study.model(kept["model"].iloc[0]).mediation
    for term in kept.index:
        estimate, found = getattr(mediation, term), kept.loc[term]
        draws = getattr(mediation.draws, term)
        compare(estimate, found["estimate"], **where, what="effects", rel=1e-8)
        ours = np.array([draws.std(ddof=1), *percentile_limits(draws)])
        compare(
            ours,
            found[["se", "low", "high"]],
            **where,
            what="bootstrap errors and percentile limits, other draws",
            errors=noise_between(draws, found["resamples"]),
            within=3.0,
        )


def test_order_and_number_of_models_change_nothing(frame):
    values, parts = columns_of(frame)
    plan = ResamplingPlan(len(values), 200, SEED)
    together = bootstrap_paths(values, parts, plan)
    reverse = bootstrap_paths(values, parts[::-1], plan)[::-1]
    for part, first, second in zip(parts, together, reverse, strict=True):
        (alone,) = bootstrap_paths(values, [part], plan)
        assert_same_draws(drawn(second), drawn(first))
        assert_same_draws(drawn(alone), drawn(first))


def test_order_of_the_covariates_changes_nothing(frame):
    values, (part, *_) = columns_of(frame)
    plan = ResamplingPlan(len(values), 200, SEED)
    turned = ModelColumns(part.x, part.m, part.y, part.covariates[::-1])
    (first,), (second,) = (bootstrap_paths(values, [p], plan) for p in (part, turned))
    assert_same_draws(drawn(second), drawn(first))


def test_same_seed_same_draws_and_another_seed_others(frame):
    values, parts = columns_of(frame, EIGHT_MODELS[:1])
    first, again, other = (
        bootstrap_paths(values, parts, ResamplingPlan(len(values), 150, seed))[0]
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(drawn(first), drawn(again))
    assert np.all(drawn(first) != drawn(other))


@pytest.mark.parametrize("covariates", [0, 1, 5])
@pytest.mark.parametrize("shift", [0.0, 1e6])
def test_random_designs_equal_the_loop(covariates, shift):
    values = small(40, covariates, covariates) * 10.0 ** np.arange(3 + covariates)
    values += shift
    plan = ResamplingPlan(40, 100, 3)
    (found,) = bootstrap_paths(values, [simple(covariates)], plan)
    counts = next(plan.chunks())[1]
    centred = values - values.mean(axis=0)  # slopes are the same; the loop needs it
    loop = np.array([refit(centred, simple(covariates), row) for row in counts])
    assert_same_draws(drawn(found), loop, 1e-9 if shift else EXACT)


def test_scales_and_shifts_of_the_variables_carry_over():
    values, plan = small(), ResamplingPlan(60, 120, 4)
    scale = np.array([3.0, 0.2, 50.0, 7.0, -1.0])
    (plain,) = bootstrap_paths(values, [simple()], plan)
    (moved,) = bootstrap_paths(values * scale + 9.0, [simple()], plan)
    x, m, y = scale[:3]
    expected = [plain.a * m / x, plain.b * y / m, plain.direct * y / x]
    expected += [plain.indirect * y / x, plain.indirect_ps / x, plain.indirect_cs]
    assert_same_draws(drawn(moved), np.column_stack(expected))


def test_covariates_nearly_collinear_lose_no_digits():
    values = small(80, 5, 2)
    values[:, 4] = values[:, 3] + 1e-4 * values[:, 4]
    plan = ResamplingPlan(80, 100, 5)
    (found,) = bootstrap_paths(values, [simple()], plan)
    steep = values.copy()
    steep[:, 4] = (values[:, 4] - values[:, 3]) * 1e4  # same span, well conditioned
    loop = np.array([refit(steep, simple(), row) for row in next(plan.chunks())[1]])
    assert_same_draws(drawn(found), loop, 1e-9)


def rare(n=30, ones=2):
    """A dummy so rare that resamples without it are common, as the last covariate."""
    values = small(n, 7, 3)
    values[:, 5] = 0.0
    values[:ones, 5] = 1.0
    return values


def test_a_dummy_that_a_resample_lacks_is_left_out_as_lm_does_and_counted():
    values, plan = rare(), ResamplingPlan(30, 250, 6)
    (found,) = bootstrap_paths(values, [simple(3)], plan)
    counts = next(plan.chunks())[1]
    lacking = counts[:, :2].sum(axis=1) == 0
    assert found.n_dropped == lacking.sum() > 10
    assert found.n_replaced == 0
    loop = np.array([refit(values, simple(3), row) for row in counts])
    assert_same_draws(drawn(found), loop)


def test_two_dummies_that_coincide_in_a_resample_leave_the_first():
    values = small(36, 8, 3)
    values[:, 4:6] = 0.0
    values[:4, 4] = values[:3, 5] = 1.0  # alike unless the fourth client is drawn
    plan = ResamplingPlan(36, 200, 7)
    (found,) = bootstrap_paths(values, [simple(3)], plan)
    counts = next(plan.chunks())[1]
    alike = (counts[:, 3] == 0) | (counts[:, :3].sum(axis=1) == 0)
    assert found.n_dropped == alike.sum()
    loop = np.array([refit(values, simple(3), row) for row in counts])
    assert_same_draws(drawn(found), loop)


def test_models_that_share_a_lacking_dummy_and_one_that_does_not_have_it():
    values, plan = rare(), ResamplingPlan(30, 250, 6)
    without = ModelColumns(0, 1, 2, (3, 4))
    both = bootstrap_paths(values, [simple(3), without], plan)
    counts = next(plan.chunks())[1]
    assert both[0].n_dropped > 10
    assert both[1].n_dropped == 0
    for part, found in zip((simple(3), without), both, strict=True):
        loop = np.array([refit(values, part, row) for row in counts])
        assert_same_draws(drawn(found), loop)


@pytest.mark.parametrize("column", [0, 1, 2], ids=["x", "m", "y"])
def test_a_resample_without_variation_is_drawn_again_and_counted(column):
    values = small(30, 9)
    values[:, column] = 0.0
    values[:2, column] = 1.0
    plan = ResamplingPlan(30, 250, 8)
    (found,) = bootstrap_paths(values, [simple()], plan)
    counts = next(plan.chunks())[1].copy()
    waiting = np.flatnonzero(counts[:, :2].sum(axis=1) == 0)
    assert found.n_replaced == waiting.size > 10
    for round_number in range(20):  # the same rule, by hand
        counts[waiting] = plan.replacements(waiting.size, round_number)
        waiting = waiting[counts[waiting, :2].sum(axis=1) == 0]
    assert waiting.size == 0
    loop = np.array([refit(values, simple(), row) for row in counts])
    assert_same_draws(drawn(found), loop)


def test_replacement_is_the_same_for_all_models():
    values = np.column_stack([small(30, 9), small(30, 10)[:, 1:3]])
    values[:, 1] = 0.0
    values[:2, 1] = 1.0  # m of the first model only
    first, second = ModelColumns(0, 1, 2, (3, 4)), ModelColumns(0, 5, 6, (3, 4))
    plan = ResamplingPlan(30, 250, 8)
    pair = bootstrap_paths(values, [first, second], plan)
    (alone,) = bootstrap_paths(values, [first], plan)
    assert pair[0].n_replaced == pair[1].n_replaced == alone.n_replaced > 10
    assert_same_draws(drawn(pair[0]), drawn(alone))


@pytest.mark.fault("data or choices that carry no analysis")
def test_a_constant_that_stays_is_given_up():
    values = small(30, 9)
    counts = np.zeros((4, 30))
    counts[:, 0] = 30.0  # one client only, thirty times
    stuck = FixedPlan(counts, spare=(counts,) * 100)
    with pytest.raises(DegenerateDataError, match=r"4 of 4 resamples .* 100 draws"):
        bootstrap_paths(values, [simple()], stuck)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("covariates", [0, 2, 9])
def test_fewer_than_three_cases_a_coefficient_are_refused(covariates):
    least = CASES_PER_COEFFICIENT * (3 + covariates)
    values = small(least, 1, covariates)
    plan = ResamplingPlan(least, 100, 1)
    assert bootstrap_paths(values, [simple(covariates)], plan)
    with pytest.raises(DegenerateDataError, match=f"at least {least} are needed"):
        bootstrap_paths(values[1:], [simple(covariates)], plan)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("column", [0, 1, 2], ids=["x", "m", "y"])
def test_a_constant_variable_is_refused(column):
    values = small()
    values[:, column] = 5.0
    with pytest.raises(DegenerateDataError, match="does not vary"):
        bootstrap_paths(values, [simple()], ResamplingPlan(60, 100, 1))


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("column", [0, 1], ids=["x", "m"])
def test_a_variable_that_covariates_determine_is_refused(column):
    values = small()
    values[:, column] = 2.0 * values[:, 3] - values[:, 4]
    with pytest.raises(DegenerateDataError, match="covariates determine it"):
        bootstrap_paths(values, [simple()], ResamplingPlan(60, 100, 1))


@pytest.mark.fault("data or choices that carry no analysis")
def test_covariates_that_repeat_each_other_are_refused():
    values = small()
    values[:, 4] = 1.0 - values[:, 3]
    with pytest.raises(DegenerateDataError, match="determine one another"):
        bootstrap_paths(values, [simple()], ResamplingPlan(60, 100, 1))


@pytest.mark.fault("data or choices that carry no analysis")
def test_m_equal_to_x_is_refused():
    values = small()
    values[:, 1] = values[:, 0]
    with pytest.raises(DegenerateDataError):
        bootstrap_paths(values, [simple()], ResamplingPlan(60, 100, 1))


def test_more_models_than_one_need_not_share_anything():
    values = np.column_stack([small(50, 1), small(50, 2)])
    first, second = simple(), ModelColumns(5, 6, 7, (8, 9))
    plan = ResamplingPlan(50, 100, 2)
    counts = next(plan.chunks())[1]
    found = bootstrap_paths(values, [first, second], plan)
    for part, paths in zip((first, second), found, strict=True):
        loop = np.array([refit(values, part, row) for row in counts])
        assert_same_draws(drawn(paths), loop)


def test_bootstrap_errors_are_near_the_classical_ones(study):
    for result in study.models:
        for term in ("a", "b", "direct", "total"):
            spread = getattr(result.mediation.draws, term).std(ddof=1)
            assert spread == pytest.approx(result.mediation.row(term)["se"], rel=0.25)


def test_the_eight_share_their_resamples(study):
    """Models of one horizon differ by one covariate: their a draws move together."""
    draws = pd.DataFrame(
        {r.model.key: r.mediation.draws.a for r in study.models if r.model.horizon < 10}
    )
    assert draws.corr().to_numpy().min() > 0.9
