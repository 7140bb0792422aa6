"""What a benchmark has kept of the time that programs take for the same tasks."""

import csv
from dataclasses import dataclass, fields
from pathlib import Path

from smcm.paths import VALIDATION

SPEED = "speed.csv"  # written by benchmarks/measured.py; not there before it is run
OURS, BCA, DRAWS = "smcm", "smcm, BCa limits", "smcm, draws alone"
PRODUCT = "bare matrix product"
MODELS, PEAK = ("eight models", "one model"), "peak"
TASKS = (*MODELS, "imputation", "power")
GROWING = ("cases", "resamples", "models")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Time of one program for one task; start, imports and reading are not in it.

    Attributes
    ----------
    task, program, version : str
    n, models, resamples : int
        Cases; models or samples fitted to as many; resamples or sets for each.
    share : float
        Of the task, what was run; below 1 where the rest is extrapolated.
    repeats : int
        Runs of which the medians are given.
    seconds, wall : float
        CPU and wall seconds of the whole task.
    gflop : float or None
        Billions of operations in the matrix product.
    apart : float or None
        Largest difference of a, b and ab from ours, as a share of ours.
    limits_apart : float or None
        Largest difference of the limits of ab, in standard errors of simulation.
    load : float
        Load of the machine over the last minute, the benchmark included.
    date, machine : str
        Empty until the times are kept.
    """

    task: str
    program: str
    version: str
    n: int
    models: int
    resamples: int
    share: float
    repeats: int
    seconds: float
    wall: float
    gflop: float | None = None
    apart: float | None = None
    limits_apart: float | None = None
    load: float = 0.0
    date: str = ""
    machine: str = ""

    @property
    def rate(self) -> float:
        """Billions of operations in a CPU second; NaN where none are counted."""
        return float("nan") if self.gflop is None else self.gflop / self.seconds


def read_speed(folder: Path = VALIDATION) -> tuple[Timing, ...]:
    """Read the times that a benchmark has kept; none before one has."""
    path = folder / SPEED
    if not path.exists():
        return ()
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_timing(row) for row in csv.DictReader(file))


def _timing(row: dict[str, str]) -> Timing:
    values: dict[str, str | int | float | None] = {}
    for field in fields(Timing):
        text = row[field.name]
        if field.type is str:
            values[field.name] = text
        elif field.type is int:
            values[field.name] = int(text)
        else:
            values[field.name] = float(text) if text else None
    return Timing(**values)  # type: ignore[arg-type]


def of_task(timings: tuple[Timing, ...], task: str) -> dict[str, Timing]:
    """Pick the times of a task by program, in the order in which they were kept."""
    return {timing.program: timing for timing in timings if timing.task == task}


def ratios(timings: tuple[Timing, ...], task: str) -> dict[str, float]:
    """CPU seconds of each program over ours."""
    found = of_task(timings, task)
    if OURS not in found:
        return {}
    return {name: t.seconds / found[OURS].seconds for name, t in found.items()}


def peak_rate(timings: tuple[Timing, ...]) -> float:
    """Rate of the fastest matrix product; NaN where it was not measured."""
    return max((t.rate for t in timings if t.task == PEAK), default=float("nan"))
