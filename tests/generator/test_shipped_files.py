"""The files in data/synthetic are whole, complete where they say so, and exact."""

import hashlib
import json

import pandas as pd
import pytest

from generator.design import published_design
from generator.printed import Printed
from generator.shipped import INSTRUMENTS, SCORE_COLUMNS
from smcm.cohort.loading import load_cohort
from smcm.cohort.scoring import scale_scores
from smcm.paths import SYNTHETIC


@pytest.fixture(scope="module")
def manifest():
    return json.loads((SYNTHETIC / "manifest.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def cohort():
    return load_cohort("synthetic")


@pytest.fixture(scope="module")
def design():
    return published_design(Printed.load())


def test_every_file_has_the_checksum_of_the_manifest(manifest):
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((SYNTHETIC / name).read_bytes()).hexdigest() == digest


def test_the_manifest_lists_every_file(manifest):
    found = {
        str(path.relative_to(SYNTHETIC).as_posix()) for path in SYNTHETIC.rglob("*.csv")
    }
    assert found == set(manifest["files"])


def test_the_manifest_says_synthetic_and_the_seed(manifest, design):
    assert manifest["synthetic"] is True
    assert manifest["seed"] == design.seed


def test_as_many_scale_scores_are_missing_as_printed(cohort, design):
    scores = scale_scores(
        cohort.items, list(cohort.clients["client_id"]), cohort.design
    )
    missing = scores[list(SCORE_COLUMNS)].isna().to_numpy().sum()
    assert missing == design.missing_scores


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda i: i.key)
def test_the_completion_has_no_gap(cohort, design, instrument):
    table = cohort.completed[instrument.key]
    assert len(table) == design.n_clients * len(instrument.months)
    if instrument.rule != "weighted":
        assert not table[list(instrument.columns)].isna().to_numpy().any()


@pytest.mark.parametrize("instrument", INSTRUMENTS, ids=lambda i: i.key)
def test_observed_answers_are_those_of_the_completion(cohort, instrument):
    keys = ["client_id", "month"]
    observed = cohort.items[instrument.key].set_index(keys)
    completed = cohort.completed[instrument.key].set_index(keys).loc[observed.index]
    answered = observed.notna()
    pd.testing.assert_frame_equal(observed, completed.where(answered))
    skipped = 1 - answered.to_numpy().mean()
    assert instrument.rule == "weighted" or 0 < skipped < 2 * 0.005


def test_points_of_the_index_are_spent_and_unnamed_areas_unrated(cohort):
    table = cohort.completed["pgi"]
    points = table[[f"pgi_points_{k}" for k in range(1, 7)]].to_numpy()
    ratings = table[[f"pgi_rating_{k}" for k in range(1, 7)]].to_numpy()
    assert (points.sum(axis=1) == 60).all()
    assert ((points == 0) == pd.isna(ratings)).all()
