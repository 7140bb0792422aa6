"""The text of every chapter on results that no edition has, branch by branch."""

from functools import partial

import pytest

from smcm.design.study_file import shipped_study
from smcm.errors import BuildError
from smcm.facts import plain
from smcm.parameters import RunParameters
from smcm.paths import ROOT, RUNS
from smcm.report.run_page import RunPageFacts, run_page_facts
from smcm.report.runs import read_run
from smcm.rerun.chapters import stem_of
from smcm.rerun.staging import RUN_BOX
from smcm.text.printed import printed_facts
from tests.kept import facts_kept
from tests.text.branches import WatchedText
from tests.text.flaws import flaws
from tests.text.shaken import Shaking, kinds_of_parts
from tests.text.sources import CHAPTERS, MACROS

COPIES, MANY = 40, 400  # more than the first only for a branch not yet entered
OWN = RunParameters()
FEW_RUNS = 2  # of those in the explorer, which all have the same text


@pytest.fixture(scope="module")
def left(html):  # noqa: ARG001 (the book is built)
    """Source, facts and their types by the file of a text, of the kept notebooks."""
    found = {}
    for path in CHAPTERS:
        source = path.read_text(encoding="utf-8")
        page = path.relative_to(ROOT).with_suffix("").as_posix()
        stem = stem_of(page)
        executed = (RUNS / "synthetic" / OWN.slug / f"{stem}.ipynb").exists()
        facts = facts_kept(RUNS / "synthetic", OWN, stem) if executed else {}
        found[f"{page}.md"] = source, facts, kinds_of_parts(path)
    explorer = found["book/explorer.md"][1]["explorer"]
    explorer["runs"] = explorer["runs"][:FEW_RUNS]
    record = read_run(RUNS / "synthetic", OWN.slug, shipped_study())
    box = plain(run_page_facts(record, 64 * "0"))
    source = RUN_BOX.read_text(encoding="utf-8")
    found[RUN_BOX.name] = source, {"run_page": box}, {"run_page": RunPageFacts}
    return found


@pytest.fixture(
    scope="module", params=[COPIES, pytest.param(MANY, marks=pytest.mark.slow)]
)
def shaken(request, left):
    """What was wrong, by its text, and the watched text that was filled."""
    text, wrong = WatchedText(), {}
    printed = printed_facts()
    for seed in range(MANY):
        waiting = {place.partition(",")[0] for place in text.never_entered()}
        if seed >= request.param and not waiting:
            break
        shaking, all_again = Shaking(seed), not waiting <= left.keys()
        for file, (source, facts, kinds) in left.items():
            if seed >= request.param and not (all_again or file in waiting):
                continue
            try:
                told = text.filled(source, file, shaking.facts(facts, kinds) | printed)
                found = [f"{file}: {flaw}" for flaw in flaws(told, source)]
            except BuildError as error:
                found = [str(error)]
            wrong |= {flaw: seed for flaw in found if flaw not in wrong}
    return wrong, text


def test_every_chapter_that_leaves_facts_is_shaken(left):
    for file, (source, facts, kinds) in left.items():
        assert facts.keys() == kinds.keys(), file
        assert bool(facts) or "{{" not in source, file


def test_every_shaken_text_is_finished(shaken):
    wrong, _ = shaken
    assert not wrong, "\n".join(f"{flaw} (seed {k})" for flaw, k in wrong.items())


def test_every_branch_is_entered(shaken):
    _, text = shaken
    assert not text.never_entered(), "\n".join(text.never_entered())
    watched = {place.partition(",")[0] for place in text.branches}
    choosing = {p.name for p in MACROS if " if " in p.read_text("utf-8")}
    assert watched >= choosing


def test_the_results_themselves_enter_much_less(left):
    """Otherwise nothing would be gained by shaking."""
    text = WatchedText()
    for file, (source, facts, _) in left.items():
        text.filled(source, file, facts | printed_facts())
    assert len(text.never_entered()) > len(text.branches) / 4


@pytest.mark.parametrize(
    ("file", "before"),
    [
        ("book/nesting.md", "With one team no ICC by team can be computed"),
        (
            "book/missing.md",
            "The one completed data set that the other chapters analyse is",
        ),
    ],
)
def test_a_misspelt_name_is_found_in_a_branch_that_no_edition_takes(left, file, before):
    source, facts, kinds = left[file]
    assert before in source
    planted = source.replace(before, f"{{{{ data.nmae }}}} {before}")
    text, printed = WatchedText(), printed_facts()
    text.filled(planted, file, facts | printed)
    copies = [Shaking(seed).facts(facts, kinds) | printed for seed in range(COPIES)]
    with pytest.raises(BuildError, match="there is no 'nmae'"):
        list(map(partial(text.filled, planted, file), copies))


def test_the_same_seed_shakes_in_the_same_way(left):
    for file, (_, facts, kinds) in left.items():
        once, again, other = (Shaking(seed).facts(facts, kinds) for seed in (1, 1, 2))
        assert once == again, file
        assert other != once or facts.keys() <= {"data", "folder"}, file


def test_a_shaken_record_has_the_names_that_it_had(left):
    def names(value):
        return value.keys() if isinstance(value, dict) else None

    for file, (_, facts, kinds) in left.items():
        shaken = Shaking(COPIES).facts(facts, kinds)
        for part, held in facts.items():
            assert names(shaken[part]) == names(held), (file, part)
