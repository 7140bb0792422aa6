"""Data of the benchmark against peers, and our own side of its tasks."""

import csv
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.measured import Spent, load, timed
from benchmarks.mediation import batched, gathered, plan_rows, study_columns
from smcm import RunParameters, load_cohort, run_study
from smcm.analysis.mediation import mediate_all
from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.validation.speed import Timing
from smcm.design.models import MediationSpec
from smcm.design.study_file import shipped_study
from smcm.stats.crossproducts import ModelColumns, cross_products, grams
from smcm.stats.draw_limits import percentile_ranks
from smcm.stats.resample import ResamplingPlan

Array = NDArray[np.float64]
VERSION = f"{version('smcm')}, NumPy {np.__version__}"
OURS, DRAWS, BCA = "smcm", "smcm, draws alone", "smcm, BCa limits"
BY_HAND, PRODUCT = "NumPy by hand", "bare matrix product"
ONE, EIGHT, CHOSEN = "one model", "eight models", "pgi_18"


@dataclass(frozen=True, slots=True)
class Data:
    """The eight models, for us and as files for the others.

    Attributes
    ----------
    frame : DataFrame
    specs : tuple of MediationSpec
    values : ndarray, shape (n, p)
    models : list of ModelColumns
    folder : Path
        Holds data.csv, and eight.csv and one.csv with the models.
    n_boot, seed : int
    """

    frame: pd.DataFrame
    specs: tuple[MediationSpec, ...]
    values: Array
    models: list[ModelColumns]
    folder: Path
    n_boot: int
    seed: int

    def part(self, task: str) -> tuple[tuple[MediationSpec, ...], list[ModelColumns]]:
        """Models of a task, by name and by column."""
        at = [k for k, s in enumerate(self.specs) if task == EIGHT or s.y == CHOSEN]
        return tuple(self.specs[k] for k in at), [self.models[k] for k in at]

    def file(self, task: str) -> Path:
        """File with the models of a task."""
        return self.folder / ("eight.csv" if task == EIGHT else "one.csv")


def prepare(folder: Path, n_boot: int) -> Data:
    """Read the cohort that ships, and write what the others read."""
    values, models, run = study_columns()
    frame = run_study(load_cohort(run), RunParameters()).frame
    specs = tuple(model.spec() for model in shipped_study().study_models)
    data = Data(frame, specs, values, models, folder, n_boot, run.seed)
    names = list(dict.fromkeys(name for spec in specs for name in spec.columns))
    plain = {name: f"v_{name.replace('.', '_')}" for name in names}
    frame[names].rename(columns=plain).to_csv(folder / "data.csv", index=False)
    for task in (ONE, EIGHT):
        with data.file(task).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["x", "m", "y", "covariates"])
            for s in data.part(task)[0]:
                rest = " ".join(plain[name] for name in s.covariates)
                writer.writerow([plain[s.x], plain[s.m], plain[s.y], rest])
    return data


def rows_of(results: tuple[MediationResult, ...]) -> list[dict[str, str | float]]:
    """Finish the table: estimates, standard errors, p values and limits of all."""
    return [row for result in results for row in result.rows()]


def our_side(
    data: Data, task: str, repeats: int
) -> tuple[list[Timing], tuple[MediationResult, ...]]:
    """Time our engine whole, its draws alone, and with BCa limits."""
    specs, models = data.part(task)
    plan = ResamplingPlan(len(data.values), data.n_boot, data.seed)
    gflop = product_gflop(data.values, models, data.n_boot)
    rows, results = [], None
    for name, kind in ((OURS, "percentile"), (BCA, "bca")):

        def whole(kind: str = kind) -> tuple[MediationResult, ...]:
            options = {"n_boot": data.n_boot, "seed": data.seed, "ci": kind}
            found = mediate_all(data.frame, specs, **options)
            rows_of(found)
            return found

        found, spent = timed(whole, repeats)
        results = results or found
        rows.append(row_of(data, task, name, spent, gflop=gflop))
    _, spent = timed(lambda: batched(data.values, models, plan), repeats)
    rows.append(row_of(data, task, DRAWS, spent, gflop=gflop))
    return rows, results


def by_hand(
    data: Data, task: str, repeats: int, results: tuple[MediationResult, ...]
) -> list[Timing]:
    """Time the hand-vectorised version, and the matrix product and nothing else."""
    _, models = data.part(task)
    plan = ResamplingPlan(len(data.values), data.n_boot, data.seed)
    rows = plan_rows(plan)
    draws, spent = timed(lambda: gathered(data.values, models, rows), repeats)
    paths = [(np.nan, np.nan, np.nan, *limits_of(d)) for d in draws]
    apart = limits_apart(results, paths, data.n_boot)
    found = [row_of(data, task, BY_HAND, spent, limits_apart=apart)]
    prepared = cross_products(data.values, models)
    chunks = [counts for _, counts in plan.chunks()]
    room = [np.empty((len(prepared.products), len(counts))) for counts in chunks]

    def multiply() -> None:
        for counts, out in zip(chunks, room, strict=True):
            grams(prepared, counts, out=out)

    _, spent = timed(multiply, 3 * repeats)
    gflop = product_gflop(data.values, models, data.n_boot)
    return [*found, row_of(data, task, PRODUCT, spent, gflop=gflop)]


def row_of(
    data: Data,
    task: str,
    program: str,
    spent: Spent,
    **more: float | str | None,
) -> Timing:
    """Fill in what all rows of the two tasks share."""
    base: dict[str, object] = {"version": VERSION, "share": 1.0, "load": load()}
    return Timing(
        task=task,
        program=program,
        n=len(data.values),
        models=len(data.part(task)[0]),
        resamples=data.n_boot,
        repeats=spent.repeats,
        seconds=spent.cpu,
        wall=spent.wall,
        **(base | more),
    )


def product_gflop(values: Array, models: list[ModelColumns], n_boot: int) -> float:
    """Count the operations of the matrix product, a sum and a product for each term."""
    return 2e-9 * cross_products(values, models).products.size * n_boot


def limits_of(draws: Array) -> tuple[float, float]:
    """95% limits, as `smcm.stats.draw_limits.percentile_limits` gives, by a sort."""
    low, high = percentile_ranks(draws.size)
    ordered = np.sort(draws)
    return float(ordered[low - 1]), float(ordered[high - 1])


def estimates_apart(
    results: tuple[MediationResult, ...], theirs: tuple[tuple[float, ...], ...]
) -> float | None:
    """Largest difference of a, b and ab, as a share of ours."""
    ours = np.array([(r.a, r.b, r.indirect) for r in results])
    found = np.abs(np.array([paths[:3] for paths in theirs]) / ours - 1.0)
    return float(np.nanmax(found)) if np.isfinite(found).any() else None


def limits_apart(
    results: tuple[MediationResult, ...],
    theirs: list[tuple[float, ...]] | tuple[tuple[float, ...], ...],
    their_size: int,
) -> float:
    """Largest difference of the limits of ab, in standard errors of simulation.

    Parameters
    ----------
    their_size : int
        Resamples of the other program; those of both make the error.
    """
    largest = 0.0
    for result, paths in zip(results, theirs, strict=True):
        draws = result.draws.indirect
        errors = limit_errors(draws) * np.sqrt(1.0 + draws.size / their_size)
        away = np.abs(np.array(limits_of(draws)) - np.array(paths[3:])) / errors
        largest = max(largest, float(away.max()))
    return largest


def limit_errors(draws: Array) -> Array:
    """Estimate the standard errors of simulation of the two limits.

    A rank has a binomial error; the errors are half the distances between the draws
    that stand one such error below and above.
    """
    ordered, size = np.sort(draws), draws.size
    ranks = np.array(percentile_ranks(size))
    reach = np.sqrt(size * 0.025 * 0.975)
    below = np.clip(np.round(ranks - reach), 1, size).astype(int)
    above = np.clip(np.round(ranks + reach), 1, size).astype(int)
    errors: Array = (ordered[above - 1] - ordered[below - 1]) / 2.0
    return errors
