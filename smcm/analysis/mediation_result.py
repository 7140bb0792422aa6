"""The result of a mediation model fitted on one sample."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Any

import numpy as np

from smcm.analysis.mediation_data import bootstrapped
from smcm.analysis.result import Mediation
from smcm.errors import UnknownValueError
from smcm.stats.draw_limits import limit_ranks, limits
from smcm.stats.draws import IndirectTerm, PathDraws, PathReplicates
from smcm.stats.mediation import OfEach, Paths
from smcm.stats.ols import Array
from smcm.stats.terms import LinearFit, Term

ByMediator = Any  # float; dict of mediator to float where mediators are a list
SLOPES = ("a", "b", "direct", "total")
SCALES = ("", "ps", "cs")
INDIRECT_TERMS = ("indirect", "indirect_ps", "indirect_cs")
TERMS = (*SLOPES, *INDIRECT_TERMS)  # of a model with one mediator


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class MediationResult(Mediation):
    """One model with one or several mediators, fitted on one sample and bootstrapped.

    Where the mediator was named alone, terms are those in `TERMS`, and what belongs to
    it (`a`, `b` and their standardized values) is a number.

    Where mediators were given as a list, be it of one, terms are named by mediator:
    ``a:m1``, ``b:m1``, ``indirect:m1`` for the specific indirect effect through m1,
    ``contrast:m1-m2`` for that less the one through m2; ``indirect`` is the total
    indirect effect. Those standardized are named ``indirect_ps`` and ``indirect_cs``,
    with mediators likewise. What belongs to a mediator is a dict by its name.

    Attributes
    ----------
    paths : Paths
        Estimates on the sample itself.
    draws : PathDraws
        Bootstrap draws; all equations and all effects read the same resamples.
    jackknife : PathReplicates or None
        Estimates with each case left out, where BCa limits need them.
    ci : str
        Kind of the bootstrap limits, one of `smcm.stats.draw_limits.INTERVALS`.
    stream : str
        Generator of the plan, one of `smcm.stats.resample.STREAMS`.
    cluster : str or None
        Column of the clusters to which the errors of the paths are robust.
    spec, n, dropped_rows, dropped_columns, level, seed, two_valued
        As in `smcm.analysis.result.Mediation`.
    """

    paths: Paths
    draws: PathDraws
    jackknife: PathReplicates | None
    ci: str
    stream: str
    cluster: str | None = None

    @property
    def a(self) -> ByMediator:
        """Path from x to m, units of m per unit of x; of a list by mediator."""
        return self._as_given(self.paths.a)

    @property
    def b(self) -> ByMediator:
        """Path from m to y, x and other mediators held fixed; of a list by mediator."""
        return self._as_given(self.paths.b)

    @property
    def direct(self) -> float:
        """Direct effect c', units of y per unit of x with mediators held fixed."""
        return self.paths.direct

    @property
    def total(self) -> float:
        """Total effect c, units of y per unit of x."""
        return self.paths.total

    @property
    def indirect(self) -> float:
        """Indirect effect through all mediators, units of y per unit of x."""
        return self.paths.indirect

    @property
    def indirect_cs(self) -> float:
        """Completely standardized indirect effect, SDs of y per SD of x."""
        return self.paths.indirect_cs

    @property
    def specific(self) -> dict[str, float]:
        """Indirect effects through each mediator, a b, units of y per unit of x."""
        return self._by_mediator(self.paths.effects.specific[:, 0])

    @property
    def a_standardized(self) -> ByMediator:
        """SDs of m per SD of x; of a list by mediator."""
        return self._as_given(self.paths.a_standardized)

    @property
    def b_standardized(self) -> ByMediator:
        """SDs of y per SD of m, x and others held fixed; of a list by mediator."""
        return self._as_given(self.paths.b_standardized)

    @property
    def direct_standardized(self) -> float:
        """SDs of y per SD of x, mediators held fixed."""
        return self.paths.direct_standardized

    @property
    def sd_x(self) -> float:
        """Standard deviation of x."""
        return self.paths.sd_x

    @property
    def indirect_draws(self) -> Array:
        """Bootstrap draws of the indirect effect, shape (n_boot,)."""
        return self.draws.indirect

    @property
    def slopes(self) -> dict[str, tuple[LinearFit, int]]:
        """Term of each path -> its equation and its place there."""
        to_each = [
            f"{path}:{name}" if self.spec.listed else path
            for path in ("a", "b")
            for name in self.spec.mediators
        ]
        return dict(zip((*to_each, "direct", "total"), self.paths.slopes, strict=True))

    @property
    def contrasts(self) -> tuple[IndirectTerm, ...]:
        """Differences of every two specific indirect effects, first less second."""
        names = self.spec.mediators
        return tuple(
            IndirectTerm(
                name=f"contrast:{first}-{second}",
                weights=tuple(float((k == first) - (k == second)) for k in names),
            )
            for first, second in combinations(names, 2)
        )

    def indirect_terms(self, scale: str = "") -> tuple[IndirectTerm, ...]:
        """Name the total indirect effect on one scale, and of a list the specific."""
        stem = f"indirect_{scale}" if scale else "indirect"
        names = self.spec.mediators
        total = IndirectTerm(name=stem, weights=(1.0,) * len(names), scale=scale)
        if not self.spec.listed:
            return (total,)
        specific = (
            IndirectTerm(
                name=f"{stem}:{name}",
                weights=tuple(float(k == name) for k in names),
                scale=scale,
            )
            for name in names
        )
        return (total, *specific)

    @property
    def drawn_terms(self) -> dict[str, IndirectTerm]:
        """Terms whose limits are read off draws, by name, in the order of `tidy`."""
        return self._drawn_on(self.parts.scales)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the terms that have a meaning in this model, in `tidy`'s order."""
        return (*self.slopes, *self.drawn_terms)

    @property
    def terms(self) -> dict[str, Term]:
        """Every term by its name, in the order of `tidy`."""
        return {name: self.term(name) for name in self.names}

    def term(self, name: str) -> Term:
        """Return the numbers of one term; UnknownValueError if it is not in `names`."""
        slopes = self.slopes
        if name in slopes:
            fit, at = slopes[name]
            return fit.term(at, self.level)
        known = self._drawn_on(SCALES)
        if name not in known:
            raise UnknownValueError.for_choice("term", name, self.names)
        drawn = self._drawn(known[name])
        return bootstrapped(drawn[1], drawn[0], limits(*drawn))

    @property
    def cautions(self) -> tuple[str, ...]:
        """Warnings for the reader, as sentences; none for an ordinary model."""
        from smcm.analysis.cautions import on_one_sample  # noqa: PLC0415 (sentences)

        return on_one_sample(self)

    def ranks(self, drawn: IndirectTerm) -> tuple[int, int]:
        """Places of the limits of a term among its sorted draws, counted from 1."""
        return limit_ranks(*self._drawn(drawn))

    def to_process_text(self) -> str:
        """Write the model in the blocks of PROCESS; short for `smcm.process_text`."""
        import smcm  # noqa: PLC0415 (the package's public name; see CONTRIBUTING)

        return smcm.process_text(self)

    def _drawn_on(self, scales: Iterable[str]) -> dict[str, IndirectTerm]:
        first, *more = (self.indirect_terms(scale) for scale in scales)
        terms = (*first, *self.contrasts, *chain.from_iterable(more))
        return {term.name: term for term in terms}

    def _drawn(
        self, term: IndirectTerm
    ) -> tuple[Array, float, float, str, Array | None]:
        """Draws, estimate, level, kind and jackknife that limits are read from."""
        estimate = float(term.of(self.paths.effects)[0])
        left_out = None if self.jackknife is None else term.of(self.jackknife)
        return term.of(self.draws), estimate, self.level, self.ci, left_out

    def _as_given(self, values: OfEach) -> ByMediator:
        """Give a number where the mediator was named alone, else a dict by mediator."""
        return self._by_mediator(values) if self.spec.listed else values

    def _by_mediator(self, values: OfEach) -> dict[str, float]:
        each = map(float, np.atleast_1d(values))
        return dict(zip(self.spec.mediators, each, strict=True))


ParallelResult = MediationResult  # the name that several mediators once had
