"""Try the slope on the true means of teams where the truth is known.

Run from the repository root: ``python -m benchmarks.team_means``. Teams are those of
the shipped cohort, with their sizes and their fidelity; more teams are these several
times over. What is found is kept in data/validation/team_means.csv, which the chapter
on teams reads. It takes about ten minutes.
"""

import csv

import numpy as np

from smcm.analysis.study import run_study
from smcm.analysis.teams import team_codes
from smcm.chapters.nesting.trials import COLUMNS, KEPT, trial_row
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.stats.latent_trial import Truth, try_latent

COPIES, ICCS = (1, 2, 4, 8), (0.05, 0.1)
N_SAMPLES, SEED = 400, 20141009


def main() -> None:
    """Try every number of teams with every ICC, and keep what was found."""
    run = RunParameters(n_boot=200)
    study = run_study(load_cohort(run), run)
    team = team_codes(study)
    x = study.frame[study.models[0].mediation.spec.x].to_numpy(np.float64)
    x = (x - x.mean()) / x.std()
    with KEPT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for icc in ICCS:
            for copies in COPIES:
                teams = int(team.max()) + 1
                codes = np.concatenate([team + k * teams for k in range(copies)])
                truth = Truth(icc=icc)
                tried = try_latent(np.tile(x, copies), codes, truth, N_SAMPLES, SEED)
                writer.writerow(trial_row(tried))
                print(tried, flush=True)


if __name__ == "__main__":
    main()
