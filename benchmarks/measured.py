"""What a benchmark has measured: one row for each program and task, and the file."""

import csv
import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Time that one program took for one task.

    Attributes
    ----------
    task, program, version : str
    n, models : int
        Cases, and models or simulated samples fitted.
    resamples : int
        Resamples for each of them, or sets of imputations.
    share : float
        Of the task, what was run; under 1 where the times are reckoned from a part.
    repeats : int
        Runs of which the medians are taken.
    seconds, wall : float
        CPU and wall seconds of the whole task, start and imports not counted.
    gflop : float or None
        Billions of floating-point operations in the matrix product.
    apart : float or None
        Largest difference of a, b and ab from ours, as a share of ours.
    limits_apart : float or None
        Largest difference of the bootstrap limits from ours, in standard errors of
        simulation.
    load : float
        Load of the machine over the last minute, the benchmark included.
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


COLUMNS = (*(field.name for field in fields(Measured)), "date", "machine")


@dataclass(frozen=True, slots=True)
class Spent:
    """Medians of CPU and wall seconds over some repeats."""

    cpu: float
    wall: float
    repeats: int

    def of(self, share: float) -> "Spent":
        """Reckon the whole from a share that was run."""
        return Spent(self.cpu / share, self.wall / share, self.repeats)


def timed(call: Callable[[], T], repeats: int) -> tuple[T, Spent]:
    """Return the last result, and what the calls took."""
    cpu, wall = [], []
    for _ in range(repeats):
        start, began = time.process_time(), time.perf_counter()
        result = call()
        cpu.append(time.process_time() - start)
        wall.append(time.perf_counter() - began)
    return result, Spent(median(cpu), median(wall), repeats)


def load() -> float:
    """Load of the machine over the last minute."""
    return round(os.getloadavg()[0], 1)


def machine() -> str:
    """Name processor, cores and system."""
    names = [
        line.partition(":")[2].strip()
        for line in _lines(Path("/proc/cpuinfo"))
        if line.startswith(("model name", "cpu MHz"))
    ]
    processor = names[0] if names else platform.processor() or platform.machine()
    speed = f" at {float(names[1]) / 1000:.1f} GHz" if len(names) > 1 else ""
    cores = len(os.sched_getaffinity(0))
    return f"{processor}{speed}, {cores} cores, {platform.system()}"


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def write(rows: Iterable[Measured], path: Path) -> None:
    """Keep the rows, with today's date and this machine."""
    stamp = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "machine": machine()}
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow({k: _cell(v) for k, v in (asdict(row) | stamp).items()})


def _cell(value: object) -> object:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else value
