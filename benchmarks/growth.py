"""What the engine costs as cases, resamples and models become more, and the peak."""

import numpy as np
from threadpoolctl import threadpool_info

from benchmarks.measured import load, timed
from benchmarks.mediation import batched
from benchmarks.tasks import DRAWS, VERSION, Array, product_gflop
from smcm.chapters.validation.speed import Timing
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.resample import ResamplingPlan

PEAK = "peak"
BY_CASES, BY_RESAMPLES, BY_MODELS = "cases", "resamples", "models"
SIDE, FEW, BRIEF = 2000, 1000, 0.5  # order of the matrices; resamples; seconds
COVARIATES = 9
SEED = 20141009


def peak(side: int = SIDE, repeats: int = 7) -> Timing:
    """Measure the fastest product of two square matrices on one thread."""
    rng = np.random.default_rng(SEED)
    left, right = rng.standard_normal((2, side, side))
    out = np.empty((side, side))
    runs = [
        timed(lambda: np.matmul(left, right, out=out), 1)[1] for _ in range(repeats)
    ]
    fastest = min(runs, key=lambda spent: spent.cpu)
    blas = next((i for i in threadpool_info() if i["user_api"] == "blas"), {})
    names = (blas.get(key) for key in ("internal_api", "version", "architecture"))
    return Timing(
        task=PEAK,
        program="product of two square matrices",
        version=" ".join(str(name) for name in names if name),
        n=side,
        models=1,
        resamples=side,
        share=1.0,
        repeats=repeats,
        seconds=fastest.cpu,
        wall=fastest.wall,
        gflop=2e-9 * side**3,
        load=load(),
    )


def simulated(n: int, outcomes: int) -> tuple[Array, list[ModelColumns]]:
    """Draw x, m, nine covariates and some outcomes, a model for each of those."""
    rng = np.random.default_rng([SEED, n])
    values = rng.standard_normal((n, 2 + COVARIATES + outcomes))
    values[:, 1] += 0.3 * values[:, 0]
    values[:, 2 + COVARIATES :] += 0.3 * values[:, [1]]
    rest = tuple(range(2, 2 + COVARIATES))
    first = 2 + COVARIATES
    return values, [ModelColumns(0, 1, first + k, rest) for k in range(outcomes)]


def cost(task: str, n: int, n_boot: int, outcomes: int, repeats: int) -> Timing:
    """Time the draws on simulated data; once only where that already takes long."""
    values, models = simulated(n, outcomes)
    plan = ResamplingPlan(n, n_boot, SEED)
    _, spent = timed(lambda: batched(values, models, plan), 1)
    if spent.cpu < BRIEF:
        _, spent = timed(lambda: batched(values, models, plan), repeats)
    return Timing(
        task=task,
        program=DRAWS,
        version=VERSION,
        n=n,
        models=outcomes,
        resamples=n_boot,
        share=1.0,
        repeats=spent.repeats,
        seconds=spent.cpu,
        wall=spent.wall,
        gflop=product_gflop(values, models, n_boot),
        load=load(),
    )


def sizes(quick: bool) -> list[tuple[str, int, int, int]]:
    """List task, cases, resamples and models of each point."""
    most = 4 if quick else 6
    return [
        *((BY_CASES, 10**k, FEW, 1) for k in range(2, most + 1)),
        *((BY_RESAMPLES, 311, 10**k, 1) for k in range(3, most)),
        *((BY_MODELS, 311, FEW, 4**k) for k in range(most - 1)),
    ]
