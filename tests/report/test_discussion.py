"""Abstract and discussion, on findings of every sign, number and significance."""

import re
from dataclasses import replace

import pytest

from generator.shipped import HORIZONS, RPRS
from smcm import RunParameters, run_study
from smcm.chapters.nesting.nested import describe_nested
from smcm.report.facts.models import BENCHMARKS
from tests.filled import facts_of, filled
from tests.report.states import N_BOOT, STATES

UNFINISHED = re.compile(
    r"\bnan\b|\binf\b|\bNone\b|\{\{|(?<!\w)-\d|\.\.|\s[.,;](?!\d)|;\.|all one\b"
)
HIDDEN_SIDE = re.compile(r"(?<![\d.])−?0?\.0+ to |to −?0?\.0+(?![\d])")
OF_SYNTHETIC_DATA = re.compile(r"synthetic|invented|calibrat|generator|no replication")


def without_code(text):
    return re.sub(r"^---.*?# |```.*?```", "", text)


def discussion(study):
    return without_code(filled("discussion", **facts_of(study)))


def introduction(study):
    """The chapter that begins with the abstract."""
    return without_code(filled("introduction", **facts_of(study)))


@pytest.fixture(scope="module", params=STATES)
def state(request, study):
    return STATES[request.param](study)


@pytest.fixture(scope="module")
def chapter(state):
    return discussion(state)


@pytest.fixture(scope="module")
def with_abstract(state):
    return introduction(state)


def part(chapter, start, end):
    """What a chapter says between two phrases."""
    assert chapter.count(start) == 1, start
    rest = chapter.partition(start)[2]
    assert end in rest, end
    return rest.partition(end)[0]


def expected(state):
    """Mediated models with both paths as the hypothesis has them."""
    return [
        r
        for r in state.models
        if r.mediated and r.mediation.a > 0 and r.mediation.b > 0
    ]


def test_text_is_finished(chapter, with_abstract):
    for text in (chapter, with_abstract):
        assert not UNFINISHED.search(text), UNFINISHED.search(text)
        assert not HIDDEN_SIDE.search(text)


def test_the_alliance_is_praised_only_where_it_carries_something_good(
    state, chapter, with_abstract
):
    good = bool(expected(state))
    assert ("fidelity matters to clients" in chapter) == good
    assert ("would fit both" in chapter) == good
    assert ("remains a hypothesis" in with_abstract) == good
    total = any(r.significant("total") for r in state.models)
    assert ("reconcile" in chapter) == (good and not total)


def test_practitioners_are_told_to_hope_only_where_all_agrees(state, chapter):
    mediated = [r for r in state.models if r.mediated]
    good = bool(mediated) and mediated == expected(state)
    assert ("useful to keep in mind" in chapter) == good
    assert ("not all models agree" in chapter) == (bool(mediated) and not good)
    assert ("no reason to count on" in chapter) == (not mediated)


def test_what_goes_against_the_hypothesis_is_said_where_it_is_found(
    state, chapter, with_abstract
):
    contrary = [r.model.title for r in state.models if r.mediated]
    contrary = [
        t for t in contrary if t not in {r.model.title for r in expected(state)}
    ]
    assert ("against the hypothesis" in chapter) == bool(contrary)
    for text in (
        part(chapter, "## What was found", "## What it may mean"),
        part(chapter, "### The proposed mechanism", "### Size"),
        part(chapter, "## Conclusion", "Whether this holds"),
        part(with_abstract, "**Conclusions.**", "The design is"),
    ):
        named = " ".join(re.findall(r"For ([^:]+) this is against", text))
        assert [t for t in contrary if t not in named] == []


def test_horizons_name_their_outcomes(state, chapter):
    at = [
        [
            r.model.outcome.short
            for r in state.models
            if r.mediated and r.model.horizon == h
        ]
        for h in HORIZONS
    ]
    if not any(at):
        assert "No outcome is mediated at either horizon." in chapter
        return
    told = part(chapter, "At 9 months there is mediation for", "When site")
    early, _, late = told.partition("and at 18 months for")
    assert re.findall(r"\(([\w-]+)\)", early) == at[0]
    assert re.findall(r"\(([\w-]+)\)", late.partition(";")[0]) == at[1]
    both = [name for name in at[0] if name in at[1]]
    said = re.search(r"; (.*) (is|are) mediated at both horizons", told)
    assert bool(said) == (all(at))
    if said:
        assert [name for name in both if name not in said[1]] == []
        assert ("no outcome" in said[1]) == (not both)
        assert (said[2] == "are") == (len(both) > 1)


def test_a_difference_between_horizons_is_warned_of_where_there_is_one(state, chapter):
    at = [
        {r.model.outcome for r in state.models if r.mediated and r.model.horizon == h}
        for h in HORIZONS
    ]
    assert ("at one horizon and not" in chapter) == (at[0] != at[1])


def test_path_b_decides_only_where_path_a_is_always_there(state, chapter):
    kept = [r.b_significant for r in state.models]
    decides = (
        any(kept)
        and all(r.a_significant for r in state.models)
        and kept == [r.mediated for r in state.models]
    )
    assert ("decides which" in chapter) == decides


def test_an_outlook_could_explain_a_positive_path_b_alone(state, chapter):
    found = {r.model.title: r.mediation.b > 0 for r in state.models if r.b_significant}
    for up, words in ((True, "Path b is positive for "), (False, "Path b is negative")):
        told = part(chapter, words, ", which this") if words in chapter else ""
        assert {t for t in found if t in told} == {t for t in found if found[t] == up}
    assert ("path b is significant in no model" in chapter) == (not found)


def test_earlier_outcomes_are_told_with_their_signs(state, chapter):
    alpha = state.alpha(RPRS.score_column(13.5))
    found = [m for m in state.reciprocity if m.p < alpha]
    told = part(chapter, "In the reciprocal analyses,", "## Limits of the study")
    assert ("weaker alliance" in told) == any(m.slope < 0 for m in found)
    good = bool(found) and all(m.slope > 0 for m in found)
    assert ("good start" in told) == good
    lead = told.partition(" months. ")[0] if not found else told.partition(". ")[0]
    assert ("no outcome at" in lead) == (not found)
    assert [m for m in found if m.outcome.short not in lead] == []


def test_the_change_of_the_alliance_is_set_beside_what_path_a_leads_to_expect(
    state, chapter
):
    told = part(chapter, "If a point of fidelity were worth", "(These are")
    numbers = [float(n.replace("−", "-")) for n in re.findall(r"−?\d+\.\d\d", told)]
    a, fidelity, alliance = (
        state.model("ths_9").mediation.a,
        -state.change.fidelity.change.difference,
        -state.change.alliance.change.difference,
    )
    assert numbers == pytest.approx([a, fidelity, a * fidelity, alliance], abs=0.0051)


def test_benchmarks_of_size_are_those_by_which_the_largest_is_judged(state, chapter):
    told = part(chapter, "Cohen's benchmarks for a correlation:", "An indirect effect")
    shown = re.findall(r"\.\d\d", told)
    assert [float(n) for n in shown] == [least for least, _ in reversed(BENCHMARKS)]
    shown = [r for r in state.models if r.mediated] or state.models
    size = max(abs(r.mediation.indirect_cs) for r in shown)
    word = next(
        (word for least, word in BENCHMARKS if size >= least), "less than small"
    )
    assert f"the largest effect is {word}." in told


def test_the_share_of_fidelity_between_teams_is_that_of_the_chapter_on_teams(study):
    nested = describe_nested(study, 200)
    shares = sorted({f"{100 * s.share_between:.0f}%" for s in nested.splits})
    told = f"{' to '.join(shares)} of the variance of the exposure lies between teams"
    assert told in discussion(study)


def test_a_single_site_is_no_covariate(cohort, study):
    one = run_study(cohort, RunParameters(site="only-4", n_boot=N_BOOT))
    told = discussion(one)
    assert "exclude the site because there is only one" in told
    assert "When education is a categorical variable" in told
    assert "which include the site as a number" in discussion(study)


def test_the_defensible_analysis_is_named_in_its_edition(study):
    run = replace(study.run, reading="defensible", n_imputations=2, n_boot=N_BOOT)
    own = run_study(study.cohort, run)
    pages = discussion(own), introduction(own)
    for text in pages:
        assert "2 imputed data sets" in text
    assert "gives the paths of the defensible analysis" in pages[0]
    assert "results of the defensible analysis were not calibrated" in pages[0]
    assert "include an indicator for every site" in pages[0]
    assert "This is not the analysis of the article." in pages[1]
    assert "percentile bootstrap" not in pages[1]
    assert "not calibrated" not in discussion(study)


@pytest.mark.parametrize("completion", ["frozen", "live"])
def test_nothing_said_of_own_data_holds_of_synthetic_data_alone(study, completion):
    own = replace(study.cohort, name="clinic", synthetic=False, statement="Our data.")
    clinic = replace(study, cohort=own, completion=completion)
    for write in (discussion, introduction):
        assert not OF_SYNTHETIC_DATA.search(write(clinic))
        assert OF_SYNTHETIC_DATA.search(write(study))
        assert "“clinic”" in write(clinic)


def test_simulated_data_are_called_neither_calibrated_nor_somebodys(second_study):
    for write in (discussion, introduction):
        text = write(second_study)
        assert "synthetic data set “second”" in text
        assert not re.search(
            r"calibrat|by construction and|the clients in its files", text
        )
