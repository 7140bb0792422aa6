"""The facts about time: ours beside other programs, as a benchmark has kept them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from smcm.chapters.validation.speed import (
    BCA,
    MODELS,
    OURS,
    TASKS,
    Timing,
    of_task,
    peak_rate,
    ratios,
    read_speed,
)
from smcm.paths import VALIDATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Another program, and its CPU time over ours."""

    program: str
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Our CPU time for one task.

    Attributes
    ----------
    name : {"eight models", "one model", "imputation", "power"}
    seconds : float
    others : tuple of Beside
        The quickest and the slowest of the other programs; one or none where there
        are no more.
    """

    name: str
    seconds: float
    others: tuple[Beside, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far other programs' results are from ours.

    Attributes
    ----------
    paths : float
        Of a, b and ab, as a share of ours.
    limits : float
        Of the limits of ab, in standard errors of simulation.
    """

    paths: float
    limits: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A program that ran a part of a task; `share` is that part, 0 to 1."""

    program: str
    task: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """Our rate beside that of the fastest matrix product.

    Attributes
    ----------
    rate : float
        Of that product, in billions of operations a second.
    share : float
        Ours for the eight models over that rate.
    bca : float
        What BCa limits add to our time, as a share of it.
    """

    rate: float
    share: float
    bca: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedFacts:
    """The times that are kept.

    Attributes
    ----------
    tasks : tuple of Task
    agreement : Agreement or None
    partial : tuple of Partial
    peak : Peak or None
        None where it was not measured.
    """

    tasks: tuple[Task, ...]
    agreement: Agreement | None
    partial: tuple[Partial, ...]
    peak: Peak | None


def speed_facts(folder: Path = VALIDATION) -> SpeedFacts | None:
    """Gather them; None where a benchmark has kept no time."""
    timings = read_speed(folder)
    if not timings:
        return None
    return SpeedFacts(
        tasks=tuple(
            _task(timings, task) for task in TASKS if OURS in of_task(timings, task)
        ),
        agreement=_agreement(timings),
        partial=tuple(
            Partial(program=t.program, task=t.task, share=t.share)
            for t in timings
            if t.share < 1.0
        ),
        peak=_peak(timings),
    )


def _task(timings: tuple[Timing, ...], task: str) -> Task:
    found = of_task(timings, task)
    own = found[OURS]
    others = {
        program: ratio
        for program, ratio in ratios(timings, task).items()
        if found[program].version != own.version
    }
    return Task(name=task, seconds=own.seconds, others=tuple(_ends(others)))


def _ends(others: Mapping[str, float]) -> Sequence[Beside]:
    """Take the quickest and the slowest."""
    ranked = sorted(others.items(), key=lambda item: item[1])
    ends = ranked if len(ranked) < 2 else [ranked[0], ranked[-1]]
    return [Beside(program=program, ratio=ratio) for program, ratio in ends]


def _agreement(timings: tuple[Timing, ...]) -> Agreement | None:
    paths = [t.apart for t in timings if t.apart is not None]
    limits = [t.limits_apart for t in timings if t.limits_apart is not None]
    if not paths or not limits:
        return None
    return Agreement(paths=max(paths), limits=max(limits))


def _peak(timings: tuple[Timing, ...]) -> Peak | None:
    own, rate = of_task(timings, MODELS[0]), peak_rate(timings)
    if not {OURS, BCA} <= own.keys() or not rate > 0.0:
        return None
    return Peak(
        rate=rate,
        share=own[OURS].rate / rate,
        bca=own[BCA].seconds / own[OURS].seconds - 1.0,
    )
