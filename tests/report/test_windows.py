"""Sentences on days before entry name the shares that were counted."""

from dataclasses import replace

import pandas as pd
import pytest

from smcm.analysis.before_entry import before_entry
from smcm.report.facts import study_facts
from tests.filled import about, filled


def told(stem, study):
    return filled(stem, **about(study), study=study_facts(study))


@pytest.fixture(scope="module")
def methods(study):
    return told("methods", study)


@pytest.fixture(scope="module")
def results(study):
    return told("results", study)


def test_shares_of_the_shipped_data_are_told(study, methods, results):
    clients = pd.Index(study.frame["client_id"])
    days = (180, 270, 360)
    shares = {
        one.window_days: one.share
        for one in before_entry(study.cohort, clients, days)
        if one.month == 4.5
    }
    for length in days[:2]:
        assert f"{100 * shares[length]:.0f}%" in results
    held = {w.days: w.share for w in study_facts(study).windows if w.months == "4.5"}
    assert {length: held[length] for length in days} == shares
    assert "windows of 90, 180, and 270 days" in results
    assert (
        "Of the 311 windows before the interview at 4.5 months, all begin before"
        in methods
    )
    assert "13.5 months, none begins before the client's entry." in methods
    assert "At 4.5 months, the length of the window therefore" in results


def moved(study, days):
    """The same with every entry so many days earlier."""
    entry = study.cohort.clients["entry"] - pd.Timedelta(days, "D")
    clients = study.cohort.clients.assign(entry=entry)
    return replace(study, cohort=replace(study.cohort, clients=clients))


def test_windows_within_the_time_since_entry_are_told_as_such(study):
    earlier = moved(study, 400)
    methods, results = told("methods", earlier), told("results", earlier)
    assert methods.count("none begins before the client's entry") == 2
    assert results.count("no day in any of these windows") == 2
    assert "All windows lie within" in results


def test_some_windows_are_counted(study):
    said = told("methods", moved(study, 45))
    since = 180 - 45
    held = study.cohort.interviews.query("month == 4.5").set_index("client_id")["date"]
    entry = study.cohort.clients.set_index("client_id")["entry"]
    reaching = int(((held - entry).dt.days < since).sum())
    assert 1 < reaching < 311
    assert f"months, {reaching} begin before the client's entry" in said
