"""`mediate_pooled`: what it pools, against mice and against the sets one by one."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, SHARED_COVARIATES
from smcm import mediate, mediate_pooled
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.mediation_result import TERMS
from smcm.analysis.pooled_mediation import pool_all
from smcm.analysis.pooled_result import POOLED_COLUMNS, POOLED_TERMS, advised_sets
from smcm.analysis.pooled_schemes import FittedSets, by_rubin_mc
from smcm.errors import DegenerateDataError, OutOfRangeError, UnknownValueError
from smcm.stats.boot_mi import LEAST_SAMPLES, boot_mi
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.resample import ResamplingPlan, rows_of
from tests.outside import REFERENCE

KEPT = 1e-8
EXACT = 1e-10


@pytest.fixture(scope="module")
def sets():
    frame = pd.read_csv(REFERENCE / "pool_sets.csv")
    return [one.reset_index(drop=True) for _, one in frame.groupby("set")]


def roles(model):
    rest = [*SHARED_COVARIATES, f"{model.partition('_')[0]}_0"]
    return {"x": "fidelity_13.5", "m": "rprs_13.5", "y": model, "covariates": rest}


def pooled(sets, model="pgi_18", **options):
    return mediate_pooled(sets, **roles(model) | {"n_boot": 400, "seed": 5} | options)


def test_paths_are_those_that_mice_pools(sets, oracle, compare):
    kept = oracle("pool").set_index(["model", "equation", "term"])
    for outcome in ("qoli20", "pgi", "ths", "mcas"):
        found = pooled(sets, f"{outcome}_18").terms
        for term, equation, column in (
            ("a", "to_mediator", "fidelity_13.5"),
            ("b", "to_outcome", "rprs_13.5"),
            ("direct", "to_outcome", "fidelity_13.5"),
            ("total", "to_total", "fidelity_13.5"),
        ):
            theirs = kept.loc[(f"{outcome}_18", equation, column)]
            ours = found[term]
            compare(
                [ours.estimate, ours.se, ours.df, ours.p, ours.ci_low, ours.fmi],
                theirs[["estimate", "se", "df", "p", "low", "fmi"]].to_numpy(),
                source="mice",
                script="pool",
                rel=KEPT,
                what="path of a pooled mediation model",
            )


def test_r_squared_is_the_one_that_mice_pools(sets, oracle, compare):
    kept = oracle("pool_r2", "pool").set_index(["model", "equation"])
    for model in ("qoli20_18", "mcas_18"):
        found = pooled(sets, model).terms
        for term, equation in (
            ("r2_mediator", "to_mediator"),
            ("r2_outcome", "to_outcome"),
            ("r2_total", "to_total"),
        ):
            ours = (found[term].estimate, found[term].fmi)
            theirs = kept.loc[(model, equation)].to_numpy()
            what = "R squared of a pooled mediation model"
            compare(ours, theirs, source="mice", script="pool", rel=KEPT, what=what)


@pytest.mark.parametrize("method", ["single", "rubin_mc", "mi_boot"])
def test_tidy_has_a_row_a_term_and_always_the_same_columns(sets, method):
    table = pooled(sets, method=method).tidy()
    assert tuple(table.columns) == POOLED_COLUMNS
    assert tuple(table["term"]) == POOLED_TERMS
    drawn = table.set_index("term").loc[["indirect", "indirect_ps", "indirect_cs"]]
    assert drawn[["statistic", "p"]].isna().all().all()
    assert drawn[["estimate", "se", "ci_low", "ci_high"]].notna().all().all()


def test_single_is_the_first_set_alone(sets):
    found, alone = (
        pooled(sets, method="single"),
        mediate(sets[0], **roles("pgi_18"), n_boot=400, seed=5),
    )
    for term in TERMS:
        row = alone.row(term)
        assert {name: getattr(found.term(term), name) for name in row} == (
            pytest.approx(row, nan_ok=True, rel=0.0, abs=0.0)
        )
    assert found.m == 1
    assert np.isnan(found.term("a").fmi)


def test_stacked_draws_are_those_of_each_set_on_the_same_resamples(sets):
    found = pooled(sets, method="mi_boot", n_boot=600)
    alone = [mediate(one, **roles("pgi_18"), n_boot=600, seed=5) for one in sets]
    stacked = np.concatenate([one.draws.indirect for one in alone])
    np.testing.assert_allclose(found.draws, stacked, rtol=0.0, atol=EXACT)
    low, high = percentile_limits(stacked)
    assert found.limits() == pytest.approx((low, high), abs=EXACT)
    assert found.indirect == pytest.approx(np.mean([one.indirect for one in alone]))


def test_rubin_draws_scatter_as_the_product_of_the_pooled_paths(sets):
    found = pooled(sets, n_boot=200_000)
    a, b = found.term("a"), found.term("b")
    exact = np.sqrt(
        a.estimate**2 * b.se**2 + b.estimate**2 * a.se**2 + a.se**2 * b.se**2
    )
    assert found.term("indirect").se == pytest.approx(exact, rel=0.01)
    assert found.indirect == a.estimate * b.estimate
    assert found.draws.mean() == pytest.approx(found.indirect, abs=4 * exact / 447)


def test_variances_and_df_come_from_the_fits(sets):
    plain, robust = pooled(sets), pooled(sets, se="hc3")
    assert robust.a == plain.a
    assert robust.term("a").se != plain.term("a").se


def test_degrees_of_freedom_may_be_a_coefficient_s_own(sets):
    alone = mediate(sets[0], **roles("pgi_18"), n_boot=100).paths
    own = replace(alone.to_outcome, own_df=np.linspace(5.0, 16.0, 12))
    fitted = FittedSets(paths=(replace(alone, to_outcome=own),) * 2)
    _, variances, df = fitted.slopes()
    assert list(df[0]) == [alone.to_mediator.df, 6.0, 7.0, alone.to_total.df]
    assert variances[0, 1] == pytest.approx(own.se[1] ** 2)
    terms, _ = by_rubin_mc(fitted, 0.95, 1000, 1)
    assert terms["b"].df == pytest.approx(6.0 * 7.0 / 9.0)
    assert terms["indirect"].df == pytest.approx(6.0 * 7.0 / 9.0)


def test_sets_without_gaps_give_what_one_set_gives(sets):
    alone = mediate(sets[0], **roles("pgi_18"), n_boot=400, seed=5)
    found = pooled([sets[0]] * 3)
    for term in ("a", "b", "direct", "total"):
        row, ours = alone.row(term), found.term(term)
        assert ours.estimate == pytest.approx(row["estimate"], rel=EXACT)
        assert ours.se == pytest.approx(row["se"], rel=EXACT)
        assert ours.df == pytest.approx(row["df"] * (row["df"] + 1) / (row["df"] + 3))
        assert ours.mc_error == pytest.approx(0.0, abs=1e-12)


def test_models_pooled_together_are_those_pooled_alone(sets):
    frames = [one.rename(columns={"fidelity_13.5": "fid180_13.5"}) for one in sets]
    specs = [model.spec(180) for model in EIGHT_MODELS[4:]]
    options = Resampling(
        n_boot=300, seed=5, level=0.95, se="classical", ci="percentile", stream="numpy"
    )
    for method in ("rubin_mc", "mi_boot"):
        together = pool_all(frames, specs, method, options)
        alone = pooled(sets, method=method, n_boot=300)
        for name, theirs in alone.terms.items():
            ours = together[1].term(name)
            assert ours.estimate == pytest.approx(theirs.estimate, rel=EXACT)
            assert ours.ci_low == pytest.approx(theirs.ci_low, rel=1e-8)


def test_models_of_several_mediators_are_not_pooled(sets):
    one = EIGHT_MODELS[0].spec()
    with pytest.raises(OutOfRangeError, match="expected one mediator; for several"):
        pool_all(sets, (one, replace(one, more=("m2",))), "rubin_mc", Resampling())
    with pytest.raises(OutOfRangeError, match="expected one mediator; for several"):
        pooled(sets, m=["rprs_13.5", "qoli20_9"])


def test_advice_is_a_set_for_each_percent_of_missing_information(sets):
    found = pooled(sets)
    largest = max(found.term(n).fmi for n in ("a", "b", "direct", "total", "indirect"))
    assert found.advised_m == int(np.ceil(100 * largest))
    assert f"at least {found.advised_m} sets" in found.advice
    assert pooled(sets, method="single").advice == ""
    assert advised_sets([0.2, float("nan")]) == 20


def test_a_covariate_that_one_set_cannot_tell_apart_goes_from_all(sets):
    changed = [one.assign(extra=one["age"] ** 2) for one in sets]
    changed[2] = changed[2].assign(extra=2.0 * changed[2]["age"])
    covariates = [*SHARED_COVARIATES, "extra"]
    found = pooled(changed, covariates=covariates)
    assert found.dropped_columns == ("extra",)
    assert found.spec.covariates == SHARED_COVARIATES


def test_cases_that_every_set_lacks_are_left_out_and_counted(sets):
    gaps = [one.assign(ace=one["ace"].where(one.index >= 4)) for one in sets]
    found = pooled(gaps)
    assert (found.n, found.dropped_rows) == (len(sets[0]) - 4, 4)


def test_what_is_no_list_of_completed_sets_is_refused(sets):
    with pytest.raises(OutOfRangeError, match="frames is 'DataFrame'; expected a list"):
        pooled(sets[0])
    with pytest.raises(OutOfRangeError, match="frames is 'empty list'"):
        pooled([])
    with pytest.raises(OutOfRangeError, match="number of sets is 1"):
        pooled(sets[:1])
    with pytest.raises(UnknownValueError, match=r"Did you mean 'rubin_mc'"):
        pooled(sets, method="rubin")
    with pytest.raises(DegenerateDataError, match="set 2 has other rows"):
        pooled([sets[0], sets[1].iloc[1:]])
    other = sets[1].assign(ace=sets[1]["ace"].where(sets[1].index != 3))
    same_count = sets[0].assign(ace=sets[0]["ace"].where(sets[0].index != 7))
    with pytest.raises(DegenerateDataError, match="other gaps"):
        pooled([same_count, other])
    with pytest.raises(UnknownValueError, match="term"):
        pooled(sets).limits("c")


class Imputer:
    """Samples of a frame whose y lacks values, filled from a normal."""

    def __init__(self, frame):
        self.frame = frame
        self.n_cases = len(frame)

    def resamples(self, plan, n_sets):
        rng = np.random.default_rng(plan.seed)
        for _, counts in plan.chunks():
            for count in counts:
                one = self.frame.iloc[rows_of(count)].reset_index(drop=True)
                noise = [rng.normal(size=len(one)) for _ in range(n_sets)]
                filled = [one["m"] + each for each in noise]
                yield [one.assign(y=one["y"].fillna(each)) for each in filled]


@pytest.fixture(scope="module")
def gappy():
    rng = np.random.default_rng(9)
    frame = pd.DataFrame(rng.normal(size=(150, 2)), columns=["x", "c"])
    frame["m"] = 0.5 * frame["x"] + rng.normal(size=150)
    frame["y"] = (frame["m"] + rng.normal(size=150)).where(rng.random(150) > 0.2)
    return frame


def test_imputed_samples_are_pooled_by_their_mean_squares(gappy):
    imputer = Imputer(gappy)
    found = mediate_pooled(
        imputer, x="x", m="m", y="y", covariates=["c"], method="boot_mi", seed=2
    )
    plan = ResamplingPlan(150, LEAST_SAMPLES, 2)
    each = np.array(
        [
            [
                [one.paths.a, one.paths.b, one.paths.indirect]
                for one in (
                    mediate(f, x="x", m="m", y="y", covariates=["c"], n_boot=100)
                    for f in frames
                )
            ]
            for frames in Imputer(gappy).resamples(plan, 2)
        ]
    )
    by_hand = boot_mi(each)
    for k, term in enumerate(("a", "b", "indirect")):
        ours = found.term(term)
        assert ours.estimate == pytest.approx(by_hand.estimate[k], rel=1e-9)
        assert ours.se == pytest.approx(by_hand.se[k], rel=1e-9)
        assert ours.df == pytest.approx(by_hand.df[k], rel=1e-9)
        assert ours.fmi == pytest.approx(by_hand.fmi[k], rel=1e-9)
    assert (found.n_boot, found.m, found.draws) == (LEAST_SAMPLES, 2, None)
    assert found.term("a").fmi == 0.0
    assert 0.0 < found.term("b").fmi < 1.0
    assert tuple(found.terms) == POOLED_TERMS
    assert found.advice == ""
    for name in ("r2_mediator", "r2_outcome", "r2_total"):
        low, high = found.limits(name)
        assert 0.0 <= low < found.term(name).estimate < high < 1.0


def test_frames_cannot_be_imputed_anew_and_few_samples_do_not_do(sets, gappy):
    with pytest.raises(OutOfRangeError, match="frames is 'list'; expected an object"):
        pooled(sets, method="boot_mi")
    with pytest.raises(OutOfRangeError, match="n_boot is 150; expected at least 200"):
        mediate_pooled(
            Imputer(gappy), x="x", m="m", y="y", method="boot_mi", n_boot=150
        )
    with pytest.raises(OutOfRangeError, match="se is 'hc3'; expected 'classical'"):
        mediate_pooled(Imputer(gappy), x="x", m="m", y="y", method="boot_mi", se="hc3")
