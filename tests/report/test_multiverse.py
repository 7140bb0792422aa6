"""Tables, figures and sentences of the multiverse and of other exposures."""

from dataclasses import replace

import numpy as np
import pytest

from generator.shipped import EIGHT_MODELS, SCORED_DOMAINS
from smcm.analysis.study import run_study
from smcm.chapters.multiverse import exposure_facts, multiverse_facts
from smcm.chapters.multiverse import figures as multiverse_figures
from smcm.chapters.multiverse import tables as multiverse_tables
from smcm.chapters.multiverse.axes import CR2, Axis
from smcm.chapters.multiverse.choices import possible_axes
from smcm.chapters.multiverse.exposures import TOTAL, other_exposures
from smcm.chapters.multiverse.multiverse import explore
from smcm.cohort.exposure import days_since_entry
from smcm.errors import UnknownValueError
from smcm.parameters import RunParameters
from smcm.report.facts.windows import window_facts
from smcm.report.format import spelled
from smcm.report.proportion import proportion
from tests.filled import about, filled
from tests.report.test_figures import require_legible

RUN = RunParameters(n_boot=200, n_imputations=2)


@pytest.fixture(scope="module")
def found(universes):
    return universes


@pytest.fixture(scope="module")
def exposures(cohort):
    return other_exposures(run_study(cohort, RUN), windows=(30, 180))


@pytest.fixture(scope="module")
def chapter(found, exposures):
    """Fill in the chapter, with another multiverse or other exposures if given."""
    study = exposures.study
    others = {**about(study), "windows": window_facts(study)}

    def text(universes=found, exposed=exposures):
        return filled(
            "multiverse",
            **others,
            multiverse=multiverse_facts(universes),
            exposures=exposure_facts(exposed),
        )

    return text


def between(text, first, last):
    """The part of a text from some words to others."""
    _, _, rest = text.partition(first)
    assert rest
    found, _, after = rest.partition(last)
    assert after
    return first + found


def conclusion(text):
    return between(text, "**Conclusion.**", "This edition rests on")


def held(found, share_clear):
    """The same choices, with so great a share of clear intervals in every model."""
    low = np.full(found.low.shape, -1.0)
    for model in low:
        model.ravel()[: round(share_clear * model.size)] = 0.1
    return replace(
        found, low=low, high=np.ones_like(low), indirect=np.full_like(low, 0.5)
    )


def test_the_conclusion_follows_the_intervals(found, chapter):
    every = conclusion(chapter(held(found, 1.0)))
    assert "effect excludes zero in more than 95% of the combinations" in every
    assert "includes zero" not in every
    assert all(model.title in every for model in EIGHT_MODELS)
    assert "of all eight" not in every
    assert "same in every combination for all eight models." in every
    none = conclusion(chapter(held(found, 0.0)))
    assert "For all eight models the 95% interval" in none
    assert "includes zero in more than 95% of the combinations" in none
    assert "excludes zero" not in none
    half = conclusion(chapter(held(found, 0.5)))
    assert half.count("(50%)") == 8
    assert "includes zero" not in half


def test_counts_in_sentences_are_those_of_the_arrays(found, chapter):
    said = chapter()
    assert f"{found.indirect.size:,} indirect effects" in said
    assert f"{found.indirect[0].size:,} per model" in said
    choices = between(said, "every combination of", "was computed")
    assert "site left out" not in choices
    assert "kind of interval (four)" in choices
    clear = (found.low > 0) | (found.high < 0)
    of_teams = [axis.levels for axis in found.axes][-1].index(CR2)
    team = between(said, "With cluster-robust standard errors, the", "```")
    assert proportion(float(clear[..., of_teams].mean())) in team
    others = np.delete(clear, of_teams, axis=-1).mean()
    assert team.strip().endswith(f"kinds of interval, in {proportion(float(others))}.")


def test_an_effect_below_zero_is_called_so_whatever_the_choices(found, chapter):
    effects = -np.abs(found.indirect)
    below = replace(found, indirect=effects, low=effects - 1.0, high=effects * 0.5)
    assert conclusion(chapter(below)).count("(below zero)") == len(EIGHT_MODELS)


def test_too_few_teams_for_robust_errors_are_named(found, chapter):
    *others, kind = found.axes
    few = replace(kind, levels=tuple(level for level in kind.levels if level != CR2))
    said = chapter(replace(found, axes=(*others, few)))
    assert "too few teams in this edition for cluster-robust standard errors." in said


def test_the_table_of_choices_counts_each_level(found):
    table = multiverse_tables.multiverse_choices(found)
    levels = sum(len(axis.levels) for axis in found.axes)
    assert len(table.body) == levels
    clear = (found.low[0] > 0) | (found.high[0] < 0)
    assert proportion(float(clear[0].mean())) in table.body.iloc[0, 2]
    assert proportion(float(clear[..., -1].mean())) in table.body.iloc[-1, 2]


def test_the_table_of_models_names_what_moves_the_limit(found):
    table = multiverse_tables.multiverse(found)
    for k, row in table.body.iterrows():
        total = found.influence(k)[1]
        assert found.axes[int(total.argmax())].title.lower() in row["Main choice"]


def with_site(found, share_all, share_without):
    """The same, with such shares with all sites and without site 4."""
    return replace(held(found, share_all), without_site={4: held(found, share_without)})


@pytest.mark.parametrize(
    ("share_all", "share_without", "said"),
    [
        (0.5, 0.25, "falls most for QOLI-20 at 9 months without site 4 (from"),
        (0.25, 0.5, "rises most for QOLI-20 at 9 months without site 4 (from"),
        (0.5, 0.5, "excludes zero is the same whichever site is left out."),
        (1.0, 1.0, "It stays above 95% whichever site is left out for QOLI-20 at 9"),
        (1.0, 0.5, "For no model does it stay above 95% whichever site is left out."),
    ],
)
def test_the_influence_of_a_site_is_told_apart(
    found, chapter, share_all, share_without, said
):
    shown = with_site(found, share_all, share_without)
    text = chapter(shown)
    assert said in text
    assert conclusion(text) == conclusion(chapter(held(found, share_all)))
    alone = chapter(replace(shown, without_site={}))
    assert "In this edition no further site can be left out." in alone


def test_table_and_figure_of_sites_count_each_by_itself(found):
    rows = multiverse_tables.multiverse_sites(found).body
    assert list(rows["Sites"]) == ["all", "without 4"]
    plate = multiverse_figures.multiverse_sites(found)
    require_legible(plate)
    for own, row in zip((found, found.without_site[4]), rows.index, strict=True):
        clear = (own.low > 0) | (own.high < 0)
        for k in range(len(EIGHT_MODELS)):
            counted = proportion(float(clear[k].mean()))
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
    assert proportion(value) == shown


def test_the_curve_draws_every_combination_and_says_so(found):
    plate = multiverse_figures.multiverse_curve(found, 9)
    assert f"{found.per_model} combinations" in plate.alt.replace(",", "")
    curve = plate.figure.axes[0]
    drawn = sum(len(c.get_segments()) for c in curve.collections)
    assert drawn == found.per_model
    assert plate.to_bytes() == multiverse_figures.multiverse_curve(found, 9).to_bytes()
    with pytest.raises(UnknownValueError, match="horizon"):
        multiverse_figures.multiverse_curve(found, 12)


def test_one_combination_has_a_curve_too(cohort, chapter):
    axes = possible_axes(cohort, RUN)
    one = tuple(Axis(a.key, a.title, a.levels[:1]) for a in axes)
    alone = explore(cohort, RUN, one)
    assert multiverse_figures.multiverse_curve(alone, 18).to_bytes()
    assert "No choice varies in these data." in chapter(alone)


def test_domains_and_doses_are_drawn_with_path_a_first(exposures):
    for plate, rows in (
        (multiverse_figures.domain_effects(exposures), 2 * len(SCORED_DOMAINS) + 1),
        (multiverse_figures.dose_curves(exposures), 1),
    ):
        assert len(plate.figure.axes) == 10
        assert "(a)" in plate.figure.axes[0].get_title("left")
        assert len(plate.figure.axes[0].collections) == rows


def test_doses_mark_the_time_since_entry_and_name_the_interviews(exposures):
    plate = multiverse_figures.dose_curves(exposures)
    assert "before 4.5 months; " in plate.alt
    assert plate.alt.endswith("before 13.5 months.")
    since = days_since_entry(exposures.study.cohort).mean()
    for k, ax in enumerate(plate.figure.axes):
        marks = [line.get_xdata()[0] for line in ax.lines if line.get_ls() == ":"]
        assert marks == ([since[4.5]] if k % 2 == 0 else [])


def test_sentences_on_exposures_name_the_ends(exposures, chapter):
    said = chapter()
    values = [
        results[0].paths.a_standardized
        for key, results in exposures.domains.items()
        if key != TOTAL
    ]
    ends = between(said, "For the alliance at 4.5 months", "excludes zero")
    for end in (min(values), max(values)):
        assert f"{end:.2f}".removeprefix("0") in ends
    assert "from 30 to 180 days." in said
    assert "rest on cluster-robust standard errors by team" in said


def test_intervals_of_domains_are_corrected_for_their_number(exposures, chapter):
    """An interval of Bonferroni excludes zero where 16 times p is below .05."""
    said = between(chapter(), "Of these sixteen intervals of path a,", "figure")
    assert "0.8 would be expected to do so if no domain had any effect" in said
    single = 0
    for domain in SCORED_DOMAINS:
        for place, month in ((0, "4.5"), (4, "13.5")):
            p = exposures.domains[domain.key][place].row("a")["p"]
            single += p < 0.05
            assert (f"{domain.name} at {month} months" in said) == (16 * p < 0.05)
    assert f"a, {spelled(int(single))} exclude zero;" in said


def test_exposure_from_entry_stands_beside_the_windows(exposures, chapter):
    body = multiverse_tables.from_entry(exposures).body
    assert list(body["Exposure"][:2]) == ["180 days", "since entry"]
    assert len(body) == 2 * len(EIGHT_MODELS)
    own = exposures.from_entry[0]
    assert body["ab"][1] == f"{own.indirect_cs:.3f}"
    said = between(chapter(), "Compared with the window of 180 days", "```")
    assert f"{own.paths.a_standardized:.3f}".removeprefix("0") in said
    assert "In no model does this choice decide" in said
    without = replace(exposures, from_entry=())
    assert set(multiverse_tables.from_entry(without).body["Exposure"]) == {"180 days"}
    assert "no exposure since entry" in chapter(exposed=without)


def test_a_change_of_the_conclusion_from_entry_is_named(exposures, chapter):
    weak = exposures.windows[180][1]  # its interval includes zero
    turned = replace(exposures, from_entry=(weak, *exposures.from_entry[1:]))
    said = between(
        chapter(exposed=turned), "Compared with the window of 180 days", "```"
    )
    assert said.strip().endswith("depends on this choice for QOLI-20 at 9 months.")


def test_a_run_of_one_team_does_without_errors_by_team(cohort):
    alone = other_exposures(
        run_study(cohort, replace(RUN, site="only-4")), windows=(180,)
    )
    assert alone.se in ("cr2", "hc3")
