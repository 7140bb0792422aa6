"""Samples whose causes are known, and whose estimates are just what was put in.

The errors of a sample are made uncorrelated with each other and with fidelity in the
sample itself. Regression then finds the paths without sampling error, so that samples
with different causes can have the same output to the last digit printed.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from smcm.teach.worlds import (
    ALLIANCE,
    ALLIANCE_SD,
    BETWEEN_TEAMS,
    FIDELITY,
    HOPE,
    HOPE_SD,
    Array,
    Cause,
    M,
    X,
    Y,
)

CENTRES = {X: FIDELITY, M: ALLIANCE, Y: HOPE}  # as in the homework
FIDELITY_SD = BETWEEN_TEAMS
DECIMALS = 3  # of a file, so that a student's program reads what ours has read
LARGE, SMALL = 240, 80  # clients
SEED = 17


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The paths that regression finds, and the cause of the second.

    Attributes
    ----------
    a, b, direct : float
        Points per point: fidelity to alliance, alliance to hope, and the direct effect.
    cause : Cause
        Of path b.
    """

    a: float = 1.2
    b: float = 0.16
    direct: float = 0.105
    cause: Cause = Cause.ALLIANCE

    @property
    def indirect(self) -> float:
        """The product that regression finds, whatever the cause."""
        return self.a * self.b

    @property
    def total(self) -> float:
        """Effect of fidelity on hope."""
        return self.direct + self.indirect

    def scores(
        self, noise: Array, *, fidelity: float = 0.0, alliance: float = 0.0
    ) -> tuple[Array, Array, Array]:
        """Make the three scores, less their means, in the order of cause and effect.

        Parameters
        ----------
        noise : ndarray, shape (n, 4)
            Fidelity, the rests of alliance and of hope, and the trait; SDs.
        fidelity, alliance : float
            Points that somebody adds from outside, to every client.

        Returns
        -------
        tuple of ndarray, each of shape (n,)
            Fidelity, alliance and hope.
        """
        s, whole = ALLIANCE_SD, sqrt((self.b * ALLIANCE_SD) ** 2 + HOPE_SD**2)
        x = FIDELITY_SD * noise[:, 0] + fidelity
        rest_m, rest_y, trait = noise[:, 1], noise[:, 2], noise[:, 3]
        shared = self.b * s / whole  # correlation of what is left of m and of y
        if self.cause is Cause.ALLIANCE:
            m = self.a * x + s * rest_m + alliance
            return x, m, self.direct * x + self.b * m + HOPE_SD * rest_y
        if self.cause is Cause.TRAIT:
            loading, own = sqrt(shared), sqrt(1 - shared)
            m = self.a * x + s * (loading * trait + own * rest_m) + alliance
            return x, m, self.total * x + whole * (loading * trait + own * rest_y)
        y = self.total * x + whole * rest_y
        back = shared * s / whole
        straight = self.a - back * self.total
        rest = s * sqrt(1 - shared**2) * rest_m
        return x, straight * x + back * y + rest + alliance, y

    def true_indirect(self) -> float:
        """Find what a point of fidelity does to hope through the alliance.

        By acting: fidelity is raised by a point, then the alliance is raised by
        hand as much as it rose, and hope is compared.
        """
        noise = np.zeros((1, 4))
        _, m, y = self.scores(noise)
        _, raised, _ = self.scores(noise, fidelity=1.0)
        _, _, then = self.scores(noise, alliance=float(raised[0] - m[0]))
        return float(then[0] - y[0])


THREE = tuple(World(cause=cause) for cause in Cause)


def exact_noise(n: int, columns: int, seed: int) -> Array:
    """Draw columns that have mean 0 and SD 1 and are uncorrelated in the sample.

    Returns
    -------
    ndarray, shape (n, columns)
    """
    drawn = np.random.default_rng(seed).normal(size=(n, columns))
    with_constant = np.column_stack([np.ones(n), drawn])
    orthogonal, turned = np.linalg.qr(with_constant)
    signs = np.sign(np.diag(turned))
    made: Array = (orthogonal * signs)[:, 1:] * sqrt(n - 1)
    return made


def sample(world: World, n: int = LARGE, seed: int = SEED) -> pd.DataFrame:
    """Make a sample with just the paths of a world.

    Returns
    -------
    DataFrame
        A row for each client: fidelity, alliance and hope, in points.
    """
    scores = world.scores(exact_noise(n, 4, seed))
    named = zip(CENTRES.items(), scores, strict=True)
    return pd.DataFrame({name: centre + score for (name, centre), score in named})


def as_filed(frame: pd.DataFrame) -> pd.DataFrame:
    """Round a sample as in the file that students get."""
    return frame.round(DECIMALS)
