"""What is kept of trying observed and true means of teams."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from smcm.paths import VALIDATION
from smcm.stats.latent_trial import Tried, Truth

KEPT = VALIDATION / "team_means.csv"  # written by benchmarks/team_means.py
OF_TRUTH = ("icc", "between", "within", "cause", "outcome_icc")
COUNTS = ("teams", "n")
FOUND = (
    *("observed", "observed_covers", "latent", "latent_covers"),
    *("not_estimated", "unbounded"),
)
COLUMNS = (*COUNTS, *OF_TRUTH, *FOUND)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A share with its error by simulation, both from 0 to 1."""

    share: float
    error: float

    @classmethod
    def of(cls, share: float, n: int) -> "Coverage":
        """Take the error from the number of samples."""
        return cls(share, float(np.sqrt(share * (1.0 - share) / n)))


def trial_row(tried: Tried) -> dict[str, str]:
    """Give one row of the file, by `COLUMNS`."""
    truth = {name: f"{getattr(tried.truth, name):g}" for name in OF_TRUTH}
    found = {name: f"{getattr(tried, name):.4g}" for name in FOUND}
    return {"teams": str(tried.teams), "n": str(tried.n), **truth, **found}


def read_trials(path: Path = KEPT) -> tuple[Tried, ...]:
    """Read what is kept; nothing where nothing is."""
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_tried(row) for row in csv.DictReader(file))


def _tried(row: dict[str, str]) -> Tried:
    return Tried(
        teams=int(row["teams"]),
        n=int(row["n"]),
        truth=Truth(**{name: float(row[name]) for name in OF_TRUTH}),
        **{name: float(row[name]) for name in FOUND},
    )
