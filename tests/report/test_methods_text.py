"""The methods and the introduction say what an edition rests on."""

import re
from dataclasses import replace

import pytest

from smcm import run_study
from smcm.published import Published
from smcm.report.facts.clients import client_facts
from smcm.report.facts.study import study_facts
from tests.filled import about, facts_of, filled

OF_THE_SHIPPED_DATA = re.compile(r"invented|calibrat|generator|no replication")
SYNTHETIC = re.compile("synthetic (cohort|data)|are synthetic")  # not the parameter


def methods(study):
    return filled("methods", **about(study), study=study_facts(study))


def introduction(study):
    return filled("introduction", **facts_of(study))


def owned(study, **changes):
    """The same study, as if its data were an author's."""
    own = replace(study.cohort, name="clinic", synthetic=False, statement="Our data.")
    return replace(study, cohort=own, **changes)


@pytest.fixture(scope="module")
def defensible(cohort, study):
    run = replace(study.run, reading="defensible", n_imputations=3, n_boot=500)
    return run_study(cohort, run)


@pytest.fixture(scope="module")
def shipped(study):
    return methods(study)


def test_the_shipped_data_are_called_synthetic(study, shipped):
    assert OF_THE_SHIPPED_DATA.search(shipped)
    assert study.cohort.statement in shipped
    assert SYNTHETIC.search(introduction(study))


@pytest.mark.parametrize("completion", ["frozen", "live"])
def test_nothing_said_of_own_data_holds_of_the_shipped_alone(study, completion):
    own = owned(study, completion=completion)
    for text in (methods(own), introduction(own)):
        assert not OF_THE_SHIPPED_DATA.search(text)
        assert not SYNTHETIC.search(text)
        assert "“clinic”" in text


def test_simulated_data_are_not_called_calibrated(second_study):
    for text in (methods(second_study), introduction(second_study)):
        assert "synthetic data set “second”" in text
        assert not re.search("calibrat|by construction", text)


def test_a_live_completion_warns_of_its_seed(study, shipped):
    live = methods(replace(study, completion="live"))
    assert f"seed {study.run.seed}." in live
    assert "may change with the seed" in live
    assert f"seed {study.run.seed}" not in shipped


def test_imputation_says_where_answers_were_too_few(shipped, second_study):
    assert "No predictor had to be dropped" in shipped
    clients = second_study.cohort.clients.groupby("team").head(9)
    few = replace(second_study.cohort, clients=clients.reset_index(drop=True))
    found = replace(
        study_facts(second_study),
        clients=client_facts(replace(second_study, cohort=few)),
    )
    said = filled("methods", **about(second_study), study=found)
    assert "without their weakest" in said


def test_sizes_in_sentences_are_those_of_the_data(second_study):
    said = methods(second_study)
    assert "the 180 clients of this edition, from five sites and nine teams." in said


def test_the_defensible_analysis_is_described_where_it_is_used(shipped, defensible):
    said = methods(defensible)
    assert "3 completed data sets" in said
    assert "500 Monte Carlo" in said
    assert "uses indicator columns" in said
    assert "requires clients of at least three teams" in said
    assert "Monte Carlo" not in shipped
    assert "keeps the single columns" in shipped


def test_the_printed_degrees_of_freedom_leave_room_for_the_predictors(study):
    published = Published.read()
    n, df = (int(published[key].value) for key in ("m.n", "rec.QOLI-20.df2"))
    assert study_facts(study).design.predictors == n - df - 1
