"""Days of a window that precede a client's entry, against R and a loop over days."""

import pandas as pd
import pytest

from smcm.analysis.before_entry import before_entry

WINDOWS = (90, 180, 270, 360)


@pytest.fixture(scope="module")
def found(cohort):
    return before_entry(cohort, pd.Index(cohort.clients["client_id"]), WINDOWS)


def test_shares_are_those_of_r(found, oracle, compare):
    kept = oracle("exposure_entry", "exposure")
    for one in found:
        days = kept.loc[kept["month"] == one.month, f"before_{one.window_days}"]
        assert (one.n, one.reaching) == (len(days), int((days > 0).sum()))
        compare(
            one.share,
            days.mean() / one.window_days,
            source="R",
            script="exposure",
            abs=1e-12,
            what="share of a window's days before entry (by counting days)",
        )


def test_every_window_of_180_days_begins_before_entry(found):
    at = {(one.month, one.window_days): one for one in found}
    assert at[4.5, 180].reaching == at[4.5, 180].n == 311
    shares = [round(at[4.5, days].share, 2) for days in WINDOWS]
    assert shares == [0.0, 0.24, 0.49, 0.62]
    assert all(at[13.5, days].reaching == 0 for days in WINDOWS)


def test_days_are_counted_one_by_one_for_some_clients(cohort):
    some = pd.Index(cohort.clients["client_id"][::40])
    entry = cohort.clients.set_index("client_id")["entry"]
    held = cohort.interviews.query("month == 4.5").set_index("client_id")["date"]
    (one, _) = before_entry(cohort, some, (270,))
    counted = [
        sum(
            held[client] - pd.Timedelta(days=back) < entry[client]
            for back in range(1, 271)
        )
        for client in some
    ]
    assert one.reaching == sum(days > 0 for days in counted)
    assert one.share == pytest.approx(sum(counted) / len(counted) / 270, rel=1e-12)
