"""Sentences on days before entry name the shares that were counted."""

from dataclasses import replace

import pandas as pd
import pytest

from smcm.analysis.before_entry import before_entry
from smcm.report.facts.windows import window_facts
from tests.filled import about, written

MACROS = ("before_entry_own", "before_entry_by_length", "before_entry_meaning")


def said_of(study):
    """What each macro says of the windows of a study."""
    facts = about(study) | {"windows": window_facts(study)}
    return {
        name: written("windows.j2", name, f"{name}(windows)", **facts)
        for name in MACROS
    }


@pytest.fixture(scope="module")
def said(study):
    return said_of(study)


def test_shares_of_the_shipped_data_are_told(study, said):
    clients = pd.Index(study.frame["client_id"])
    for one in before_entry(study.cohort, clients, (180, 270, 360)):
        if one.month == 4.5:
            assert f"{100 * one.share:.0f}%" in said["before_entry_by_length"]
    assert (
        "Of the 311 windows before the interview at 4.5 months, all begin before"
        in (said["before_entry_own"])
    )
    assert (
        "13.5 months, none begins before the client's entry."
        in said["before_entry_own"]
    )
    assert "270, and 360 days" in said["before_entry_by_length"]
    assert said["before_entry_meaning"].startswith("At 4.5 months, the length")


def moved(study, days):
    """The same with every entry so many days earlier."""
    entry = study.cohort.clients["entry"] - pd.Timedelta(days, "D")
    clients = study.cohort.clients.assign(entry=entry)
    return replace(study, cohort=replace(study.cohort, clients=clients))


def test_windows_within_the_time_since_entry_are_told_as_such(study):
    said = said_of(moved(study, 400))
    assert said["before_entry_own"].count("none begins before the client's entry") == 2
    assert said["before_entry_by_length"].count("no day of these windows") == 2
    assert said["before_entry_meaning"].startswith("All windows lie within")


def test_some_windows_are_counted(study):
    said = said_of(moved(study, 45))["before_entry_own"]
    since = 180 - 45
    held = study.cohort.interviews.query("month == 4.5").set_index("client_id")["date"]
    entry = study.cohort.clients.set_index("client_id")["entry"]
    reaching = int(((held - entry).dt.days < since).sum())
    assert 1 < reaching < 311
    assert f"months, {reaching} begin before the client's entry" in said
