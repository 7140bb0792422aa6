"""What imputation does to the paths of the eight models, where the truth is known.

Cohorts are drawn from a known distribution and gaps are cut from them. Each is analysed
complete, by its complete cases, and imputed. The bias of a path is its mean distance
from the same cohort's complete estimate. Part of this distance is which clients were
cut. The estimate from complete cases shares that part and serves as a control variate;
its own expectation is known from many more cuts, which need no imputation.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.drawn_cohorts import Array, Population, population
from smcm.chapters.missing.imputation_bias import (
    BIAS,
    CASES,
    COMPLETE,
    IMPUTED,
    MAR,
    MCAR,
    TEAMS,
    Bias,
)
from smcm.cohort.frame import baseline_frame
from smcm.cohort.imputation import ITERATIONS
from smcm.cohort.imputed_sets import block_scores
from smcm.cohort.loading import load_cohort
from smcm.cohort.tables import Cohort
from smcm.design.study import label
from smcm.design.study_file import shipped_study
from smcm.paths import VALIDATION
from smcm.stats.chained import impute_chained
from smcm.stats.icc import icc_anova
from smcm.stats.mediation import fit_paths
from smcm.stats.pooling import pool, t_quantile

COHORTS, SETS, CUTS = 400, 5, 1000
SEED = 20141009
STUDY = shipped_study()
MODELS = STUDY.study_models
COLUMNS = [(model.key, path) for model in MODELS for path in ("a", "b")]
ALLIANCE = [column for column in STUDY.score_columns if column.startswith("rprs")]


@dataclass(frozen=True, slots=True)
class Analysed:
    """Estimates and their intervals, a row for each way to analyse one cohort.

    Attributes
    ----------
    estimate, reach : ndarray, shape (w, 16)
        Columns `COLUMNS`; half the width of the 95% interval.
    icc : ndarray, shape (w, 2)
        Share of the variance of the alliance between teams.
    """

    estimate: Array
    reach: Array
    icc: Array


class Analyst:
    """Draws cohorts, cuts them, and fits the eight models.

    Attributes
    ----------
    where : Population
    """

    def __init__(self, cohort: Cohort) -> None:
        self.where: Population = population(cohort)
        baseline = baseline_frame(cohort).loc[list(self.where.model.clients)]
        self._team = np.unique(baseline["team"], return_inverse=True)[1]
        names, values = self.where.model.names, self.where.model.values
        self._fixed: Mapping[str, Array] = {
            name: values[:, names.index(name)]
            for name in names
            if name.startswith("fidelity")
        } | {
            name: baseline[name].to_numpy(np.float64)
            for model in MODELS
            for name in model.spec().covariates
            if name in baseline
        }

    def cohort(self, gaps: str, seed: np.random.SeedSequence, n_sets: int) -> Analysed:
        """Analyse one cohort; it is imputed only where `n_sets` says so."""
        rng = np.random.default_rng(seed)
        complete = self.where.draw(rng)
        model = self.where.model.with_values(self.where.cut(complete, gaps, rng))
        whole, seen = (block_scores(model, v) for v in (complete, model.values))
        ways = [self._one(whole), self._one(seen)]
        iccs = [self._icc(whole), np.full(len(ALLIANCE), np.nan)]
        if n_sets:
            sets = impute_chained(
                model.values,
                model.chain(ITERATIONS),
                n_imputations=n_sets,
                seed=int(rng.integers(2**31)),
            )
            filled = block_scores(model, sets.values)
            ways.append(self._pooled(filled))
            iccs.append(np.mean([self._icc(one) for one in filled], axis=0))
        estimate, reach = np.moveaxis(np.array(ways), 1, 0)
        return Analysed(estimate, reach, np.array(iccs))

    def _one(self, scores: Array) -> Array:
        estimate, variance, df = self._fitted(scores)
        return np.stack([estimate, t_quantile(df, 0.975) * np.sqrt(variance)])

    def _pooled(self, sets: Array) -> Array:
        fits = np.array([self._fitted(scores) for scores in sets])
        pooled = pool(fits[:, 0], fits[:, 1], fits[:, 2])
        return np.stack([pooled.estimate, t_quantile(pooled.df, 0.975) * pooled.se])

    def _fitted(self, scores: Array) -> Array:
        """Estimate, variance and df of the 16 paths from complete cases, (3, 16)."""
        table = dict(self._fixed) | dict(
            zip(STUDY.score_columns, scores.T, strict=True)
        )
        found = []
        for model in MODELS:
            spec = model.spec()
            columns = np.column_stack(
                [table[c] for c in (spec.x, spec.m, spec.y, *spec.covariates)]
            )
            columns = columns[np.isfinite(columns).all(axis=1)]
            x, m, y = columns[:, :3].T
            paths = fit_paths(x, m, y, columns[:, 3:])
            for fit, place in ((paths.to_mediator, 1), (paths.to_outcome, 1)):
                found.append((fit.slope[place], fit.se[place] ** 2, fit.df))
        return np.array(found).T

    def _icc(self, scores: Array) -> Array:
        columns = [STUDY.score_columns.index(name) for name in ALLIANCE]
        return np.array([icc_anova(scores[:, c], self._team).value for c in columns])


def study(cohort: Cohort, gaps: str, n_cohorts: int, n_sets: int) -> list[Bias]:
    """Measure every path under one kind of gaps."""
    analyst = Analyst(cohort)
    seeds = np.random.SeedSequence(SEED).spawn(n_cohorts + CUTS)
    done = [analyst.cohort(gaps, one, n_sets) for one in seeds[:n_cohorts]]
    more = [analyst.cohort(gaps, one, 0) for one in seeds[n_cohorts:]]
    return summary(gaps, done, more, n_sets)


def summary(
    gaps: str, done: Sequence[Analysed], more: Sequence[Analysed], n_sets: int
) -> list[Bias]:
    """Sum up cohorts that were imputed, and more that were only cut."""
    without = np.array([one.estimate[:2] for one in (*done, *more)])
    expected = (without[:, 1] - without[:, 0]).mean(axis=0)
    estimate = np.array([one.estimate for one in done])
    reach = np.array([one.reach for one in done])
    truth = without[:, 0].mean(axis=0)
    covers = (np.abs(estimate - truth) <= reach).mean(axis=0)
    widths = reach.mean(axis=0) / reach[:, 0].mean(axis=0)
    moved = estimate - estimate[:, :1]
    common: dict[str, Any] = {
        "gaps": gaps,
        "cohorts": len(done),
        "sets": n_sets,
        "date": datetime.now(UTC).date().isoformat(),
    }
    rows = []
    for model, path, weights in combinations(without[:, 0].std(axis=0, ddof=1)):
        spread = float((without[:, 0] @ weights).std(ddof=1))
        value, control = float(truth @ weights), (moved[:, 1] - expected) @ weights
        found = {
            COMPLETE: (0.0, 0.0),
            CASES: mean_and_se((without[:, 1] - without[:, 0]) @ weights),
            IMPUTED: adjusted(moved[:, 2] @ weights, control),
        }
        rows += [
            Bias(
                way=way,
                model=model,
                path=path,
                value=value,
                bias=100.0 * mean / value,
                bias_se=100.0 * se / value,
                shift=mean / spread,
                coverage=float(covers[k, weights > 0.0].mean()),
                width=float(widths[k, weights > 0.0].mean()),
                **common,
            )
            for k, (way, (mean, se)) in enumerate(found.items())
        ]
    return rows + [_team_row(done, place, common) for place in range(len(ALLIANCE))]


def combinations(spread: Array) -> list[tuple[str, str, Array]]:
    """Each path by itself, then the mean of each horizon in units of its spread."""
    single = np.eye(len(COLUMNS))
    found = [(*at, row) for at, row in zip(COLUMNS, single, strict=True)]
    for month in STUDY.outcome_horizons:
        for path in ("a", "b"):
            keys = [model.key for model in MODELS if model.horizon == month]
            own = np.array([key in keys and one == path for key, one in COLUMNS])
            found.append((label(month), path, own / spread / own.sum()))
    return found


def mean_and_se(values: Array) -> tuple[float, float]:
    """Mean and its standard error."""
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def adjusted(values: Array, control: Array) -> tuple[float, float]:
    """Mean and its standard error, less what a control of expectation 0 explains."""
    centred = control - control.mean()
    slope = float(centred @ values / (centred @ centred))
    return mean_and_se(values - slope * control)


def _team_row(done: Sequence[Analysed], place: int, common: Mapping[str, Any]) -> Bias:
    iccs = np.array([one.icc[:, place] for one in done])
    mean, se = mean_and_se(iccs[:, 2] - iccs[:, 0])
    value = float(iccs[:, 0].mean())
    return Bias(
        way=IMPUTED,
        model=ALLIANCE[place],
        path=TEAMS,
        value=value,
        bias=100.0 * mean / value,
        bias_se=100.0 * se / value,
        shift=mean / float(iccs[:, 0].std(ddof=1)),
        coverage=float("nan"),
        width=float("nan"),
        **common,
    )


def write(rows: list[Bias], folder: Path = VALIDATION) -> None:
    """Keep the rows, four digits each."""
    with (folder / BIAS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(field.name for field in fields(Bias))
        for row in rows:
            cells = asdict(row).values()
            writer.writerow(f"{c:.4g}" if isinstance(c, float) else c for c in cells)


def main(n_cohorts: int = COHORTS, *, keep: bool = True) -> None:
    """Run both kinds of gaps, print the paths, and keep them."""
    cohort = load_cohort()
    with threadpool_limits(1, user_api="blas"):
        rows = [
            row for gaps in (MCAR, MAR) for row in study(cohort, gaps, n_cohorts, SETS)
        ]
    for row in rows:
        if row.way != COMPLETE:
            print(
                f"{row.gaps:5}{row.way:15}{row.model:10}{row.path:4}"
                f"{row.bias:+7.1f} ± {row.bias_se:.1f} %{row.shift:+7.2f} SD"
                f"  covers {row.coverage:.3f}  width {row.width:.3f}"
            )
    if keep:
        write(rows)
