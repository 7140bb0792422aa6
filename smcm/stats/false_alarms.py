"""How often a test finds an effect that is not there, cases being in clusters.

The design is fixed and only outcomes are drawn, so that everything that depends on the
design is computed once and every drawn outcome is a column of one matrix.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from smcm.errors import OutOfRangeError
from smcm.stats.cluster_robust import Codes, cluster_design
from smcm.stats.usable import Array, centred_columns

CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Rejections:
    """Share of true null hypotheses that one test rejects.

    Attributes
    ----------
    icc : float
        Share of the outcome's residual variance between groups of cases.
    test : str
        ``"classical"`` or ``"cr2"``.
    level : float
        At which the test is said to work.
    rejected, n : int
        Samples, and those in which it rejected.
    """

    icc: float
    test: str
    level: float
    rejected: int
    n: int

    @property
    def rate(self) -> float:
        """Share rejected, 0 to 1."""
        return self.rejected / self.n

    @property
    def error(self) -> float:
        """Standard error of `rate` by simulation."""
        return float(np.sqrt(self.rate * (1.0 - self.rate) / self.n))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What is tried.

    Attributes
    ----------
    iccs : sequence of float
        From 0 to under 1.
    levels : sequence of float
    n_samples, seed : int
        The same draws serve every ICC, so that differences are paired.

    Raises
    ------
    OutOfRangeError
    """

    iccs: Sequence[float]
    levels: Sequence[float]
    n_samples: int
    seed: int

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        for name, values in (("iccs", self.iccs), ("levels", self.levels)):
            if not all(0.0 <= value < 1.0 for value in values):
                rule = "shares from 0 to under 1"
                raise OutOfRangeError.for_number(name, tuple(values), rule)
        if self.n_samples < 1:
            rule = "a whole number from 1"
            raise OutOfRangeError.for_number("n_samples", self.n_samples, rule)


def false_alarms(
    design: Array, at: int, cluster: Codes, trial: Trial, alike: Codes | None = None
) -> tuple[Rejections, ...]:
    """Test a slope that is zero in many samples, classically and by CR2.

    The outcome is an intercept of a group of cases plus a residual, both normal; what
    the other columns add to it no test could see.

    Parameters
    ----------
    design : ndarray, shape (n, k)
        First column is the constant.
    at : int
        Place of the slope.
    cluster : ndarray of int, shape (n,)
        Clusters to which CR2 is robust.
    trial : Trial
    alike : ndarray of int, shape (n,), optional
        Groups whose cases share an intercept, numbered from 0; by default the clusters.

    Returns
    -------
    tuple of Rejections
        By ICC, then test, then level.
    """
    n, k = design.shape
    columns = np.column_stack([np.ones(n), centred_columns(design[:, 1:])])
    q, r = np.linalg.qr(columns)
    clusters = cluster_design(q, np.linalg.inv(r), cluster)
    score = q @ clusters.bread[at]
    weight = clusters.weights("cr2", at)
    member = np.equal.outer(np.arange(clusters.n_clusters), clusters.index).astype(
        np.float64
    )
    reads = member @ (weight[:, None] * q)
    limits = {
        "classical": special.stdtrit(n - k, 1.0 - np.array(trial.levels) / 2.0),
        "cr2": special.stdtrit(
            clusters.df("cr2")[at], 1.0 - np.array(trial.levels) / 2.0
        ),
    }
    counts = np.zeros((len(trial.iccs), 2, len(trial.levels)), dtype=np.intp)
    groups = clusters.index if alike is None else alike
    rng = np.random.default_rng(trial.seed)
    for start in range(0, trial.n_samples, CHUNK):
        size = min(CHUNK, trial.n_samples - start)
        residual = rng.normal(size=(n, size))
        intercept = rng.normal(size=(int(groups.max()) + 1, size))[groups]
        for place, icc in enumerate(trial.iccs):
            drawn = np.sqrt(1.0 - icc) * residual + np.sqrt(icc) * intercept
            fitted = q.T @ drawn
            sse = np.einsum("ij,ij->j", drawn, drawn) - (fitted**2).sum(axis=0)
            slope = np.abs(score @ drawn)
            classical = np.sqrt(sse / (n - k) * (score @ score))
            sums = member @ (weight[:, None] * drawn) - reads @ fitted
            robust = np.sqrt((sums**2).sum(axis=0))
            for row, (name, error) in enumerate(
                (("classical", classical), ("cr2", robust))
            ):
                beyond = slope[:, None] > error[:, None] * limits[name]
                counts[place, row] += beyond.sum(axis=0)
    return tuple(
        Rejections(icc, test, level, int(counts[i, j, h]), trial.n_samples)
        for i, icc in enumerate(trial.iccs)
        for j, test in enumerate(limits)
        for h, level in enumerate(trial.levels)
    )
