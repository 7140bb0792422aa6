"""On real data, no small count of clients follows from what a book prints."""

from dataclasses import replace

import pytest

from smcm.analysis import characteristics as counting
from smcm.analysis.characteristics import describe_clients
from smcm.design.characteristics import BLOCKS
from smcm.design.instruments import SCORE_COLUMNS
from smcm.stats.small_counts import FEWEST_CLIENTS
from tests.disclosed import Attack, editions, real, some_clients, truth

SITES_OF_THIRD = {1: 12, 2: 30, 4: 70, 6: 40}


OTHERS = [pytest.param(name, marks=pytest.mark.slow) for name in ("second", "third")]


@pytest.fixture(scope="module", params=["shipped", *OTHERS])
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
    found = ranges(attack_on(weak), {block.column for block in BLOCKS})
    known = [n for n, low, high in found if high - low < 0.5]
    assert len(known) > 20
    if rule == "everything":
        assert len(known) > 0.9 * len(found)
