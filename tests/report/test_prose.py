"""Sentences take their numbers from the study, and follow it where it leads."""

import re
from dataclasses import replace

import pytest
from myst_nb.core.read import read_myst_markdown_notebook

from smcm import RunParameters, run_study
from smcm.paths import BOOK
from smcm.report import prose
from smcm.stats.change import PairedChange

CHAPTERS = sorted(BOOK.glob("*.md"))
N_BOOT = 200  # enough for finite limits; no test here looks at one
by_stem = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)

ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
GLUE = re.compile(r"\{glue:text\}`([^`]+)`")
NOT_PROSE = (
    re.compile(r"^```\{math\}.*?^```", re.DOTALL | re.MULTILINE),
    ROLE,
    re.compile(r"`[^`]*`"),  # code
    re.compile(r"\]\([^)]*\)"),  # where a link leads
)
NAMES_WITH_DIGITS = ("QOLI-20", "UTF-8", "CR2", "HC3", "2-1-1", "x86")


@pytest.fixture(scope="module")
def edition(cohort):
    run = RunParameters(window_days=90, site="without-3", n_boot=N_BOOT)
    return run_study(cohort, run)


def with_alpha(study, alpha):
    """The same study, every path tested at another level."""
    windows = {
        days: tuple(
            replace(r, alpha_mediator=alpha, alpha_outcome=alpha) for r in results
        )
        for days, results in study.windows.items()
    }
    return replace(study, windows=windows)


def cells(chapter):
    return read_myst_markdown_notebook(chapter.read_text(encoding="utf-8")).cells


def sentences(chapter):
    """Prose of a chapter, with the captions and alt texts of its figures."""
    for cell in cells(chapter):
        if cell.cell_type == "markdown":
            yield cell.source
        else:
            shown = cell.metadata.get("mystnb", {})
            yield shown.get("figure", {}).get("caption", "")
            yield shown.get("image", {}).get("alt", "")


def glued(chapter):
    return set(GLUE.findall("\n".join(sentences(chapter))))


def test_every_phrase_is_finished_text(study, edition):
    for phrases in (prose.quoted(study), prose.quoted(edition)):
        for name, text in phrases.items():
            assert isinstance(text, str)
            assert text == text.strip() != "", name
            assert not re.search(r"\bnan\b|\binf\b|(?<!\w)-\d|  |\.\.", text), (
                name,
                text,
            )


def test_another_edition_reads_differently(study, edition):
    ours, theirs = prose.quoted(study), prose.quoted(edition)
    changed = {name for name in ours if ours[name] != theirs[name]}
    assert changed >= {
        "edition",
        "n",
        "sites_and_teams",
        "n_teams",
        "window_days",
        "other_windows",
        "short_windows",
        "age_sentence",
        "missing_count",
        "fidelity_test",
        "outcome_tests",
        "b_detail",
        "mediated_detail",
        "cs_sentence",
        "size_sentence",
        "rec_sentence",
    }
    assert "without site 3" in theirs["edition"]
    assert "statement" not in changed


def test_the_sentences_follow_when_nothing_is_significant(study):
    phrases = prose.quoted(with_alpha(study, 0.0))
    assert phrases["mediated_models"] == "none of the models"
    assert "mediation in none of the eight models." in phrases["abstract"]
    assert phrases["b_detail"] == "in none of the eight models"
    assert phrases["a_count"] == "none of the eight"
    assert phrases["cs_sentence"].startswith("Over all the models")
    assert phrases["conclusion"].endswith("is not detected for any outcome.")
    assert phrases["horizon_sentence"].endswith("no outcome at either horizon.")


def test_the_sentences_follow_when_everything_is_significant(study):
    phrases = prose.quoted(with_alpha(study, 1.0))
    assert phrases["direct_count"] == "all eight"
    assert phrases["b_sentence"].endswith("higher scores in all eight models.")
    assert phrases["b_between_sentence"].startswith("No path lies between")
    assert phrases["interval_only_sentence"].startswith("No model has an interval")


@pytest.mark.parametrize(
    ("difference", "p", "word"),
    [(-1.0, 0.01, "rose"), (1.0, 0.01, "fell"), (-1.0, 0.05, "did not change")],
)
def test_a_change_is_put_into_words(study, difference, p, word):
    change = PairedChange(difference=difference, t=0.0, df=9, p=p, d=0.0)
    alliance = replace(study.change.alliance, change=change)
    moved = replace(study, change=replace(study.change, alliance=alliance))
    phrases = prose.quoted(moved)
    assert phrases["alliance_moved"].startswith(word)
    rose = "rose as well" in phrases["alliance_meaning"]
    assert rose == (word == "rose")


def test_data_of_ones_own_are_not_called_synthetic(study):
    own = replace(study.cohort, name="clinic", synthetic=False, statement="Our data.")
    phrases = prose.quoted(replace(study, cohort=own))
    named = ("statement", "data_words", "data_caution", "edition")
    assert "synthetic" not in " ".join(phrases[name] for name in named)
    assert "“clinic”" in phrases["data_words"]


NOT_OF_OWN_DATA = re.compile(r"synthetic|invented|calibrat|generator|no replication")


@pytest.mark.parametrize("completion", ["frozen", "live"])
def test_nothing_said_of_own_data_holds_of_the_shipped_alone(study, completion):
    own = replace(study.cohort, name="clinic", synthetic=False, statement="Our data.")
    phrases = prose.quoted(replace(study, cohort=own, completion=completion))
    assert not {k: v for k, v in phrases.items() if NOT_OF_OWN_DATA.search(v)}
    ours = prose.quoted(study)
    said = {name for name in ours if NOT_OF_OWN_DATA.search(ours[name])}
    assert {"agreement_meaning", "data_limit"} < said


def test_limits_show_on_which_side_of_zero_they_lie(study):
    zero = re.compile(r"CI \S+ to 0\.0+(?![\d])|CI −?0\.0+ to")
    for name, text in prose.quoted(study).items():
        assert not zero.search(text), name


def test_a_change_is_given_finely_enough_to_follow_from_its_means(study):
    change = study.change.fidelity.change.difference
    shown = prose.quoted(study)["fidelity_difference"]
    assert float(shown) == pytest.approx(-change, abs=0.005)


def test_everything_quoted_is_glued(study, monkeypatch):
    given = {}

    def glue(name, text, *, display):
        given[name] = (text, display)

    monkeypatch.setattr("myst_nb.glue", glue)
    phrases = prose.quoted(study)
    prose.glue_all(phrases)
    assert given == {name: (text, False) for name, text in phrases.items()}


def test_simulated_data_are_called_neither_calibrated_nor_somebodys(second_study):
    phrases = prose.quoted(second_study)
    text = " ".join(
        text for name, text in phrases.items() if not name.startswith("printed_")
    )
    assert not re.search(r"calibrat|by construction|clients in its files", text)
    assert "synthetic data set “second”" in phrases["edition"]
    for name in ("data_caution", "data_limit", "codebook_note"):
        assert re.search("synthetic|invented", phrases[name]), name


def test_sizes_in_sentences_are_those_of_the_data(second_study):
    phrases = prose.quoted(second_study)
    assert (phrases["n"], phrases["n_teams"], phrases["sites_and_teams"]) == (
        "180",
        "nine",
        "five sites and nine teams",
    )


def test_the_direction_of_path_a_is_said(study, second_study):
    assert prose.quoted(study)["a_sentence"].startswith(
        "Higher fidelity went with a stronger alliance in "
    )
    signs = {r.mediation.a > 0 for r in second_study.models if r.a_significant}
    said = prose.quoted(second_study)["a_sentence"]
    assert ("stronger" in said) == (True in signs)
    assert ("weaker" in said) == (False in signs)


def test_an_effect_against_the_hypothesis_is_called_so(study, second_study):
    phrases = prose.quoted(second_study)
    assert second_study.model("pgi_9").mediated
    assert second_study.model("pgi_9").mediation.indirect < 0
    for name in ("abstract", "conclusion", "horizon_sentence"):
        assert "PGI at 9 months" in phrases[name].split("against the hypothesis")[0]
        assert "against the hypothesis" not in prose.quoted(study)[name]
