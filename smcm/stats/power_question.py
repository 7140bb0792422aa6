"""A question about power, and its answer: cases for a power, or power for cases."""

from dataclasses import dataclass, field

from smcm.stats.power_methods import BOOTSTRAP, Power, Simulation, power_at
from smcm.stats.power_paths import PathSizes
from smcm.stats.power_search import NeededCases, cases_needed, require_reachable
from smcm.stats.power_team_bootstrap import require_enough_teams
from smcm.stats.power_teams import Clustering


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerQuestion:
    """The design of a study, and whether cases or power are asked for.

    Attributes
    ----------
    a, b : float
        Paths, on the scale that `standardized` says.
    direct : float
        Direct effect; it matters on the standardized scale only.
    standardized : bool
        Whether all variables have variance 1; else x and both residuals have.
    icc, team_size : float
        Clustering of the residuals of m and of y in teams of this many clients, which
        share x.
    team_covariates : int
        Covariates with one value for a whole team.
    n : int or None
        Cases whose power is asked for; None asks for the cases.
    target : float
        Power to reach, where cases are asked for.
    how : Simulation
    """

    a: float
    b: float
    direct: float = 0.0
    standardized: bool = False
    icc: float = 0.0
    team_size: float = 1.0
    team_covariates: int = 0
    n: int | None = None
    target: float = 0.8
    how: Simulation = field(default_factory=Simulation)

    @property
    def sizes(self) -> PathSizes:
        """Paths where x and both residuals have variance 1."""
        if self.standardized:
            return PathSizes.from_standardized(self.a, self.b, self.direct)
        return PathSizes(a=self.a, b=self.b)

    @property
    def clustering(self) -> Clustering | None:
        """Teams that share x; None where every client has an x of their own."""
        if self.team_size == 1.0:
            return None
        return Clustering(
            size=self.team_size,
            icc_m=self.icc,
            icc_y=self.icc,
            covariates=self.team_covariates,
        )

    def require_possible(self) -> None:
        """Refuse a question without an answer, before anything is simulated.

        Raises
        ------
        OutOfRangeError
        """
        sizes = self.sizes
        if self.n is None:
            require_reachable(sizes, self.target, self.how.alpha)
        elif self.clustering is not None:
            teams = self.clustering.teams(self.n)
            if self.how.method == BOOTSTRAP:
                require_enough_teams(teams)


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerAnswer:
    """The answer to a question.

    Attributes
    ----------
    question : PowerQuestion
    power : Power
        At the cases asked about, or nearest to those found.
    needed : NeededCases or None
        Where cases were asked for.
    """

    question: PowerQuestion
    power: Power
    needed: NeededCases | None = None

    @property
    def basis(self) -> str:
        """How the power is obtained: exact, approximate, or simulated."""
        return self.question.how.basis(self.question.clustering)


def answer(question: PowerQuestion) -> PowerAnswer:
    """Answer one question.

    Raises
    ------
    OutOfRangeError
        As `cases_needed` and `power_at`.
    """
    sizes, alike, how = question.sizes, question.clustering, question.how
    if question.n is not None:
        power = power_at(sizes, question.n, how, alike)
        return PowerAnswer(question=question, power=power)
    needed = cases_needed(sizes, question.target, how, alike)
    return PowerAnswer(question=question, power=needed.at, needed=needed)
