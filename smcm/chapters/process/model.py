"""One of the eight models, fitted once more on the resamples of PROCESS for R."""

from dataclasses import dataclass

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.mediation import mediate_all
from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.study import Study
from smcm.parameters import RunParameters

SEEDS = 2**31  # R takes none as large as this


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownModel:
    """A model of the study, and the same on R's resamples.

    Attributes
    ----------
    of_study : ModelResult
        As in the results.
    fit : MediationResult
        The same regressions; the resamples are R's.
    run : RunParameters
        Of the published analysis.
    """

    of_study: ModelResult
    fit: MediationResult
    run: RunParameters


def shown_model(study: Study) -> ShownModel:
    """Fit the first model with a finding of mediation, or else the first of all.

    Parameters
    ----------
    study : Study
        Of the published analysis.
    """
    found = [one for one in study.models if one.mediated]
    chosen = (found or list(study.models))[0]
    (fit,) = mediate_all(
        study.frame,
        [chosen.mediation.spec],
        n_boot=study.run.n_boot,
        seed=study.run.seed % SEEDS,
        stream="r",
    )
    return ShownModel(run=study.run, of_study=chosen, fit=fit)
