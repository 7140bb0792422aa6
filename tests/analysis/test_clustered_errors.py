"""`mediate` with cluster-robust errors: the paths, gaps, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS
from smcm import mediate
from smcm.analysis.mediation import mediate_all
from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.models import MediationSpec
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError
from smcm.process.json import process_json

CLOSE = 1e-9
PLACES = {
    "a": ("to_mediator", "x"),
    "b": ("to_outcome", "m"),
    "direct": ("to_outcome", "x"),
    "total": ("to_total", "x"),
}
ROW = ["estimate", "se", "t", "df", "p", "low", "high"]
OURS = ["estimate", "se", "statistic", "df", "p", "ci_low", "ci_high"]


@pytest.fixture
def data():
    rng = np.random.default_rng(4)
    team = np.repeat(np.arange(8), [9, 12, 7, 10, 14, 8, 11, 9])
    of_team = rng.normal(size=(3, 8))[:, team]
    frame = pd.DataFrame({"x": of_team[0] + 0.5 * rng.normal(size=80)})
    frame["c"] = rng.normal(size=80)
    frame["m1"] = 0.5 * frame["x"] + of_team[1] + rng.normal(size=80)
    frame["m2"] = rng.normal(size=80)
    frame["y"] = frame["m1"] + of_team[2] + rng.normal(size=80)
    frame["team"] = [f"team {k}" for k in team]
    return frame


def fit(frame, m="m1", **options):
    options = {"n_boot": 100, "seed": 1, "se": "cr2", "cluster": "team"} | options
    return mediate(frame, x="x", m=m, y="y", covariates=("c",), **options)


@pytest.mark.parametrize("kind", ["cr1", "cr2", "cr3"])
def test_paths_of_the_eight_models_are_those_of_clubsandwich(
    frame, oracle, compare, kind
):
    kept = oracle("clubsandwich").query("kind == @kind and cluster == 'team'")
    kept = kept.set_index(["model", "equation", "term"])
    specs = [model.spec(180) for model in EIGHT_MODELS]
    options = {"n_boot": 100, "seed": 1, "se": kind, "cluster": "team"}
    for result in mediate_all(frame, specs, **options):
        for term, (equation, part) in PLACES.items():
            theirs = kept.loc[(result.spec.y, equation, getattr(result.spec, part))]
            row = result.row(term)
            compare(
                [row[name] for name in OURS],
                theirs[ROW],
                source="clubSandwich",
                script="clubsandwich",
                what=f"paths of a mediation model, {kind.upper()} by team",
                rel=CLOSE,
            )


def test_degrees_of_freedom_stand_in_tidy_and_columns_are_unchanged(data):
    table = fit(data).tidy()
    assert tuple(table.columns) == TIDY_COLUMNS
    slopes = table["df"].notna()
    assert list(table.loc[slopes, "term"]) == ["a", "b", "direct", "total"]
    assert table.loc[slopes, "df"].between(1.0, 8.0).all()
    assert table.loc[0, "df"] != table.loc[1, "df"]


def test_estimates_and_bootstrap_do_not_know_of_the_errors(data):
    plain, clustered = fit(data, se="classical", cluster=None), fit(data)
    assert plain.paths.a == clustered.paths.a
    np.testing.assert_array_equal(plain.draws.indirect, clustered.draws.indirect)
    assert plain.row("a")["se"] != clustered.row("a")["se"]


@pytest.mark.parametrize(
    "of", [int, float, str, lambda k: pd.Timestamp(2020, 1, k + 1)]
)
def test_clusters_may_be_of_any_type(data, of):
    named = fit(data).tidy()
    data["team"] = [of(int(name[-1])) for name in data["team"]]
    pd.testing.assert_frame_equal(fit(data).tidy(), named)
    data["team"] = data["team"].astype("category")
    pd.testing.assert_frame_equal(fit(data).tidy(), named)


@pytest.mark.parametrize("gap", [None, np.nan, pd.NA])
def test_a_row_without_a_cluster_is_left_out_as_one_without_a_number(data, gap):
    holed = data.copy()
    holed.loc[[3, 40], "team"] = gap
    holed.loc[[40, 77], "m1"] = np.nan
    result = fit(holed)
    assert (result.n, result.dropped_rows) == (77, 3)
    without = fit(data.drop(index=[3, 40, 77]))
    pd.testing.assert_frame_equal(result.tidy(), without.tidy())


def test_a_cluster_may_be_a_covariate_too(data):
    data["c"] = [float(name[-1]) for name in data["team"]]
    by_number, by_name = fit(data, cluster="c"), fit(data)
    pd.testing.assert_frame_equal(by_number.tidy(), by_name.tidy())


def test_mediators_in_parallel_have_the_same_errors(data):
    several = fit(data, m=["m1", "m2"])
    simple = {name: fit(data, m=name) for name in ("m1", "m2")}
    for name, result in simple.items():
        assert several.row(f"a:{name}") == pytest.approx(result.row("a"), rel=CLOSE)
    assert several.row("b:m1")["df"] < 8.0
    assert several.cluster == "team"


def test_text_and_json_say_which_clusters_and_how_few_degrees_of_freedom(data):
    result = fit(data, m=["m1", "m2"])
    text = " ".join(result.to_process_text().split())
    for words in (
        "se(CR2) t df p LLCI ULCI",
        "8 values of team",
        "knows of no clusters",
    ):
        assert words in text
    written = process_json(result)
    assert written["settings"]["cluster"] == "team"
    assert written["settings"]["clusters"] == 8
    assert written["models"]["total"]["summary"]["F"] is None
    own = written["models"]["total"]["coefficients"][1]["df"]
    assert own == pytest.approx(result.row("total")["df"], rel=CLOSE)


def test_columns_that_are_no_clusters_are_refused(data):
    with pytest.raises(UnknownValueError, match=r"cluster is 'Team'.*mean 'team'"):
        fit(data, cluster="Team")
    with pytest.raises(DegenerateDataError, match="take se='hc2' or 'hc3'"):
        fit(data.assign(team=np.arange(80)))
    with pytest.raises(DegenerateDataError, match="has one value"):
        fit(data.assign(team="all"))
    with pytest.raises(DegenerateDataError, match="at least 3"):
        fit(data.assign(team=data["x"] > 0.0))
    with pytest.raises(DegenerateDataError, match="at least 3"):
        fit(data.assign(team=None))
    twice = pd.concat([data, data[["team"]]], axis=1)
    with pytest.raises(OutOfRangeError, match="heads one column"):
        fit(twice)


def test_errors_and_clusters_go_together(data):
    with pytest.raises(UnknownValueError, match="name their column with cluster"):
        fit(data, cluster=None)
    with pytest.raises(UnknownValueError, match="'hc3' errors take no notice"):
        fit(data, se="hc3")
    with pytest.raises(UnknownValueError, match="hc4, cr1, cr2, cr3"):
        fit(data, se="cr4")
    spec = MediationSpec(x="x", m="m1", y="y")
    with pytest.raises(UnknownValueError, match="needs clusters"):
        mediate_all(data, [spec], se="cr2")
