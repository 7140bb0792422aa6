"""One output, three causes: what regression finds, and what acting would find."""

import pandas as pd
import statsmodels.formula.api as smf
from numpy.testing import assert_allclose

from smcm.chapters.lessons.samples import (
    SMALL,
    THREE,
    World,
    as_filed,
    exact_noise,
    sample,
)
from smcm.teach.worlds import Cause

TERMS = ("a", "b", "direct", "total")


def found(frame):
    """Give paths and standard errors by statsmodels."""
    m = smf.ols("alliance ~ fidelity", frame).fit()
    y = smf.ols("hope ~ alliance + fidelity", frame).fit()
    total = smf.ols("hope ~ fidelity", frame).fit()
    pairs = (m, "fidelity"), (y, "alliance"), (y, "fidelity"), (total, "fidelity")
    return [(fit.params[name], fit.bse[name]) for fit, name in pairs]


def test_three_worlds_have_the_same_output():
    outputs = [found(sample(world)) for world in THREE]
    assert_allclose(outputs[1], outputs[0], rtol=0, atol=1e-8)
    assert_allclose(outputs[2], outputs[0], rtol=0, atol=1e-8)
    paths = [estimate for estimate, _ in outputs[0]]
    expected = [getattr(THREE[0], term) for term in TERMS]
    assert_allclose(paths, expected, rtol=0, atol=1e-8)


def test_their_files_print_the_same():
    outputs = [
        [f"{value:.3f}" for pair in found(as_filed(sample(world))) for value in pair]
        for world in THREE
    ]
    assert outputs[0] == outputs[1] == outputs[2]


def test_their_clients_differ():
    alliances = [sample(world)["alliance"] for world in THREE]
    assert (alliances[0] - alliances[1]).abs().mean() > 1
    assert (alliances[0] - alliances[2]).abs().mean() > 1


def test_true_effects_by_algebra_and_by_acting():
    effects = {world.cause: world.true_indirect() for world in THREE}
    assert_allclose(effects[Cause.ALLIANCE], 1.2 * 0.16, rtol=0, atol=1e-12)
    assert effects[Cause.TRAIT] == effects[Cause.HOPE] == 0


def test_a_measured_trait_takes_the_confounding_away():
    """The solution of an exercise: b is zero among clients with the same trait."""
    noise = exact_noise(SMALL, 4, 5)
    for world, expected in ((THREE[0], THREE[0].b), (THREE[1], 0.0)):
        x, m, y = world.scores(noise)
        frame = pd.DataFrame(
            {"fidelity": x, "alliance": m, "hope": y, "trait": noise[:, -1]}
        )
        fit = smf.ols("hope ~ alliance + fidelity + trait", frame).fit()
        assert_allclose(fit.params["alliance"], expected, rtol=0, atol=1e-8)


def test_raising_fidelity_has_the_same_total_effect_in_all():
    noise = exact_noise(SMALL, 4, 6)
    for world in THREE:
        before, after = world.scores(noise), world.scores(noise, fidelity=1.0)
        assert_allclose(after[1] - before[1], world.a, rtol=0, atol=1e-10)
        assert_allclose(after[2] - before[2], world.total, rtol=0, atol=1e-10)


def test_parts_that_cancel():
    world = World(direct=-World().indirect)
    assert_allclose(found(sample(world))[3][0], 0, rtol=0, atol=1e-8)
