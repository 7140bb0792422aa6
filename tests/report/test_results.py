"""What a run leaves: numbers and names, from which pages write their sentences."""

import json
from dataclasses import replace

import pytest

from smcm.report.export import results_text
from smcm.report.run_page import run_page_facts
from tests.filled import box, written
from tests.report.states import STATES

DIGEST = "0123456789abcdef"


@pytest.fixture(scope="module")
def left(study):
    return json.loads(results_text(study))


def test_the_results_hold_no_sentence_but_on_the_data(study, left):
    data = left.pop("data")
    assert data["statement"] == study.cohort.statement
    assert ". " not in json.dumps(left)


def test_the_abstract_is_written_from_the_results_of_its_run(study, left):
    said = written("findings.j2", "abstract", "abstract()", **left["abstract_facts"])
    mediated = [r.model.title for r in study.models if r.mediated]
    assert mediated
    _, _, after = said.partition("there was mediation ")
    named, _, _ = after.partition(".")
    assert all(title in named for title in mediated)
    assert named.count(" months") == len(mediated)


def test_nothing_that_is_found_is_told_as_nothing(study):
    noise = json.loads(results_text(STATES["noise"](study)))
    said = written("findings.j2", "abstract", "abstract()", **noise["abstract_facts"])
    assert "there was mediation in none of the eight models." in said


def test_the_box_of_a_run_names_its_parameters(runs):
    said = box(run_page=run_page_facts(runs[0], DIGEST))
    assert "| Fidelity window | 90 days |" in said
    assert "| Sites | all |" in said
    assert f"| Clients | {runs[0].n} |" in said
    assert "| Seed | 20141009 |" in said
    assert "digest 0123456789ab |" in said


@pytest.mark.parametrize(
    ("site", "words"), [("only-4", "site 4 alone"), ("without-4", "all but site 4")]
)
def test_the_box_of_a_run_names_its_sites(runs, site, words):
    record = replace(runs[0], run=replace(runs[0].run, site=site))
    assert f"| Sites | {words} |" in box(run_page=run_page_facts(record, DIGEST))


def test_a_name_from_outside_stays_in_its_cell(runs):
    record = replace(runs[0], run=replace(runs[0].run, data="a | b\n:::"))
    said = box(run_page=run_page_facts(record, DIGEST), escaped=True)
    assert r"| Data | a \| b :::, digest" in said
