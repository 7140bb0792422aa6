"""A question about power, and its answer: cases for a power, or power for cases."""

from dataclasses import dataclass, field

from smcm.stats.power_paths import PathSizes, team_effects
from smcm.stats.power_search import (
    NeededCases,
    Power,
    Simulation,
    cases_needed,
    power_at,
    require_reachable,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerQuestion:
    """What a study would look like, and what is asked of it.

    Attributes
    ----------
    a, b : float
        Paths, on the scale that `standardized` says.
    direct : float
        Direct effect; it matters on the standardized scale only.
    standardized : bool
        Whether all variables have variance 1; else x and both residuals have.
    icc, team_size : float
        Clustering of m and of y in teams of this many clients, which share x.
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
    n: int | None = None
    target: float = 0.8
    how: Simulation = field(default_factory=Simulation)

    @property
    def sizes(self) -> PathSizes:
        """Paths that enter the power, shrunk by what teams cost."""
        if self.standardized:
            sizes = PathSizes.from_standardized(self.a, self.b, self.direct)
        else:
            sizes = PathSizes(a=self.a, b=self.b)
        return sizes.in_teams(self.icc, self.team_size)

    @property
    def design_effects(self) -> tuple[float, float]:
        """Factors by which teams raise the variances of a and of b."""
        return team_effects(self.icc, self.team_size)

    def require_possible(self) -> None:
        """Refuse what has no answer, before anything is simulated.

        Raises
        ------
        OutOfRangeError
        """
        if self.n is None:
            require_reachable(self.sizes, self.target, self.how.alpha)


@dataclass(frozen=True, slots=True, kw_only=True)
class PowerAnswer:
    """What came out.

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


def answer(question: PowerQuestion) -> PowerAnswer:
    """Answer one question.

    Raises
    ------
    OutOfRangeError
        As `smcm.stats.power_search.cases_needed` and `power_at`.
    """
    if question.n is not None:
        power = power_at(question.sizes, question.n, question.how)
        return PowerAnswer(question=question, power=power)
    needed = cases_needed(question.sizes, question.target, question.how)
    return PowerAnswer(question=question, power=needed.at, needed=needed)
