"""Power that the article cites: of one path by formula, of the effect by simulation."""

from dataclasses import dataclass

from smcm.analysis.study import ASSUMED_EFFECT, Study
from smcm.chapters.power.settings import (
    INDIRECT_SIZES,
    REPLICATIONS,
    RESAMPLES,
    IndirectSize,
)
from smcm.published import Published
from smcm.stats.power import SimulatedPower, indirect_power


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulatedSize:
    """One of Fritz and MacKinnon's sizes of an indirect effect.

    Attributes
    ----------
    size : IndirectSize
    published, own : SimulatedPower
        At the published number of cases, and at that of this study with the same paths.
    """

    size: IndirectSize
    published: SimulatedPower
    own: SimulatedPower


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedPower:
    """Power by the methods that the article names.

    Attributes
    ----------
    n : int
        Clients, in the models with the fewest.
    predictors, teams : int
        Columns of an equation beside its constant; teams of these clients.
    effect : float
        Cohen's f² of a path, assumed because the article does not print it.
    one_path : float
        Power of one coefficient at this effect.
    sizes : tuple of SimulatedSize
    """

    n: int
    predictors: int
    teams: int
    effect: float
    one_path: float
    sizes: tuple[SimulatedSize, ...]


def cite_power(study: Study) -> CitedPower:
    """Compute the power of one path and of the indirect effect."""
    n = min(map(study.n_at, study.design.outcome_horizons))
    return CitedPower(
        n=n,
        predictors=study.predictors,
        teams=study.frame["team"].nunique(),
        effect=ASSUMED_EFFECT,
        one_path=study.power,
        sizes=simulate_sizes(n, study.run.seed),
    )


def simulate_sizes(n: int, seed: int) -> tuple[SimulatedSize, ...]:
    """Simulate the power behind Fritz and MacKinnon's sample sizes.

    Parameters
    ----------
    n : int
        Cases of this study.
    seed : int

    References
    ----------
    Fritz MS, MacKinnon DP (2007). Psychological Science 18:233-239.
    """
    published = Published.read()

    def simulated(path: float, cases: int) -> SimulatedPower:
        return indirect_power(
            path, path, cases, n_replications=REPLICATIONS, n_boot=RESAMPLES, seed=seed
        )

    found = []
    for size in INDIRECT_SIZES:
        path = published.number(f"fm.b.{size.key}")
        needed = int(published.number(f"fm.n.{size.key}"))
        one = SimulatedSize(
            size=size, published=simulated(path, needed), own=simulated(path, n)
        )
        found.append(one)
    return tuple(found)
