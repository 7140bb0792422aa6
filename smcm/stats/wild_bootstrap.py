"""The wild cluster bootstrap of one slope, with the null hypothesis imposed.

The residuals of the regression without the slope's column are multiplied, cluster by
cluster, by random weights, and the slope's t is computed anew from each set of
outcomes so made. A sum over a cluster is all that any of it needs, so that all sets are
one product of a clusters by clusters matrix with the weights.
"""

from dataclasses import dataclass

import numpy as np

from smcm.errors import OutOfRangeError
from smcm.stats.cluster_robust import Codes, require_clusters
from smcm.stats.ols import fit_linear
from smcm.stats.usable import Array, centred_columns

WEBB = np.array([-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5)])
TIE = 1e-9  # a draw so near the t of the sample counts as large as it
FEWEST_DRAWS = 99


@dataclass(frozen=True, slots=True)
class WildTest:
    """A test that a slope is zero.

    Attributes
    ----------
    t : float
        Slope over its CR1 error, on the sample itself.
    draws : ndarray, shape (n_draws,)
        The same in every set of outcomes made under the null hypothesis.
    """

    t: float
    draws: Array

    @property
    def p(self) -> float:
        """Share of the draws that are as large as t, either sign."""
        return float(np.mean(np.abs(self.draws) >= abs(self.t) * (1.0 - TIE)))


def webb_weights(n_clusters: int, n_draws: int, seed: int) -> Array:
    """Draw the six-point weights of mean 0 and variance 1.

    Returns
    -------
    ndarray, shape (n_draws, n_clusters)

    Raises
    ------
    OutOfRangeError
        Fewer than 99 draws.

    References
    ----------
    Webb MD (2023). Reworking wild bootstrap-based inference for clustered errors.
    Canadian Journal of Economics 56:839-858.
    """
    if n_draws < FEWEST_DRAWS:
        rule = f"a whole number, at least {FEWEST_DRAWS} draws"
        raise OutOfRangeError.for_number("n_draws", n_draws, rule)
    rng = np.random.default_rng(seed)
    found: Array = WEBB[rng.integers(WEBB.size, size=(n_draws, n_clusters))]
    return found


def wild_test(
    design: Array, outcome: Array, at: int, cluster: Codes, weights: Array
) -> WildTest:
    """Test one slope by the restricted wild cluster bootstrap of its t.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        First column is the constant; full column rank.
    outcome : ndarray, shape (n,)
    at : int
        Place of the slope's column, from 1.
    cluster : ndarray of int, shape (n,)
    weights : ndarray, shape (n_draws, n_clusters)
        Of the clusters in the order of their numbers.

    Raises
    ------
    DegenerateDataError, OutOfRangeError

    References
    ----------
    Cameron AC, Gelbach JB, Miller DL (2008). Review of Economics and Statistics
    90:414-427 (with the null imposed); MacKinnon JG, Webb MD (2018). Econometrics
    Journal 21:114-135.
    """
    labels, index = np.unique(cluster, return_inverse=True)
    require_clusters(labels.size, index.size)
    if weights.shape[1] != labels.size:
        rule = f"a column for each of the {labels.size} clusters"
        raise OutOfRangeError.for_number("weights", weights.shape, rule)
    fit = fit_linear(design, outcome, "cr1", cluster)
    columns = np.column_stack([np.ones(len(design)), centred_columns(design[:, 1:])])
    rest = np.delete(columns, at, axis=1)
    others, _ = np.linalg.qr(rest)
    own = _without(others, columns[:, at])
    length = float(own @ own)
    score = own / length
    residual = _without(others, outcome - outcome.mean())
    basis = np.column_stack([others, own / np.sqrt(length)])
    enters = _sums(basis * residual[:, None], index)  # (G, k): what a weight moves
    reads = _sums(basis * score[:, None], index)
    direct = _sums((score * residual)[:, None], index)[:, 0]
    moved = weights * direct - weights @ (enters @ reads.T)
    scale = np.sqrt(labels.size / (labels.size - 1.0))
    error = scale * np.sqrt((moved**2).sum(axis=1))
    draws = np.full(len(weights), np.inf)
    np.divide(weights @ direct, error, out=draws, where=error > 0.0)
    return WildTest(t=float(fit.t[at]), draws=draws)


def _without(basis: Array, column: Array) -> Array:
    rest = column - basis @ (basis.T @ column)
    found: Array = rest - basis @ (basis.T @ rest)
    return found


def _sums(values: Array, index: Codes) -> Array:
    found = np.zeros((int(index.max()) + 1, values.shape[1]))
    np.add.at(found, index, values)
    return found
