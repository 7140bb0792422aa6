"""Stage 5: samples whose means and covariances are exactly those of the score model.

Random residuals are freed of the background, so that slopes stay as they are, and
recoloured to the residual covariance. Staying within the scales and having the right
share of variance between case managers would each undo that; the three are imposed in
turn until all hold.
"""

from dataclasses import dataclass

import numpy as np

from generator.clusters import Clusters
from generator.layout import GRID, N_SCORES, PREDICTORS, Array, Whole
from generator.score_model import ScoreModel

ROUNDS = 120
ROUNDS_NEAR = 45  # from scores that fit already
LAST_ROUNDS = 15  # without a correction of the ICCs, so that the scales settle
TEAM_SHARE = 0.3  # of the variance between case managers
ICC_OFFSET = 0.22  # about what the within part adds to a between mean square


def matrix_root(matrix: Array) -> Array:
    """Symmetric square root of a positive matrix."""
    value, vector = np.linalg.eigh(matrix)
    root: Array = (vector * np.sqrt(np.maximum(value, 0))) @ vector.T
    return root


@dataclass(frozen=True, slots=True)
class Sampler:
    """Draws samples with one score model's exact moments.

    Attributes
    ----------
    model : ScoreModel
    fitted : ndarray, shape (n_clients, n_scores)
        What background predicts.
    basis : ndarray, shape (n_clients, n_background + 1)
        Orthonormal basis of constant and background.
    team : ndarray of int, shape (n_clients,)
    clusters : Clusters
    icc : ndarray, shape (n_scores,)
        Aims.
    """

    model: ScoreModel
    fitted: Array
    basis: Array
    team: Whole
    clusters: Clusters
    icc: Array

    @classmethod
    def of(
        cls,
        model: ScoreModel,
        background: Array,
        team: Whole,
        clusters: Clusters,
        icc: Array,
    ) -> "Sampler":
        """Prepare what all samples share."""
        centred = background - background.mean(axis=0)
        fitted = model.mean + centred[:, :PREDICTORS] @ model.slope.T
        constant = np.ones((background.shape[0], 1))
        basis, _ = np.linalg.qr(np.hstack([constant, centred]))
        return cls(model, fitted, basis, team, clusters, icc)

    def draw(self, rng: np.random.Generator) -> Array:
        """Draw scores within their scales, not yet on the grid.

        Returns
        -------
        ndarray, shape (n_clients, n_scores)
        """
        return self._settle(self._noise(rng), ROUNDS)

    def vary(self, scores: Array, size: float, rng: np.random.Generator) -> Array:
        """Draw scores near others; `size` is the share of new noise, from 0 to 1."""
        old = np.sqrt(1 - size**2) * (scores - self.fitted)
        return self._settle(old + size * self._noise(rng), ROUNDS_NEAR)

    def _settle(self, residual: Array, rounds: int) -> Array:
        """Impose moments, ICCs and the ends of the scales in turn."""
        scores = self.fitted + self._recolour(residual)
        for k in range(rounds):
            if k < rounds - LAST_ROUNDS:
                scores = self._with_icc(scores)
            residual = GRID.clip(scores) - self.fitted
            scores = self.fitted + self._recolour(residual)
        return scores

    def _noise(self, rng: np.random.Generator) -> Array:
        """Residuals with parts for team, case manager and client."""
        factor, n = self.model.factor.T, self.clusters.label.size
        n_teams, n_managers = int(self.team.max()) + 1, self.clusters.size.size
        team = rng.normal(size=(n_teams, N_SCORES)) @ factor
        manager = rng.normal(size=(n_managers, N_SCORES)) @ factor
        client = rng.normal(size=(n, N_SCORES)) @ factor
        return (
            team[self.team] * np.sqrt(TEAM_SHARE * self.icc)
            + manager[self.clusters.label] * np.sqrt((1 - TEAM_SHARE) * self.icc)
            + client * np.sqrt(1 - self.icc)
        )

    def _recolour(self, residual: Array) -> Array:
        """Give residuals the model's covariance, moving them as little as can be."""
        free = residual - self.basis @ (self.basis.T @ residual)
        root = matrix_root(np.cov(free, rowvar=False))
        inverse = np.linalg.inv(root)
        wanted = matrix_root(root @ self.model.residual @ root)
        coloured: Array = free @ (inverse @ wanted @ inverse)
        return coloured

    def _with_icc(self, scores: Array) -> Array:
        """Stretch or shrink the differences between case managers."""
        residual = scores - self.fitted
        between = self.clusters.means(residual - residual.mean(axis=0))
        now = self.clusters.icc(scores)
        ratio = np.clip((self.icc + ICC_OFFSET) / (now + ICC_OFFSET), 0.5, 2)
        return self.fitted + residual + (np.sqrt(ratio) - 1) * between
