"""Mediators in parallel, against R, lavaan, statsmodels and a loop of refits."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

import smcm
from generator.shipped import SHARED_COVARIATES
from smcm import mediate
from smcm.analysis.mediation import mediate_all
from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError
from smcm.report.format import number
from smcm.stats.draw_limits import acceleration_of, limits, percentile_limits
from smcm.stats.ols import independent_columns
from smcm.stats.resample import ResamplingPlan
from tests.stats.simulated import noise_between

EXACT = 1e-10  # in SDs of the draws, or relative
CLOSE = 1e-9
R = {"source": "R", "script": "parallel"}
OTHERS = "parallel_others"
ON_COHORT = {
    "x": "fidelity_4.5",
    "m": ["rprs_4.5", "qoli20_9", "ths_9"],
    "y": "pgi_18",
    "covariates": (*SHARED_COVARIATES, "pgi_0"),
}


@pytest.fixture(scope="module")
def kept(oracle):
    return oracle("parallel").set_index("term")


@pytest.fixture(scope="module")
def on_cohort(frame, kept):
    def fit(**options):
        size, seed = (int(kept[name].iloc[0]) for name in ("resamples", "seed"))
        options = {"n_boot": size, "seed": seed, "stream": "r"} | options
        return mediate(frame, **ON_COHORT, **options)

    return fit


@pytest.fixture
def data():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.normal(size=(110, 3)), columns=["x", "c", "d"])
    frame["m1"] = 0.5 * frame["x"] + rng.normal(size=110)
    frame["m2"] = 0.3 * frame["x"] + 0.5 * frame["m1"] + rng.normal(size=110)
    frame["m3"] = rng.normal(size=110)
    frame["y"] = frame["m1"] - 0.5 * frame["m2"] + frame["c"] + rng.normal(size=110)
    return frame


def fit(frame, *m, covariates=("c",), **options):
    options = {"n_boot": 150, "seed": 1} | options
    return mediate(frame, x="x", m=list(m), y="y", covariates=covariates, **options)


def slopes(design, outcome):
    kept = independent_columns(design)
    found = np.zeros(design.shape[1])
    found[kept] = np.linalg.lstsq(design[:, kept], outcome, rcond=None)[0]
    return found


def refit(frame, m, covariates, rows):
    """Refit all equations to some rows and name the effects as the result does."""
    d = frame.iloc[rows]
    base = np.column_stack([np.ones(len(d)), d[list(covariates)]])
    x, y, k = d["x"].to_numpy(), d["y"].to_numpy(), len(m)
    a = [slopes(np.column_stack([base, x]), d[name].to_numpy())[-1] for name in m]
    *b, direct = slopes(np.column_stack([base, d[m], x]), y)[-k - 1 :]
    ab, sd_x, sd_y = np.multiply(a, b), x.std(ddof=1), y.std(ddof=1)
    effects = {"indirect": ab.sum()}
    effects |= {f"indirect:{name}": ab[i] for i, name in enumerate(m)}
    found = {
        **{f"a:{name}": a[i] for i, name in enumerate(m)},
        **{f"b:{name}": b[i] for i, name in enumerate(m)},
        "direct": direct,
        "total": direct + ab.sum(),
        **effects,
        **{
            f"contrast:{m[i]}-{m[j]}": ab[i] - ab[j]
            for i in range(k)
            for j in range(i + 1, k)
        },
    }
    for scale, factor in (("ps", 1 / sd_y), ("cs", sd_x / sd_y)):
        for name, value in effects.items():
            found[name.replace("indirect", f"indirect_{scale}")] = value * factor
    return found


def drawn(result):
    """Draws of all that the bootstrap gives, by term."""
    by_term = {name: term.of(result.draws) for name, term in result.drawn_terms.items()}
    a, b = np.atleast_2d(result.draws.a), np.atleast_2d(result.draws.b)
    for k, name in enumerate(result.spec.mediators):
        by_term |= {f"a:{name}": a[k], f"b:{name}": b[k]}
    return by_term | {"direct": result.draws.direct}


def rows_of(result):
    plan = ResamplingPlan(result.n, result.draws.direct.size, result.seed)
    counts = np.concatenate([part for _, part in plan.chunks()]).astype(int)
    return [np.repeat(np.arange(result.n), row) for row in counts]


def assert_draws(ours, theirs):
    assert np.abs(ours - theirs).max() < EXACT * np.std(theirs)


@pytest.mark.parametrize("m", [["m1"], ["m1", "m2"], ["m3", "m1", "m2"]])
@pytest.mark.parametrize("covariates", [(), ("c", "d")])
def test_draws_and_rows_are_those_of_a_loop_of_refits(data, m, covariates):
    result = fit(data, *m, covariates=covariates)
    loop = [refit(data, m, covariates, rows) for rows in rows_of(result)]
    whole = refit(data, m, covariates, np.arange(len(data)))
    assert tuple(result.terms) == tuple(whole)
    for term, ours in drawn(result).items():
        theirs = np.array([sample[term] for sample in loop])
        assert_draws(ours, theirs)
        row = result.row(term)
        assert row["estimate"] == pytest.approx(whole[term], rel=CLOSE)
        if term in result.drawn_terms:
            assert row["se"] == pytest.approx(theirs.std(ddof=1), rel=CLOSE)
            ends = percentile_limits(theirs)
            assert (row["ci_low"], row["ci_high"]) == pytest.approx(ends, rel=CLOSE)


def test_draws_are_those_of_r(oracle, on_cohort, compare):
    table, ours = oracle("parallel_draws", "parallel"), drawn(on_cohort())
    assert set(ours) == set(table.columns) - {"sample"}
    for term, draws in ours.items():
        theirs = table[term].to_numpy()
        compare(
            draws[: len(table)] / theirs.std(),
            theirs / theirs.std(),
            **R,
            what="draws of a parallel model on R's random numbers, in SDs of the draws",
            abs=EXACT,
        )


def test_estimates_errors_and_limits_are_those_of_r_in_every_printed_digit(
    kept, on_cohort, compare
):
    result = on_cohort()
    assert set(result.terms) - {"total"} == set(kept.index)
    for term in result.drawn_terms:
        row, theirs = result.row(term), kept.loc[term]
        for ours, name in (
            ("estimate", "estimate"),
            ("se", "se"),
            ("ci_low", "low"),
            ("ci_high", "high"),
        ):
            what = "effects, errors and limits of a parallel model on R's numbers"
            compare(row[ours], theirs[name], **R, what=what, rel=CLOSE)
            assert number(row[ours], 4) == number(theirs[name], 4)


def test_estimates_are_those_of_lavaan(kept, on_cohort, compare):
    result, found = on_cohort(), kept["lavaan"].dropna()
    assert len(found) == 14
    ours = [result.row(term)["estimate"] for term in found.index]
    # lavaan iterates to a likelihood's maximum; it stops short of the last digits
    compare(
        ours,
        found,
        source="lavaan",
        script="parallel",
        what="effects of three mediators in parallel",
        abs=1e-6,
    )


@pytest.fixture(scope="module")
def two(frame):
    return mediate(frame, **ON_COHORT | {"m": ["rprs_4.5", "qoli20_9"]})


def test_slopes_of_two_mediators_are_those_of_mediate_in_psych(oracle, two, compare):
    kept = oracle("parallel_psych", OTHERS).set_index(["equation", "term"])
    x, mediators = "fid180_4.5", list(two.spec.mediators)
    rest = [x, *two.spec.covariates]
    equations = {
        **{
            name: (fit, rest)
            for name, fit in zip(mediators, two.paths.to_mediators, strict=True)
        },
        "outcome": (two.paths.to_outcome, [*mediators, *rest]),
        "total": (two.paths.to_total, rest),
    }
    for name, (fit, columns) in equations.items():
        theirs = kept.loc[name].loc[["Intercept", *columns], ["estimate", "se"]]
        compare(
            np.column_stack([fit.slope, fit.se]),
            theirs,
            source="psych",
            script=OTHERS,
            what="coefficient and error, two mediators (mediate)",
            rel=CLOSE,
        )


def test_two_mediators_are_those_of_lavaan_and_of_its_bootstrap(oracle, two, compare):
    where = {"source": "lavaan", "script": OTHERS}
    by_term = drawn(two)
    by_term["total"] = by_term["direct"] + by_term["indirect"]
    for row in oracle("parallel_lavaan", OTHERS).itertuples():
        estimate = two.row(row.term)["estimate"]
        what = "effects of two mediators in parallel"
        compare(estimate, row.estimate, **where, what=what, rel=1e-8)
        draws = by_term[row.term]
        compare(
            [draws.std(ddof=1), *percentile_limits(draws)],
            [row.se, row.low, row.high],
            **where,
            what="bootstrap of two mediators in parallel, other draws",
            errors=noise_between(draws, row.resamples),
            within=3.0,
        )


@pytest.mark.parametrize("kind", ["classical", "hc3", "hc4"])
def test_errors_of_the_paths_are_those_of_r(kept, on_cohort, kind, compare):
    result, found = on_cohort(n_boot=100, se=kind), kept[kind].dropna()
    assert len(found) == 7
    ours = [result.row(term)["se"] for term in found.index]
    compare(ours, found, **R, what="errors of paths in a parallel model", rel=CLOSE)


def test_acceleration_is_that_of_refits_in_r(kept, on_cohort, compare):
    result = on_cohort(ci="bca")
    for term, effect in result.drawn_terms.items():
        left_out = effect.of(result.jackknife)
        ours, theirs = acceleration_of(left_out), kept.loc[term, "acceleration"]
        # a skewness near zero is a difference of large sums
        compare(ours, theirs, **R, what="acceleration of the BCa limits", abs=1e-9)
        draws, estimate = effect.of(result.draws), result.row(term)["estimate"]
        expected = limits(draws, estimate, 0.95, "bca", left_out)
        assert result.limits(term) == expected


@pytest.mark.parametrize("kind", ["hc0", "hc1", "hc2", "hc3"])
def test_robust_errors_are_those_of_statsmodels(data, kind):
    result = fit(data, "m1", "m2", "m3", se=kind, n_boot=100)

    def theirs(outcome, *terms):
        design = sm.add_constant(data[[*terms, "c"]])
        return sm.OLS(data[outcome], design).fit(use_t=True, cov_type=kind.upper())

    through = theirs("y", "m1", "m2", "m3", "x")
    expected = {"direct": (through, "x"), "total": (theirs("y", "x"), "x")}
    for name in ("m1", "m2", "m3"):
        expected[f"a:{name}"] = (theirs(name, "x"), "x")
        expected[f"b:{name}"] = (through, name)
    for term, (model, column) in expected.items():
        row, ends = result.row(term), model.conf_int().loc[column]
        assert row["estimate"] == pytest.approx(model.params[column], rel=CLOSE)
        assert row["se"] == pytest.approx(model.bse[column], rel=CLOSE)
        assert row["p"] == pytest.approx(model.pvalues[column], rel=CLOSE)
        assert (row["ci_low"], row["ci_high"]) == pytest.approx(tuple(ends), rel=CLOSE)


def test_one_mediator_in_a_list_is_the_simple_model(data):
    several = fit(data, "m1", ci="bca")
    simple = mediate(
        data, x="x", m="m1", y="y", covariates=("c",), n_boot=150, seed=1, ci="bca"
    )
    assert several.contrasts == ()
    for term in simple.tidy()["term"]:
        own = f"{term}:m1" if term in ("a", "b") else term
        ours, theirs = several.row(own), simple.row(term)
        assert list(ours.values()) == pytest.approx(
            list(theirs.values()), rel=EXACT, nan_ok=True
        )


def test_one_class_gives_numbers_of_one_mediator_and_dicts_of_a_list(data):
    one = mediate(data, x="x", m="m1", y="y", n_boot=150)
    listed, several = fit(data, "m1", covariates=()), fit(data, "m1", "m2")
    assert smcm.ParallelResult is smcm.MediationResult
    assert {type(found) for found in (one, listed, several)} == {smcm.MediationResult}
    for name in ("a", "b", "a_standardized", "b_standardized"):
        number = getattr(one, name)
        assert isinstance(number, float)
        assert getattr(listed, name) == {"m1": pytest.approx(number, rel=EXACT)}
        assert list(getattr(several, name)) == ["m1", "m2"]
    assert one.specific == {"m1": pytest.approx(one.indirect, rel=EXACT)}
    a, sd = several.a["m2"], data[["x", "m2"]].std()
    assert several.a_standardized["m2"] == pytest.approx(a * sd["x"] / sd["m2"])


def test_models_of_one_and_of_several_mediators_are_fitted_together(data):
    one = MediationSpec(x="x", m="m1", y="y", covariates=("c",))
    several = replace(one, more=("m2", "m3"))
    assert several.columns == ("y", "m1", "m2", "m3", "x", "c")
    options = {"n_boot": 150, "seed": 1}
    together = mediate_all(data, (one, several), **options)
    apart = mediate_all(data, (one,), **options) + mediate_all(
        data, (several,), **options
    )
    for ours, theirs in zip(together, apart, strict=True):
        assert ours.names == theirs.names
        for name in ours.names:
            assert list(ours.row(name).values()) == pytest.approx(
                list(theirs.row(name).values()), rel=1e-8, nan_ok=True
            )


def test_total_is_direct_plus_all_that_is_indirect(data):
    result = fit(data, "m1", "m2", "m3")
    assert result.total == pytest.approx(result.direct + result.indirect, rel=EXACT)
    assert result.indirect == pytest.approx(sum(result.specific.values()), rel=EXACT)
    products = {name: result.a[name] * result.b[name] for name in result.a}
    assert result.specific == pytest.approx(products, rel=EXACT)


def test_order_of_the_mediators_turns_the_contrast_and_nothing_else(data):
    first, second = fit(data, "m1", "m2"), fit(data, "m2", "m1")
    for term in set(first.terms) & set(second.terms):
        ours, theirs = first.row(term), second.row(term)
        assert list(ours.values()) == pytest.approx(
            list(theirs.values()), rel=1e-8, nan_ok=True
        )
    ahead, behind = first.row("contrast:m1-m2"), second.row("contrast:m2-m1")
    assert ahead["estimate"] == pytest.approx(-behind["estimate"], rel=1e-8)
    assert ahead["ci_low"] == pytest.approx(-behind["ci_high"], rel=1e-8)


def test_tidy_has_the_columns_of_every_result_and_no_p_beside_a_percentile(data):
    table = fit(data, "m1", "m2", "m3").tidy()
    assert tuple(table.columns) == TIDY_COLUMNS
    assert sum(table["term"].str.startswith("contrast:")) == 3
    drawn = table["term"].str.startswith(("indirect", "contrast"))
    assert table.loc[drawn, ["statistic", "df", "p"]].isna().all().all()
    assert table.loc[~drawn].notna().all().all()
    assert set(table["model"]) == {"y"}


def test_rows_with_gaps_and_idle_covariates_are_left_out_and_named(data):
    data.loc[[0, 5], "m2"] = np.nan
    result = fit(data.assign(k=3.0), "m1", "m2", covariates=("c", "k"))
    assert (result.n, result.dropped_rows) == (108, 2)
    assert (result.dropped_columns, result.spec.covariates) == (("k",), ("c",))


@pytest.mark.parametrize(
    ("m", "said"),
    [
        ([], r"m is \[\]; expected the column of a mediator"),
        (["m1", "m1"], "a different column for every part"),
        (["m1", "x"], "a different column for every part"),
        (["m1", "y"], "a different column for every part"),
    ],
)
def test_lists_that_are_no_model_are_refused(data, m, said):
    with pytest.raises(OutOfRangeError, match=said):
        mediate(data, x="x", m=m, y="y")


def test_unknown_names_are_refused_with_the_nearest(data):
    with pytest.raises(UnknownValueError, match="Did you mean 'm2'"):
        fit(data, "m1", "M2")
    result = fit(data, "m1", "m2")
    with pytest.raises(UnknownValueError, match="Did you mean 'indirect:m"):
        result.row("indirect:m")
    with pytest.raises(UnknownValueError, match="expected one of a:m1"):
        result.limits("effect")
    with pytest.raises(UnknownValueError, match="expected one of numpy, r"):
        fit(data, "m1", "m2", stream="sas")


def test_mediators_that_determine_one_another_are_refused(data):
    data["m3"] = data["m1"] + data["m2"] - data["c"]
    with pytest.raises(DegenerateDataError, match="determine one another"):
        fit(data, "m1", "m2", "m3")


def test_mediators_alike_in_a_resample_are_drawn_again_and_nearly_alike_guarded(data):
    for own, counted in ((0.0, "n_replaced"), (1e-4, "n_guarded")):
        data["m2"] = data["m1"] + own * data["d"]
        data.loc[[0, 1], "m2"] += 3.0
        result = fit(data, "m1", "m2")
        lacking = [not {0, 1} & set(rows) for rows in rows_of(result)]
        assert getattr(result.draws, counted) == sum(lacking) > 10
        if own:
            pairs = zip(rows_of(result), result.draws.specific.T, strict=True)
            for rows, ours in pairs:
                theirs = refit(data, ["m1", "m2"], ("c",), rows)
                expected = [theirs["indirect:m1"], theirs["indirect:m2"]]
                np.testing.assert_allclose(ours, expected, rtol=1e-6)
