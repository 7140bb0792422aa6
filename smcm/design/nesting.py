"""The level at which a coefficient counts, given how nested its outcome is."""

from smcm.design.study_file import shipped_study

_STUDY = shipped_study()
USUAL_ALPHA = _STUDY.alpha.level
ICC_CUTOFF, STRICT_ALPHA = _STUDY.alpha.icc, _STUDY.alpha.strict

TEAM = _STUDY.exposure.level  # at which fidelity was measured
LEVELS = tuple(cluster.key for cluster in _STUDY.clusters)


def alpha_for(icc: float) -> float:
    """Level for an equation whose dependent variable has this ICC.

    The rule belongs to the dependent variable and not to the model: the alliance
    equation and the outcome equation of one model may have different levels.

    Parameters
    ----------
    icc : float
        Share of variance between clusters, at most 1.

    References
    ----------
    Pituch KA, Stevens JP (2002). Applied Multivariate Statistics for the Social
    Sciences, 4th ed. The study applied the rule after the fact.
    """
    return STRICT_ALPHA if icc > ICC_CUTOFF else USUAL_ALPHA
