"""`mediate`: what it reports, what it leaves out and says so, what it refuses."""

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS
from smcm import mediate
from smcm.analysis.mediation import mediate_all
from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.analysis.mediation_result import INDIRECT_TERMS, TERMS
from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError
from smcm.stats.draw_limits import limits, percentile_limits
from smcm.stats.ols import STANDARD_ERRORS

EXACT = 1e-10


@pytest.fixture
def data():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(size=(90, 3)), columns=["x", "c", "d"])
    frame["m"] = 0.5 * frame["x"] + rng.normal(size=90)
    frame["y"] = 0.4 * frame["m"] + frame["c"] + rng.normal(size=90)
    return frame


def fit(frame, *covariates, **options):
    options = {"n_boot": 100, "seed": 1} | options
    return mediate(frame, x="x", m="m", y="y", covariates=covariates, **options)


def test_tidy_has_a_row_a_term_and_always_the_same_columns(data):
    table = fit(data, "c").tidy()
    assert tuple(table.columns) == TIDY_COLUMNS
    assert tuple(table["term"]) == TERMS
    assert set(table["model"]) == {"y"}


def test_no_p_stands_beside_a_percentile_interval(data):
    table = fit(data, "c").tidy().set_index("term")
    nothing = table.loc[list(INDIRECT_TERMS), ["statistic", "df", "p"]]
    assert nothing.isna().all().all()
    slopes = table.drop(index=list(INDIRECT_TERMS))
    assert slopes.drop(columns="model").notna().all().all()


def test_rows_are_the_estimates_and_the_draws(data):
    result = fit(data, "c", "d", n_boot=500)
    for term in ("a", "b", "direct", "total", "indirect"):
        assert result.row(term)["estimate"] == getattr(result, term)
    for term in INDIRECT_TERMS:
        draws, row = getattr(result.draws, term), result.row(term)
        assert row["se"] == pytest.approx(draws.std(ddof=1), rel=EXACT)
        assert (row["ci_low"], row["ci_high"]) == percentile_limits(draws)
        assert row["estimate"] == getattr(result.paths, term)
    assert (result.row("a")["df"], result.row("b")["df"]) == (90 - 4, 90 - 5)


def test_level_and_kind_of_interval(data):
    narrow, wide = (fit(data, level=at, n_boot=400) for at in (0.8, 0.99))
    for term in TERMS:
        inner, outer = narrow.row(term), wide.row(term)
        assert outer["ci_low"] < inner["ci_low"] < inner["ci_high"] < outer["ci_high"]
    shifted = fit(data, ci="bc", n_boot=1000)
    draws, estimate = shifted.draws.indirect, shifted.indirect
    assert shifted.limits() == limits(draws, estimate, shifted.level, "bc")
    assert shifted.limits() != percentile_limits(draws)


@pytest.mark.parametrize("kind", STANDARD_ERRORS)
def test_kinds_of_standard_error_change_no_estimate_and_no_draw(data, kind):
    plain, robust = fit(data, "c"), fit(data, "c", se=kind)
    np.testing.assert_array_equal(plain.draws.indirect, robust.draws.indirect)
    assert plain.b == robust.b
    same = plain.row("b")["se"] == robust.row("b")["se"]
    assert same == (kind == "classical")


def test_rows_with_a_gap_in_the_model_are_left_out_and_counted(data):
    data.loc[[0, 5], "m"] = np.nan
    data.loc[[5, 9], "c"] = np.nan
    data.loc[20, "d"] = np.nan  # not in the model
    result = fit(data, "c")
    assert (result.n, result.dropped_rows) == (87, 3)
    alone = fit(data.drop(index=[0, 5, 9]), "c")
    np.testing.assert_array_equal(result.draws.a, alone.draws.a)
    assert result.paths.b == alone.paths.b


def test_models_of_a_run_share_their_cases(data):
    data.loc[3, "d"] = np.nan
    specs = [
        MediationSpec(x="x", m="m", y="y", covariates=("d",)),
        MediationSpec(x="x", m="m", y="y"),
    ]
    both = mediate_all(data, specs, n_boot=100)
    assert [result.dropped_rows for result in both] == [1, 1]


@pytest.mark.parametrize("constant", [1.0, 0.1, 1e9])
def test_a_constant_covariate_is_left_out_and_named(data, constant):
    result = fit(data.assign(k=constant), "c", "k")
    assert result.dropped_columns == ("k",)
    assert result.spec.covariates == ("c",)
    assert result.b == pytest.approx(fit(data, "c").b, rel=EXACT)


def test_a_covariate_that_repeats_others_is_left_out_and_named(data):
    data["sum"] = data["c"] - 2.0 * data["d"] + 4.0
    result = fit(data, "c", "d", "sum")
    assert result.dropped_columns == ("sum",)
    assert result.b == pytest.approx(fit(data, "c", "d").b, rel=EXACT)


def test_a_covariate_constant_only_on_the_complete_rows_is_left_out(data):
    data["k"] = 0.0
    data.loc[0, ["k", "m"]] = [1.0, np.nan]
    assert fit(data, "k").dropped_columns == ("k",)


def test_whole_numbers_and_truth_values_are_numbers(data):
    data["flag"] = data["c"] > 0
    data["count"] = np.arange(90)
    assert np.isfinite(fit(data, "flag", "count").b)


def test_the_frame_is_not_changed(data):
    before = data.copy()
    fit(data, "c")
    pd.testing.assert_frame_equal(data, before)


def test_index_and_other_columns_do_not_matter(data):
    other = data.assign(name="text").set_index(data.index * 3 + 7)
    np.testing.assert_array_equal(fit(other).draws.b, fit(data).draws.b)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize(
    ("given", "nearest"),
    [("mm", "m"), ("fidelity_45", "fidelity_4.5"), ("Y", "y"), ("height", None)],
)
def test_an_unknown_column_is_refused_with_the_nearest(data, given, nearest):
    data["fidelity_4.5"] = data["x"]
    with pytest.raises(UnknownValueError, match="column is") as refused:
        mediate(data, x="x", m=given, y="y")
    hint = f"Did you mean {nearest!r}?"
    assert repr(given) in str(refused.value)
    assert (hint in str(refused.value)) == (nearest is not None)


@pytest.mark.fault("data or choices that carry no analysis")
def test_a_column_given_twice_is_refused(data):
    for parts in ({"m": "x"}, {"covariates": ("c", "c")}, {"covariates": ("y",)}):
        columns = {"x": "x", "m": "m", "y": "y"} | parts
        with pytest.raises(OutOfRangeError, match="a different column for every part"):
            mediate(data, **columns)


def test_models_of_a_run_are_checked_as_one_alone_is(data):
    twice = MediationSpec(x="x", m="y", y="y", covariates=())
    with pytest.raises(OutOfRangeError, match="a different column for every part"):
        mediate_all(data, [twice])
    with pytest.raises(OutOfRangeError, match="at least one model"):
        mediate_all(data, [])


def test_one_covariate_is_a_list_of_one(data):
    with pytest.raises(OutOfRangeError, match="a list of columns, such as"):
        mediate(data, x="x", m="m", y="y", covariates="c")


def test_a_name_that_heads_two_columns_is_refused(data):
    twice = pd.concat([data, data[["x"]]], axis="columns")
    with pytest.raises(OutOfRangeError, match="heads one column"):
        fit(twice)


def test_complex_numbers_are_refused(data):
    with pytest.raises(OutOfRangeError, match="numbers in every row"):
        fit(data.assign(x=data["x"] + 1j))


def test_units_out_of_range_are_refused_by_column(data):
    with pytest.raises(DegenerateDataError, match=r"Column 'x'.*another unit"):
        fit(data.assign(x=1e200 * data["x"]))


@pytest.mark.parametrize("offset", [735_000.0, 1.4e9, 1e12])
def test_dates_as_numbers_lose_no_digits(data, offset):
    whole = (16 * data).round() / 16  # exact beside the offset
    here, there = fit(whole, "c", "d"), fit(whole + offset, "c", "d")
    for term in TERMS:
        near, far = (list(result.row(term).values()) for result in (here, there))
        np.testing.assert_allclose(far, near, rtol=1e-9, equal_nan=True)


def test_perfect_mediation_has_its_paths_and_no_p(data):
    result = fit(data.assign(y=data["m"] / 3 + 0.1), "c")
    assert result.b == pytest.approx(1 / 3, rel=EXACT)
    assert result.direct == pytest.approx(0.0, abs=1e-15)
    assert np.isnan([result.row(term)["p"] for term in ("b", "direct")]).all()
    assert np.isfinite(result.row("a")["p"])
    np.testing.assert_allclose(result.draws.b, 1 / 3, rtol=EXACT)
    assert result.limits()[0] < result.indirect < result.limits()[1]


@pytest.mark.parametrize("part", ["x", "m", "y", "c"])
def test_what_varies_by_rounding_alone_is_constant(data, part):
    flat = data.assign(**{part: np.resize([0.3, 0.1 + 0.2], len(data))})
    if part == "c":
        assert fit(flat, "c").dropped_columns == ("c",)
    else:
        with pytest.raises(DegenerateDataError):
            fit(flat, "c")


@pytest.mark.fault("data or choices that carry no analysis")
def test_a_frame_without_rows_is_refused():
    with pytest.raises(OutOfRangeError, match="'empty'; expected numbers"):
        fit(pd.DataFrame(columns=["x", "m", "y"]))


@pytest.mark.fault("data or choices that carry no analysis")
def test_text_is_refused_with_an_example_of_it(data):
    data["c"] = ["some words", *["1"] * 89]
    with pytest.raises(OutOfRangeError, match=r"'c'.*'some words'.*numbers"):
        fit(data, "c")


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("value", [np.inf, -np.inf])
def test_infinite_values_are_refused_by_column(data, value):
    data.loc[4, "c"] = value
    with pytest.raises(DegenerateDataError, match="Infinite values in c;"):
        fit(data, "c")


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("n_boot", 99, "at least 100"),
        ("n_boot", 0, "at least 100"),
        ("n_boot", 1000.0, "a whole number"),
        ("n_boot", "1000", "a whole number"),
        ("seed", -1, "a whole number from 0"),
        ("seed", 1.5, "a whole number from 0"),
        ("seed", None, "a whole number from 0"),
        ("level", 0.0, "between 0 and 1"),
        ("level", 1.0, "between 0 and 1"),
        ("level", 95, "between 0 and 1"),
        ("level", float("nan"), "between 0 and 1"),
        ("level", "0.95", "between 0 and 1"),
    ],
)
def test_numbers_out_of_range_are_refused(data, option, value, said):
    with pytest.raises(OutOfRangeError, match=f"{option} is .*{said}"):
        fit(data, **{option: value})


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize(
    ("option", "value", "nearest"),
    [("se", "HC3", "hc3"), ("se", "hc5", "hc4"), ("ci", "percentiles", "percentile")],
)
def test_unknown_choices_are_refused_with_the_nearest(data, option, value, nearest):
    with pytest.raises(UnknownValueError) as refused:
        fit(data, **{option: value})
    assert f"Did you mean {nearest!r}?" in str(refused.value)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("part", ["x", "m", "y"])
def test_a_part_that_does_not_vary_is_refused(data, part):
    with pytest.raises(DegenerateDataError):
        fit(data.assign(**{part: 0.1}), "c")


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("part", ["x", "m"])
def test_a_part_that_the_covariates_determine_is_refused(data, part):
    data[part] = data["c"] + data["d"]
    with pytest.raises(DegenerateDataError):
        fit(data, "c", "d")


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("n", [0, 1, 4, 8])
def test_too_few_cases_are_refused(data, n):
    with pytest.raises(DegenerateDataError, match="cases"):
        fit(data.head(n))


@pytest.mark.fault("data or choices that carry no analysis")
def test_all_rows_with_a_gap_are_refused(data):
    with pytest.raises(DegenerateDataError, match="0 cases"):
        fit(data.assign(c=np.nan), "c")


@pytest.mark.fault("data or choices that carry no analysis")
def test_an_unknown_term_is_refused(data):
    result = fit(data)
    with pytest.raises(UnknownValueError, match="Did you mean 'indirect'"):
        result.row("indirekt")
    with pytest.raises(UnknownValueError, match="expected one of a"):
        result.limits("z")


def test_a_model_alone_is_the_model_among_eight(frame, study):
    model = EIGHT_MODELS[5]
    spec = model.spec()
    alone = mediate(
        frame,
        x=spec.x,
        m=spec.m,
        y=spec.y,
        covariates=spec.covariates,
        seed=study.run.seed,
        n_boot=study.run.n_boot,
    )
    among = study.model(model.key).mediation
    np.testing.assert_allclose(alone.draws.indirect, among.draws.indirect, rtol=1e-8)
    for term in TERMS:
        ours = np.array(list(alone.row(term).values()))
        theirs = np.array(list(among.row(term).values()))
        np.testing.assert_allclose(ours, theirs, rtol=1e-8)


def test_interval_excludes_zero_on_either_side(data):
    positive = fit(data, "c", n_boot=1000)
    data["m"] = -data["m"]
    negative = fit(data, "c", n_boot=1000)
    assert positive.excludes_zero
    assert positive.interval_excludes_zero  # its old name
    assert negative.excludes_zero == positive.excludes_zero
    data["y"] = np.random.default_rng(0).normal(size=90)
    assert not fit(data, "c", n_boot=1000).excludes_zero
