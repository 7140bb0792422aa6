"""On real data, no small count of clients follows from what a book prints."""

from dataclasses import replace

import pytest

from generator.shipped import SCORE_COLUMNS
from smcm.analysis import characteristics as counting
from smcm.analysis.characteristics import describe_clients
from smcm.design.characteristics import blocks
from smcm.design.study_file import shipped_study
from smcm.facts import plain
from smcm.report.export import results
from smcm.report.facts.study import study_facts
from smcm.report.tidy_tables import tidy_tables
from smcm.stats.small_counts import FEWEST_CLIENTS
from tests.disclosed import Attack, editions, real, some_clients, truth

SITES_OF_THIRD = {1: 12, 2: 30, 4: 70, 6: 40}


@pytest.fixture(scope="module", params=["shipped", "second", "third"])
def book(request):
    if request.param == "third":
        data = some_clients(request.getfixturevalue("cohort"), SITES_OF_THIRD)
    else:
        name = "cohort" if request.param == "shipped" else request.param
        data = real(request.getfixturevalue(name))
    return editions(data)


def attack_on(book):
    whole = book[0]
    attack = Attack(
        whole.cohort, truth(whole.cohort, whole.observed[list(SCORE_COLUMNS)])
    )
    for study in book:
        attack.read(study)
    return attack


def ranges(attack, names=None):
    return [
        (n, *attack.range(keys))
        for keys, n in attack.secrets()
        if names is None or keys[0][0] in names
    ]


def test_no_count_has_a_range_that_ends_below_the_threshold(book):
    found = ranges(attack_on(book))
    assert len(book) > 4
    assert len(found) > 40
    assert min(high for _, _, high in found) >= FEWEST_CLIENTS - 1e-6
    assert min(high - low for _, low, high in found) >= FEWEST_CLIENTS - 1e-6


@pytest.mark.parametrize("book", ["shipped"], indirect=True)
@pytest.mark.parametrize("rule", ["everything", "cells", "pages"])
def test_the_program_finds_what_weaker_rules_give_away(book, rule, monkeypatch):
    """Everything shown; small cells left out; each page by itself with complements."""

    def cells(counts, fewest):
        return tuple(None if 0 < n < fewest else n for n in counts)

    fewest = 0 if rule == "everything" else FEWEST_CLIENTS
    monkeypatch.setattr(counting, "fewest_of_part", lambda *_: fewest)
    if rule == "cells":
        monkeypatch.setattr(counting, "shown", cells)
    weak = [
        replace(s, characteristics=describe_clients(s.cohort, s.observed.index))
        for s in book
        if not s.run.site.startswith("only")
    ]
    found = ranges(attack_on(weak), {block.column for block in blocks(shipped_study())})
    known = [n for n, low, high in found if high - low < 0.5]
    assert len(known) > 20
    if rule == "everything":
        assert len(known) > 0.9 * len(found)


READ_BY_THE_PROGRAM = {
    "n",
    "abstract_facts.edition.n",
    "characteristics.n",
    "missing.missing",
    "participants.clients",
    "clients.gaps.count",
    "clients.gaps.complete",
}
NEEDS_NO_EQUATION = {
    "clients of an edition, or of those with an exposure: its N": {
        "models.n",
        "outcomes.df2",
        "reciprocity.df2",
        "reverse.df2",
        "fidelity.df",
        "alliance.df",
        "missing.clients",
        "clients.sites",
        "clients.gaps.cells",
    },
    "part of N by itself, see `shown_part`: no block adds up with it": {
        "clients.age.n",
        "clients.ace.n",
        "windows.n",
        "windows.reaching",
        "short_windows",
    },
    "no count of clients: days, months, options and the design": {
        "run.window_days",
        "run.n_boot",
        "run.n_imputations",
        "run.seed",
        "abstract_facts.edition.window_days",
        "abstract_facts.edition.n_boot",
        "abstract_facts.edition.n_imputations",
        "abstract_facts.edition.seed",
        "abstract_facts.edition.n_sets",
        "abstract_facts.study.models.minimum",
        "abstract_facts.study.models.maximum",
        "models.minimum",
        "models.maximum",
        "models.window_days",
        "reciprocity.df1",
        "outcomes.df1",
        "reverse.df1",
        "refits.days",
        "windows.days",
        "clients.fewest",
        "clients.room.answers",
    },
    "numbers of other things: sites, teams, case managers, columns, printed numbers": {
        "abstract_facts.edition.n_sites",
        "abstract_facts.edition.n_teams",
        "abstract_facts.edition.n_case_managers",
        "nesting.n_clusters",
        "teams.high",
        "clients.room.gaps",
        "clients.room.short",
        "clients.room.outer",
    },
}


def whole_numbers(told, path=()):
    """Give the path of every whole number, without places in lists."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from whole_numbers(value, (*path, str(name)))
    elif isinstance(told, list | tuple):
        for value in told:
            yield from whole_numbers(value, path)
    elif isinstance(told, int) and not isinstance(told, bool):
        yield ".".join(path)


def test_every_count_is_read_or_has_a_reason_why_not(study):
    """Invented clients, of whom nothing is withheld: each count is a number here."""
    found = {*whole_numbers(results(study, tidy_tables(study)))}
    found |= {*whole_numbers(plain(study_facts(study)))}
    found = {x for x in found if not x.startswith(("design.", "comparison."))}
    excused = set().union(*NEEDS_NO_EQUATION.values())
    assert found - READ_BY_THE_PROGRAM - excused == set()
    assert READ_BY_THE_PROGRAM | excused <= found
