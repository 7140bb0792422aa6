"""What `mediate` and `mediate_pooled` take for columns: labels, cells and sets."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from smcm import mediate, mediate_pooled
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError

PARTS = {"x": "x", "m": "m", "y": "y"}
QUICK = {"n_boot": 200, "seed": 1}


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.normal(size=(80, 4)), columns=["x", "m", "y", "c"])
    frame["y"] += frame["m"]
    return frame


@pytest.fixture(scope="module")
def plain(data):
    return mediate(data, **PARTS, covariates=["c"], **QUICK)


def fit(frame, **options):
    return mediate(frame, **PARTS | {"covariates": ["c"]} | QUICK | options)


def pooled(sets, **options):
    return mediate_pooled(sets, **PARTS | QUICK | options)


@pytest.mark.parametrize("labels", [range(4), np.arange(4), [10, 20, 30, 40]])
def test_labels_that_are_numbers_are_columns(data, plain, labels):
    labels = list(labels)
    frame = data.set_axis(labels, axis="columns")
    x, m, y, c = labels
    found = mediate(frame, x=x, m=m, y=y, covariates=[c], **QUICK)
    np.testing.assert_array_equal(found.draws.indirect, plain.draws.indirect)
    assert found.spec.columns == (str(y), str(m), str(x), str(c))
    assert f"Y : {y} X : {x} M : {m}" in " ".join(found.to_process_text().split())
    assert mediate(frame, x=x, m=[m, c], y=y, **QUICK).spec.mediators == (
        str(m),
        str(c),
    )
    again = mediate_pooled([frame, frame], x=x, m=m, y=y, covariates=[c], **QUICK)
    assert again.a == pytest.approx(plain.a, rel=1e-12)


def test_no_covariates_may_be_none(data):
    expected = mediate(data, **PARTS, **QUICK).indirect
    assert mediate(data, **PARTS, covariates=None, **QUICK).indirect == expected
    assert pooled([data, data], covariates=None).m == 2


@pytest.mark.parametrize(
    "covariates", [("c",), ["c"], pd.Index(["c"]), np.array(["c"]), {"c": 1}]
)
def test_covariates_are_anything_that_lists_names(data, plain, covariates):
    assert fit(data, covariates=covariates).indirect == plain.indirect


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("part", ["x", "m", "y", "cluster"])
@pytest.mark.parametrize("kind", [lambda c: c, lambda c: c.to_numpy(), pd.DataFrame])
def test_values_in_place_of_a_name_are_refused(data, part, kind):
    given = kind(data["x"])
    se = {"se": "cr2"} if part == "cluster" else {}
    for call in (fit, lambda frame, **rest: pooled([frame, frame], **rest)):
        with pytest.raises(OutOfRangeError, match="the name of a column"):
            call(data, **{part: given}, **se)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"covariates": "c"}, r"a list of columns, such as \['c'\]"),
        ({"covariates": 3}, r"a list of columns, such as \[3\]"),
        ({"covariates": 3.5}, "a list of columns"),
        ({"covariates": pd.Series([1.0, 2.0])}, "not their values"),
        ({"covariates": [["c"]]}, "the name of a column"),
        ({"x": None}, "x is None; expected the name of a column"),
    ],
)
def test_what_names_no_columns_is_refused(data, options, said):
    with pytest.raises(OutOfRangeError, match=said):
        fit(data, **options)


@pytest.mark.fault("data or choices that carry no analysis")
def test_labels_alike_as_text_are_refused(data):
    frame = data.rename(columns={"x": 1, "m": "1"})
    with pytest.raises(OutOfRangeError, match="labels that differ as text"):
        mediate(frame, x=1, m="1", y="y", **QUICK)
    with pytest.raises(UnknownValueError, match="column is 7; expected one of 1, 1"):
        mediate(frame, x=7, m="1", y="y", **QUICK)


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("frame", [None, np.zeros((5, 3)), {"x": [1.0]}, "data.csv"])
def test_what_is_no_frame_is_refused(frame):
    with pytest.raises(OutOfRangeError, match="expected a pandas DataFrame"):
        fit(frame)


@pytest.mark.parametrize(
    "cell", [float, np.float64, lambda v: Decimal(repr(v)), lambda v: v]
)
def test_objects_that_are_numbers_are_numbers(data, plain, cell):
    frame = data.assign(
        m=pd.Series([cell(v) for v in data["m"].tolist()], dtype=object)
    )
    np.testing.assert_array_equal(fit(frame).draws.b, plain.draws.b)
    np.testing.assert_array_equal(
        pooled([frame, frame], covariates=["c"]).a,
        pooled([data, data], covariates=["c"]).a,
    )


@pytest.mark.parametrize("kind", ["Float64", "float64[pyarrow]", "object"])
def test_missing_numbers_of_any_kind_are_left_out(data, kind):
    if "pyarrow" in kind:
        pytest.importorskip("pyarrow")
    gappy = data.assign(m=data["m"].where(data.index != 5))
    expected = fit(gappy)
    found = fit(gappy.assign(m=gappy["m"].astype(kind)))
    assert (found.n, found.dropped_rows) == (79, 1)
    np.testing.assert_array_equal(found.draws.b, expected.draws.b)
    again = fit(gappy.assign(m=gappy["m"].astype(object).where(gappy.index != 5, None)))
    assert again.indirect == expected.indirect


@pytest.mark.fault("data or choices that carry no analysis")
@pytest.mark.parametrize("kind", [object, "string", "category"])
def test_the_cell_that_is_no_number_is_shown_and_not_a_good_one(data, kind):
    cells = [str(v) for v in data["m"]]
    cells[41] = "n/k"
    frame = data.assign(m=pd.Series(cells, dtype=kind))
    with pytest.raises(OutOfRangeError, match=r"'m', row 42 is 'n/k'"):
        fit(frame)
    mixed = data.assign(m=data["m"].astype(object))
    mixed.loc[41, "m"] = "n/k"
    with pytest.raises(OutOfRangeError, match=r"'m', row 42 is 'n/k'"):
        fit(mixed)


@pytest.mark.fault("data or choices that carry no analysis")
def test_numbers_as_text_have_their_cure(data):
    with pytest.raises(OutOfRangeError, match=r"not text; use pandas\.to_numeric"):
        fit(data.assign(m=data["m"].astype(str)))
    dates = data.assign(m=pd.date_range("2020-01-01", periods=80))
    with pytest.raises(OutOfRangeError, match="numbers in every row"):
        fit(dates)
    huge = data.assign(m=pd.Series([10**400, *data["m"][1:]], dtype=object))
    with pytest.raises(DegenerateDataError, match="Infinite values in m"):
        fit(huge)


@pytest.fixture(scope="module")
def long(data):
    rng = np.random.default_rng(6)
    sets = [
        data.assign(**{".imp": k, ".id": data.index, "y": data["y"] + 0.1 * noise})
        for k, noise in enumerate(rng.normal(size=(4, 80)), 1)
    ]
    return pd.concat(sets, ignore_index=True)


def test_frames_from_groupby_are_pooled_whatever_their_row_labels(long):
    split = [one for _, one in long.groupby(".imp")]
    expected = pooled([one.reset_index(drop=True) for one in split])
    by_key = dict(list(long.groupby(".imp")))
    by_id = [one.set_index(".id") for one in split]
    for given in (
        split,
        long.groupby(".imp"),
        by_key,
        tuple(split),
        iter(split),
        by_id,
    ):
        found = pooled(given)
        assert (found.a, found.indirect) == (expected.a, expected.indirect)


@pytest.mark.fault("data or choices that carry no analysis")
def test_sets_of_other_cases_are_refused_with_the_cure(long, data):
    split = [one.reset_index(drop=True) for _, one in long.groupby(".imp")]
    turned = [split[0], split[1].iloc[::-1]]
    with pytest.raises(DegenerateDataError, match="set 2 has the same row labels in"):
        pooled(turned)
    shifted = [split[0].iloc[:70], split[1].iloc[10:]]
    with pytest.raises(DegenerateDataError, match="only some of its row labels"):
        pooled(shifted)
    with pytest.raises(DegenerateDataError, match="other rows than set 1: 79 for 80"):
        pooled([split[0], split[1].iloc[1:]])
    original = data.assign(y=data["y"].where(data.index > 9))
    with pytest.raises(
        DegenerateDataError, match=r"10 rows of set 1 .*\.imp 0 of mice"
    ):
        pooled([original, *split])


@pytest.mark.fault("data or choices that carry no analysis")
def test_what_pools_no_sets_or_no_single_mediator_is_refused(long):
    split = [one for _, one in long.groupby(".imp")]
    with pytest.raises(OutOfRangeError, match="one mediator; for several, fit each"):
        pooled(split, m=["m", "c"])
    assert pooled(split, m=["m"]).spec.m == "m"
    for frames in (long, "sets", None, 3, [*split, None], []):
        with pytest.raises(
            OutOfRangeError, match="a list of the completed data frames"
        ):
            pooled(frames)


@pytest.mark.parametrize("kind", [pd.Index, np.array, lambda m: np.array(m, object)])
def test_mediators_may_stand_in_an_array_of_names(data, kind):
    assert mediate(data, **PARTS | {"m": kind(["m", "c"])}, **QUICK).spec.mediators == (
        "m",
        "c",
    )


def test_an_array_of_values_is_no_name(data):
    for values in (data["m"].to_numpy(), data.index):
        with pytest.raises(OutOfRangeError, match="the name of a column, not its"):
            fit(data, x=values)
    with pytest.raises(OutOfRangeError, match="the name of a column, not its"):
        fit(data, m=data["m"].to_numpy())


def test_a_label_of_another_type_is_told_apart(data):
    frame = data.set_axis(range(4), axis="columns")
    with pytest.raises(UnknownValueError, match=r"of type str; .* of type int") as told:
        mediate(frame, x="0", m="1", y="2", **QUICK)
    assert "Did you mean" not in str(told.value)


def test_columns_with_levels_are_refused_as_such(data):
    frame = pd.concat({"a": data}, axis="columns")
    with pytest.raises(OutOfRangeError, match="join the levels"):
        mediate(frame, x=("a", "x"), m=("a", "m"), y=("a", "y"), **QUICK)


def test_the_set_that_lacks_a_column_is_named(data):
    with pytest.raises(UnknownValueError, match="In set 2: column is 'm'"):
        pooled([data, data.drop(columns="m")])


def test_columns_that_cannot_stand_together_are_named(data):
    twin = data.assign(k=2 * data["x"] + 1, s=data["c"] - data["m"])
    for covariates, named in ((["k"], "k and x"), (["c", "s"], "c, s and m")):
        for run in (fit, lambda one, **options: pooled([one, one], **options)):
            with pytest.raises(DegenerateDataError, match=rf"^{named} determine one"):
                run(twin, covariates=covariates)
    with pytest.raises(DegenerateDataError, match=r"^c and y determine one"):
        fit(twin.assign(y=twin["c"]))
    gaps = twin.assign(x=(twin.index < 9) * 1, c=twin["c"].where(twin.index >= 9))
    with pytest.raises(DegenerateDataError, match=r"^x is 0 in all 71 rows that have"):
        fit(gaps)
    with pytest.raises(DegenerateDataError, match=r"^k is 1 in all 80 rows"):
        fit(twin.assign(k=1.0), m=["m", "k"])
