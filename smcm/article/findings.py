"""Findings on fidelity and of the models, as the article words them."""

from dataclasses import dataclass

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.cohort.exposure import cohort_totals

APPROACHING = 2.0  # points under high fidelity that still count as approaching it
LEAST_R2_CHANGE = 0.005  # prints as 1%


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a finding in words holds in a run.

    Attributes
    ----------
    holds : bool
    quantity : str
        What the numbers are.
    numbers : tuple of float
        The computed numbers behind the answer.
    """

    holds: bool
    quantity: str
    numbers: tuple[float, ...]


def conclusions(results: tuple[ModelResult, ...]) -> list[tuple[bool, ...]]:
    """Say for each model which paths are significant and whether it is mediated."""
    return [
        (r.a_significant, r.b_significant, r.direct_significant, r.mediated)
        for r in results
    ]


def fidelity_findings(study: Study) -> dict[str, Held]:
    """Say where the teams of the data began, and where those that stayed ended."""
    totals = cohort_totals(study.cohort).groupby("team")["total"]
    high = study.design.exposure.threshold
    first, last = totals.first(), totals.last()
    teams = study.cohort.teams.set_index("team")
    stayed = last[teams["dropped_out"].loc[last.index] == 0]
    return {
        "fid.start": Held(
            bool((first < high).all()), "highest first total", (first.max(),)
        ),
        "fid.end": Held(
            bool((stayed >= high - APPROACHING).all()),
            "lowest last total",
            (stayed.min(),),
        ),
    }
