"""Tables, figures and sentences of the multiverse and of other exposures."""

from dataclasses import replace

import numpy as np
import pytest

from smcm.analysis.exposures import TOTAL, other_exposures
from smcm.analysis.multiverse import explore, possible_axes
from smcm.analysis.study import run_study
from smcm.design.models import EIGHT_MODELS
from smcm.design.multiverse import CR2, Axis
from smcm.errors import UnknownValueError
from smcm.parameters import RunParameters
from smcm.report import figures, tables
from smcm.report.multiverse_words import share
from smcm.report.prose.exposures import exposure_phrases
from smcm.report.prose.multiverse import multiverse_phrases

RUN = RunParameters(n_boot=200, n_imputations=2)


@pytest.fixture(scope="module")
def found(universes):
    return universes


def held(found, share_clear):
    """The same choices, with so great a share of clear intervals in every model."""
    low = np.full(found.low.shape, -1.0)
    for model in low:
        model.ravel()[: round(share_clear * model.size)] = 0.1
    return replace(
        found, low=low, high=np.ones_like(low), indirect=np.full_like(low, 0.5)
    )


def test_the_verdict_follows_the_intervals(found):
    every = multiverse_phrases(held(found, 1.0))
    assert every["mv_verdict"].startswith(
        "The indirect effect holds under nearly every"
    )
    assert all(model.title in every["mv_verdict"] for model in EIGHT_MODELS)
    assert "of all eight" not in every["mv_sign"]
    assert "same in every combination for all eight models." in every["mv_sign"]
    none = multiverse_phrases(held(found, 0.0))["mv_verdict"]
    assert "For no outcome" in none
    assert "Hardly any choice" in none
    half = multiverse_phrases(held(found, 0.5))["mv_verdict"]
    assert half.count("(50%)") == 8
    assert "Hardly" not in half


def test_counts_in_sentences_are_those_of_the_arrays(found):
    said = multiverse_phrases(found)
    assert said["mv_total"] == f"{found.indirect.size:,}"
    assert said["mv_each"] == f"{found.indirect[0].size:,}"
    assert "site left out (two)" in said["mv_choices"]
    clear = (found.low > 0) | (found.high < 0)
    of_teams = [axis.levels for axis in found.axes][-1].index(CR2)
    assert share(float(clear[..., of_teams].mean())) in said["mv_team"]
    others = np.delete(clear, of_teams, axis=-1).mean()
    assert said["mv_team"].endswith(f"it does in {share(float(others))}.")


def test_the_table_of_choices_counts_each_level(found):
    table = tables.multiverse_choices(found)
    levels = sum(len(axis.levels) for axis in found.axes)
    assert len(table.body) == levels
    clear = (found.low[0] > 0) | (found.high[0] < 0)
    assert share(float(clear[0].mean())) in table.body.iloc[0, 2]
    assert share(float(clear[..., -1].mean())) in table.body.iloc[-1, 2]


def test_the_table_of_models_names_what_moves_the_limit(found):
    table = tables.multiverse(found)
    for k, row in table.body.iterrows():
        total = found.influence(k)[1]
        assert found.axes[int(total.argmax())].title.lower() in row["Most on"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0%"),
        (0.001, "under 1%"),
        (0.5, "50%"),
        (0.9999, "over 99%"),
        (1.0, "100%"),
    ],
)
def test_a_share_is_none_or_all_only_where_it_is(value, shown):
    assert share(value) == shown


def test_the_curve_draws_every_combination_and_says_so(found):
    plate = figures.multiverse_curve(found, 9)
    assert f"{found.per_model} combinations" in plate.alt.replace(",", "")
    curve = plate.figure.axes[0]
    drawn = sum(len(c.get_segments()) for c in curve.collections)
    assert drawn == found.per_model
    assert plate.to_bytes() == figures.multiverse_curve(found, 9).to_bytes()
    with pytest.raises(UnknownValueError, match="horizon"):
        figures.multiverse_curve(found, 12)


def test_one_combination_has_a_curve_too(cohort):
    axes = possible_axes(cohort, RUN)
    one = tuple(Axis(a.key, a.title, a.levels[:1]) for a in axes)
    alone = explore(cohort, RUN, one)
    assert figures.multiverse_curve(alone, 18).to_bytes()
    assert multiverse_phrases(alone)["mv_matters"] == "No choice varies in these data."


@pytest.fixture(scope="module")
def exposures(cohort):
    return other_exposures(run_study(cohort, RUN), windows=(30, 180))


def test_domains_and_doses_are_drawn_with_path_a_first(exposures):
    for plate, rows in (
        (figures.domain_effects(exposures), len(exposures.domains)),
        (figures.dose_curves(exposures), 1),
    ):
        assert len(plate.figure.axes) == 10
        assert "(a)" in plate.figure.axes[0].get_title("left")
        assert len(plate.figure.axes[0].collections) == rows


def test_sentences_on_exposures_name_the_ends(exposures):
    said = exposure_phrases(exposures)
    values = [
        results[0].paths.a_standardized
        for key, results in exposures.domains.items()
        if key != TOTAL
    ]
    for end in (min(values), max(values)):
        assert f"{end:.2f}".removeprefix("0") in said["domains_a"]
    assert said["doses_range"] == "30 to 180 days"
    assert said["exposure_errors"] == "errors that know of teams"


def test_a_run_of_one_team_does_without_errors_by_team(cohort):
    alone = other_exposures(
        run_study(cohort, replace(RUN, site="only-4")), windows=(180,)
    )
    assert alone.se in ("cr2", "hc3")
