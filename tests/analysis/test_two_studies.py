"""Two studies in one process: each analysis follows the design of its own cohort."""

from dataclasses import replace

import pytest

from smcm.analysis.study import run_study
from smcm.parameters import RunParameters

RUN = RunParameters(n_boot=100)
LEVEL = 0.2


@pytest.fixture(scope="module")
def other(cohort):
    """The same people in a study of two outcomes, one covariate less, another level."""
    design = cohort.design
    return replace(
        cohort,
        design=replace(
            design,
            outcomes=design.outcomes[1:3],
            covariates=tuple(one for one in design.covariates if one.key != "ace"),
            alpha=replace(design.alpha, level=LEVEL, strict=LEVEL),
        ),
    )


@pytest.fixture(scope="module")
def studies(cohort, other):
    """The shipped study, the other one, and the shipped one once more."""
    return [run_study(one, RUN) for one in (cohort, other, cohort)]


def test_the_other_study_has_its_own_models_covariates_and_levels(studies, other):
    _, found, _ = studies
    wanted = [one.key for one in other.design.study_models]
    assert [one.model.key for one in found.models] == wanted
    assert len(wanted) == len(other.design.outcomes) * len(other.design.horizons)
    for one in found.models:
        assert "ace" not in one.mediation.spec.covariates
        assert one.alpha_mediator == one.alpha_outcome == LEVEL
    assert len(found.change.outcomes) == len(found.reciprocity) == 2
    assert found.nesting.strict == tuple(found.nesting.icc)


def test_what_the_studies_share_is_equal_and_what_they_do_not_is_not(studies):
    shipped, found, again = studies
    for one in found.models:
        own = shipped.model(one.model.key).mediation
        assert one.mediation.n == own.n
        assert one.mediation.indirect != own.indirect
    assert found.exposure.frame.equals(shipped.exposure.frame)
    assert found.change.alliance == shipped.change.alliance
    first, last = (
        [one.mediation.limits() for one in study.models] for study in (shipped, again)
    )
    assert first == last
