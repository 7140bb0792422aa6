"""Facts of the chapter on PROCESS: the numbers that its text points at."""

from dataclasses import dataclass

from smcm.chapters.process.model import ShownModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """A term of the model as the output shows it.

    Attributes
    ----------
    estimate, low, high : float
    """

    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessFacts:
    """One model in the format of PROCESS.

    Attributes
    ----------
    title : str
        Of the model.
    x, m, y : str
        Columns of its variables.
    covariates, n, seed : int
        How many covariates and clients; seed of the draws.
    a, b, direct, total, indirect : Effect
    results : Effect
        The indirect effect on the resamples of the results.
    largest : float
        The largest difference between the limits of `indirect` and of `results`.
    agrees : bool
        Whether both intervals lead to the same conclusion about zero.
    """

    title: str
    x: str
    m: str
    y: str
    covariates: int
    n: int
    seed: int
    a: Effect
    b: Effect
    direct: Effect
    total: Effect
    indirect: Effect
    results: Effect
    largest: float
    agrees: bool


def process_facts(found: ShownModel) -> ProcessFacts:
    """Gather them."""
    fit, before = found.fit, found.of_study
    pairs = zip(fit.limits(), before.mediation.limits(), strict=True)
    return ProcessFacts(
        title=before.model.title,
        x=fit.spec.x,
        m=fit.spec.m,
        y=fit.spec.y,
        covariates=len(fit.spec.covariates),
        n=fit.n,
        seed=fit.seed,
        a=_effect(found, "a"),
        b=_effect(found, "b"),
        direct=_effect(found, "direct"),
        total=_effect(found, "total"),
        indirect=_effect(found, "indirect"),
        results=Effect(
            estimate=before.term("indirect").estimate,
            low=before.term("indirect").ci_low,
            high=before.term("indirect").ci_high,
        ),
        largest=max(abs(one - other) for one, other in pairs),
        agrees=fit.excludes_zero == before.excludes_zero,
    )


def _effect(found: ShownModel, name: str) -> Effect:
    term = found.fit.term(name)
    return Effect(estimate=term.estimate, low=term.ci_low, high=term.ci_high)
