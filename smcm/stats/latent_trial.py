"""How far observed and true means of clusters lead, tried where the truth is known."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.stats.cluster_robust import Codes
from smcm.stats.draw_limits import percentile_limits
from smcm.stats.latent_mean import Equation, latent_mean, latent_slope
from smcm.stats.random_intercept import fit_random_intercept
from smcm.stats.usable import Array

DRAWS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What is true of the clusters.

    Attributes
    ----------
    icc : float
        Of the mediator, its cause held fixed.
    between, within : float
        Slopes of the outcome on the mediator's true mean and on what is apart from it.
    cause : float
        Slope of the mediator on the cluster's mean of x.
    outcome_icc : float
        Of the outcome, the mediator held fixed.
    """

    icc: float
    between: float = 1.0
    within: float = 0.3
    cause: float = 0.3
    outcome_icc: float = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What both estimates did in many samples of one truth.

    Attributes
    ----------
    teams, n : int
        Clusters and samples.
    truth : Truth
    observed : float
        Mean of the slopes on the observed means.
    observed_covers : float
        Share of their 95% intervals, from the normal distribution, that cover.
    latent : float
        Median of the slopes on the true means; they have no mean.
    latent_covers : float
    not_estimated : float
        Share of samples in which no variance between clusters was found.
    unbounded : float
        Share of intervals with an infinite end.
    """

    teams: int
    n: int
    truth: Truth
    observed: float
    observed_covers: float
    latent: float
    latent_covers: float
    not_estimated: float
    unbounded: float


def try_latent(x: Array, team: Codes, truth: Truth, n_samples: int, seed: int) -> Tried:
    """Draw mediator and outcome for clusters as they are, and estimate.

    Parameters
    ----------
    x : ndarray, shape (n,)
        The mediator's cause, standardized.
    team : ndarray of int from 0, shape (n,)
    truth : Truth
        In SDs of the mediator and of the outcome within clusters and between them.
    n_samples, seed : int
    """
    rng = np.random.default_rng(seed)
    found = np.array([_sample(x, team, truth, rng) for _ in range(n_samples)])
    slope, covers, latent, latent_covers, unbounded = found.T
    return Tried(
        teams=int(team.max()) + 1,
        n=n_samples,
        truth=truth,
        observed=float(slope.mean()),
        observed_covers=float(covers.mean()),
        latent=float(np.nanmedian(latent)),
        latent_covers=float(latent_covers.mean()),
        not_estimated=float(np.isnan(latent).mean()),
        unbounded=float(unbounded.mean()),
    )


def _sample(
    x: Array, team: Codes, truth: Truth, rng: np.random.Generator
) -> tuple[float, ...]:
    n, sizes = x.size, np.bincount(team)
    mean = (np.bincount(team, x) / sizes)[team]
    true = truth.cause * mean + _cases(truth.icc, sizes.size, rng)[team]
    mediator = true + np.sqrt(1.0 - truth.icc) * rng.standard_normal(n)
    outcome = truth.between * true + truth.within * (mediator - true)
    outcome += _cases(truth.outcome_icc, sizes.size, rng)[team]
    outcome += np.sqrt(1.0 - truth.outcome_icc) * rng.standard_normal(n)
    equation = Equation(outcome, mediator, np.column_stack([mean, x - mean]), team)
    of_mean = latent_mean(np.column_stack([np.ones(n), equation.rest]), mediator, team)
    slope, reach = _observed(equation)
    found = latent_slope(of_mean, equation, DRAWS, rng)
    low, high = percentile_limits(found.draws)
    return (
        slope,
        abs(slope - truth.between) <= reach,
        found.between,
        low <= truth.between <= high,
        np.isinf(low) or np.isinf(high),
    )


def _cases(share: float, n: int, rng: np.random.Generator) -> Array:
    drawn: Array = np.sqrt(share) * rng.standard_normal(n)
    return drawn


def _observed(equation: Equation) -> tuple[float, float]:
    """Slope on the observed means, and how far its 95% interval reaches."""
    mediator, team = equation.mediator, equation.cluster
    mean = (np.bincount(team, mediator) / np.bincount(team))[team]
    one, rest = np.ones(mean.size), equation.rest
    design = np.column_stack([one, mean, mediator - mean, rest])
    fit = fit_random_intercept(design, equation.outcome, team)
    return float(fit.slope[1]), float(special.ndtri(0.975) * fit.se[1])
