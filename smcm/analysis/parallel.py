"""Mediation models with several mediators in parallel."""

from dataclasses import dataclass, replace
from itertools import chain, combinations

import numpy as np
import pandas as pd

from smcm.analysis.cautions import two_valued
from smcm.analysis.mediation_data import (
    Resampling,
    clustered_numbers,
    independent,
    require_own_variation,
)
from smcm.analysis.result import SampleResult
from smcm.design.models import ParallelSpec
from smcm.errors import UnknownValueError
from smcm.stats.bootstrap import bootstrap_parallel
from smcm.stats.crossproducts import ModelColumns
from smcm.stats.draws import ParallelDraws, ParallelReplicates
from smcm.stats.jackknife import jackknife_parallel
from smcm.stats.mediation import FOCAL, ParallelPaths, fit_parallel_paths
from smcm.stats.ols import Array, LinearFit


@dataclass(frozen=True, slots=True, kw_only=True)
class IndirectTerm:
    """A sum of specific indirect effects, or a difference of two.

    Attributes
    ----------
    name : str
        As in `ParallelResult.tidy`.
    weights : tuple of float
        Of the specific indirect effects, in the order of the mediators.
    scale : str
        ``""``, ``"ps"`` per SD of y, or ``"cs"`` per SD of y and times that of x.
    """

    name: str
    weights: tuple[float, ...]
    scale: str = ""

    def of(self, paths: ParallelReplicates) -> Array:
        """Values in units of y per unit of x, or standardized; shape (n_samples,)."""
        effect = paths.indirect(self.weights)
        if self.scale == "ps":
            return effect / paths.sd_y
        if self.scale == "cs":
            return effect * paths.sd_x / paths.sd_y
        return effect


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelResult(SampleResult):
    """One fitted model with mediators in parallel, and its bootstrap.

    Terms are named by mediator: ``a:m1``, ``b:m1``, ``indirect:m1`` for the specific
    indirect effect through m1, ``contrast:m1-m2`` for that less the one through m2;
    ``indirect`` is the total indirect effect. Those standardized are named
    ``indirect_ps`` and ``indirect_cs``, with mediators likewise.

    The other attributes are those of `smcm.analysis.result.SampleResult`.
    """

    spec: ParallelSpec
    paths: ParallelPaths
    draws: ParallelDraws
    jackknife: ParallelReplicates | None

    @property
    def a(self) -> dict[str, float]:
        """Paths from x, by mediator, units of the mediator per unit of x."""
        return self._by_mediator(self.paths.effects.a)

    @property
    def b(self) -> dict[str, float]:
        """Paths to y, by mediator, x and the other mediators held fixed."""
        return self._by_mediator(self.paths.effects.b)

    @property
    def specific(self) -> dict[str, float]:
        """Specific indirect effects ab, by mediator, units of y per unit of x."""
        return self._by_mediator(self.paths.effects.specific)

    @property
    def indirect(self) -> float:
        """Total indirect effect, units of y per unit of x."""
        return float(self.paths.effects.specific.sum())

    @property
    def direct(self) -> float:
        """Direct effect c', units of y per unit of x with all mediators held fixed."""
        return float(self.paths.effects.direct[0])

    @property
    def total(self) -> float:
        """Total effect c, units of y per unit of x."""
        return float(self.paths.to_total.slope[FOCAL])

    @property
    def contrasts(self) -> tuple[IndirectTerm, ...]:
        """Differences of every two specific indirect effects, first less second."""
        names, ones = self.spec.mediators, np.eye(len(self.spec.mediators))
        return tuple(
            IndirectTerm(
                name=f"contrast:{names[i]}-{names[j]}",
                weights=tuple(map(float, ones[i] - ones[j])),
            )
            for i, j in combinations(range(len(names)), 2)
        )

    def indirect_terms(self, scale: str = "") -> tuple[IndirectTerm, ...]:
        """Name the total and the specific indirect effects on one scale."""
        stem = f"indirect_{scale}" if scale else "indirect"
        names, ones = self.spec.mediators, np.eye(len(self.spec.mediators))
        total = IndirectTerm(name=stem, weights=(1.0,) * len(names), scale=scale)
        specific = (
            IndirectTerm(name=f"{stem}:{name}", weights=tuple(row), scale=scale)
            for name, row in zip(names, ones.tolist(), strict=True)
        )
        return (total, *specific)

    @property
    def drawn_terms(self) -> dict[str, IndirectTerm]:
        """Every term that the bootstrap judges, by its name, in the order of `tidy`."""
        first, *more = (self.indirect_terms(scale) for scale in self.parts.scales)
        terms = (*first, *self.contrasts, *chain.from_iterable(more))
        return {term.name: term for term in terms}

    @property
    def drawn_names(self) -> tuple[str, ...]:
        """Names of `drawn_terms`."""
        return tuple(self.drawn_terms)

    @property
    def to_mediators(self) -> tuple[LinearFit, ...]:
        """The equation of each mediator."""
        return self.paths.to_mediators

    def drawn(self, term: str) -> tuple[Array, float, float, str, Array | None]:
        """Draws, estimate, level, kind and jackknife that limits are read from."""
        known = self.drawn_terms
        if term not in known:
            raise UnknownValueError.for_choice("term", term, self.names)
        effect = known[term]
        estimate = float(effect.of(self.paths.effects)[0])
        left_out = None if self.jackknife is None else effect.of(self.jackknife)
        return effect.of(self.draws), estimate, self.level, self.ci, left_out

    def _by_mediator(self, values: Array) -> dict[str, float]:
        return dict(zip(self.spec.mediators, map(float, values[:, 0]), strict=True))

    @property
    def slopes(self) -> dict[str, tuple[LinearFit, int]]:
        """Term of each path -> its equation and its place there."""
        names, paths = self.spec.mediators, self.paths
        outcome = paths.to_outcome
        a = {
            f"a:{name}": (fit, FOCAL)
            for name, fit in zip(names, paths.to_mediators, strict=True)
        }
        b = {f"b:{name}": (outcome, FOCAL + k) for k, name in enumerate(names)}
        direct = (outcome, FOCAL + len(names))
        return {**a, **b, "direct": direct, "total": (paths.to_total, FOCAL)}


def mediate_parallel(
    frame: pd.DataFrame, spec: ParallelSpec, options: Resampling
) -> ParallelResult:
    """Fit a model with mediators in parallel; errors as for `smcm.mediate`."""
    values, cluster, dropped_rows = clustered_numbers(
        frame, spec.columns, options.cluster
    )
    place = {name: k for k, name in enumerate(spec.columns)}
    kept = independent(spec.covariates, values, place)
    require_own_variation(replace(spec, covariates=kept), values, place)
    first, *more = (place[name] for name in spec.mediators)
    part = ModelColumns(
        x=place[spec.x],
        m=first,
        y=place[spec.y],
        covariates=tuple(place[name] for name in kept),
        more=tuple(more),
    )
    paths = fit_parallel_paths(
        values[:, part.x],
        values[:, list(part.mediators)],
        values[:, part.y],
        values[:, list(part.covariates)],
        options.se,
        cluster=cluster,
    )
    needed = options.ci == "bca"
    return ParallelResult(
        spec=ParallelSpec(
            x=spec.x, mediators=spec.mediators, y=spec.y, covariates=kept
        ),
        n=values.shape[0],
        dropped_rows=dropped_rows,
        dropped_columns=tuple(c for c in spec.covariates if c not in kept),
        paths=paths,
        draws=bootstrap_parallel(values, part, options.plan(values.shape[0])),
        jackknife=jackknife_parallel(values, part) if needed else None,
        level=options.level,
        ci=options.ci,
        seed=options.seed,
        stream=options.stream,
        cluster=options.cluster,
        two_valued=two_valued(
            {name: values[:, place[name]] for name in (spec.x, *spec.mediators, spec.y)}
        ),
    )
