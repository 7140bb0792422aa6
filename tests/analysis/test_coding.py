"""The models coded in other ways against R, and by refits of the parts."""

from dataclasses import replace

import numpy as np
import pytest

from generator.shipped import SHARED_COVARIATES
from smcm.analysis.study import run_study
from smcm.chapters.coding.coding import BASELINE, describe_coding
from smcm.parameters import RunParameters
from smcm.stats.mediation import fit_paths

CLOSE = 1e-9


@pytest.fixture(scope="module")
def found(study):
    return describe_coding(study)


def test_both_codings_are_those_of_r(study, found, oracle, compare):
    coded = {"numbers": study.models, "categories": found.categories}
    for row in oracle("influence_codings", "influence").to_dict("records"):
        results = {one.model.key: one for one in coded[row["coding"]]}
        ours = results[row["model"]].mediation.row(row["term"])
        compare(
            [ours["estimate"], ours["se"], ours["p"]],
            [row["estimate"], row["se"], row["p"]],
            source="R",
            script="influence",
            abs=CLOSE,
            what="paths with site and education as numbers and as categories",
        )


def test_categories_are_indicators_of_every_level_but_the_first(study, found):
    sites = study.frame["site"].nunique()
    levels = study.frame["education"].nunique()
    for one in found.categories:
        spec = one.mediation.spec
        assert len(spec.covariates) == 7 + (sites - 1) + (levels - 1)
        assert "site" not in spec.covariates
        assert one.mediation.dropped_columns == ()


def test_a_covariate_is_left_out_of_every_model(study, found):
    assert tuple(found.left_out) == (*SHARED_COVARIATES, BASELINE)
    frame = study.frame
    for name, results in found.left_out.items():
        for old, new in zip(study.models, results, strict=True):
            kept = [
                c
                for c in old.mediation.spec.covariates
                if (c if c in SHARED_COVARIATES else BASELINE) != name
            ]
            spec = old.mediation.spec
            x, m, y = frame[[spec.x, spec.m, spec.y]].to_numpy(float).T
            refit = fit_paths(x, m, y, frame[kept].to_numpy(float))
            assert new.mediation.indirect == pytest.approx(refit.indirect, rel=1e-9)
            assert new.alpha_outcome == old.alpha_outcome


def test_changed_conclusions_are_found(study, found):
    def turned(results):
        pairs = zip(study.models, results, strict=True)
        return {n.model.key for o, n in pairs if o.mediated != n.mediated}

    assert {one.model.key for one in found.changed} == turned(found.categories)
    for name, results in found.left_out.items():
        assert {o.model.key for o in found.changed_without(name)} == turned(results)
    same = replace(found, categories=study.models)
    assert same.changed == ()


def test_inflation_is_that_of_a_regression_on_the_others(study, found):
    factors = []
    for one in study.models:
        spec = one.mediation.spec
        names = [spec.m, spec.x, *spec.covariates]
        others = study.frame[[n for n in names if n != "age"]].to_numpy(float)
        design = np.column_stack([np.ones(len(others)), others])
        age = study.frame["age"].to_numpy(float)
        left = age - design @ np.linalg.lstsq(design, age, rcond=None)[0]
        factors.append(np.sum((age - age.mean()) ** 2) / np.sum(left**2))
    assert found.inflation["age"] == pytest.approx(max(factors), rel=1e-9)


def test_a_single_site_has_no_categories_of_sites(cohort):
    run = RunParameters(site="only-4", n_boot=100)
    found = describe_coding(run_study(cohort, run))
    assert "site" not in found.left_out
    for one in found.categories:
        assert not [c for c in one.mediation.spec.covariates if "site" in c]
