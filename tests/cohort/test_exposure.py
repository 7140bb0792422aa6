"""Fidelity before each interview, against R and by hand."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from generator.shipped import (
    ALLIANCE_MONTHS,
    DOMAINS,
    SCORED_DOMAINS,
    TOTAL_HIGH,
    TOTAL_LOW,
)
from smcm.cohort.exposure import (
    FROM_ENTRY,
    assessment_totals,
    day_number,
    days_since_entry,
    fidelity_exposure,
)
from smcm.design.instruments import label

KEPT = 1e-9  # relative, or points of a total of 8 to 40


@pytest.mark.parametrize("window", [90, 180, 270])
def test_every_window_is_that_of_approx_in_r(cohort, oracle, compare, window):
    found = fidelity_exposure(cohort, window)
    kept = oracle("exposure").query("window == @window")
    for month in ALLIANCE_MONTHS:
        theirs = kept[kept["month"] == month].set_index("client_id")
        theirs = theirs.loc[found.frame.index]
        compare(
            found.mean(month),
            theirs["mean"],
            source="R",
            script="exposure",
            what="exposure of a client (approx)",
            rel=KEPT,
        )
        for side in ("days_before", "days_after"):
            ours = found.frame[f"{side}_{label(month)}"]
            np.testing.assert_array_equal(ours, theirs[side])
    short = kept[kept["days_before"] + kept["days_after"] > 0]
    assert found.clients_with_short_windows == short["client_id"].nunique()


def test_exposure_from_entry_is_that_of_approx_in_r(cohort, oracle, compare):
    found = fidelity_exposure(cohort, FROM_ENTRY)
    kept = oracle("exposure_entry", "exposure")
    since = days_since_entry(cohort)
    for month in ALLIANCE_MONTHS:
        theirs = kept[kept["month"] == month].set_index("client_id")
        theirs = theirs.loc[found.frame.index]
        compare(
            found.mean(month),
            theirs["mean"],
            source="R",
            script="exposure",
            what="exposure of a client from entry (approx)",
            rel=KEPT,
        )
        short = found.frame[f"days_before_{label(month)}"]
        np.testing.assert_array_equal(short, theirs["days_before"])
        np.testing.assert_array_equal(since[month], theirs["days"])


def test_a_client_without_a_day_since_entry_has_no_exposure_from_entry(cohort):
    clients = cohort.clients.copy()
    first = clients.index[0]
    held = cohort.interviews.query("month == 4.5").set_index("client_id")["date"]
    clients.loc[first, "entry"] = held[clients.loc[first, "client_id"]]
    late = fidelity_exposure(dataclasses.replace(cohort, clients=clients), FROM_ENTRY)
    assert late.means.isna().sum().tolist() == [1, 0]


def test_totals_are_sums_of_domain_means(cohort):
    totals = assessment_totals(cohort.fidelity, cohort.design.exposure)
    rows = cohort.fidelity.groupby(["team", "date"])
    assert len(totals) == rows.ngroups
    for found in totals.itertuples():
        part = rows.get_group((found.team, found.date))
        means = [
            part.loc[part["domain"] == domain.key, "score"].mean()
            for domain in SCORED_DOMAINS
        ]
        assert found.total == pytest.approx(sum(means), abs=KEPT)
    assert totals["total"].between(TOTAL_LOW, TOTAL_HIGH).all()


def test_the_domain_left_out_does_not_count(cohort):
    (dropped,) = (domain.key for domain in DOMAINS if not domain.scored)
    other = cohort.fidelity.copy()
    other.loc[other["domain"] == dropped, "score"] = 1
    pd.testing.assert_frame_equal(
        assessment_totals(other, cohort.design.exposure),
        assessment_totals(cohort.fidelity, cohort.design.exposure),
    )


def test_order_of_the_assessments_changes_nothing(cohort):
    shuffled = dataclasses.replace(
        cohort,
        fidelity=cohort.fidelity.sample(frac=1.0, random_state=1),
        interviews=cohort.interviews.sample(frac=1.0, random_state=2),
    )
    here, there = fidelity_exposure(cohort, 180), fidelity_exposure(shuffled, 180)
    pd.testing.assert_frame_equal(here.frame, there.frame)


def test_an_assessment_touches_no_window_that_ends_before_the_one_before(cohort):
    last = cohort.fidelity.groupby("team")["date"].transform("max")
    fidelity = cohort.fidelity.copy()
    fidelity.loc[fidelity["date"] == last, "score"] = 5
    raised = dataclasses.replace(cohort, fidelity=fidelity)
    early = ALLIANCE_MONTHS[0]
    plain, changed = (fidelity_exposure(c, 180).mean(early) for c in (cohort, raised))
    one_before = fidelity[fidelity["date"] < last].groupby("team")["date"].max()
    held = cohort.interviews[cohort.interviews["month"] == early]
    held = held.merge(cohort.clients[["client_id", "team"]]).set_index("client_id")
    quiet = held.index[held["date"] <= held["team"].map(one_before)]
    assert quiet.size > 0
    np.testing.assert_allclose(plain[quiet], changed[quiet], atol=KEPT)


def test_days_are_whole_and_count_from_1970():
    dates = pd.Series(pd.to_datetime(["1970-01-01", "2000-03-01", "1969-12-31"]))
    np.testing.assert_array_equal(day_number(dates), [0, 11017, -1])


def test_one_row_a_client_in_the_cohort_s_order(cohort):
    found = fidelity_exposure(cohort, 90).frame
    assert list(found.index) == list(cohort.clients["client_id"])
    assert found.notna().all().all()
