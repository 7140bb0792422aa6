"""Compute a study as this process does it, and print its numbers as JSON.

``python -m tests.rerun.numbers_here FOLDER``, with a folder of data that have gaps. The
test gives each process another number of threads or another kernel of BLAS.
"""

import json
import sys

import numpy as np
from threadpoolctl import threadpool_info

from smcm.analysis.study import run_study
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.report.export import results_text
from smcm.stats.pmm import ColumnDraws, Predictors, Rows, draw_column
from smcm.stats.regression_draws import RegressionDraws

N_BOOT = 1000
SETS = 5
# Sets that another process has kept would be its numbers and not ours.
impute_cohort.__kwdefaults__["cache"] = None


def main():
    runs = {
        "shipped": RunParameters(n_boot=N_BOOT),
        "gaps": RunParameters(data=sys.argv[1], n_boot=N_BOOT, n_imputations=SETS),
    }
    cohorts = {name: load_cohort(run) for name, run in runs.items()}
    blas = [used for used in threadpool_info() if used["user_api"] == "blas"]
    found = {
        "kernels": sorted({used["architecture"] for used in blas}),
        "threads": min(used["num_threads"] for used in blas),
        "results": {
            name: json.loads(results_text(run_study(cohorts[name], run)))
            for name, run in runs.items()
        },
        "cells": {name: imputed(cohort) for name, cohort in cohorts.items()},
        "ties": [donors_with_ties(n, s) for n in (150, 151) for s in range(10)],
    }
    json.dump(found, sys.stdout)


def imputed(cohort):
    """Every cell that was missing, in every set."""
    sets = impute_cohort(cohort, n_imputations=SETS)
    return sets.values[:, np.isnan(sets.model.values)].ravel().tolist()


def donors_with_ties(n, seed, sets=5, donors=5):
    """Match where many rows have the same predictors, hence the same prediction."""
    rng = np.random.default_rng(seed)
    few = rng.integers(1, 4, (2, n)).astype(float)
    codes = np.concatenate([few, (few[:1] + few[1:] * [[1.0], [2.0]]) % 4])
    target = few[0] + rng.integers(1, 8, n)
    missing = np.arange(0, n, 4)
    rows = Rows(np.setdiff1d(np.arange(n), missing), missing)
    df = len(rows.observed) - len(codes) - 1
    draws = ColumnDraws(
        regression=RegressionDraws(
            normal=rng.standard_normal((sets, len(codes) + 1)),
            chisquare=rng.chisquare(df, sets),
            uniform=np.full(sets, np.nan),
        ),
        rank=rng.integers(donors, size=(sets, len(missing))),
        tie=rng.random((sets, len(rows.observed))),
    )
    design = np.repeat(codes[None], sets, axis=0)
    predictors = Predictors(design)
    return draw_column(predictors, target[rows.observed], rows, draws, donors).tolist()


if __name__ == "__main__":
    main()
