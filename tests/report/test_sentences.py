"""Every computed sentence, tried on results of every sign, number and significance."""

import re
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from smcm import RunParameters, run_study
from smcm.analysis.nested import describe_nested
from smcm.analysis.readings import Readings
from smcm.design.instruments import OUTCOMES, RPRS
from smcm.report import figures, tables
from smcm.report.figure_files import plates
from tests.report.sentences import text_of
from tests.report.states import N_BOOT, STATES, turned

NAMES = {o.short: o.key for o in OUTCOMES}
UNFINISHED = re.compile(r"\bnan\b|\binf\b|(?<!\w)-\d|  |\.\.|not for none|all one\b")
HIDDEN_SIDE = re.compile(r"(?<![\d.])−?0?\.0+ to |to −?0?\.0+(?![\d])")
EVERYTHING, NOTHING = ("huge", "huge and negative"), ("noise",)


@pytest.fixture(scope="module", params=STATES)
def state(request, study):
    return STATES[request.param](study)


@pytest.fixture(scope="module")
def said(state):
    return text_of(state)


def significant(state, path):
    """Estimates of a path where it keeps its level, by title of the model."""
    return {
        r.model.title: r.mediation.row(path)["estimate"]
        for r in state.models
        if getattr(r, f"{path}_significant")
    }


def says(text, word):
    return bool(re.search(rf"\b{word}\b", text))


def test_the_states_are_what_they_are_called(study):
    for name in EVERYTHING:
        found = STATES[name](study).models
        assert all(r.mediated and r.direct_significant for r in found), name
        assert all(r.total_significant for r in found), name
    for name in NOTHING:
        found = STATES[name](study).models
        assert not any(r.a_significant or r.b_significant for r in found), name
    assert sum(r.mediated for r in STATES["one model"](study).models) == 1
    shipped = STATES["as shipped"](study).models
    for name, a, b in (
        ("alliance turned", -1, -1),
        ("fidelity turned", -1, 1),
        ("outcomes turned", 1, -1),
    ):
        for ours, was in zip(STATES[name](study).models, shipped, strict=True):
            assert ours.mediation.a == pytest.approx(a * was.mediation.a)
            assert ours.mediation.b == pytest.approx(b * was.mediation.b)


def test_every_sentence_is_finished(said):
    for name, text in said.items():
        assert text == text.strip() != "", name
        assert not UNFINISHED.search(text), (name, text)


def test_the_direction_of_path_a_is_that_of_the_numbers(state, said):
    values = significant(state, "a").values()
    assert says(said["a_sentence"], "stronger") == any(v > 0 for v in values)
    assert says(said["a_sentence"], "weaker") == any(v < 0 for v in values)
    first = state.model("ths_9").mediation.a
    assert said["a_early_words"].endswith("higher" if first > 0 else "lower")
    assert "−" not in said["a_early_words"]


@pytest.mark.parametrize("name", ["b_sentence", "b_direction"])
def test_the_direction_of_path_b_is_that_of_the_numbers(state, said, name):
    values = significant(state, "b").values()
    assert says(said[name], "higher") == any(v > 0 for v in values)
    assert says(said[name], "lower") == any(v < 0 for v in values)


def test_the_direction_of_the_total_effect_is_that_of_the_numbers(state, said):
    values = [r.mediation.total for r in state.models if r.total_significant]
    told = said["total_meaning"]
    assert says(told, "positive") == any(v > 0 for v in values)
    assert says(told, "negative") == any(v < 0 for v in values)
    alone = [r for r in state.models if r.mediated]
    alone = alone and not any(r.total_significant for r in alone)
    assert ("product of two paths alone" in told) == bool(alone)


def changed(frame, early, late, tests=1):
    """Sign of a paired change by scipy, 0 where Bonferroni does not see one."""
    test = stats.ttest_rel(frame[late], frame[early])
    return int(np.sign(test.statistic)) if test.pvalue * tests < 0.05 else 0


@pytest.mark.parametrize(("name", "month"), [("moves_1", 9), ("moves_2", 18)])
def test_outcomes_rise_fall_or_do_neither(state, said, name, month):
    told = {1: set(), -1: set(), 0: set()}
    for part in re.split(r"; ", said[name].partition("months ")[2]):
        for short in NAMES:
            if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", part):
                way = -1 if "lower than" in part else 1
                told[0 if "neither" in part else way].add(short)
    found = {
        short: changed(state.frame, f"{key}_0", f"{key}_{month}", tests=3)
        for short, key in NAMES.items()
    }
    for way in (1, -1):
        assert told[way] == {short for short, its in found.items() if its == way}
    if told[1] | told[-1]:
        assert told[0] == {short for short, its in found.items() if its == 0}


def test_the_caution_speaks_of_rises_and_falls_that_there_are(state, said):
    ways = {
        changed(state.frame, f"{key}_0", f"{key}_{month}", tests=3)
        for key in NAMES.values()
        for month in (9, 18)
    }
    assert says(said["change_caution"], "rise") == (1 in ways)
    assert says(said["change_caution"], "fall") == (-1 in ways)


def test_fidelity_and_alliance_are_told_as_they_moved(state, said):
    fidelity = changed(state.frame, "fidelity_4.5", "fidelity_13.5")
    alliance = changed(state.frame, "rprs_4.5", "rprs_13.5")
    word = {1: "rose", -1: "fell", 0: "did not change detectably"}
    assert said["fidelity_moved"] == word[fidelity]
    assert said["alliance_moved"] == word[alliance]
    told = said["alliance_meaning"]
    assert says(told, "more closely") == (fidelity == 1 and alliance != -1)
    assert says(told, "less closely") == (fidelity == -1 and alliance != 1)
    assert says(told, "joint rise") == (fidelity == alliance == 1)
    assert says(told, "joint fall") == (fidelity == alliance == -1)


@pytest.mark.parametrize("fidelity", [-1, 0, 1])
@pytest.mark.parametrize("alliance", [-1, 0, 1])
def test_every_pair_of_changes_has_words(study, fidelity, alliance):
    def moved(measure, way):
        change = replace(measure.change, difference=-float(way), p=0.01 if way else 0.5)
        return replace(measure, change=change)

    change = replace(
        study.change,
        fidelity=moved(study.change.fidelity, fidelity),
        alliance=moved(study.change.alliance, alliance),
    )
    told = text_of(replace(study, change=change))["alliance_meaning"]
    ups, downs = (way in (fidelity, alliance) for way in (1, -1))
    assert bool(re.search("rise|rose|more closely", told)) == ups
    assert bool(re.search("fall|fell|less closely", told)) == downs


def test_the_largest_effect_has_its_sign(state, said):
    told = said["size_sentence"]
    shown = [r for r in state.models if r.mediated]
    largest = max(shown or state.models, key=lambda r: abs(r.mediation.indirect_cs))
    assert largest.model.title in told
    assert ("points more on" in told) == (largest.mediation.indirect >= 0)
    assert ("points fewer on" in told) == (largest.mediation.indirect < 0)
    assert ("does not call mediated" in told) == (not shown)


FOR_THE_HYPOTHESIS = {
    "mechanism_meaning": "fidelity matters to clients",
    "mechanism_fit": "would fit",
    "conclusion_standing": "lead to follow",
    "total_reconciled": "reconcile",
}


@pytest.mark.parametrize("name", FOR_THE_HYPOTHESIS)
def test_the_alliance_is_praised_only_where_it_carries_something_good(
    state, said, name
):
    expected = [
        r
        for r in state.models
        if r.mediated and r.mediation.a > 0 and r.mediation.b > 0
    ]
    said_so = FOR_THE_HYPOTHESIS[name] in said[name]
    if name == "total_reconciled":
        assert said_so <= bool(expected)
    else:
        assert said_so == bool(expected)


@pytest.mark.parametrize(
    "name", ["mechanism_meaning", "conclusion", "horizon_sentence", "abstract"]
)
def test_what_goes_against_the_hypothesis_is_named_with_its_directions(
    state, said, name
):
    told = said[name].replace("is not the mechanism", "")
    contrary = {
        r.model.title: (r.mediation.a > 0, r.mediation.b > 0)
        for r in state.models
        if r.mediated and not (r.mediation.a > 0 and r.mediation.b > 0)
    }
    parts = re.findall(
        r"For ([^:]+) this is against the hypothesis: higher fidelity goes with a "
        r"(\w+) alliance, and a (\w+) alliance with (\w+) scores in (\w+)",
        told,
    )
    assert ("against the hypothesis" in told) == bool(contrary)
    named = 0
    for titles, alliance, again, scores, them in parts:
        own = {t: way for t, way in contrary.items() if t in titles}
        named += len(own)
        for a_up, b_up in own.values():
            assert alliance == again == ("stronger" if a_up else "weaker")
            assert scores == ("higher" if a_up == b_up else "lower")
        assert them == ("it" if len(own) == 1 else "them")
    assert named == len(contrary)


def test_practitioners_are_told_to_hope_only_where_all_points_one_way(state, said):
    mediated = [
        (r.mediation.a > 0, r.mediation.b > 0) for r in state.models if r.mediated
    ]
    good = bool(mediated) and set(mediated) == {(True, True)}
    assert ("a useful one" in said["practice_meaning"]) == good
    assert ("do not agree with the hypothesis" in said["practice_meaning"]) == (
        bool(mediated) and not good
    )


def test_earlier_outcomes_are_told_with_their_signs(state, said):
    alpha = state.alpha(RPRS.score_column(13.5))
    found = [m for m in state.reciprocity if m.p < alpha]
    told = said["rec_circle"]
    assert says(told, "weaker") == any(m.slope < 0 for m in found)
    assert ("good start" in told) == (bool(found) and all(m.slope > 0 for m in found))
    sentence = said["rec_sentence"]
    assert ("none of the outcomes" in sentence) == (not found)
    assert ("It is not for" in sentence) == (0 < len(found) < len(state.reciprocity))


def test_a_difference_between_horizons_is_warned_of_where_there_is_one(state, said):
    at = [
        {r.model.outcome for r in state.models if r.mediated and r.model.horizon == h}
        for h in (9.0, 18.0)
    ]
    assert ("at one horizon and not" in said["horizons_caution"]) == (at[0] != at[1])


def test_path_b_decides_only_where_path_a_is_always_there(state, said):
    kept = [r.b_significant for r in state.models]
    decides = (
        any(kept)
        and all(r.a_significant for r in state.models)
        and kept == [r.mediated for r in state.models]
    )
    assert ("decides which" in said["plainer_meaning"]) == decides


def test_no_limit_hides_its_side_of_zero(state, said):
    shown = [
        tables.paths(state),
        tables.indirect_effects(state),
        tables.sensitivity(state),
    ]
    cells = [cell for table in shown for cell in table.body.to_numpy().ravel()]
    limits = [cell for cell in cells if " to " in cell]
    assert limits
    for text in (*limits, *said.values()):
        assert not HIDDEN_SIDE.search(text), text


def test_no_limit_in_a_figure_hides_its_side_of_zero(study):
    for plate in plates(study):
        drawn = [text.get_text() for ax in plate.figure.axes for text in ax.texts]
        for text in (plate.alt, *drawn):
            assert not HIDDEN_SIDE.search(text), (plate.name, text)


def test_the_figure_and_the_table_print_the_same_limits(study):
    drawn = {
        text.get_text()
        for ax in figures.indirect_effects(study).figure.axes
        for text in ax.texts
    }
    body = tables.indirect_effects(study).body
    for ab, between in zip(body["ab"], body["95% CI"], strict=True):
        assert f"{ab} ({between})" in drawn


def test_the_share_of_fidelity_between_teams_is_that_of_the_chapter_on_teams(study):
    nested = describe_nested(study, 200)
    shares = sorted({f"{100 * s.share_between:.0f}%" for s in nested.splits})
    assert text_of(study)["exposure_clustering"] == (
        f"of the variance of the exposure {' to '.join(shares)} lies between teams"
    )
    told = text_of(nested)["nest_split_sentence"]
    before = re.findall(r"fidelity before the interview at ([\d.]+) months", told)
    assert before == ["4.5", "13.5"]


@pytest.fixture(scope="module")
def one_site(cohort):
    return run_study(cohort, RunParameters(site="only-4", n_boot=N_BOOT))


def test_a_single_site_is_not_each_of_several(one_site, study):
    assert text_of(one_site)["site_sizes"] == f"All {one_site.n} are of one site."
    assert text_of(study)["site_sizes"].startswith("Each site contributed from")
    assert text_of(one_site)["sites_and_teams"].startswith("one site and ")
    assert "without the site" in text_of(one_site)["sites_here"]
    for name, text in text_of(one_site).items():
        assert not UNFINISHED.search(text), (name, text)


@pytest.mark.parametrize(
    ("was", "kept", "words"),
    [
        (0, 0, "path a is found in none of the eight models by either"),
        (1, 1, "in one of the eight models by the published one, and it stays in"),
        (1, 0, "by the published one, and it does not stay in"),
        (3, 3, "and all of them stay in"),
        (3, 1, "and one of them stays in"),
        (3, 2, "and two of them stay in"),
        (3, 0, "and none of them stays in"),
    ],
)
def test_both_readings_are_told_in_the_right_number(study, was, kept, words):
    def first(count):
        return tuple(
            replace(r, alpha_mediator=1.0 if k < count else 0.0)
            for k, r in enumerate(study.models)
        )

    found = Readings(published=first(was), defensible=first(kept), n_sets=2)
    told = text_of(found)["readings_sentence"]
    assert words in told
    assert not UNFINISHED.search(told)


def test_a_turned_alliance_is_told_of_teams(study):
    nested = describe_nested(turned(study, columns=["rprs_4.5", "rprs_13.5"]), 200)
    for name, text in text_of(nested).items():
        assert not UNFINISHED.search(text), (name, text)
        assert not re.search("stronger|higher", text), (name, text)
