"""What a reader of a mediation model has to be warned of, in sentences."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING
from warnings import warn

import numpy as np

from smcm.analysis.result import Parts
from smcm.errors import ModelWarning
from smcm.stats.draw_limits import draws_needed, inside, percentile_ranks
from smcm.stats.terms import LinearFit

if TYPE_CHECKING:
    from smcm.analysis.mediation_result import MediationResult
    from smcm.analysis.pooled_result import PooledResult


def warn_of(cautions: Sequence[str], stacklevel: int = 3) -> None:
    """Warn whoever called the caller of each of some sentences."""
    for sentence in cautions:
        warn(sentence, ModelWarning, stacklevel=stacklevel)


def on_one_sample(result: "MediationResult") -> tuple[str, ...]:
    """Gather what a model fitted on one sample needs to be warned of."""
    size, spec, paths = result.draws.direct.size, result.spec, result.paths
    at_ends = [
        name
        for name, term in result.drawn_terms.items()
        if not inside(result.ranks(term), size)
    ]
    rest = (spec.x, *spec.covariates)
    equations = (
        *((fit, ("constant", *rest)) for fit in paths.to_mediators),
        (paths.to_outcome, ("constant", *spec.mediators, *rest)),
    )
    return tuple(
        chain(
            of_two_values(result.parts),
            of_few_draws(at_ends, size, result.level),
            of_missing_errors(equations),
        )
    )


def on_sets(result: "PooledResult") -> tuple[str, ...]:
    """Gather what a model pooled over completed data sets needs to be warned of."""
    size, level = result.indirect_draws.size, result.level
    few = size and not inside(percentile_ranks(size, level), size)
    drawn = ["the indirect effects"] if few else []
    return (*of_two_values(result.parts), *of_few_draws(drawn, size, level))


def of_two_values(parts: Parts) -> Iterator[str]:
    """Say what least squares is where a variable of the model has two values."""
    if parts.y in parts.two_valued:
        yield (
            f"The outcome {parts.shown(parts.y)}. Least squares make it a linear "
            "probability model: a coefficient is a difference in the mean of the "
            "outcome, which is a probability where the values are 0 and 1. PROCESS "
            "fits a logistic model instead and prints log-odds, no total effect and no "
            "standardized effects; this is not PROCESS output. Take robust errors "
            "(hc3), since the residual variance cannot be constant. Standardized "
            "effects are left out."
        )
    for name in parts.mediators:
        if name in parts.two_valued:
            yield (
                f"The mediator {parts.shown(name)}. Least squares make its equation a "
                "linear probability model: path a is a difference in probability where "
                "the values are 0 and 1. PROCESS stops for such a mediator; this is "
                "not PROCESS output."
            )


def of_few_draws(terms: Sequence[str], n_draws: int, level: float) -> Iterator[str]:
    """Say that limits lie at the ends of the draws; `terms` have such limits."""
    if terms:
        least = draws_needed(level)
        more = f"at least {least:,}" if n_draws < least else "more"
        yield (
            f"{100.0 * level:g}% limits of {', '.join(terms)} are the smallest or the "
            f"largest of {n_draws:,} draws and cannot be trusted: too few draws for "
            f"this level. Take {more} bootstrap samples."
        )


def of_missing_errors(
    equations: Sequence[tuple[LinearFit, Sequence[str]]],
) -> Iterator[str]:
    """Say which coefficients have no robust error; fits with names of their terms."""
    lacking = [
        name
        for fit, names in equations
        for name, error in zip(names, fit.se, strict=True)
        if np.isnan(error)
    ]
    if lacking:
        fit = equations[0][0]
        alone = "one cluster" if fit.n_clusters else "one case"
        yield (
            f"No {fit.se_kind.upper()} standard error exists for "
            f"{', '.join(dict.fromkeys(lacking))}: such a coefficient rests on {alone} "
            "alone, which the model fits exactly and which leaves no residual. Its t, "
            "p and limits are left out."
        )
