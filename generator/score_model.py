"""A distribution of the scores, as one vector of numbers that a solver can move.

The scores are linear in the covariates and the two main fidelity windows, plus
residuals whose covariance is a product ``L L'`` and so never indefinite.
"""

from dataclasses import dataclass

import numpy as np

from generator.layout import N_BACKGROUND, N_SCORES, PREDICTORS, Array
from generator.plausible import plausible_correlation, plausible_slopes
from generator.printed import Printed
from generator.shipped import SCORE_COLUMNS
from generator.statistics import Moments
from generator.targets import printed_key


@dataclass(frozen=True, slots=True)
class ScoreModel:
    """Distribution of the scores given covariates and fidelity.

    Attributes
    ----------
    mean : ndarray, shape (n_scores,)
        At the mean of the background.
    slope : ndarray, shape (n_scores, PREDICTORS)
        Points per unit of each predictor.
    factor : ndarray, shape (n_scores, n_scores)
        Lower triangular; factor times its transpose is the residual covariance.
    """

    mean: Array
    slope: Array
    factor: Array

    @property
    def residual(self) -> Array:
        """Residual covariance, shape (n_scores, n_scores)."""
        return self.factor @ self.factor.T


class Parameters:
    """Reads score models and their moments from a vector of standardized numbers.

    Attributes
    ----------
    start : ndarray, shape (n_parameters,)
        Printed means, plausible slopes and a plausible covariance.
    spread : ndarray, shape (n_parameters,)
        How far a number may well lie from its start.
    fixed_mean : ndarray, shape (n_scores,), or None
        Means to use in place of those in a vector.
    """

    def __init__(
        self, background: Array, printed: Printed, rng: np.random.Generator
    ) -> None:
        self.background = Moments.of(background)
        self.sd = np.array([printed.value(printed_key(c, "sd")) for c in SCORE_COLUMNS])
        self.scale = np.sqrt(np.diag(self.background.covariance))[:PREDICTORS]
        self.triangle = np.tril_indices(N_SCORES)
        mean = np.array([printed.value(printed_key(c, "mean")) for c in SCORE_COLUMNS])
        factor = np.linalg.cholesky(0.93 * plausible_correlation())
        self.start = np.concatenate(
            [mean, plausible_slopes(rng).ravel(), factor[self.triangle]]
        )
        self.spread = np.repeat(
            [0.02, 0.08, 0.12],
            [N_SCORES, N_SCORES * PREDICTORS, self.triangle[0].size],
        )
        self.fixed_mean: Array | None = None

    def unpack(self, vectors: Array) -> tuple[Array, Array, Array]:
        """Mean, slope and factor, each with the leading shape of `vectors`."""
        lead = vectors.shape[:-1]
        first = N_SCORES * (1 + PREDICTORS)
        mean = vectors[..., :N_SCORES]
        if self.fixed_mean is not None:
            mean = np.broadcast_to(self.fixed_mean, mean.shape)
        slope = vectors[..., N_SCORES:first].reshape(*lead, N_SCORES, PREDICTORS)
        factor = np.zeros((*lead, N_SCORES, N_SCORES))
        factor[..., self.triangle[0], self.triangle[1]] = vectors[..., first:]
        sd = self.sd[:, None]
        return mean, slope * sd / self.scale, factor * sd

    def moments(self, vectors: Array) -> Moments:
        """Moments of background and scores together."""
        mean, slope, factor = self.unpack(vectors)
        fixed = self.background.covariance
        lead = vectors.shape[:-1]
        size = N_BACKGROUND + N_SCORES
        covariance = np.empty((*lead, size, size))
        with_background = slope @ fixed[:PREDICTORS]
        explained = slope @ fixed[:PREDICTORS, :PREDICTORS] @ slope.swapaxes(-1, -2)
        covariance[..., :N_BACKGROUND, :N_BACKGROUND] = fixed
        covariance[..., N_BACKGROUND:, :N_BACKGROUND] = with_background
        covariance[..., :N_BACKGROUND, N_BACKGROUND:] = with_background.swapaxes(-1, -2)
        covariance[..., N_BACKGROUND:, N_BACKGROUND:] = (
            explained + factor @ factor.swapaxes(-1, -2)
        )
        first = np.broadcast_to(self.background.mean, (*lead, N_BACKGROUND))
        return Moments(
            np.concatenate([first, mean], axis=-1), covariance, self.background.n
        )
