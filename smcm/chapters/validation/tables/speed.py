"""Tables of the time of programs, and of ours as its tasks grow."""

from collections.abc import Sequence
from math import isfinite
from pathlib import Path

import pandas as pd

from smcm.chapters.validation.speed import (
    GROWING,
    OURS,
    TASKS,
    Timing,
    of_task,
    peak_rate,
    ratios,
    read_speed,
)
from smcm.paths import VALIDATION
from smcm.report import format as fmt
from smcm.report.show import Table

NOTHING = "—"
SIZE = {
    "eight models": "{n} cases, {resamples} resamples each",
    "one model": "{n} cases, {resamples} resamples",
    "imputation": "{n} clients, {resamples} sets",
    "power": "{models} samples of {n} cases, {resamples} resamples each",
}


def speed(folder: Path = VALIDATION) -> Table:
    """Lay out programs by task: ours, then the others from the fastest."""
    timings = read_speed(folder)
    rows = [row for task in TASKS for row in _task(timings, task)]
    return Table(
        pd.DataFrame(rows or [_row(NOTHING, NOTHING, None, None)]),
        name="tab-speed",
        caption="Time of several programs for the same tasks",
        notes=(
            "*Part run*: part of the task that was run, where the time of the whole "
            "was extrapolated from it. *Paths*: largest relative difference of a, b "
            "and ab from ours. *Limits*: largest difference of the limits of ab "
            "from ours, in standard errors of simulation of both. Blank: not compared.",
            *_circumstances(timings),
        ),
        align=("left", "left", *("right",) * 6),
        wide=True,
    )


def _task(timings: tuple[Timing, ...], task: str) -> list[dict[str, str]]:
    found, ratio = of_task(timings, task), ratios(timings, task)
    order = sorted(found.values(), key=lambda t: (t.program != OURS, t.seconds))
    names = [_sized(t) if k == 0 else "" for k, t in enumerate(order)]
    return [
        _row(name, fmt.cell(t.program), t, ratio.get(t.program))
        for name, t in zip(names, order, strict=True)
    ]


def _sized(timing: Timing) -> str:
    sizes = {k: fmt.whole(getattr(timing, k)) for k in ("n", "models", "resamples")}
    task = timing.task[0].upper() + timing.task[1:]
    return f"{task}: {SIZE[timing.task].format(**sizes)}"


def _row(
    task: str, program: str, timing: Timing | None, ratio: float | None
) -> dict[str, str]:
    apart = None if timing is None else timing.apart
    limits = None if timing is None else timing.limits_apart
    return {
        "Task": task,
        "Program": program,
        "CPU s": NOTHING if timing is None else fmt.significant(timing.seconds),
        "Wall s": NOTHING if timing is None else fmt.significant(timing.wall),
        "Ratio to ours": NOTHING if ratio is None else fmt.significant(ratio, 3),
        "Part run": _share(timing),
        "Paths": "" if apart is None else fmt.magnitude(apart),
        "Limits": "" if limits is None else fmt.number(limits, 1),
    }


def _share(timing: Timing | None) -> str:
    if timing is None or timing.share == 1.0:
        return "" if timing else NOTHING
    return fmt.percent(100.0 * timing.share, 1)


def _circumstances(timings: Sequence[Timing]) -> tuple[str, ...]:
    """Say where and when it was measured, and with which versions."""
    if not timings:
        return ()
    versions = {t.program: t.version for t in timings if t.task in TASKS}
    ours = versions.get(OURS, "")
    others = [f"{p} {v}" for p, v in versions.items() if v != ours]
    busy = sorted(t.load for t in timings)
    machines = fmt.listed(sorted({t.machine for t in timings}))
    dates = fmt.listed(sorted({t.date for t in timings}))
    told = (
        f"Measured on {dates} on this machine: {machines}, with a load between "
        f"{fmt.number(busy[0], 1)} and {fmt.number(busy[-1], 1)}, including the "
        "benchmark, and one thread of linear algebra."
    )
    listed = "; ".join([f"{OURS} {ours}", *others])
    return (fmt.cell(told), f"Versions: {fmt.cell(listed)}.")


def speed_growth(folder: Path = VALIDATION) -> Table:
    """Lay out what our bootstrap costs as cases, resamples and models increase."""
    timings = read_speed(folder)
    side = peak_rate(timings)
    rows = [
        _grown(t, side, first=k == 0)
        for task in GROWING
        for k, t in enumerate(t for t in timings if t.task == task)
    ]
    nothing = dict.fromkeys(
        ("Varied", "Cases", "Resamples", "Models", "CPU s", "Share of peak"), NOTHING
    )
    return Table(
        pd.DataFrame(rows or [nothing]),
        name="tab-speed-growth",
        caption="Time of our bootstrap by cases, resamples and models",
        notes=(
            "Simulated data, nine covariates, models that share predictor and "
            "mediator. *Share of peak*: operations of the matrix product alone per CPU "
            "second of the whole bootstrap, over the rate of the fastest product of "
            "two large matrices on the same machine.",
        ),
    )


def _grown(timing: Timing, side: float, *, first: bool) -> dict[str, str]:
    share = 100.0 * timing.rate / side
    return {
        "Varied": timing.task if first else "",
        "Cases": fmt.whole(timing.n),
        "Resamples": fmt.whole(timing.resamples),
        "Models": fmt.whole(timing.models),
        "CPU s": fmt.significant(timing.seconds),
        "Share of peak": fmt.percent(share) if isfinite(share) else NOTHING,
    }
