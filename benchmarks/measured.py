"""Measure programs, and keep a row for each program and task in a file."""

import csv
import os
import platform
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import TypeVar

from smcm.chapters.validation.speed import Timing

T = TypeVar("T")


COLUMNS = tuple(field.name for field in fields(Timing))


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


def write(rows: Iterable[Timing], path: Path) -> None:
    """Keep the rows, with today's date and this machine."""
    today, here = f"{datetime.now(UTC):%Y-%m-%d}", machine()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in rows:
            kept = asdict(replace(row, date=today, machine=here))
            writer.writerow({name: _cell(value) for name, value in kept.items()})


def _cell(value: object) -> object:
    if value is None:
        return ""
    return f"{value:.4g}" if isinstance(value, float) else value
