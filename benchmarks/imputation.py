"""Time the imputation of the shipped cohort here and, where R is at hand, in mice.

Run from the repository root: ``python -m benchmarks.imputation``. Both programs fill
the same matrix with the same predictors, 20 sets of 5 sweeps; mice takes minutes. It
imputes every item by itself, where ours copies a missed questionnaire as a whole.

With ``--bias`` it measures instead how far imputed cohorts are from complete ones, for
some ten minutes, and keeps that for the book (`benchmarks.imputation_bias`).
"""

import argparse
import shutil
import subprocess
import time

import numpy as np

from benchmarks import imputation_bias
from smcm.cohort.imputation import ITERATIONS, N_IMPUTATIONS, SEED
from smcm.cohort.imputation_model import ImputationModel, imputation_model
from smcm.cohort.loading import load_cohort
from smcm.stats.chained import impute_chained

REPEATS = 3
MICE = ("--vanilla", "tests/reference/mice.R", "time")


def main() -> None:
    """Time the imputation, or measure its bias."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--bias", action="store_true", help="measure the bias instead")
    asked.add_argument("--cohorts", type=int, default=imputation_bias.COHORTS)
    options = asked.parse_args()
    if options.bias:
        imputation_bias.main(options.cohorts)
    else:
        compare_times()


def compare_times() -> None:
    """Print CPU and wall seconds of both programs and their ratio."""
    model = imputation_model(load_cohort())
    n, p = model.values.shape
    gaps = int(np.isnan(model.values).any(axis=0).sum())
    print(f"{N_IMPUTATIONS} sets, {ITERATIONS} sweeps, {n} × {p}, {gaps} with gaps")
    ours = best_of_ours(model)
    print(f"smcm    CPU {ours[0]:7.1f} s   wall {ours[1]:7.1f} s")
    rscript = shutil.which("Rscript")
    if rscript is None:
        print("mice    not timed: Rscript is not on the path")
        return
    theirs = mice(rscript)
    print(f"R mice  CPU {theirs[0]:7.1f} s   wall {theirs[1]:7.1f} s")
    print(f"ratio   CPU {theirs[0] / ours[0]:7.1f}     wall {theirs[1] / ours[1]:7.1f}")


def best_of_ours(model: ImputationModel) -> tuple[float, float]:
    """CPU and wall seconds of the run with the least CPU."""
    return min(ours(model) for _ in range(REPEATS))


def ours(model: ImputationModel) -> tuple[float, float]:
    """CPU and wall seconds of one imputation, without reading the data."""
    spec = model.chain(ITERATIONS)
    cpu, wall = time.process_time(), time.perf_counter()
    impute_chained(model.values, spec, n_imputations=N_IMPUTATIONS, seed=SEED)
    return time.process_time() - cpu, time.perf_counter() - wall


def mice(rscript: str) -> tuple[float, float]:
    """CPU and wall seconds of mice, as R's ``system.time`` gives them."""
    done = subprocess.run(
        [rscript, *MICE], check=True, capture_output=True, text=True
    ).stdout
    cpu, wall = done.split()
    return float(cpu), float(wall)


def mice_version(rscript: str) -> str:
    """Version of mice and of R."""
    ask = 'cat(paste0(packageVersion("mice"), ", R ", getRversion()))'
    command = [rscript, "--vanilla", "-e", ask]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
