"""Tests of change against R, statsmodels and scipy."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.anova import AnovaRM

from smcm.errors import DegenerateDataError
from smcm.stats.change import bonferroni, paired_change, repeated_measures

EXACT = 1e-10  # relative
R_TAIL = 1e-8  # relative; anova() takes its eigenvalues by another road
KEPT = 1e-9  # relative; R's digits are written to 16 places


@pytest.fixture
def compare_r(compare):
    return partial(compare, source="R", script="change", rel=KEPT)


@pytest.fixture(scope="module")
def r(oracle):
    kept = oracle("change").set_index(["measure", "quantity"])["value"]
    return {
        measure: dict(part.droplevel(0)) for measure, part in kept.groupby("measure")
    }


def test_occasions_are_those_of_r(study, r, compare_r):
    change = study.change
    own = f"fid{study.run.window_days}"
    tables = [(own, change.fidelity), ("rprs", change.alliance)]
    tables += [(o.instrument.key, o) for o in change.outcomes]
    for key, table in tables:
        for occasion in table.occasions:
            kept = [r[key][f"{what}_{occasion.month:g}"] for what in ("mean", "sd")]
            compare_r([occasion.mean, occasion.sd], kept, what="means and SDs")


@pytest.mark.parametrize("stem", ["fid90", "fid180", "fid270", "rprs"])
def test_paired_comparisons_are_those_of_t_test(frame, r, compare_r, stem):
    found = paired_change(frame[f"{stem}_4.5"].values, frame[f"{stem}_13.5"].values)
    quantities = ("difference", "t", "df", "p", "d")
    ours = [getattr(found, name) for name in quantities]
    kept = [r[stem][name] for name in quantities]
    compare_r(ours, kept, what="paired comparisons (t.test)")


def test_analyses_of_variance_are_those_of_aov(study, r, compare_r):
    for outcome in study.change.outcomes:
        kept, anova = r[outcome.instrument.key], outcome.anova
        ours = [anova.f, anova.df1, anova.df2, anova.p, anova.eta_squared]
        theirs = [kept[q] for q in ("F", "df1", "df2", "p", "eta_squared")]
        compare_r(ours, theirs, what="repeated measures (aov)")


def test_corrected_p_is_that_of_a_multivariate_anova(study, r, compare_r):
    for outcome in study.change.outcomes:
        kept, anova = r[outcome.instrument.key], outcome.anova
        what = "corrected p and epsilon (anova of mlm)"
        compare_r(anova.p_corrected, kept["p_corrected"], what=what, rel=R_TAIL)
        # R says epsilon only in a heading, to four digits
        four = float(f"{anova.epsilon:.4g}")
        compare_r(four, kept["epsilon_4_digits"], what=what, rel=R_TAIL)


def test_post_hoc_p_is_that_of_pairwise_t_test(study, r, compare_r):
    for outcome in study.change.outcomes:
        for found in outcome.post_hoc:
            kept = r[outcome.instrument.key][f"post_hoc_{found.month:g}"]
            compare_r(found.p, kept, what="post hoc p (pairwise.t.test)")


def repeated(seed, n=25, k=4):
    rng = np.random.default_rng(seed)
    trend, person = np.arange(k) * 0.3, rng.normal(size=(n, 1))
    return 10 + trend + person + rng.normal(size=(n, k)) * np.linspace(1, 2, k)


def long(values):
    n, k = values.shape
    return pd.DataFrame(
        {
            "score": values.ravel(),
            "person": np.repeat(np.arange(n), k),
            "time": np.tile(np.arange(k), n),
        }
    )


@pytest.mark.parametrize(("seed", "k"), [(1, 2), (2, 3), (3, 4), (4, 6)])
def test_statsmodels_agrees_on_random_data(seed, k):
    values = repeated(seed, k=k)
    table = AnovaRM(long(values), "score", "person", within=["time"]).fit().anova_table
    found = repeated_measures(values)
    ours = [found.f, found.df1, found.df2, found.p]
    theirs = table[["F Value", "Num DF", "Den DF", "Pr > F"]].to_numpy()[0]
    np.testing.assert_allclose(ours, theirs, rtol=EXACT)


def test_statsmodels_agrees_on_the_cohort(frame, study, compare):
    for outcome in study.change.outcomes:
        columns = [outcome.instrument.score_column(o.month) for o in outcome.occasions]
        data = long(frame[columns].to_numpy())
        table = AnovaRM(data, "score", "person", within=["time"]).fit().anova_table
        theirs = table[["F Value", "Pr > F"]].to_numpy()[0]
        ours = [outcome.anova.f, outcome.anova.p]
        what = "repeated measures (AnovaRM)"
        compare(ours, theirs, source="statsmodels", what=what, rel=KEPT)


def test_scipy_agrees_on_paired_t(frame, compare):
    first, second = frame["rprs_4.5"].to_numpy(), frame["rprs_13.5"].to_numpy()
    found, theirs = paired_change(first, second), stats.ttest_rel(first, second)
    ours, theirs = [found.t, found.df, found.p], [*theirs, theirs.df]
    compare(
        ours,
        [theirs[0], theirs[2], theirs[1]],
        source="scipy",
        what="paired comparison (ttest_rel)",
        rel=KEPT,
    )


def test_two_occasions_give_the_square_of_t():
    values = repeated(6, k=2)
    t, anova = paired_change(*values.T), repeated_measures(values)
    assert anova.f == pytest.approx(t.t**2, rel=EXACT)
    assert anova.p == pytest.approx(t.p, rel=EXACT)
    assert anova.epsilon == pytest.approx(1.0)
    assert anova.p_corrected == pytest.approx(anova.p)


def test_turning_the_order_turns_the_sign_of_t_and_not_of_d():
    first, second = repeated(7, k=2).T
    here, there = paired_change(first, second), paired_change(second, first)
    assert (there.t, there.difference) == (-here.t, -here.difference)
    assert (there.p, there.d) == (here.p, here.d)
    assert here.d > 0


def test_epsilon_lies_between_its_bounds():
    for seed in range(20):
        found = repeated_measures(repeated(seed, n=12, k=5))
        assert 1 / 4 <= found.epsilon <= 1.0
        assert found.p_corrected >= found.p or found.f < 1.5


def test_epsilon_is_least_where_one_occasion_alone_varies():
    values = np.zeros((10, 4))
    values[:, 2] = np.random.default_rng(1).normal(size=10)
    assert repeated_measures(values).epsilon == pytest.approx(1 / 3)


def test_person_levels_and_units_change_nothing():
    values = repeated(8)
    moved = 5 * values + 100 * np.random.default_rng(2).normal(size=(25, 1))
    first, again = repeated_measures(values), repeated_measures(moved)
    for name in ("f", "p", "eta_squared", "epsilon", "p_corrected"):
        assert getattr(again, name) == pytest.approx(getattr(first, name), rel=1e-8)


def test_bonferroni_stops_at_one():
    assert bonferroni(0.2, 3) == pytest.approx(0.6)
    assert bonferroni(0.5, 3) == 1.0


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("first", [[1.0], [1.0, 2.0, 3.0]], ids=["one case", "alike"])
@pytest.mark.parametrize("step", [1.0, 0.1], ids=["exact", "with rounding"])
def test_differences_that_do_not_vary_are_refused(first, step):
    scores = np.array(first)
    with pytest.raises(DegenerateDataError, match="two cases whose differences vary"):
        paired_change(scores, scores + step)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("shape", [(1, 3), (5, 1)])
def test_one_case_or_one_occasion_is_refused(shape):
    with pytest.raises(DegenerateDataError, match="at least two cases"):
        repeated_measures(np.arange(np.prod(shape), dtype=float).reshape(shape))


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("unit", [1.0, 0.1], ids=["exact", "with rounding"])
def test_cases_that_change_alike_are_refused(unit):
    values = unit * np.add.outer(np.arange(4.0), np.array([0.0, 2.0, 8.0]))
    with pytest.raises(DegenerateDataError, match="change alike"):
        repeated_measures(values)
