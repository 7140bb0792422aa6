"""How long ours takes beside other programs, from what a benchmark has kept."""

from pathlib import Path

from smcm.paths import VALIDATION
from smcm.report import format as fmt
from smcm.report.speed import (
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

NONE = (
    "No time is kept with this edition; the programs of the folder benchmarks measure "
    "and print them on the machine at hand."
)
NAMED = {
    "eight models": "all of the eight models",
    "one model": "one of the eight models",
    "imputation": "the imputation",
    "power": "the simulation of power",
}


def speed_phrases(folder: Path = VALIDATION) -> dict[str, str]:
    """Quote the times; without any, one sentence says so and the others are a dash."""
    timings = read_speed(folder)
    found = {
        "speed_sentence": NONE,
        "speed_agreement": "—",
        "speed_reckoned": "—",
        "speed_peak": "—",
    }
    if not timings:
        return found
    told = {
        "speed_sentence": _ours(timings),
        "speed_agreement": _agreement(timings),
        "speed_reckoned": _reckoned(timings),
        "speed_peak": _peak(timings),
    }
    return {name: told[name] or nothing for name, nothing in found.items()}


def _ours(timings: tuple[Timing, ...]) -> str:
    parts = []
    for task in TASKS:
        own = of_task(timings, task).get(OURS)
        if own is None:
            continue
        others = {
            program: ratio
            for program, ratio in ratios(timings, task).items()
            if of_task(timings, task)[program].version != own.version
        }
        beside = ""
        if others:
            quick, slow = min(others, key=others.get), max(others, key=others.get)  # type: ignore[arg-type]
            beside = f", {_times(others[quick])} as long in {quick}"
            if slow != quick:
                beside += f" and {_times(others[slow])} in {slow}"
        seconds = fmt.significant(own.seconds)
        parts.append(f"{NAMED[task]} took {seconds} s{beside}")
    if not parts:
        return ""
    first, *rest = parts
    further = "".join(f" {part[0].upper()}{part[1:]}." for part in rest)
    return f"In CPU time, {first}.{further}"


def _times(ratio: float) -> str:
    return f"{fmt.significant(ratio, 3)} times"


def _agreement(timings: tuple[Timing, ...]) -> str:
    paths = [t.apart for t in timings if t.apart is not None]
    limits = [t.limits_apart for t in timings if t.limits_apart is not None]
    if not paths or not limits:
        return ""
    return (
        "The programs agree: a, b and ab are the same to within "
        f"{fmt.magnitude(max(paths))} of their size, and no limit lies more than "
        f"{fmt.number(max(limits), 1)} standard errors of simulation from ours."
    )


def _reckoned(timings: tuple[Timing, ...]) -> str:
    part = [t for t in timings if t.share < 1.0]
    if not part:
        return "Every task was run whole."
    told = fmt.listed(
        f"{t.program} ({NAMED[t.task]}, {fmt.percent(100.0 * t.share, 1)})"
        for t in part
    )
    return f"Of slow programs a part was run and the rest reckoned: {told}."


def _peak(timings: tuple[Timing, ...]) -> str:
    own = of_task(timings, MODELS[0])
    side = peak_rate(timings)
    if not {OURS, BCA} <= own.keys() or not side > 0.0:
        return ""
    share = fmt.percent(100.0 * own[OURS].rate / side)
    more = fmt.percent(100.0 * (own[BCA].seconds / own[OURS].seconds - 1.0))
    return (
        f"The fastest matrix product of this machine does {fmt.whole(side)} billion "
        f"operations a second. The eight models use {share} of that, standard errors, "
        f"limits and tests included; BCa limits add {more} of their time."
    )
