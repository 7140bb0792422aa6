"""A declared study, read back in words."""

from smcm.design.study import StudyDesign
from smcm.report.format import listed


def study_in_words(study: StudyDesign) -> str:
    """Say what a study file makes: models, exposure, covariates and clusters.

    Parameters
    ----------
    study : StudyDesign
    """
    measured = _count(len(study.outcomes), "outcome")
    at = _count(len(study.horizons), "horizon")
    models = _count(len(study.study_models), "model")
    makes = "makes" if len(study.outcomes) == 1 else "make"
    n_covariates = len(study.covariates) + study.baseline
    parts = (
        f"{measured} at {at} {makes} {models}",
        _exposure(study),
        _count(n_covariates, "covariate"),
        _clusters(study),
    )
    return "; ".join(filter(None, parts)) + "."


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"


def _exposure(study: StudyDesign) -> str:
    windows = sorted(study.exposure.windows)
    if not windows:
        return "exposure measured once"
    noun = "a window" if len(windows) == 1 else "windows"
    return f"exposure in {noun} of {listed(map(str, windows))} days"


def _clusters(study: StudyDesign) -> str:
    """Name the levels, innermost first, each within the next."""
    return " in ".join(f"{cluster.name}s" for cluster in study.clusters)
