"""The manifest may raise the smallest count that pages show, never lower it."""

import json
from dataclasses import replace

import pytest

from smcm.analysis.characteristics import describe_clients
from smcm.analysis.missing import describe_missing
from smcm.article.levels import stem_of_line
from smcm.cohort.manifest import read_manifest
from smcm.stats.small_counts import FEWEST_CLIENTS
from tests.disclosed import real

SAID = {"synthetic": False, "statement": "Follow-up of three teams."}


def manifest(**entry):
    return read_manifest(json.dumps(SAID | entry).encode(), {})


def test_a_manifest_without_the_entry_has_the_usual_threshold():
    assert manifest().fewest_clients == FEWEST_CLIENTS
    assert read_manifest(None, {}).fewest_clients == FEWEST_CLIENTS
    assert FEWEST_CLIENTS == 10


@pytest.mark.parametrize("n", [10, 11, 40])
def test_the_entry_raises_it(n):
    found = manifest(fewest_clients=n)
    assert (found.fewest_clients, found.faults) == (n, ())


@pytest.mark.parametrize("wrong", [9, 0, -10, 10.5, 20.0, "20", True, None, [20]])
def test_less_or_no_whole_number_is_refused_with_rule_and_cure(wrong):
    found = manifest(fewest_clients=wrong)
    (fault,) = found.faults
    assert fault.column == "fewest_clients"
    assert "whole number of 10 or more" in fault.rule
    assert fault.cure == "Write 10 or more, or leave the entry out."
    assert found.fewest_clients == FEWEST_CLIENTS


@pytest.mark.parametrize("raised", [FEWEST_CLIENTS, 40])
def test_no_count_of_table_1_is_below_a_raised_threshold(cohort, raised):
    clients = replace(real(cohort), fewest_clients=raised)
    table = describe_clients(clients, clients.clients["client_id"])
    lines = [line.n for line in (*table.counts, *table.sites)]
    told = [n for n in (*lines, *(rest.n for rest in table.unlisted)) if n]
    assert min(told) >= raised
    assert len(told) > 5


def test_a_raised_threshold_withholds_more(cohort):
    def hidden(raised):
        clients = replace(real(cohort), fewest_clients=raised)
        table = describe_clients(clients, clients.clients["client_id"])
        return {stem_of_line(line) for line in table.counts if line.n is None}

    assert hidden(FEWEST_CLIENTS) < hidden(40)


def test_no_count_of_missing_scores_is_below_a_raised_threshold(study):
    scores = study.observed
    for raised in (FEWEST_CLIENTS, 40):
        found = describe_missing(scores, raised)
        told = [n for n in found.by_score.values() if n]
        assert told
        assert all(raised <= n <= len(scores) - raised for n in told)
