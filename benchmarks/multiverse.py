"""Time thousands of bootstrapped models in one process, and a hundred thousand.

Run from the repository root: ``python -m benchmarks.multiverse``. First the eight
models in 20 completed data sets, at three windows, with each site left out or none:
3,840 models of 5,000 resamples, on two threads. With ``--all`` then over a hundred
thousand models, with covariates and their coding varied as well, here and on a Dask
cluster of two workers on this machine.
"""

import argparse
import resource
import sys
import time
import warnings
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from distributed import Client, LocalCluster
from tqdm import tqdm

from smcm.chapters.multiverse.axes import ALL, BOOTSTRAP, NUMBER, SET, Axis
from smcm.chapters.multiverse.choices import possible_axes
from smcm.chapters.multiverse.multiverse import Multiverse, explore
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.loading import load_cohort
from smcm.cohort.tables import Cohort
from smcm.design.study_file import shipped_study
from smcm.parameters import RunParameters

WORKERS = 2
WINDOWS_DAYS = shipped_study().exposure.windows
ONE_OF_MANY = {
    "covariates": (ALL,),
    "site": (NUMBER,),
    "education": (NUMBER,),
    "interval": (BOOTSTRAP,),
    "window": WINDOWS_DAYS,
}
MANY_SETS = 66  # of 1,536 models each


def main() -> None:
    """Print models, seconds, models a second and memory."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--all", action="store_true", help="the hundred thousand too")
    asked = parser.parse_args()
    cohort, run = load_cohort(), RunParameters()
    axes = possible_axes(cohort, run)
    print("                        models    wall s     CPU s  a second    MB")
    with ThreadPoolExecutor(WORKERS) as threads:
        few = every_set(axes, run.n_imputations, **ONE_OF_MANY)
        show("20 sets, threads", timed(cohort, run, few, threads))
        if not asked.all:
            return
        more = replace(run, n_imputations=MANY_SETS)
        impute_cohort(cohort, n_imputations=MANY_SETS, seed=run.seed)  # kept on disk
        many = every_set(axes, MANY_SETS, interval=(BOOTSTRAP,), window=WINDOWS_DAYS)
        here, *spent = timed(cohort, more, many, threads)
        show(f"{MANY_SETS} sets, threads", (here, *spent))
    # Each task carries the sets of its sites; dask.distributed remarks on their size.
    warnings.filterwarnings("ignore", "Sending large graph")
    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1) as cluster,
        Client(cluster) as client,
    ):
        there, *spent = timed(cohort, more, many, client.get_executor())
        show(f"{MANY_SETS} sets, Dask", (there, *spent))
    same = np.array_equal(here.low, there.low) and np.array_equal(here.high, there.high)
    print("limits here and on the cluster:", "the same" if same else "NOT the same")


def every_set(
    axes: tuple[Axis, ...], n_sets: int, **levels: tuple[int | str, ...]
) -> tuple[Axis, ...]:
    """Take each completed data set as a choice, and of some axes these levels."""
    chosen = levels | {"scheme": tuple(f"{SET}{k}" for k in range(1, n_sets + 1))}
    return tuple(Axis(a.key, a.title, chosen.get(a.key, a.levels)) for a in axes)


def timed(
    cohort: Cohort, run: RunParameters, axes: tuple[Axis, ...], pool: Executor
) -> tuple[Multiverse, float, float]:
    """Run it; wall seconds, and CPU seconds of this process."""
    cpu, wall = time.process_time(), time.perf_counter()
    with tqdm(unit="design", disable=not sys.stderr.isatty(), leave=False) as bar:

        def done(count: int, total: int) -> None:
            bar.total = total
            bar.update(count - bar.n)

        found = explore(cohort, run, axes, pool_of=pool, done=done)
    return found, time.perf_counter() - wall, time.process_time() - cpu


def show(name: str, measured: tuple[Multiverse, float, float]) -> None:
    """Print a line."""
    found, wall, cpu = measured
    models = found.per_model * len(found.models) * (1 + len(found.without_site))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:20s} {models:9,d} {wall:9.1f} {cpu:9.1f} {models / wall:9.0f} "
        f"{memory:5.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
