"""Power of the study's tests, by formula and by simulation."""

from smcm.design.power import INDIRECT_SIZES, REPLICATIONS, RESAMPLES, IndirectSize
from smcm.published import Published
from smcm.stats.power import SimulatedPower, indirect_power


def simulate_sizes(
    n: int, seed: int
) -> tuple[tuple[IndirectSize, SimulatedPower, SimulatedPower], ...]:
    """Simulate the power behind Fritz and MacKinnon's sample sizes.

    Parameters
    ----------
    n : int
        Cases of this study.
    seed : int

    Returns
    -------
    tuple
        For each size: what it is, the power at the published sample size, and the
        power of this study's own n with the same paths.

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
        found.append((size, simulated(path, needed), simulated(path, n)))
    return tuple(found)
