"""The level at which a coefficient counts, given how nested its outcome is."""

ICC_CUTOFF = 0.05
USUAL_ALPHA = 0.05
STRICT_ALPHA = 0.01

TEAM = "team"  # at this level fidelity was measured
LEVELS = ("case_manager", "team", "site")
WILD_DRAWS = 9_999
ALIKE_BY = ("case_manager", "team")  # whose clients are alike in the simulation
SIMULATED_ICCS = (0.0, 0.02, 0.05, 0.08, 0.12)  # residual
SIMULATED_SAMPLES = 10_000


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
