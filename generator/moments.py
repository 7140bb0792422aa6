"""Stage 4: means and covariances of the scores at which every statistic is right.

A soft pull to a plausible distribution settles what the targets leave open. Means are
first free, then fixed where whole steps of the scores can have them.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from generator.layout import GRID, N_SCORES, Array
from generator.printed import Printed
from generator.score_model import Parameters, ScoreModel
from generator.statistics import regenerate
from generator.targets import Targets

ROOM = 0.12  # share of an interval's half kept free at either end
WIDE = 0.3  # half widths above this bound a verdict, not a printed digit
DIFFERENCE = 1e-6
TIGHT = 1e-12

Rule = Callable[[Targets, Array], Array]


@dataclass(frozen=True, slots=True)
class _Phase:
    """One least-squares fit: the pull to what is plausible, and its most steps."""

    pull: float
    steps: int
    aiming: bool


PHASES = (
    _Phase(0.3, 8, aiming=True),
    _Phase(0.1, 8, aiming=True),
    _Phase(0.05, 15, aiming=False),
    _Phase(0.01, 20, aiming=False),
    _Phase(0.003, 80, aiming=False),
)


@dataclass(frozen=True, slots=True)
class _Problem:
    """The misses of every target and their derivatives."""

    parameters: Parameters
    targets: Targets

    def values(self, vectors: Array) -> Array:
        """Statistics of one vector of parameters or of a stack."""
        found = regenerate(self.parameters.moments(vectors))
        return np.stack([found[name] for name in self.targets.names], axis=-1)

    def misses(self, vectors: Array, phase: _Phase) -> Array:
        """Give what least squares makes small."""
        parameters = self.parameters
        strain = phase.pull * (vectors - parameters.start) / parameters.spread
        rule = _to_start if phase.aiming else _into_interval
        missed = rule(self.targets, self.values(vectors))
        return np.concatenate([missed, strain], axis=-1)

    def derivative(self, vector: Array, phase: _Phase) -> Array:
        """Differences, all in one stack, shape (n_misses, n_parameters)."""
        step = DIFFERENCE * self.parameters.spread
        found = self.misses(np.vstack([vector, vector + np.diag(step)]), phase)
        slope: Array = ((found[1:] - found[0]) / step[:, None]).T
        return slope

    def minimise(self, start: Array, phase: _Phase) -> Array:
        """Least squares of the misses."""
        solution = optimize.least_squares(
            self.misses,
            start,
            jac=self.derivative,
            args=(phase,),
            x_scale=self.parameters.spread,
            max_nfev=phase.steps,
            ftol=TIGHT,
            xtol=TIGHT,
            gtol=TIGHT,
        )
        found: Array = solution.x
        return found


def solve_moments(
    background: Array,
    printed: Printed,
    targets: Targets,
    rng: np.random.Generator,
    advance: Callable[[str], None],
) -> ScoreModel:
    """Find a score model all of whose statistics are right.

    Parameters
    ----------
    background : ndarray, shape (n_clients, n_background)
    advance : callable
        Told after each phase how many statistics are still wrong.

    Raises
    ------
    RuntimeError
        Some statistic stays outside its interval.
    """
    parameters = Parameters(background, printed, rng)
    problem = _Problem(parameters, targets)
    vector, wrong = parameters.start, targets.names
    for phase in PHASES:
        if not phase.aiming and parameters.fixed_mean is None:
            mean = vector[:N_SCORES]
            parameters.fixed_mean = _whole_sums(mean, background.shape[0])
        vector = problem.minimise(vector, phase)
        wrong = targets.outside(problem.values(vector))
        advance(f"{len(wrong)} outside")
        if not phase.aiming and not wrong:
            return ScoreModel(*parameters.unpack(vector))
    raise RuntimeError(f"No moments were found; outside: {', '.join(wrong)}.")


def _to_start(targets: Targets, values: Array) -> Array:
    """Distance from the starting places; of wide intervals, distance outside."""
    half = targets.width / 2
    outside = np.maximum(0, values - targets.high + 0.02) - np.maximum(
        0, targets.low + 0.02 - values
    )
    return 3 * np.where(half > WIDE, outside, (values - targets.start) / half)


def _into_interval(targets: Targets, values: Array) -> Array:
    """Distance outside the intervals shrunk by their room."""
    half = np.minimum(targets.width / 2, 0.5)
    room = np.where(targets.width / 2 > WIDE, 0.02, ROOM * half)
    above = np.maximum(0, values - targets.high + room)
    below = np.maximum(0, targets.low + room - values)
    return 10 * (above - below) / half


def _whole_sums(mean: Array, n_clients: int) -> Array:
    """Nearest means that whole steps of the scores can have exactly."""
    steps = np.round((mean - GRID.low) * n_clients / GRID.step)
    whole: Array = GRID.low + steps * GRID.step / n_clients
    return whole
