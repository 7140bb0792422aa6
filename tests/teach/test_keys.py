"""Keys are right, and a slip is never taken for right."""

from itertools import pairwise

import numpy as np
import pytest
import statsmodels.formula.api as smf

from smcm import mediate
from smcm.teach.grading import FAR, mark
from smcm.teach.keys import assign
from smcm.teach.limits import ASKED, TAKEN
from smcm.teach.questions import DECIMALS, OMITTED
from smcm.teach.worlds import COVARIATES, WORLDS, M, N, X, Y
from tests.teach.conftest import SECRET

FIRST = "alliance ~ fidelity + age + hope_before"
BOTH = "hope ~ alliance + fidelity + age + hope_before"
PATHS = ("a", "b", "direct", "indirect")


def as_handed_in(number):
    return f"{number:.{DECIMALS}f}"


def by_name(assigned):
    return {question.name: question for question in assigned.questions}


def test_keys_are_the_numbers_of_statsmodels(assigned):
    for one in assigned:
        a = smf.ols(FIRST, one.frame).fit().params["fidelity"]
        second = smf.ols(BOTH, one.frame).fit().params
        b, direct = second["alliance"], second["fidelity"]
        key = by_name(one)
        found = [key[name].answer for name in PATHS]
        assert found == pytest.approx([a, b, direct, a * b], abs=1e-8)


def test_slips_are_the_numbers_that_they_name(assigned):
    frame = assigned[0].frame
    key = by_name(assigned[0])
    bare = smf.ols("alliance ~ fidelity", frame).fit().params["fidelity"]
    alone = smf.ols("hope ~ alliance + age + hope_before", frame).fit().params
    total = smf.ols("hope ~ fidelity + age + hope_before", frame).fit().params
    turned = smf.ols("fidelity ~ alliance + age + hope_before", frame).fit().params
    scaled = key["a"].answer * frame["fidelity"].std() / frame["alliance"].std()
    assert [slip.value for slip in key["a"].slips[:3]] == pytest.approx(
        [bare, turned["alliance"], scaled], abs=1e-8
    )
    assert key["b"].slips[0].value == pytest.approx(alone["alliance"], abs=1e-8)
    assert key["direct"].slips[0].value == pytest.approx(total["fidelity"], abs=1e-8)
    added = key["a"].answer + key["b"].answer
    assert key["indirect"].slips[0].value == pytest.approx(added)


def test_a_right_answer_counts_rounded_or_cut(assigned):
    for one in assigned:
        for question in one.questions:
            cut = np.trunc(question.answer * 10**DECIMALS) / 10**DECIMALS
            for given in (as_handed_in(question.answer), as_handed_in(cut)):
                assert mark(question, given).right


def test_a_slip_is_named_and_never_taken_for_right(assigned):
    marks = [
        (slip, mark(question, as_handed_in(slip.value)))
        for one in assigned
        for question in one.questions
        for slip in question.slips
    ]
    assert not any(found.right for _, found in marks)
    named = [found.why == slip.why for slip, found in marks]
    assert np.mean(named) >= 0.99


def test_slips_of_limits_are_the_numbers_that_they_name(assigned):
    """Sobel's limits by statsmodels, and those of other levels in their order."""
    for one in assigned:
        first, both = smf.ols(FIRST, one.frame).fit(), smf.ols(BOTH, one.frame).fit()
        a, b = first.params["fidelity"], both.params["alliance"]
        se = np.hypot(a * both.bse["alliance"], b * first.bse["fidelity"])
        low, high = ({s.why: s.value for s in q.slips} for q in one.questions[-2:])
        sobel = "this is the normal (Sobel) limit"
        found = [low[sobel], high[sobel]]
        assert found == pytest.approx([a * b - 1.96 * se, a * b + 1.96 * se], abs=1e-8)
        wide, narrow = (f"this limit is of a {level}% interval" for level in (99, 90))
        lower, upper = (question.answer for question in one.questions[-2:])
        assert low[wide] < lower < low[narrow] < high[narrow] < upper < high[wide]
        assert low["the two limits are swapped"] == upper


def test_limits_are_those_of_mediate(assigned):
    """All files share resamples that are drawn once, the ones of its default seed."""
    for one in assigned[:3]:
        asked = [by_name(one)[name] for name in ("lower", "upper")]
        omitted = [s.value for q in asked for s in q.slips if s.why == OMITTED]
        for covariates, taken, found in (
            (COVARIATES, TAKEN, [q.answer for q in asked]),
            ((), TAKEN // 4, omitted),
        ):
            fit = mediate(one.frame, x=X, m=M, y=Y, covariates=covariates, n_boot=taken)
            limits = np.quantile(fit.indirect_draws, [0.025, 0.975])
            assert found == pytest.approx(limits, abs=1e-10)


def test_the_answers_of_a_neighbour_are_not_taken(assigned):
    taken = [
        mark(mine, as_handed_in(by_name(other)[mine.name].answer)).right
        for one, other in pairwise(assigned)
        for mine in one.questions
        if mine.name in PATHS
    ]
    assert np.mean(taken) <= 0.05
    wild = mark(by_name(assigned[0])["a"], "12.5")
    assert (wild.right, wild.why) == (False, FAR)


@pytest.fixture(scope="module")
def limits(assigned):
    """Limits of a student's own bootstrap, not ours, of a few files."""
    rng = np.random.default_rng(7)
    found = []
    for one in assigned[:6]:
        frame, low, high = one.frame, *list(one.questions)[-2:]
        columns = ["fidelity", "age", "hope_before"]
        x = np.column_stack([np.ones(N), frame[columns]])
        m, y = (frame[name].to_numpy(float) for name in ("alliance", "hope"))
        for _ in range(5):
            draws = np.empty(ASKED)
            for k in range(len(draws)):
                rows = rng.integers(N, size=N)
                design, alliance = x[rows], m[rows]
                weights = np.linalg.solve(design.T @ design, design.T)
                a = (weights @ alliance)[1]
                rest = alliance - design @ (weights @ alliance)
                draws[k] = a * (rest @ y[rows]) / (rest @ rest)
            for question, tail in ((low, 0.025), (high, 0.975)):
                found.append(mark(question, as_handed_in(np.quantile(draws, tail))))
    return found


@pytest.mark.slow
def test_honest_limits_count(limits):
    assert np.mean([found.right for found in limits]) >= 0.995


def test_the_tolerance_of_limits_is_of_their_monte_carlo_error(assigned):
    """It is small beside the interval, so that a guess is not taken."""
    one = assigned[0]
    low, high = one.questions[-2:]
    width = high.answer - low.answer
    assert low.tolerance < 0.1 * width
    assert high.tolerance < 0.1 * width


@pytest.mark.parametrize("world", WORLDS)
def test_every_world_has_files_that_tell(world):
    for k in range(3):
        one = assign(world, SECRET, "hw", f"t{k}")
        assert all(question.telling for question in one.questions)


def test_effects_differ_between_students(assigned):
    paths = np.array([(o.truth.a, o.truth.b, o.truth.direct) for o in assigned])
    world = WORLDS["mediated"]
    shares = paths / [world.a, world.b, world.direct]
    assert (shares.std(axis=0) > 0.05).all()
    assert (abs(shares - 1) <= 0.25).all()
