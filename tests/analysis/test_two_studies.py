"""Two studies in one process: all that takes a design follows the one it is given.

The other study (`tests.varied`) differs in every part that may differ. What is found
for it is recomputed here from its raw tables, before and after the same was asked of
the shipped study.
"""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from smcm.analysis.exposure_remarks import exposure_remarks
from smcm.analysis.feasibility import coefficients, selected_clients
from smcm.analysis.nesting import dependent_variables, describe_nesting
from smcm.analysis.participants import describe_flow
from smcm.analysis.study import run_study
from smcm.cohort import folder as reading
from smcm.cohort.checking import all_faults
from smcm.cohort.descriptors import schema_of
from smcm.cohort.exposure import cohort_totals, fidelity_exposure
from smcm.cohort.folder import read_folder
from smcm.cohort.frame import analysis_frame, exposure_frame
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_resamples import imputed_columns
from smcm.cohort.loading import load_cohort
from smcm.cohort.ratings import fidelity_ratings
from smcm.cohort.remarks import remarks_on
from smcm.cohort.scoring import scale_scores
from smcm.design.characteristics import blocks, measured
from smcm.design.study_checks import study_faults
from smcm.design.study_file import study_from
from smcm.errors import UnknownValueError
from smcm.parameters import DEFENSIBLE, RunParameters
from smcm.report.export import results
from smcm.report.facts.windows import window_facts
from smcm.report.runs import RunRecord
from smcm.report.starter import starter_files
from smcm.report.tidy_tables import tidy_tables
from smcm.report.words import covariate_names, titles
from tests import varied

RUN = RunParameters(window_days=90, n_boot=100)
SCORES = ["wai_3", "wai_8"] + [
    f"{key}_{month}" for month in (0, 6, 12) for key in ("hours", "rses", "goals")
]
SHARED = ("ace", "age", "education")
MODELS = [  # outcome, mediator, baseline, month of the exposure
    (f"{key}_{outcome}", f"wai_{mediator}", f"{key}_0", mediator)
    for outcome, mediator in ((6, 3), (12, 8))
    for key in ("hours", "rses", "goals")
]
LEVEL, STRICT, ICC = 0.1, 0.02, 0.3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("varied")
    varied.write(place)
    return place


@pytest.fixture(scope="module", autouse=True)
def _carried_out():
    """Let the loader take a sound study file that `smcm check` refuses as yet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_study_faults", study_faults)
        yield


@pytest.fixture(scope="module")
def other(folder):
    return load_cohort(folder)


@pytest.fixture(scope="module")
def found(other):
    return run_study(other, RUN)


@pytest.fixture(scope="module")
def raw():
    """The tables as they were drawn: those given, and the completed ones."""
    return varied.tables()


@pytest.fixture(scope="module")
def in_turn(cohort, other, folder):
    """Ask the same of the other study, of the shipped one, and of both once more.

    The other one was read twice, so that nothing is kept from the first time.
    """
    again = load_cohort(folder)

    def ask(question):
        found = [question(one) for one in (other, cohort, again, cohort)]
        texts = [*map(_plain, found)]
        assert texts[:2] == texts[2:]
        assert texts[0] != texts[1]
        return found[:2]

    return ask


def _plain(answer):
    if isinstance(answer, pd.DataFrame):
        return answer.to_csv()
    return repr(answer)


def by_hand(tables):
    """Score every questionnaire of the raw tables with pandas alone."""
    index = pd.Index(tables["clients"]["client_id"], name="client_id")
    scores = pd.DataFrame(index=index)
    for key in ("wai", "hours", "rses", "goals"):
        for month, rows in tables[key].groupby("month"):
            answers = rows.set_index("client_id").drop(columns="month").astype(float)
            scores[f"{key}_{month}"] = _score(key, answers).reindex(index)
    return scores[SCORES]


def _score(key, answers):
    if key == "goals":
        ratings, points = answers.iloc[:, :3], answers.iloc[:, 3:]
        return 10 * (ratings.to_numpy() * points).sum(axis=1) / 20
    turned = {"wai": ["wai_04", "wai_09"], "rses": ["rses_2"], "hours": []}[key]
    ends = {"wai": 6, "rses": 3, "hours": 300}[key]
    answers = answers.assign(**{name: ends - answers[name] for name in turned})
    least = {"wai": 10, "hours": 1, "rses": 2}[key]  # 9.6 of 12, and half of four
    mean = answers.mean(axis=1).where(answers.count(axis=1) >= least)
    return 4 * mean if key == "rses" else mean


def totals_by_hand(tables):
    """Give the total of every assessment that has one, by team and day."""
    rated = tables["fidelity"].astype({"score": float})
    means, counts = (
        rated.pivot_table("score", ["team", "date"], "domain", aggfunc=how)
        for how in ("mean", "count")
    )
    enough = (counts["search"] >= 3) & (counts["support"] >= 1.5)
    return means.loc[enough, ["search", "support"]].sum(axis=1)


def exposure_by_hand(tables, days, month):
    """Average the daily score of a client's team over the days before an interview."""
    totals, found = totals_by_hand(tables), {}
    held = tables["interviews"]
    dates = held[held["month"] == month].set_index("client_id")["date"]
    for client, team in tables["clients"].set_index("client_id")["team"].items():
        own = totals[team]
        known = own.index.to_numpy().astype("datetime64[D]").astype(int)
        end = dates[client].to_datetime64().astype("datetime64[D]")
        window = np.arange(days) + end.astype(int) - days
        inside = window[(window >= known[0]) & (window <= known[-1])]
        recent = (inside >= window[-1] - 39).any()  # a score within the shortest window
        mean = np.interp(inside, known, own.to_numpy()).mean() if recent else np.nan
        found[client] = mean
    return pd.Series(found)


@pytest.fixture(scope="module")
def frame(raw):
    """The analysis frame of the other study by hand."""
    given, whole = raw
    columns = {
        f"fid{days}_{month}": exposure_by_hand(given, days, month)
        for days in (40, 90)
        for month in (3, 8)
    }
    clients = given["clients"].set_index("client_id")
    return clients.join(pd.DataFrame(columns)).join(by_hand(given | whole))


def icc_by_hand(values, codes):
    """ICC(1) of clusters of one size, from the mean squares of statsmodels."""
    groups = pd.get_dummies(codes, dtype=float).to_numpy()
    fit = sm.OLS(np.asarray(values, dtype=float), groups).fit()
    between = (fit.centered_tss - fit.ssr) / (groups.shape[1] - 1)
    size = len(values) / groups.shape[1]
    return (between - fit.mse_resid) / (between + (size - 1) * fit.mse_resid)


def test_models_and_their_columns_are_those_of_the_file(in_turn):
    models, _ = in_turn(lambda cohort: [m.spec(90) for m in cohort.design.study_models])
    assert [(one.y, one.m, one.covariates[-1], one.x) for one in models] == [
        (y, m, baseline, f"fid90_{month}") for y, m, baseline, month in MODELS
    ]
    assert {one.covariates[:-1] for one in models} == {SHARED}


def test_names_follow_from_the_file(in_turn):
    columns, _ = in_turn(lambda cohort: list(cohort.design.score_columns))
    assert columns == SCORES
    explained, _ = in_turn(lambda cohort: dependent_variables(cohort.design))
    assert explained == ("wai_3", "wai_8", *(y for y, *_ in MODELS))
    imputed, _ = in_turn(lambda cohort: imputed_columns(cohort.design))
    assert list(imputed[: len(SCORES)]) == SCORES
    n, _ = in_turn(lambda cohort: coefficients(cohort.design, 3))
    assert n == 3 + len(SHARED) + 1
    named, _ = in_turn(lambda cohort: dict(titles(cohort.design)))
    assert any("Alliance" in name or "WAI" in name for name in named.values())
    words, _ = in_turn(lambda cohort: dict(covariate_names(cohort.design)))
    assert (words["ace"], words["education"]) == ("prior jobs", "school")


def test_tables_and_their_limits_follow_from_the_file(in_turn):
    schema, _ = in_turn(lambda cohort: schema_of(cohort.design))
    assert [table.name for table in schema.tables] == [
        *("clients", "teams", "fidelity", "interviews", "wai", "hours", "rses", "goals")
    ]
    item, hours = schema.table("wai").column("wai_12"), schema.table("hours")
    assert (item.minimum, item.maximum) == ("1", "5")
    assert hours.answers == ("hours",)
    assert hours.column("hours").maximum == "300"
    assert schema.table("goals").column("goals_points_3").maximum == "20"
    assert list(schema.table("interviews").column("month").codes) == [
        str(month) for month in varied.WAVES
    ]
    assert list(schema.table("fidelity").column("domain").codes) == [*varied.DOMAINS]
    files, _ = in_turn(lambda cohort: dict(starter_files(cohort.design)))
    assert files["goals.csv"].startswith("client_id,month,goals_rating_1,")
    assert "rprs" not in "".join(files.values()).casefold()


def test_characteristics_are_those_declared(in_turn):
    shown, _ = in_turn(lambda cohort: blocks(cohort.design))
    assert [block.name for block in shown] == [
        *("Sex", "School", "Had a job", "Own flat", "In hospital")
    ]
    assert in_turn(lambda cohort: measured(cohort.design))[0] == (
        *(("age", "Age, years"), ("ace", "Prior jobs")),
    )


def test_scores_are_those_of_the_raw_tables(in_turn, raw):
    given, whole = raw

    def scored(cohort, items):
        return scale_scores(items, list(cohort.clients["client_id"]), cohort.design)

    observed, _ = in_turn(lambda cohort: scored(cohort, cohort.items))
    expected = by_hand(given)
    assert expected.isna().any(axis=None)
    pd.testing.assert_frame_equal(observed, expected)
    completed, _ = in_turn(lambda cohort: scored(cohort, cohort.completed))
    pd.testing.assert_frame_equal(completed, by_hand(given | whole))


def test_totals_and_ratings_are_those_of_the_raw_table(in_turn, raw):
    found, _ = in_turn(cohort_totals)
    expected = totals_by_hand(raw[0])
    assert len(expected) == 4 * varied.TEAMS - 2
    np.testing.assert_allclose(found["total"], expected.sort_index())
    ratings, _ = in_turn(fidelity_ratings)
    assert [team for team, _ in ratings.without_total] == ["U1"]
    said, _ = in_turn(exposure_remarks)
    assert any("under 75% of the items" in remark.text for remark in said)


def test_exposures_are_means_of_the_declared_windows(in_turn, frame):
    found, shipped = in_turn(exposure_frame)
    assert [*found] == ["fid90_3", "fid90_8", "fid40_3", "fid40_8"]
    assert next(iter(shipped)) == "fid180_4.5"
    np.testing.assert_allclose(found, frame[[*found]])
    assert 0 < found["fid90_8"].isna().sum() < varied.N / varied.TEAMS
    one, _ = in_turn(lambda cohort: fidelity_exposure(cohort, 40).means)
    assert [*one] == ["mean_3", "mean_8"]


def test_levels_follow_the_icc_at_the_declared_cluster(in_turn, frame):
    def nesting(cohort):
        items, clients = cohort.completed, list(cohort.clients["client_id"])
        window = cohort.design.exposure.windows[0]
        scores = scale_scores(items, clients, cohort.design)
        return describe_nesting(analysis_frame(cohort, scores, window), cohort.design)

    found, _ = in_turn(nesting)
    assert found.cluster == "team"
    levels = set()
    for name, icc in found.icc.items():
        expected = icc_by_hand(frame[name], frame["team"])
        assert icc.value == pytest.approx(expected)
        assert found.alpha(name) == (STRICT if expected > ICC else LEVEL)
        levels.add(found.alpha(name))
    assert levels == {LEVEL, STRICT}


def test_what_looks_like_a_slip_is_that_of_the_own_scales(in_turn):
    """Reversed items go up with the others; nobody lacks the last of three schools."""
    remarks, _ = in_turn(remarks_on)
    assert not [one for one in remarks if "goes down" in one.text]
    assert not [one for one in remarks if one.column == "education"]
    assert {one.file for one in remarks} <= {"rses.csv"}


def test_a_sound_folder_has_no_fault_and_a_spoilt_one_those_of_its_own_rules(
    folder, tmp_path
):
    assert all_faults(read_folder(folder)) == ()
    varied.write(tmp_path)
    spoilt = {name: table.astype(str) for name, table in varied.tables()[0].items()}
    spoilt["clients"].loc[0, "entry"] = "2020-06-01"
    spoilt["clients"].loc[8, "case_manager"] = "C1"
    spoilt["interviews"] = spoilt["interviews"].drop(index=3)  # month 8
    spoilt["fidelity"].loc[1, "domain"] = "support"
    spoilt["fidelity"] = spoilt["fidelity"].drop(index=6)  # the item of the setting
    spoilt["goals"].loc[5, "goals_points_1"] = "0"
    spoilt["rses"].loc[7, "rses_1"] = "4"
    for name, table in spoilt.items():
        text = table.replace({"<NA>": "", "nan": ""}).to_csv(index=False)
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    found = "\n".join(fault.rule for fault in all_faults(read_folder(tmp_path)))
    for words in (
        *("at most 10 days", "A job coach belongs to one unit"),
        "each month 0, 3, 6, 8, 12",
        *("The points of the 3 areas add up to 20", "from 0 to 3", "domain", "7 items"),
    ):
        assert words in found
    assert all_faults(read_folder(folder)) == ()


@pytest.mark.parametrize("days", [40, 90])
def test_paths_are_those_of_statsmodels(found, study, frame, days):
    assert [*found.windows] == [40, 90]
    assert [*study.windows] == [90, 180, 270]
    for one, (y, m, baseline, month) in zip(found.windows[days], MODELS, strict=True):
        rest = [*SHARED, baseline]
        x, data = f"fid{days}_{month}", frame.astype({c: float for c in rest})
        data = data.dropna(subset=[x])
        on_m = sm.OLS(data[m], sm.add_constant(data[[x, *rest]])).fit()
        on_y = sm.OLS(data[y], sm.add_constant(data[[x, m, *rest]])).fit()
        assert one.term("a").estimate == pytest.approx(on_m.params[x])
        assert one.term("a").p == pytest.approx(on_m.pvalues[x])
        assert one.term("b").estimate == pytest.approx(on_y.params[m])
        assert one.term("direct").estimate == pytest.approx(on_y.params[x])
        assert one.alpha_mediator == found.nesting.alpha(m)
        assert one.alpha_outcome == found.nesting.alpha(y)


def test_change_and_reciprocity_are_of_the_own_months(found, frame):
    later = frame["wai_3"] - frame["wai_8"]
    assert found.change.alliance.change.difference == pytest.approx(later.mean())
    for outcome, model in zip(found.change.outcomes, found.reciprocity, strict=True):
        key = outcome.instrument.key
        assert [one.month for one in outcome.occasions] == [0, 6, 12]
        data = frame[[*SHARED, f"{key}_0", f"{key}_6"]].astype(float)
        fit = sm.OLS(frame["wai_8"], sm.add_constant(data)).fit()
        assert model.slope == pytest.approx(fit.params[f"{key}_6"])
        assert model.p == pytest.approx(fit.pvalues[f"{key}_6"])


def test_the_flow_and_the_windows_are_of_the_own_horizons(found):
    assert [one.horizon for one in describe_flow(found).horizons] == [6, 12]
    windows = window_facts(found)
    assert {(one.days, one.months) for one in windows if one.usual} == {
        (days, month) for days in (40, 90) for month in ("3", "8")
    }


def test_results_are_read_back_with_the_own_design(found, study):
    for one in (found, study, found):
        record = RunRecord.from_results(results(one, tidy_tables(one)), one.design)
        assert [m.model.key for m in record.models] == [m.model.key for m in one.models]
        assert [m.term("a").estimate for m in record.models] == [
            m.term("a").estimate for m in one.models
        ]


def test_imputed_sets_and_the_pooled_analysis_are_of_the_own_scales(other, raw):
    imputed = impute_cohort(other, n_imputations=2, seed=RUN.seed)
    frame, known = imputed.frame(0), by_hand(raw[0])
    assert [*frame] == SCORES
    assert not frame.isna().any(axis=None)
    whole = raw[0]["wai"].set_index(["client_id", "month"]).notna().all(axis=1)
    clients = whole[whole].xs(3, level="month").index
    np.testing.assert_allclose(frame.loc[clients, "wai_3"], known.loc[clients, "wai_3"])
    run = RunParameters(window_days=90, n_boot=100, n_imputations=2, reading=DEFENSIBLE)
    pooled = run_study(other, run)
    assert [*pooled.windows] == [40, 90]
    assert [one.model.key for one in pooled.models] == [y for y, *_ in MODELS]
    assert not [name for name in pooled.frame if name.startswith("site_")]
    assert any("education_" in c for c in pooled.models[0].mediation.spec.covariates)


def test_the_other_study_is_another_in_every_part(cohort):
    one = study_from(varied.STUDY)
    same = {
        name
        for name in type(one).__dataclass_fields__
        if getattr(one, name) == getattr(cohort.design, name)
    }
    assert same == {"baseline"}


def test_a_window_is_one_of_the_study_s_own(in_turn):
    def said(cohort):
        answers = {}
        for days in (40, 90, 180, 270):
            try:
                answers[days] = selected_clients(
                    cohort, RunParameters(window_days=days)
                )
            except UnknownValueError as error:
                answers[days] = str(error)
        return {days: str(answer)[:70] for days, answer in answers.items()}

    own, shipped = in_turn(said)
    for answers, windows in ((own, (40, 90)), (shipped, (90, 180, 270))):
        named = ", ".join(map(str, windows))
        for days, answer in answers.items():
            refusal = f"window_days is {days}; expected one of {named}."
            assert (answer == refusal) == (days not in windows)
