"""The regressions of a mediation model with the names of their terms."""

from dataclasses import dataclass

from smcm.analysis.mediation_result import MediationResult
from smcm.stats.terms import LinearFit


@dataclass(frozen=True, slots=True)
class Equation:
    """One regression of the model with the names of its terms.

    Attributes
    ----------
    key : str
        ``"mediator"`` (with several, ``"mediator:"`` and its name), ``"outcome"`` or
        ``"total"``.
    outcome : str
    places : dict
        Name of a term -> its place in `fit`; the constant first, then x, the
        mediators and the covariates, which is PROCESS's order.
    fit : LinearFit
    """

    key: str
    outcome: str
    places: dict[str, int]
    fit: LinearFit


def equations(result: MediationResult) -> tuple[Equation, ...]:
    """Name the terms of every regression: to the mediators, to y, and the total."""
    spec, paths, names = result.spec, result.paths, result.spec.mediators
    rest = {name: 2 + k for k, name in enumerate(spec.covariates)}
    without = {"constant": 0, spec.x: 1} | rest
    after = len(names)
    through = {
        "constant": 0,
        spec.x: 1 + after,
        **{name: 1 + k for k, name in enumerate(names)},
        **{name: place + after for name, place in rest.items()},
    }
    keys = ["mediator"] if after == 1 else [f"mediator:{name}" for name in names]
    return (
        *(
            Equation(key, name, without, fit)
            for key, name, fit in zip(keys, names, paths.to_mediators, strict=True)
        ),
        Equation("outcome", spec.y, through, paths.to_outcome),
        Equation("total", spec.y, without, paths.to_total),
    )
