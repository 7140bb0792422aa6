"""On R's random numbers every bootstrap column is R's, digit for digit.

`tests/reference/stream.R` sets the seed, draws floor(runif(n) n) + 1 for one resample
after the other and refits both equations by `lm.fit`, as PROCESS for R is documented.
"""

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS
from smcm import mediate
from smcm.analysis.mediation import mediate_all
from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.report.format import number

TERMS = ("a", "b", "direct", "indirect", "indirect_ps", "indirect_cs")
EXACT = 1e-10  # in standard deviations of the draws
CLOSE = 1e-9  # relative
STREAM = {"source": "R", "script": "stream"}
ON_STREAM = "on R's random numbers"


@pytest.fixture(scope="module")
def kept(oracle):
    return oracle("stream_limits", "stream")


@pytest.fixture(scope="module")
def results(frame, kept):
    """Fit the eight models with the seed and the resamples of the R script."""

    def fit(ci):
        specs = [model.spec() for model in EIGHT_MODELS]
        size, seed = (int(kept[name].iloc[0]) for name in ("resamples", "seed"))
        options = {"n_boot": size, "seed": seed, "ci": ci, "stream": "r"}
        found = mediate_all(frame, specs, **options)
        return {result.spec.y: result for result in found}

    return {ci: fit(ci) for ci in ("percentile", "bca")}


def test_draws_are_those_of_r(oracle, results, compare):
    groups = oracle("stream").groupby("model")
    assert set(groups.groups) == {model.key for model in EIGHT_MODELS}
    for key, table in groups:
        draws = results["percentile"][key].draws
        for term in TERMS:
            ours, theirs = getattr(draws, term)[: len(table)], table[term].to_numpy()
            unit, what = theirs.std(), f"draws {ON_STREAM}, in SDs of the draws"
            compare(ours / unit, theirs / unit, **STREAM, what=what, abs=EXACT)


def test_errors_and_percentile_limits_are_those_of_r_in_every_printed_digit(
    kept, results, compare
):
    assert len(kept) == 24
    for row in kept.itertuples():
        ours = results["percentile"][row.model].row(row.term)
        for name, theirs in (
            ("estimate", row.estimate),
            ("se", row.se),
            ("ci_low", row.low),
            ("ci_high", row.high),
        ):
            what = f"effects, bootstrap errors and percentile limits {ON_STREAM}"
            compare(ours[name], theirs, **STREAM, what=what, rel=CLOSE)
            assert number(ours[name], 4) == number(theirs, 4)


def test_the_jackknife_is_that_of_refits_in_r(kept, results, compare):
    for row in kept.itertuples():
        left_out = getattr(results["bca"][row.model].jackknife, row.term)
        ours = (left_out.std(ddof=1), left_out[0], left_out[-1])
        theirs = (row.jack_sd, row.jack_first, row.jack_last)
        compare(ours, theirs, **STREAM, what="jackknife by refits", rel=1e-8)


def test_bca_limits_are_the_draws_that_boot_interpolates_between(kept, results):
    """`boot.ci` takes rank (B + 1) share, and weights its two neighbours."""
    for row in kept.itertuples():
        result = results["bca"][row.model]
        ordered = np.sort(getattr(result.draws, row.term))
        for ours, rank, theirs in zip(
            result.limits(row.term),
            (row.bca_low_rank, row.bca_high_rank),
            (row.bca_low, row.bca_high),
            strict=True,
        ):
            below = int(rank)
            assert ordered[below - 1] <= theirs * (1 + CLOSE)
            assert theirs <= ordered[below] * (1 + CLOSE)
            assert abs(np.searchsorted(ordered, ours) + 1 - rank) <= 1.0


def test_bca_limits_share_estimates_errors_and_draws_with_the_percentiles(results):
    for key, plain in results["percentile"].items():
        moved = results["bca"][key]
        np.testing.assert_array_equal(plain.draws.indirect, moved.draws.indirect)
        assert plain.row("indirect")["se"] == moved.row("indirect")["se"]
        assert plain.jackknife is None
        for term in ("a", "b", "direct", "total"):
            assert plain.row(term) == moved.row(term)


def test_streams_and_seeds_that_there_are_not(frame):
    parts = {"x": "fidelity_4.5", "m": "rprs_4.5", "y": "pgi_9", "n_boot": 100}
    with pytest.raises(UnknownValueError, match="expected one of numpy, r"):
        mediate(frame, **parts, stream="spss")
    with pytest.raises(OutOfRangeError, match="the largest seed of R's stream"):
        mediate(frame, **parts, stream="r", seed=2**31)
