"""A covariate that the models exclude is named, with the reason."""

import re

import pytest

from smcm import RunParameters, run_study
from smcm.report.format import spelled
from smcm.report.tables.models import excluded_covariates
from tests.shown import tables

SITE = "Excluded covariates: site, because all analysed clients are from site 4."


@pytest.fixture(scope="module")
def one_site(cohort):
    return run_study(cohort, RunParameters(site="only-4", n_boot=200))


def test_nothing_is_said_where_nothing_dropped_out(study):
    assert excluded_covariates(study) == ""
    assert not any("Excluded" in note for note in tables.paths(study).notes)


def test_a_single_site_is_named_under_the_table_of_paths(one_site):
    assert excluded_covariates(one_site) == SITE
    assert tables.paths(one_site).notes[-1] == SITE


def test_no_table_counts_covariates_that_dropped_out(one_site):
    declared = len(one_site.design.shared_covariates)
    entered = one_site.reciprocity[0].first.slope.size - 2  # constant, own baseline
    assert entered == declared - 1
    counted = re.compile(rf"\b({spelled(declared)}|{declared}) [a-z ]*covariates")
    for table in (tables.reciprocity, tables.paths, tables.indirect_effects):
        assert not any(map(counted.search, table(one_site).notes))


def test_another_constant_covariate_is_named(cohort):
    import dataclasses  # noqa: PLC0415

    clients = cohort.clients.assign(housed=1)
    housed = dataclasses.replace(cohort, clients=clients)
    study = run_study(housed, RunParameters(n_boot=200))
    assert (
        "housing, which is the same for every analysed client"
        in excluded_covariates(study)
    )
