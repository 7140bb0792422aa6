"""The equations that are checked are those of the models."""

import numpy as np
import pytest

from smcm.chapters.coding.model_checks import (
    check_details,
    dependent_variables,
    equation_for,
    smooth,
)
from smcm.errors import UnknownValueError


@pytest.fixture(scope="module")
def checks(study):
    return check_details(study)


def test_slopes_and_levels_are_those_of_the_models(study, checks):
    assert len(checks) == 2 * len(study.models)
    for one in checks:
        detail = one.detail
        result = study.model(detail.model.key)
        row = result.mediation.row(detail.path)
        assert detail.influence.slope == pytest.approx(row["estimate"], rel=1e-9)
        assert detail.p == row["p"]
        assert detail.largest_vif == pytest.approx(one.tests.largest_vif, rel=1e-12)
        assert (one.tests.model, one.tests.path) == (detail.model, detail.path)


def test_clients_that_turn_a_path_are_counted(checks):
    for detail in (one.detail for one in checks):
        below = detail.influence.p_without < detail.alpha
        before = detail.p < detail.alpha
        assert detail.decisive == (np.sum(~below) if before else np.sum(below))
    assert max(one.detail.decisive for one in checks) > 0


def test_every_dependent_variable_has_an_equation(study):
    keys = dependent_variables(study)
    assert len(keys) == 10
    for key in keys:
        found = equation_for(study, key)
        assert (found.path == "a") == key.startswith("rprs")
    with pytest.raises(UnknownValueError, match="key is 'rprs_9'"):
        equation_for(study, "rprs_9")


def test_a_smooth_line_follows_what_is_curved_and_what_is_straight():
    x = np.random.default_rng(3).permutation(np.linspace(0.0, 4.0, 200))
    at, line = smooth(x, 2.0 * x + 1.0)
    np.testing.assert_allclose(line, 2.0 * at + 1.0, atol=1e-8)
    at, line = smooth(x, (x - 2.0) ** 2)
    assert line[0] > line[100] < line[-1]
