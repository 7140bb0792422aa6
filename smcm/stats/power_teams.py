"""Teams of a planned study: number, size and intraclass correlations."""

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from smcm.errors import OutOfRangeError
from smcm.stats.ols import Array
from smcm.stats.power_paths import PathSizes, design_effect

LEAST_DF = 1
SPENT = 2  # degrees of freedom of the teams: the constant and x
ROUNDING = 1e-9  # of a quotient that should be whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Clustering:
    """Clustering of clients in teams that share x, for any number of teams.

    Attributes
    ----------
    size : float
        Clients in a team, on average.
    icc_m, icc_y : float
        Intraclass correlations of the residuals of m and of y.
    icc_x : float
        That of x: 1 if x is constant within teams.
    covariates : int
        Covariates that are constant within teams; each costs one team.

    Raises
    ------
    OutOfRangeError
        A correlation that is no share, teams of less than one, or covariates below 0.
    """

    size: float
    icc_m: float
    icc_y: float
    icc_x: float = 1.0
    covariates: int = 0

    def __post_init__(self) -> None:
        """Refuse impossible values."""
        for name in ("icc_x", "icc_m", "icc_y"):
            value = getattr(self, name)
            if not 0.0 <= value <= 1.0:
                raise OutOfRangeError.for_number(name, value, "a share from 0 to 1")
        if not 1.0 <= self.size < float("inf"):
            raise OutOfRangeError.for_number("team_size", self.size, "at least 1")
        if self.covariates < 0:
            rule = "a whole number from 0"
            raise OutOfRangeError.for_number("team_covariates", self.covariates, rule)

    @property
    def least(self) -> int:
        """Fewest teams that leave a degree of freedom."""
        return SPENT + self.covariates + LEAST_DF

    def count(self, n: int) -> int:
        """Whole teams among n clients; those beyond are spread over them."""
        return floor(n / self.size + ROUNDING)

    def cases(self, count: int) -> int:
        """Clients in so many teams."""
        return ceil(count * self.size - ROUNDING)

    def teams(self, n: int) -> "Teams":
        """Put n clients into teams.

        Raises
        ------
        OutOfRangeError
            Too few teams for a test.
        """
        self.require_teams(
            n, self.least, "so that the test of a has degrees of freedom"
        )
        return Teams(clustering=self, count=self.count(n), n=n)

    def require_teams(self, n: int, least: int, reason: str) -> None:
        """Refuse fewer teams than are needed for a named reason.

        Raises
        ------
        OutOfRangeError
        """
        if self.count(n) < least:
            found = self.count(n)
            rule = (
                f"at least {self.cases(least)}, which is {least} teams of "
                f"{self.size:g}, {reason}; {n} clients are {found} whole "
                f"team{'' if found == 1 else 's'}"
            )
            raise OutOfRangeError.for_number("n", n, rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    """A number of clients in a number of teams, as equal in size as possible.

    Attributes
    ----------
    clustering : Clustering
    count, n : int
        Teams, and clients in all of them.
    """

    clustering: Clustering
    count: int
    n: int

    @property
    def size(self) -> float:
        """Clients in a team, on average."""
        return self.n / self.count

    @property
    def df(self) -> int:
        """Degrees of freedom of a test that allows for clustering."""
        return self.count - SPENT - self.clustering.covariates

    @property
    def effect_m(self) -> float:
        """Variance of a team's mean of m's residuals, in that of unrelated clients."""
        return design_effect(self.size, 1.0, self.clustering.icc_m)

    @property
    def effect_y(self) -> float:
        """The same of y."""
        return design_effect(self.size, 1.0, self.clustering.icc_y)

    @property
    def effect_a(self) -> float:
        """Factor by which clustering multiplies the variance of a."""
        alike = self.clustering
        return design_effect(self.size, alike.icc_x, alike.icc_m)

    @property
    def effect_b(self) -> float:
        """Factor by which clustering multiplies the variance of b, for many teams."""
        alike = self.clustering
        return design_effect(self.size, alike.icc_m, alike.icc_y)

    def path_a(self, sizes: PathSizes) -> float:
        """Path a where x and the means of teams have residuals of variance 1."""
        return sizes.a * float(np.sqrt(self.size / self.effect_a))

    def noncentrality_b(self, sizes: PathSizes, between: Array) -> Array:
        """Noncentrality of the ratio of b.

        Parameters
        ----------
        sizes : PathSizes
        between : ndarray
            Length of the residuals of m's team means, a chi on `df`. The variation
            within teams stands at its mean.
        """
        alike = self.clustering
        within = (1.0 - alike.icc_m) * (self.n - self.count)
        among = self.effect_m * between**2
        spread = (1.0 - alike.icc_y) * within + self.effect_y * among
        seen: Array = sizes.b * (within + among) / np.sqrt(spread)
        return seen
