"""Each rule of an audit: what holds, what is caught, what it says would do."""

import numpy as np
import pytest
from scipy import stats

from smcm.audit.rules import NOTHING, RULES
from smcm.audit.rules_coefficient import WITHOUT_DF
from smcm.audit.rules_d import AS_PRINTED
from smcm.stats.audit.conditions import CONDITIONS
from smcm.stats.audit.interval import Interval

COEFFICIENT = {
    "estimate": "0.50",
    "ci_low": "0.30",
    "ci_high": "0.70",
    "p": "<.001",
    "df": "120",
    "level": "95",
    "interval": "t",
}
AS_USUAL = {
    "tails": "2",
    "p_adjusted": "no",
    "df_corrected": "no",
    "answered": "all",
    "rounding": "nearest",
    "sd_by": "n-1",
    "standardized": "no",
    "t_sign": "printed",
}
COEFFICIENT |= AS_USUAL


def instead(check):
    return {n.statistic.quantity.name: n.instead for n in check.numbers if n.instead}


def test_numbers_below_zero_are_of_no_ratio(audited):
    below = {"estimate": "-0.50", "ci_low": "-1.20", "ci_high": "-0.21"}
    assert audited(below | {"interval": "log"} | AS_USUAL).verdict == "cannot"
    (check,) = audited(below).checks
    assert "the estimate is a ratio" not in str(check)
    near = {"estimate": "0.02", "ci_low": "0.00", "ci_high": "0.41"}
    assert audited(near | {"interval": "log"} | AS_USUAL).verdict == "holds"


@pytest.mark.parametrize("seed", range(25))
def test_a_true_regression_always_holds(audited, seed):
    rng = np.random.default_rng(seed)
    n, k = int(rng.integers(12, 300)), int(rng.integers(1, 5))
    X = np.column_stack([np.ones(n), rng.normal(size=(n, k))])
    y = X @ rng.normal(scale=0.4, size=k + 1) + rng.normal(size=n)
    inverse = np.linalg.inv(X.T @ X)
    beta = inverse @ X.T @ y
    residual, df = y - X @ beta, n - k - 1
    se = np.sqrt(residual @ residual / df * inverse[1, 1])
    half = stats.t.ppf(0.975, df) * se
    full = 1 - residual @ residual / ((y - y.mean()) ** 2).sum()
    f = (beta[1] / se) ** 2
    change = f * (1 - full) / df
    found = audited(
        {
            "estimate": f"{beta[1]:.2f}",
            "se": f"{se:.3f}",
            "ci_low": f"{beta[1] - half:.2f}",
            "ci_high": f"{beta[1] + half:.2f}",
            "t": f"{beta[1] / se:.2f}",
            "p": f"{2 * stats.t.sf(abs(beta[1] / se), df):.3f}",
            "n": str(n),
            "predictors": str(k),
            "df": str(df),
        }
    )
    assert found.verdict == "holds", found
    assert {c.rule for c in found.checks} == {"coefficient", "df"}
    of_f = {
        "F": f"{f:.2f}",
        "df1": "1",
        "df2": str(df),
        "p": f"{stats.f.sf(f, 1, df):.3f}",
        "r2": f"{full:.2f}",
        "r2_change": f"{change:.3f}",
        "eta2": f"{f / (f + df):.2f}",
    }
    found = audited(of_f)
    assert {c.rule for c in found.checks} == {"test", "eta2", "r2_change"}
    assert found.verdict == "holds", found


@pytest.mark.parametrize("seed", range(25))
def test_true_scores_always_hold(audited, seed):
    rng = np.random.default_rng(seed)
    n = int(rng.integers(6, 60))
    x = rng.integers(1, 8, n)
    y = np.clip(x + rng.integers(-2, 4, n), 1, 7)
    test = stats.ttest_rel(x, y)
    rows = {
        ("mean", "before"): f"{x.mean():.2f}",
        ("sd", "before"): f"{x.std(ddof=1):.2f}",
        ("mean", "after"): f"{y.mean():.2f}",
        ("sd", "after"): f"{y.std(ddof=1):.2f}",
        "n": str(n),
        "items": "1",
        "scale_min": "1",
        "scale_max": "7",
        "t": f"{test.statistic:.2f}",
        "df": str(n - 1),
        "p": f"{test.pvalue:.3f}",
        "d": f"{abs(test.statistic) / np.sqrt(n):.2f}",
    }
    found = audited(rows)
    assert found.verdict == "holds", found
    assert {"test", "paired", "d", "scale", "GRIMMER"} == {c.rule for c in found.checks}


@pytest.mark.parametrize("seed", range(25))
def test_two_true_groups_always_hold(audited, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(20, 5, rng.integers(5, 90)), rng.normal(23, 7, 40)
    welch = stats.ttest_ind(x, y, equal_var=False)
    plain = stats.ttest_ind(x, y)
    for test, df in ((welch, f"{welch.df:.1f}"), (plain, str(x.size + 38))):
        rows = {
            ("mean", "x"): f"{x.mean():.1f}",
            ("sd", "x"): f"{x.std(ddof=1):.1f}",
            ("n", "x"): str(x.size),
            ("mean", "y"): f"{y.mean():.1f}",
            ("sd", "y"): f"{y.std(ddof=1):.1f}",
            ("n", "y"): "40",
            "t": f"{test.statistic:.2f}",
            "df": df,
            "p": f"{test.pvalue:.3f}",
        }
        found = audited(rows)
        assert found.verdict == "holds", found
        assert {c.rule for c in found.checks} == {"test", "groups"}


def test_a_slip_in_a_coefficient_is_caught_and_one_value_would_do(audited, check_of):
    assert audited(COEFFICIENT).verdict == "holds"
    found = audited(COEFFICIENT | {"estimate": "0.55"})
    assert found.verdict == "cannot"
    would = instead(check_of(found, "coefficient"))
    assert would["estimate"].low == pytest.approx(0.495)
    assert would["estimate"].high == pytest.approx(0.505)
    assert "p" not in would


def test_two_slips_leave_no_single_number(audited, check_of):
    rows = COEFFICIENT | {"estimate": "0.55", "p": ".300"}
    check = check_of(audited(rows), "coefficient")
    assert check.holds is False
    assert not check.movable


def test_without_df_the_middle_still_counts(audited, check_of):
    rows = {k: v for k, v in COEFFICIENT.items() if k != "df"}
    check = check_of(audited(rows), "coefficient")
    assert check.holds is True
    assert check.notes == (WITHOUT_DF,)
    assert audited(rows | {"estimate": "0.55"}).verdict == "cannot"
    counted = audited(rows | {"n": "122", "predictors": "1"})
    assert check_of(counted, "coefficient").notes == ()


def test_a_z_test_is_one_with_infinite_df(audited):
    rows = {"estimate": "1.96", "se": "1.00", "z": "1.96", "p": ".050"}
    rows |= AS_USUAL | {"interval": "normal"}
    assert audited(rows).verdict == "holds"
    assert audited(rows | {"p": ".060"}).verdict == "cannot"


def test_a_one_sided_p_is_a_condition_and_not_a_failure(audited, check_of):
    rows = {"t": "1.80", "df": "40", "p": ".040"}
    check = check_of(audited(rows), "test")
    assert check.holds is None
    assert (CONDITIONS["tails"].words["1"],) in check.conditions
    assert "tails" in check.settled_by
    assert audited(rows | {"tails": "1"}).verdict == "holds"
    assert audited(rows | AS_USUAL).verdict == "cannot"


def test_a_negative_statistic_keeps_its_sign(audited, check_of):
    check = check_of(
        audited({"t": "-1.80", "df": "40", "p": ".500"} | AS_USUAL), "test"
    )
    assert instead(check)["t"].high < 0
    check = check_of(audited({"t": "-1.80", "df": "40", "p": ".08"}), "test")
    assert check.numbers[0].feasible.high < 0


def test_a_test_without_df_is_not_checkable(audited):
    assert audited({"t": "1.80", "p": ".040"}).verdict == "unchecked"


def test_what_nothing_bears_on_says_so(audited):
    found = audited({"p": ".040"})
    assert found.verdict == "unchecked"
    assert found.checks[0].notes == (NOTHING,)


def test_degrees_of_freedom_have_to_add_up(audited, check_of):
    rows = {"n": "311", "predictors": "10", "df1": "1", "df2": "300", "F": "4.00"}
    rows |= AS_USUAL
    assert audited(rows).verdict == "holds"
    check = check_of(audited(rows | {"df2": "299"}), "df")
    would = instead(check)
    assert would == {
        "n": Interval(310, 310),
        "predictors": Interval(11, 11),
        "df2": Interval(300, 300),
    }
    del rows["predictors"]
    implied = check_of(audited(rows | {"r2": ".10"}), "df").implied
    assert implied["predictors"] == Interval(10, 10)


def test_more_predictors_than_people_leave_no_df(audited, check_of):
    rows = {k: v for k, v in COEFFICIENT.items() if k != "df"}
    found = audited(rows | {"n": "10", "predictors": "30"})
    assert check_of(found, "coefficient").notes == (WITHOUT_DF,)


def test_percentages_and_their_totals(audited, check_of):
    rows = {
        ("count", "a"): "17",
        ("percent", "a"): "57%",
        ("count", "b"): "13",
        ("percent", "b"): "43%",
        "total": "30",
    } | AS_USUAL
    found = audited(rows)
    assert found.verdict == "holds"
    assert check_of(found, "percentage").denominators == range(30, 31)
    check = check_of(audited(rows | {("percent", "a"): "58%"}), "percentage")
    assert check.holds is False
    assert instead(check)["percent"].low == pytest.approx(100 * 17 / 30)
    assert not check.denominators
    del rows["total"]
    assert 30 in check_of(audited(rows), "percentage").denominators


def test_a_percentage_without_a_count(audited):
    assert audited({"percent": "33%", "n": "3"}).verdict == "holds"
    assert audited({"percent": "40%", "n": "3"}).verdict == "cannot"


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ({"mean": "3.48", "n": "20", "items": "1"}, "GRIM"),
        ({"mean": "0.35", "sd": "0.18", "n": "20", "items": "1"}, "DEBIT"),
        ({"mean": "3.00", "sd": "2.10", "n": "20"}, "scale"),
        ({"mean": "5.20", "n": "20"}, "scale"),
    ],
)
def test_scores_that_cannot_be_are_caught_by_their_rule(audited, check_of, rows, rule):
    top = {"scale_min": "0" if rule == "DEBIT" else "1"}
    top["scale_max"] = "1" if rule == "DEBIT" else "5"
    found = audited(rows | top | AS_USUAL)
    assert check_of(found, rule).holds is False


def test_large_samples_are_not_checkable_for_whole_numbers(audited, check_of):
    found = audited({"mean": "3.4", "n": "311", "items": "1"})
    assert check_of(found, "GRIM").holds is None
    assert found.verdict == "unchecked"


def test_d_by_t_alone(audited, check_of):
    assert audited({"t": "2.50", "n": "100", "d": ".25"}).verdict == "holds"
    assert audited({"t": "2.50", "n": "100", "d": ".50"}).verdict == "holds"
    assert audited({"t": "2.50", "n": "100", "d": ".35"}).verdict == "holds_if"
    stated = {"d_by": "dz", "rounding": "nearest", "design": "paired"}
    rows = {"t": "2.50", "n": "100", "d": ".35"} | stated
    assert audited(rows | {"sd_by": "n-1"}).verdict == "cannot"
    groups = {("n", "x"): "50", ("n", "y"): "50", "t": "2.50", "d": ".50"}
    assert set(check_of(audited(groups), "d").implied) == {"d two groups"}


def test_d_that_needs_unrounded_numbers_is_told(audited, check_of):
    rows = {
        ("mean", "x"): "10.0",
        ("sd", "x"): "4.0",
        ("mean", "y"): "11.0",
        ("sd", "y"): "4.0",
        "n": "50",
    }
    assert check_of(audited(rows | {"d": ".25"}), "d").notes == ()
    assert check_of(audited(rows | {"d": ".26"}), "d").notes == (AS_PRINTED,)
    assert check_of(audited(rows | {"d": ".50"}), "d").conditions
    stated = AS_USUAL | {"d_by": "pooled", "design": "paired"}
    assert check_of(audited(rows | stated | {"d": ".50"}), "d").holds is False


def test_every_rule_has_words(audited):
    rows = COEFFICIENT | {"a": "0.5", "b": "0.5", "ab": "0.25"}
    assert {c.rule for c in audited(rows).checks} <= set(RULES)
