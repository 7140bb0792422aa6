"""What is shown of results of every sign, number and significance."""

import re

import pytest

from generator.shipped import OUTCOMES
from smcm.chapters.nesting import nesting_facts
from smcm.chapters.nesting.nested import describe_nested
from smcm.report.figure_files import plates
from tests.filled import about, filled
from tests.report.states import STATES, turned
from tests.shown import figures, tables

NAMES = {o.short: o.key for o in OUTCOMES}
UNFINISHED = re.compile(r"\bnan\b|\binf\b|(?<!\w)-\d|  |\.\.|not for none|all one\b")
HIDDEN_SIDE = re.compile(r"(?<![\d.])−?0?\.0+ to |to −?0?\.0+(?![\d])")
EVERYTHING, NOTHING = ("huge", "huge and negative"), ("noise",)


@pytest.fixture(scope="module", params=STATES)
def state(request, study):
    return STATES[request.param](study)


def test_the_states_are_what_they_are_called(study):
    for name in EVERYTHING:
        found = STATES[name](study).models
        assert all(r.mediated and r.direct_significant for r in found), name
        assert all(r.significant("total") for r in found), name
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


def test_no_limit_hides_its_side_of_zero(state):
    shown = [
        tables.paths(state),
        tables.indirect_effects(state),
        tables.sensitivity(state),
    ]
    cells = [cell for table in shown for cell in table.body.to_numpy().ravel()]
    limits = [cell for cell in cells if " to " in cell]
    assert limits
    for text in limits:
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


def test_a_turned_alliance_is_told_of_teams(study):
    nested = describe_nested(turned(study, columns=["rprs_4.5", "rprs_13.5"]), 200)
    text = filled("nesting", **about(study), nesting=nesting_facts(nested))
    assert not UNFINISHED.search(text)
