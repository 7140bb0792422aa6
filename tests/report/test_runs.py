"""Runs are read back, and their choices and what moved put into words."""

import re
import shutil
from dataclasses import replace

import pytest

from generator.shipped import EIGHT_MODELS
from smcm.chapters.compare import compare_facts
from smcm.chapters.compare.choice_facts import chosen, where
from smcm.design.study_file import shipped_study
from smcm.errors import MissingRunsError
from smcm.parameters import RunParameters
from smcm.report import choices
from smcm.report.run_files import RESULTS
from smcm.report.runs import read_runs
from tests.conftest import GRID_OF_TESTS
from tests.filled import filled
from tests.report.conftest import replace_run


def compared(records):
    """The finished chapter."""
    return filled("compare", compare=compare_facts(records))


def between(text, first, last):
    """What a text has between some words and others."""
    _, _, rest = text.partition(first)
    assert rest
    found, _, after = rest.partition(last)
    assert after
    return found


def told(records, found):
    """Words for the runs in which something holds, here for one model's effect."""
    facts = compare_facts(records)
    calm = {"always_above": True, "never_above": False}
    first, *others = (replace(model, **calm) for model in facts.models)
    mixed = replace(first, always_above=False, above=found)
    text = filled("compare", compare=replace(facts, models=(mixed, *others)))
    lead = f"positive for {EIGHT_MODELS[0].title} in "
    return between(text, lead, ". Completely standardized")


def told_by(records, holds):
    return told(records, where(records, holds))


def test_a_missing_run_is_named(runs_folder, tmp_path):
    folder = tmp_path / "runs"
    shutil.copytree(runs_folder, folder)
    lost = folder / GRID_OF_TESTS[0].slug / RESULTS
    lost.unlink()
    with pytest.raises(MissingRunsError, match=f"no {lost.relative_to(folder)}"):
        read_runs(shipped_study(), folder)


def test_no_grid_is_named(tmp_path):
    with pytest.raises(MissingRunsError, match=r"no grid\.json"):
        read_runs(shipped_study(), tmp_path)


def test_a_grid_without_runs_is_no_comparison(tmp_path):
    (tmp_path / "grid.json").write_text('{"runs": []}', encoding="utf-8")
    with pytest.raises(MissingRunsError, match="has no runs"):
        read_runs(shipped_study(), tmp_path)


def test_window_and_sites_are_always_shown_and_what_else_varies(runs, seeds):
    assert choices.shown_parameters(runs[:1]) == ("window_days", "site")
    assert choices.shown_parameters(runs) == ("window_days", "site")
    assert choices.shown_parameters(seeds) == ("window_days", "site", "seed")


def test_every_parameter_has_words(runs):
    names = set(RunParameters.__dataclass_fields__)
    assert set(choices.WORDS) == names
    others = {
        **{"data": "elsewhere", "window_days": 270, "site": "without-9"},
        **{"reading": "defensible", "n_boot": 900, "n_imputations": 9, "seed": 9},
    }
    assert set(others) == names
    two = [runs[0], replace_run(runs[0], **others)]
    said = between(compared(two), "compared here differ in ", ". ")
    assert len(said.split("), ")) == len(names)


def test_sites_come_all_first_and_then_by_code(runs):
    codes = ("without-10", "only-3", "without-9", "all")
    some = [replace_run(runs[0], site=code) for code in codes]
    in_order = choices.values_of(some, "site")
    assert in_order == ["all", "without-9", "without-10", "only-3"]


def test_the_main_run_has_the_default_of_all_that_varies(runs, seeds):
    assert choices.main_run(runs).slug == runs[3].slug  # other n_boot, in every run
    assert choices.main_run(runs[:3]).run.site == "all"
    assert choices.main_run(runs[1:3]) is None
    assert choices.main_run(runs[:1]) is None
    assert choices.main_run(seeds) is None


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("window_days", [90, 270], "with a window of 90 or 270 days"),
        ("site", ["without-3"], "that leave out site 3"),
        ("site", ["all", "without-3", "without-4"], None),
        ("site", ["only-2"], "at site 2 alone"),
        ("n_boot", [5000], "with 5,000 bootstrap samples"),
        ("seed", [20141009], "with seed 20141009"),
    ],
)
def test_choices_in_words(runs, name, values, words):
    expected = words or "with all sites or that leave out site 3 or 4"
    some = chosen([replace_run(runs[0], **{name: value}) for value in values], name)
    found = where(runs, [True, True, False] * 2)
    said = told(runs, replace(found, parted_by=some))
    assert said == f"4 of 6 runs (all but those {expected})"


def test_sentences_are_finished_whatever_the_grid(grid):
    text = re.sub(r"```.*?```", "", compared(grid))
    odd = re.search(r"\bnan\b|\.\.|\bnone\b\.| [.,;](?!\d)|(?<!\w)-\d", text)
    assert not odd, text[odd.start() - 40 : odd.end() + 40]


def test_every_model_is_told_once_as_changed_or_unchanged(runs):
    same = between(compared(runs), "same in every run for", ". It changes for")
    changed = between(compared(runs), ". It changes for", "Runs that leave out a site")
    for model in EIGHT_MODELS:
        mediated = {record.model(model.key).mediated for record in runs}
        assert (model.title in changed) == (len(mediated) > 1)
        assert (model.title in same) == (len(mediated) == 1)


def test_runs_without_a_site_are_counted_apart(runs):
    said = between(compared(runs), ". It changes for", "Runs that leave out a site")
    for model in EIGHT_MODELS:
        mediated = {r.run.slug: r.model(model.key).mediated for r in runs}
        if len(set(mediated.values())) == 1:
            continue
        whole = [held for slug, held in mediated.items() if "without" not in slug]
        part = [held for slug, held in mediated.items() if "without" in slug]
        assert f"in {sum(whole)} of {len(whole)} runs with all sites" in said
        assert f"{sum(part)} of {len(part)} runs with some sites left out" in said


def test_one_run_is_not_compared(runs):
    said = compared(runs[:1])
    assert "There is one run (90 days, all sites" in said
    assert "One run does not show whether" in said
    assert "in every run" not in said


@pytest.mark.parametrize(
    ("holds", "words"),
    [
        ([True, True, False] * 2, "4 of 6 runs (all but those that leave out site 4)"),
        ([False, True, False] * 2, "2 of 6 runs (those that leave out site 3)"),
        (
            [True] * 3 + [False] * 3,
            "3 of 6 runs (all but those with a window of 180 days)",
        ),
    ],
)
def test_a_choice_that_parts_the_runs_is_named(runs, holds, words):
    assert told_by(runs, holds) == words


def test_runs_that_no_choice_parts_are_named_while_they_are_few(runs):
    said = told_by(runs, [True] + [False] * 5)
    assert said == f"1 of 6 runs ({runs[0].run.label})"
    many = [replace_run(runs[k % 6], seed=k) for k in range(60)]
    said = told_by(many, [k in range(3, 30) for k in range(60)])
    assert said == "27 of 60 runs (no single choice separates them from the others)"


def test_the_analysis_of_the_runs_is_named(grids):
    same = compared(grids["windows and sites"])
    assert "All of them use the published analysis." in same
    both = compared(grids["another reading"])
    assert "All of them use" not in both
    assert "the analysis (published and defensible)" in both
    assert "It uses the published analysis." in compared(grids["one run"])


def test_the_one_run_of_another_analysis_is_told_apart(runs, grids):
    """Everything that is counted is as without it."""
    with_it, without = (
        compare_facts(found) for found in (grids["one of another analysis"], runs)
    )
    assert replace(with_it, beside=None) == without
    assert with_it.beside.reading == "defensible"
    assert with_it.beside.mediated == 0
    label = grids["one of another analysis"][-1].run.label
    said = compared(grids["one of another analysis"])
    assert f"One further run ({label}) uses the defensible analysis" in said
    assert "and finds mediation in none of the eight models" in said
    assert "All of them use the published analysis." in said
    assert "further run" not in compared(runs)


def test_signs_are_told(grids):
    assert "positive in every run for all models" in compared(
        grids["windows and sites"]
    )
    assert "not positive" in compared(grids["negative"])
    mixed = between(compared(grids["mixed signs"]), "effect is positive", "Completely")
    assert mixed.count("in 5 of 6 runs") == len(EIGHT_MODELS)


def test_a_level_that_moves_is_told(runs):
    same = "The levels that the alpha rule sets are the same in every run."
    assert same in compared(runs[::3])
    assert same not in compared(runs)
    assert "alpha rule itself depends" in compared(runs)


def test_what_runs_share_is_told_as_it_is(grids):
    shared = {name: compared(some) for name, some in grids.items()}
    assert "The runs share most of their clients" in shared["windows and sites"]
    assert "share no clients" in shared["one site"]
    assert "most of their clients" not in shared["one run"]


DAMAGED = (b"", b"[" * 9000, b"9" * 5000, b'{"runs": 1, "runs": 2}', b"[]", b"\xff")


@pytest.mark.parametrize("content", DAMAGED, ids=lambda v: repr(v)[:20])
@pytest.mark.parametrize("name", ["grid.json", "results.json"])
def test_a_damaged_file_is_named_with_its_cure(runs_folder, tmp_path, content, name):
    folder = tmp_path / "runs"
    shutil.copytree(runs_folder, folder)
    path = next(folder.rglob(name))
    path.write_bytes(content)
    with pytest.raises(MissingRunsError, match="Run `smcm rerun` first") as caught:
        read_runs(shipped_study(), folder)
    assert str(path) in str(caught.value)
