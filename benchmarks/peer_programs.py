"""Python programs of others on the models of this study, in their own environment.

Stands alone: nothing of smcm is imported. Usage:

    python peer_programs.py PROGRAM DATA.csv MODELS.csv RESAMPLES REPEATS
    python peer_programs.py power N RESAMPLES REPLICATIONS A B

MODELS.csv has the columns x, m, y and covariates, the last apart by spaces. What is
printed is described in `children.py`.
"""

import csv
import sys
import time

import numpy as np
import pandas as pd

SEED = 20141009
TAIL = 0.025


def limits(draws):
    """95% limits by PROCESS's ranks."""
    size = len(draws)
    low, high = int(round(size * TAIL, 6) + 0.5), int(round(size * (1 - TAIL), 6)) + 1
    ordered = np.sort(draws)
    return ordered[max(low, 1) - 1], ordered[min(high, size) - 1]


def processmacro(data, model, resamples):
    """Fit model 4; a, b and ab are read off its tidy rows."""
    from pyprocessmacro import Process

    x, m, y, covariates = model
    fitted = Process(
        data=data,
        model=4,
        x=x,
        m=[m],
        y=y,
        controls=covariates,
        controls_in="all",
        percent=True,
        boot=resamples,
        seed=SEED,
        suppr_init=True,
    )

    def read():
        rows = fitted.tidy()
        fits = rows[rows["component"] == "outcome"].set_index(["outcome", "term"])
        indirect = rows[rows["component"] == "indirect"].iloc[0]
        return (
            fits.loc[(m, x), "estimate"],
            fits.loc[(y, m), "estimate"],
            indirect["estimate"],
            indirect["conf_low"],
            indirect["conf_high"],
        )

    return read


def pingouin(data, model, resamples):
    """Its row "Y ~ M" leaves x out of the equation, so b is ab over a."""
    from pingouin import mediation_analysis

    x, m, y, covariates = model
    rows, draws = mediation_analysis(
        data,
        x=x,
        m=m,
        y=y,
        covar=covariates,
        n_boot=resamples,
        seed=SEED,
        return_dist=True,
    )

    def read():
        a, ab = rows["coef"].iloc[0], rows["coef"].iloc[-1]
        return (a, ab / a, ab, *limits(draws))

    return read


def statsmodels(data, model, resamples):
    """Loop over resamples, two fits by OLS in each."""
    from statsmodels.api import OLS

    x, m, y, covariates = model
    design = np.column_stack([np.ones(len(data)), data[[*covariates, x, m]]])
    to, out = data[m].to_numpy(), data[y].to_numpy()

    def paths(rows):
        through = design[rows]
        a = OLS(to[rows], through[:, :-1]).fit().params[-1]
        return a, OLS(out[rows], through).fit().params[-1]

    rng, n = np.random.default_rng(SEED), len(data)
    drawn = [paths(rng.integers(n, size=n)) for _ in range(resamples)]
    a, b = paths(np.arange(n))
    return lambda: (a, b, a * b, *limits([p * q for p, q in drawn]))


PROGRAMS = {
    "PyProcessMacro": processmacro,
    "pingouin": pingouin,
    "statsmodels": statsmodels,
}


def timed(call):
    """Print the CPU and wall seconds of a call, and return what it returns."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = call()
    print("time", time.process_time() - cpu, time.perf_counter() - wall)
    return found


def models_of(path):
    """Read x, m, y and covariates of each model."""
    with open(path, encoding="utf-8", newline="") as file:
        return [
            (row["x"], row["m"], row["y"], row["covariates"].split())
            for row in csv.DictReader(file)
        ]


def fit_models(name, data, models, resamples, repeats):
    """Time all models together, after a short run that loads what is loaded late."""
    data, models, fit = pd.read_csv(data), models_of(models), PROGRAMS[name]
    fit(data, models[0], 100)
    for _ in range(int(repeats)):
        read = timed(lambda: [fit(data, m, int(resamples)) for m in models])
    for found in read:
        print("model", *found())


def power(n, resamples, replications, a, b):
    """Time a loop over simulated samples of a model without covariates."""
    n, rng = int(n), np.random.default_rng(SEED)
    model = ("x", "m", "y", [])

    def sample():
        x = rng.standard_normal(n)
        m = float(a) * x + rng.standard_normal(n)
        y = float(b) * m + rng.standard_normal(n)
        return pd.DataFrame({"x": x, "m": m, "y": y})

    processmacro(sample(), model, 100)
    timed(
        lambda: [
            processmacro(sample(), model, int(resamples))
            for _ in range(int(replications))
        ]
    )


if __name__ == "__main__":
    from importlib.metadata import version

    program, *given = sys.argv[1:]
    library = "PyProcessMacro" if program == "power" else program
    print("version", f"{version(library)}, NumPy {np.__version__}")
    power(*given) if program == "power" else fit_models(program, *given)
