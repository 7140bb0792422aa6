"""Worlds hold what they say: regression finds the paths, whatever their cause."""

import numpy as np
import pytest
import statsmodels.api as sm

from smcm.teach import worlds
from smcm.teach.worlds import ALIKE, THREE, WORLDS, draw, seed_of, world_for

N_FILES = 300
FIRST = ["fidelity", "age", "hope_before"]
BOTH = ["alliance", *FIRST]


@pytest.fixture(scope="module", params=WORLDS.values(), ids=lambda world: world.name)
def found(request):
    """Estimates of a, b, c' and ab in many files of one world, by statsmodels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "SPREAD", 0.0)
        frames = [draw(request.param, seed)[0] for seed in range(N_FILES)]
    rows = []
    for frame in frames:
        a = (
            sm.OLS(frame["alliance"], sm.add_constant(frame[FIRST]))
            .fit()
            .params["fidelity"]
        )
        second = sm.OLS(frame["hope"], sm.add_constant(frame[BOTH])).fit().params
        rows.append((a, second["alliance"], second["fidelity"]))
    a, b, direct = np.array(rows).T
    return request.param, {"a": a, "b": b, "direct": direct, "indirect": a * b}


def test_regression_finds_the_paths_of_a_world(found):
    world, estimates = found
    expected = {
        "a": world.a,
        "b": world.b,
        "direct": world.direct,
        "indirect": world.a * world.b,
    }
    for name, values in estimates.items():
        error = values.std(ddof=1) / np.sqrt(N_FILES)
        assert abs(values.mean() - expected[name]) < 4 * error, name


def test_three_worlds_have_one_output_and_three_truths():
    alike = [WORLDS[name] for name in ALIKE]
    assert len({(w.a, w.b, w.direct) for w in alike}) == 1
    assert len({w.cause for w in alike}) == len(ALIKE)
    assert [w.true_indirect > 0 for w in alike] == [True, False, False]
    for world in alike:
        total = world.true_direct + world.true_indirect
        assert total == pytest.approx(world.direct + world.a * world.b)


def test_raising_the_alliance_changes_hope_only_where_it_is_the_cause():
    """By intervention: the alliance's error is shifted and hope drawn again."""
    rng = np.random.default_rng(1)
    x, trait, m_rest, y_rest = rng.normal(size=(4, 50))
    for name in ALIKE:
        world = WORLDS[name]
        m, y = worlds._scores(world, x, trait, m_rest, y_rest)
        raised, after = worlds._scores(world, x, trait, m_rest + 1, y_rest)
        assert np.allclose(raised - m, 1)
        assert np.allclose(after - y, world.true_b)


def test_seeds_differ_by_secret_homework_student_and_attempt():
    given = [
        (b"k", "hw", "ada", 0),
        (b"l", "hw", "ada", 0),
        (b"k", "hw2", "ada", 0),
        (b"k", "hw", "bob", 0),
        (b"k", "hw", "ada", 1),
    ]
    assert len({seed_of(*one) for one in given}) == len(given)
    assert seed_of(b"k", "hw1", "x") != seed_of(b"k", "hw", "1x")


def test_students_of_three_worlds_get_each_of_them():
    names = {world_for(THREE, b"k", "hw", f"s{k}").name for k in range(40)}
    assert names == set(ALIKE)
