"""The scored file that the models read."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from generator.shipped import SCORE_COLUMNS, SHARED_COVARIATES
from smcm.cohort.frame import analysis_frame, baseline_frame, exposure_frame
from smcm.cohort.scoring import scale_scores
from tests.windows import WINDOWS_DAYS

COLUMNS = (
    *("client_id", "team", "case_manager", "entry", "age", "female", "housed"),
    *("employed", "education", "ace", "site", "hospitalized"),
    *("fid180_4.5", "fid180_13.5", "fid90_4.5", "fid90_13.5"),
    *("fid270_4.5", "fid270_13.5", "fidelity_4.5", "fidelity_13.5"),
    *SCORE_COLUMNS,
)


@pytest.fixture(scope="module")
def scores(cohort):
    return scale_scores(
        cohort.completed, list(cohort.clients["client_id"]), cohort.design
    )


def test_columns_and_rows(cohort, scores):
    frame = analysis_frame(cohort, scores, 180)
    assert tuple(frame.columns) == COLUMNS
    assert list(frame["client_id"]) == list(cohort.clients["client_id"])


@pytest.mark.parametrize("window", WINDOWS_DAYS)
def test_the_run_s_window_stands_as_fidelity(cohort, scores, window):
    frame = analysis_frame(cohort, scores, window)
    for month in ("4.5", "13.5"):
        np.testing.assert_array_equal(
            frame[f"fidelity_{month}"], frame[f"fid{window}_{month}"]
        )


def test_covariates_are_one_number_each(cohort):
    frame = baseline_frame(cohort)
    for name in SHARED_COVARIATES:
        assert frame[name].dtype == np.float64


def test_female_is_one_for_female_and_zero_for_every_other_answer(cohort):
    gender = cohort.clients.set_index("client_id")["gender"]
    female = baseline_frame(cohort)["female"]
    assert gender.nunique() > 2
    np.testing.assert_array_equal(female == 1.0, gender == "female")
    assert set(female) == {0.0, 1.0}


def test_a_blank_gender_stays_missing(cohort):
    clients = cohort.clients.copy()
    clients.loc[0, "gender"] = np.nan
    frame = baseline_frame(dataclasses.replace(cohort, clients=clients))
    assert np.isnan(frame["female"].iloc[0])
    assert frame["female"].iloc[1:].notna().all()


def test_site_is_that_of_the_team(cohort):
    frame = baseline_frame(cohort)
    site = dict(zip(cohort.teams["team"], cohort.teams["site"], strict=True))
    assert [site[team] for team in frame["team"]] == list(frame["site"])


def test_a_longer_window_is_smoother(cohort):
    """Over rising fidelity the longer window looks further back."""
    frame = exposure_frame(cohort)
    means = [frame[f"fid{days}_13.5"].mean() for days in sorted(WINDOWS_DAYS)]
    assert means == sorted(means, reverse=True)


def test_the_cohort_is_not_changed(cohort, scores):
    before, kept = cohort.clients.copy(), scores.copy()
    analysis_frame(cohort, scores, 180)
    pd.testing.assert_frame_equal(cohort.clients, before)
    pd.testing.assert_frame_equal(scores, kept)


def test_scores_join_by_client_whatever_their_order(cohort, scores):
    turned = analysis_frame(cohort, scores.iloc[::-1], 180)
    pd.testing.assert_frame_equal(turned, analysis_frame(cohort, scores, 180))
