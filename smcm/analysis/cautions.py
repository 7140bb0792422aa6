"""What a reader of a mediation model has to be warned of, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from warnings import warn

import numpy as np

from smcm.errors import ModelWarning
from smcm.stats.draw_limits import draws_needed
from smcm.stats.ols import Array, LinearFit

TwoValued = Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Names of the columns of a model.

    Attributes
    ----------
    x, y : str
    mediators : tuple of str
    two_valued : mapping of str to (float, float)
        Those of x, mediators and y that have two values only -> the two values.
    """

    x: str
    mediators: tuple[str, ...]
    y: str
    two_valued: TwoValued

    @property
    def process_has_it(self) -> bool:
        """Whether PROCESS fits the same model: only of x may there be two values."""
        return not {self.y, *self.mediators} & set(self.two_valued)

    @property
    def scales(self) -> tuple[str, ...]:
        """Scales on which an indirect effect has a meaning: of "", "ps" and "cs".

        Per SD of y means nothing where y has two values, nor per SD of x where x has.
        """
        if self.y in self.two_valued:
            return ("",)
        return ("", "ps") if self.x in self.two_valued else ("", "ps", "cs")

    @property
    def notes(self) -> tuple[str, ...]:
        """Say what is left out where x has two values, which is no fault of a model."""
        if self.x not in self.two_valued or self.y in self.two_valued:
            return ()
        return (
            f"The predictor {self.shown(self.x)}. Completely standardized effects are "
            "left out, since an SD of such a predictor means little; partially "
            "standardized effects are SDs of Y per unit of X.",
        )

    def shown(self, name: str) -> str:
        """Say that a column has two values, and which."""
        low, high = self.two_valued[name]
        return f"{name} has two values ({low:g} and {high:g})"


def two_valued(columns: Mapping[str, Array]) -> dict[str, tuple[float, float]]:
    """Find the columns with two values: name -> the lower and the higher value."""
    found = {}
    for name, values in columns.items():
        low, high = float(values.min()), float(values.max())
        if low < high and bool(((values == low) | (values == high)).all()):
            found[name] = (low, high)
    return found


def warn_of(cautions: Sequence[str], stacklevel: int = 3) -> None:
    """Warn whoever called the caller of each of some sentences."""
    for sentence in cautions:
        warn(sentence, ModelWarning, stacklevel=stacklevel)


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
