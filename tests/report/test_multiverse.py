"""Tables, figures and sentences of the multiverse and of other exposures."""

from dataclasses import replace

import numpy as np
import pytest

from smcm.analysis.exposures import TOTAL, other_exposures
from smcm.analysis.multiverse import explore
from smcm.analysis.multiverse_choices import possible_axes
from smcm.analysis.study import run_study
from smcm.cohort.exposure import days_since_entry
from smcm.design.domains import SCORED_DOMAINS
from smcm.design.models import EIGHT_MODELS
from smcm.design.multiverse import CR2, Axis
from smcm.errors import UnknownValueError
from smcm.parameters import RunParameters
from smcm.report import figures, tables
from smcm.report.format import spelled
from smcm.report.multiverse_words import share
from smcm.report.prose.exposures import exposure_phrases
from smcm.report.prose.multiverse import multiverse_phrases
from tests.report.test_figures import require_legible

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
    assert "site left out" not in said["mv_choices"]
    assert "kind of interval (four)" in said["mv_choices"]
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


def with_site(found, share_all, share_without):
    """The same, with such shares with all sites and without site 4."""
    return replace(held(found, share_all), without_site={4: held(found, share_without)})


@pytest.mark.parametrize(
    ("share_all", "share_without", "said"),
    [
        (0.5, 0.25, "falls most for QOLI-20 at 9 months when site 4 is left out, from"),
        (0.25, 0.5, "rises most for QOLI-20 at 9 months when site 4 is left out, from"),
        (0.5, 0.5, "excludes zero does not move."),
        (1.0, 1.0, "It stays above 95% whichever site is left out for QOLI-20 at 9"),
        (1.0, 0.5, "For no model is it above 95% whichever site is left out."),
    ],
)
def test_the_influence_of_a_site_is_told_apart(found, share_all, share_without, said):
    shown = with_site(found, share_all, share_without)
    phrases = multiverse_phrases(shown)
    assert said in phrases["mv_sites"]
    assert (
        phrases["mv_verdict"]
        == multiverse_phrases(held(found, share_all))["mv_verdict"]
    )
    alone = multiverse_phrases(replace(shown, without_site={}))
    assert alone["mv_sites"] == "In this run no further site can be left out."


def test_table_and_figure_of_sites_count_each_by_itself(found):
    rows = tables.multiverse_sites(found).body
    assert list(rows["Sites"]) == ["all", "without 4"]
    plate = figures.multiverse_sites(found)
    require_legible(plate)
    for own, row in zip((found, found.without_site[4]), rows.index, strict=True):
        clear = (own.low > 0) | (own.high < 0)
        for k in range(len(EIGHT_MODELS)):
            counted = share(float(clear[k].mean()))
            assert f">{counted}<" in rows.iloc[row, k + 1]
            assert f"{counted} with" in plate.alt


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
        (figures.domain_effects(exposures), 2 * len(SCORED_DOMAINS) + 1),
        (figures.dose_curves(exposures), 1),
    ):
        assert len(plate.figure.axes) == 10
        assert "(a)" in plate.figure.axes[0].get_title("left")
        assert len(plate.figure.axes[0].collections) == rows


def test_doses_mark_the_time_since_entry_and_name_the_interviews(exposures):
    plate = figures.dose_curves(exposures)
    assert "before 4.5 months; " in plate.alt
    assert plate.alt.endswith("before 13.5 months.")
    since = days_since_entry(exposures.study.cohort).mean()
    for k, ax in enumerate(plate.figure.axes):
        marks = [line.get_xdata()[0] for line in ax.lines if line.get_ls() == ":"]
        assert marks == ([since[4.5]] if k % 2 == 0 else [])


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
    assert said["exposure_errors"] == "errors that are robust to clustering by team"


def test_intervals_of_domains_are_corrected_for_their_number(exposures):
    """An interval of Bonferroni excludes zero where 16 times p is below .05."""
    said = exposure_phrases(exposures)["domains_many"]
    assert said.startswith("These are sixteen intervals of path a. If no domain")
    assert "0.8 of them would exclude zero" in said
    single = 0
    for domain in SCORED_DOMAINS:
        for place, month in ((0, "4.5"), (4, "13.5")):
            p = exposures.domains[domain.key][place].row("a")["p"]
            single += p < 0.05
            assert (f"{domain.name} at {month} months" in said) == (16 * p < 0.05)
    assert f"; {spelled(int(single))} of them do" in said


def test_exposure_from_entry_stands_beside_the_windows(exposures):
    body = tables.from_entry(exposures).body
    assert list(body["Exposure"][:2]) == ["180 days", "from entry"]
    assert len(body) == 2 * len(EIGHT_MODELS)
    own = exposures.from_entry[0]
    assert body["ab"][1] == f"{own.indirect_cs:.3f}"
    said = exposure_phrases(exposures)["entry_moved"]
    assert f"{own.paths.a_standardized:.3f}".removeprefix("0") in said
    assert "For no model does the conclusion" in said
    without = replace(exposures, from_entry=())
    assert set(tables.from_entry(without).body["Exposure"]) == {"180 days"}
    assert "no exposure since entry" in exposure_phrases(without)["entry_moved"]


def test_a_change_of_the_conclusion_from_entry_is_named(exposures):
    weak = exposures.windows[180][1]  # its interval holds zero
    turned = replace(exposures, from_entry=(weak, *exposures.from_entry[1:]))
    said = exposure_phrases(turned)["entry_moved"]
    assert said.endswith("excludes zero changes for QOLI-20 at 9 months.")


def test_a_run_of_one_team_does_without_errors_by_team(cohort):
    alone = other_exposures(
        run_study(cohort, replace(RUN, site="only-4")), windows=(180,)
    )
    assert alone.se in ("cr2", "hc3")
