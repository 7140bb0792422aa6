"""Time the bootstrap of the eight models against two ways to write it by hand.

Run from the repository root: ``python -m benchmarks.mediation``. All three take the
same resamples and have to give the same draws; times are CPU seconds on one BLAS
thread, the median of some repetitions. Import, reading and drawing the resamples are
not counted for the others, and drawing is for ours.
"""

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from smcm import RunParameters, load_cohort, run_study
from smcm.design.study_file import shipped_study
from smcm.stats.bootstrap import bootstrap_paths
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draw_limits import acceleration_of
from smcm.stats.replicates import jackknife_paths
from smcm.stats.resample import ResamplingPlan

Array = NDArray[np.float64]
Rows = NDArray[np.intp]
LOOPED = 250  # resamples of the loop, whose time is scaled up to all
REPETITIONS = 5
AT_ONCE = 500  # resamples gathered at a time by the hand-vectorised version
AGREEMENT = 1e-8  # in SDs of the draws; the hand-vectorised one squares its design


def study_columns() -> tuple[Array, list[ModelColumns], RunParameters]:
    """Read the data of the eight models and the places of their columns."""
    run = RunParameters()
    frame = run_study(load_cohort(run), run).frame
    specs = [model.spec() for model in shipped_study().study_models]
    names = list(dict.fromkeys(name for spec in specs for name in spec.columns))
    place = {name: k for k, name in enumerate(names)}
    models = [
        ModelColumns(
            place[spec.x],
            place[spec.m],
            place[spec.y],
            tuple(place[name] for name in spec.covariates),
        )
        for spec in specs
    ]
    return frame[names].to_numpy(dtype=np.float64), models, run


def plan_rows(plan: ResamplingPlan) -> Rows:
    """Rows of every resample, shape (n_samples, n)."""
    counts = np.concatenate([part for _, part in plan.chunks()]).astype(np.intp)
    rows = np.tile(np.arange(plan.n_cases), (plan.n_samples, 1))
    return np.repeat(rows.ravel(), counts.ravel()).reshape(plan.n_samples, -1)


def gathered(values: Array, models: list[ModelColumns], rows: Rows) -> Array:
    """Gather the rows, multiply and solve in batches; shape (models, samples)."""
    centred = values - values.mean(axis=0)
    found = np.empty((len(models), len(rows)))
    for k, model in enumerate(models):
        order = [*model.covariates, model.x, model.m, model.y]
        design = np.column_stack([np.ones(len(values)), centred[:, order]])
        for start in range(0, len(rows), AT_ONCE):
            part = design[rows[start : start + AT_ONCE]]
            gram = part.transpose(0, 2, 1) @ part
            a = np.linalg.solve(gram[:, :-2, :-2], gram[:, :-2, -2, None])[:, -1, 0]
            b = np.linalg.solve(gram[:, :-1, :-1], gram[:, :-1, -1, None])[:, -1, 0]
            found[k, start : start + AT_ONCE] = a * b
    return found


def looped(values: Array, models: list[ModelColumns], rows: Rows) -> Array:
    """Fit every resample of every model by lstsq; shape (models, samples)."""
    centred = values - values.mean(axis=0)
    found = np.empty((len(models), len(rows)))
    for k, model in enumerate(models):
        order = [*model.covariates, model.x, model.m]
        design = np.column_stack([np.ones(len(values)), centred[:, order]])
        m, y = centred[:, model.m], centred[:, model.y]
        for sample, drawn in enumerate(rows):
            part = design[drawn]
            a = np.linalg.lstsq(part[:, :-1], m[drawn], rcond=None)[0][-1]
            b = np.linalg.lstsq(part, y[drawn], rcond=None)[0][-1]
            found[k, sample] = a * b
    return found


def batched(values: Array, models: list[ModelColumns], plan: ResamplingPlan) -> Array:
    """Run the package's own bootstrap; shape (models, samples)."""
    return np.array([d.indirect for d in bootstrap_paths(values, models, plan)])


def accelerations(values: Array, models: list[ModelColumns]) -> Array:
    """Find what BCa limits need beside the draws; shape (models, 1)."""
    left_out = jackknife_paths(values, models)
    return np.array([[acceleration_of(found.indirect)] for found in left_out])


def timed(call: Callable[[], Array], repetitions: int) -> tuple[Array, float]:
    """Draws, and the median of the CPU seconds."""
    seconds = []
    for _ in range(repetitions):
        start = time.process_time()
        draws = call()
        seconds.append(time.process_time() - start)
    return draws, median(seconds)


def distance(draws: Array, reference: Array) -> float:
    """Largest difference in SDs of the draws."""
    error = np.abs(draws - reference[:, : draws.shape[1]])
    return float((error.max(axis=1) / reference.std(axis=1)).max())


def main() -> None:
    """Print the times, their ratios and how far the draws lie apart."""
    values, models, run = study_columns()
    plan = ResamplingPlan(len(values), run.n_boot, run.seed)
    rows = plan_rows(plan)
    with threadpool_limits(limits=1, user_api="blas"):
        ours, own = timed(lambda: batched(values, models, plan), REPETITIONS)
        first = [models[0]]
        _, own_one = timed(lambda: batched(values, first, plan), REPETITIONS)
        _, bca = timed(lambda: accelerations(values, models), REPETITIONS)
        r_plan = ResamplingPlan(len(values), run.n_boot, run.seed, "r")
        _, r_stream = timed(lambda: batched(values, models, r_plan), REPETITIONS)
        by_hand, hand = timed(lambda: gathered(values, models, rows), 3)
        by_loop, part = timed(lambda: looped(values, models, rows[:LOOPED]), 1)
    loop = part * run.n_boot / LOOPED
    print(f"{len(models)} models, {run.n_boot:,} resamples, n = {len(values)}")
    print(f"{'':<34}{'CPU s':>9}{'ratio':>9}{'apart, SD':>12}")
    for name, seconds, draws in (
        ("smcm, resampling included", own, ours),
        ("gather, matmul, solve in batches", hand, by_hand),
        (f"loop of lstsq ({LOOPED} timed)", loop, by_loop),
    ):
        apart = distance(draws, ours)
        print(f"{name:<34}{seconds:>9.3f}{seconds / own:>9.1f}{apart:>12.1e}")
        if apart > AGREEMENT:
            raise SystemExit(f"{name} does not agree.")
    for name, seconds in (
        ("smcm, one model", own_one),
        ("smcm, on R's random numbers", r_stream),
        ("smcm, jackknife for BCa, besides", bca),
    ):
        print(f"{name:<34}{seconds:>9.3f}{seconds / own:>9.2f}")


if __name__ == "__main__":
    main()
