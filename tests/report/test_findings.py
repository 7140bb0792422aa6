"""The results in words, on findings of every sign, number and significance."""

import re
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from generator.shipped import OUTCOMES, RPRS
from smcm import RunParameters, run_study
from smcm.facts import plain
from smcm.report.facts.models import benchmark
from smcm.text import Text
from tests.disclosed import with_site
from tests.filled import facts_of, filled
from tests.report.states import N_BOOT, STATES

NAMES = {o.short: o.key for o in OUTCOMES}
UNFINISHED = re.compile(
    r"\bnan\b|\binf\b|\bNone\b|(?<!\w)-\d|\.\.|not for none|all one\b"
)
HIDDEN_SIDE = re.compile(r"(?<![\d.])−?0?\.0+ to |to −?0?\.0+(?![\d])")
SHARED = (
    *("alliance_by_fidelity()", "outcomes_by_alliance()", "direction_of_b()"),
    *("interval_alone()", "standardized_range()", "largest_in_points()"),
    *("moved(study.fidelity)", "moved(study.alliance)", "moved_together()"),
    *("outcomes_against_entry(study.against_entry | first)", "reverse_meaning()"),
    *("outcomes_against_entry(study.against_entry | last)", "by_the_rule()"),
    *("against_hypothesis()", "abstract()", "largest_benchmark()", "direct_effects()"),
)


def sentences(study):
    """What each of the shared macros says of a study."""
    names = ", ".join(sorted({call.partition("(")[0] for call in SHARED}))
    source = f'{{% from "findings.j2" import {names} with context %}}'
    source += "\n@\n".join(f"{{{{ {call} }}}}" for call in SHARED)
    facts = {name: plain(part) for name, part in facts_of(study).items()}
    told = Text().filled(source, "findings.md", facts).replace("\\", "").split("@")
    return dict(zip(SHARED, (" ".join(one.split()) for one in told), strict=True))


@pytest.fixture(scope="module", params=STATES)
def state(request, study):
    return STATES[request.param](study)


@pytest.fixture(scope="module")
def chapter(state):
    return filled("results", **facts_of(state))


@pytest.fixture(scope="module")
def said(state):
    return sentences(state)


def part(chapter, start, end):
    """What the chapter says between two phrases."""
    assert chapter.count(start) == 1, start
    return chapter.partition(start)[2].partition(end)[0]


def significant(state, path):
    """Estimates of a path where it is significant, by title of the model."""
    return {
        r.model.title: r.mediation.row(path)["estimate"]
        for r in state.models
        if getattr(r, f"{path}_significant")
    }


def says(text, word):
    return bool(re.search(rf"\b{word}\b", text))


def test_the_chapter_is_finished(state, chapter, said):
    for text in (chapter, *said.values()):
        assert not UNFINISHED.search(text), UNFINISHED.search(text)
    intervals = re.findall(r"CI (\S+ to \S+?)[,)]", chapter)
    assert len(intervals) >= 2 * len(state.models)
    assert not [limits for limits in intervals if HIDDEN_SIDE.search(limits)]


def test_macros_do_not_break_a_paragraph(state):
    facts = {name: plain(found) for name, found in facts_of(state).items()}
    source = '{% from "findings.j2" import abstract, against_hypothesis with context %}'
    for call in ("abstract()", "against_hypothesis()"):
        told = Text().filled(f"{source}{{{{ {call} }}}}", "findings.md", facts)
        assert not re.search(r"\n\s*\n|  \n", told)


def test_the_direction_of_path_a_is_that_of_the_numbers(state, chapter, said):
    values = significant(state, "a").values()
    told = said["alliance_by_fidelity()"]
    assert told in chapter
    assert says(told, "stronger") == any(v > 0 for v in values)
    assert says(told, "weaker") == any(v < 0 for v in values)
    first = state.model("ths_9").mediation.a
    points = part(chapter, "would be expected to rate the alliance ", " on its hundred")
    assert points.endswith("higher" if first > 0 else "lower")
    assert "−" not in points


@pytest.mark.parametrize("name", ["outcomes_by_alliance()", "direction_of_b()"])
def test_the_direction_of_path_b_is_that_of_the_numbers(state, said, name):
    values = significant(state, "b").values()
    assert says(said[name], "higher") == any(v > 0 for v in values)
    assert says(said[name], "lower") == any(v < 0 for v in values)


def test_every_model_is_named_once_among_the_paths_b(state, chapter):
    told = part(chapter, "the alliance predicted the outcome ", "{numref}`fig-paths-9`")
    for result in state.models:
        assert told.count(f"{result.model.title} (b=") == 1


def test_the_direction_of_the_total_effect_is_that_of_the_numbers(state, chapter):
    values = [r.mediation.total for r in state.models if r.significant("total")]
    told = part(chapter, "without the alliance in the model,", "An indirect effect")
    assert says(told, "positive") == any(v > 0 for v in values)
    assert says(told, "negative") == any(v < 0 for v in values)
    alone = [r for r in state.models if r.mediated]
    alone = alone and not any(r.significant("total") for r in alone)
    assert ("product of two paths alone" in told) == bool(alone)


def changed(frame, early, late, tests=1):
    """Sign of a paired change by scipy, 0 where Bonferroni does not see one."""
    test = stats.ttest_rel(frame[late], frame[early])
    return int(np.sign(test.statistic)) if test.pvalue * tests < 0.05 else 0


@pytest.mark.parametrize(("which", "month"), [("first", 9), ("last", 18)])
def test_outcomes_rise_fall_or_do_neither(state, chapter, said, which, month):
    sentence = said[f"outcomes_against_entry(study.against_entry | {which})"]
    assert sentence in chapter
    told = {1: set(), -1: set(), 0: set()}
    for clause in re.split(r"; ", sentence.partition("months ")[2]):
        for short in NAMES:
            if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", clause):
                way = -1 if "lower than" in clause else 1
                told[0 if "did not differ" in clause else way].add(short)
    found = {
        short: changed(state.frame, f"{key}_0", f"{key}_{month}", tests=3)
        for short, key in NAMES.items()
    }
    for way in (1, -1):
        assert told[way] == {short for short, its in found.items() if its == way}
    if told[1] | told[-1]:
        assert told[0] == {short for short, its in found.items() if its == 0}


def test_the_caution_speaks_of_rises_and_falls_that_there_are(state, chapter):
    ways = {
        changed(state.frame, f"{key}_0", f"{key}_{month}", tests=3)
        for key in NAMES.values()
        for month in (9, 18)
    }
    told = part(chapter, "Without a comparison group", "```{code-cell}")
    assert says(told, "rise") == (1 in ways)
    assert says(told, "fall") == (-1 in ways)


def test_fidelity_and_alliance_are_told_as_they_moved(state, said):
    fidelity = changed(state.frame, "fidelity_4.5", "fidelity_13.5")
    alliance = changed(state.frame, "rprs_4.5", "rprs_13.5")
    word = {1: "rose", -1: "fell", 0: "did not change significantly"}
    assert said["moved(study.fidelity)"] == word[fidelity]
    assert said["moved(study.alliance)"] == word[alliance]
    told = said["moved_together()"]
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
    told = sentences(replace(study, change=change))["moved_together()"]
    ups, downs = (way in (fidelity, alliance) for way in (1, -1))
    assert bool(re.search("rise|rose|more closely", told)) == ups
    assert bool(re.search("fall|fell|less closely", told)) == downs


def test_the_largest_effect_has_its_sign(state, said):
    told = said["largest_in_points()"]
    shown = [r for r in state.models if r.mediated]
    largest = max(shown or state.models, key=lambda r: abs(r.mediation.indirect_cs))
    assert largest.model.title in told
    assert ("points higher on" in told) == (largest.mediation.indirect >= 0)
    assert ("points lower on" in told) == (largest.mediation.indirect < 0)
    assert ("does not meet the rule" in told) == (not shown)


@pytest.mark.parametrize(
    ("size", "word"),
    [
        (0.0099, None),
        (0.01, "small"),
        (0.09, "medium"),
        (0.25, "large"),
        (1.0, "large"),
    ],
)
def test_a_size_is_called_by_the_squares_of_cohens_benchmarks(size, word):
    assert benchmark(size) == word


@pytest.mark.parametrize("name", ["against_hypothesis()", "abstract()"])
def test_what_goes_against_the_hypothesis_is_named_with_its_directions(
    state, said, name
):
    contrary = {
        r.model.title: (r.mediation.a > 0, r.mediation.b > 0)
        for r in state.models
        if r.mediated and not (r.mediation.a > 0 and r.mediation.b > 0)
    }
    parts = re.findall(
        r"For ([^:]+) this is against the hypothesis: higher fidelity is "
        r"associated with a (\w+) alliance, and a (\w+) alliance with (\w+) scores",
        said[name],
    )
    assert ("against the hypothesis" in said[name]) == bool(contrary)
    named = 0
    for titles, alliance, again, scores in parts:
        own = {t: way for t, way in contrary.items() if t in titles}
        named += len(own)
        for a_up, b_up in own.values():
            assert alliance == again == ("stronger" if a_up else "weaker")
            assert scores == ("higher" if a_up == b_up else "lower")
    assert named == len(contrary)


def test_earlier_outcomes_are_told_as_they_are_tested(state, chapter):
    alpha = state.alpha(RPRS.score_column(13.5))
    found = [m for m in state.reciprocity if m.p < alpha]
    told = part(chapter, "the increase is significant for", "```{code-cell}")
    assert ("none of the outcomes" in told) == (not found)
    assert ("It is not significant for" in told) == (
        0 < len(found) < len(state.reciprocity)
    )


def test_a_single_site_is_not_each_of_several(cohort, study):
    one = run_study(cohort, RunParameters(site="only-4", n_boot=N_BOOT))
    text = filled("results", **facts_of(one))
    assert f"All {one.n} clients come from one site." in text
    assert not UNFINISHED.search(text)
    assert "Each site contributed between" in filled("results", **facts_of(study))


def test_small_sites_are_not_among_those_whose_clients_are_told(cohort):
    sizes = sorted(with_site(cohort)["site"].value_counts())
    fewest = sizes[0] + 1  # the smallest site would follow if it were left out alone
    people = replace(cohort, synthetic=False, shipped=False, fewest_clients=fewest)
    some = run_study(people, RunParameters(n_boot=N_BOOT))
    text = filled("results", **facts_of(some))
    told = f"Each site that is counted alone contributed between {sizes[2]} and "
    assert f"{told}{sizes[-1]} clients." in text
    none = replace(people, fewest_clients=people.n)
    text = filled("results", **facts_of(run_study(none, some.run)))
    assert "contributed between" not in text
    assert not UNFINISHED.search(text)
