"""How much was compared with outside numbers, and how close it came."""

from pathlib import Path

from smcm.paths import VALIDATION
from smcm.report import format as fmt
from smcm.report.prose.speed import speed_phrases
from smcm.report.validation import (
    CERTIFIED,
    Outside,
    read_faults,
    read_outside,
    read_reproduced,
)

VARIED = {
    "workers": "with {} workers",
    "threads": "with {} threads of linear algebra",
    "kernels": "with the code of OpenBLAS for the processor at hand and for {}",
}
THE_SAME = {
    "cells": "imputed cells under each kind of code",
    "files": "files of a book that was built twice from nothing",
}


def validated(folder: Path = VALIDATION) -> dict[str, str]:
    """Quote what the tests have kept.

    Returns
    -------
    dict of str to str
        Finished strings by name, as `smcm.report.prose.quoted` has them.
    """
    found = read_outside(folder)
    faults = read_faults(folder)
    return {
        "outside_count": fmt.whole(sum(part.n for part in found)),
        "outside_sources": fmt.spelled(len({part.source for part in found})),
        "outside_same": _same(found),
        "outside_simulated": _simulated(found),
        "outside_method": _method(found),
        "nist_digits": _nist(found),
        "fault_tests": fmt.whole(sum(faults.values())),
        "fault_kinds": fmt.spelled(len(faults)),
        **speed_phrases(folder),
        "again_numbers": _again_numbers(folder),
        "again_files": _again_files(folder),
    }


def _farthest(found: tuple[Outside, ...], measure: str) -> tuple[Outside, int]:
    """Kind with the largest distance, and how many numbers are measured so."""
    parts = [p for p in found if p.measure == measure and p.source != CERTIFIED]
    return max(parts, key=lambda p: p.largest), sum(p.n for p in parts)


def _same(found: tuple[Outside, ...]) -> str:
    part, n = _farthest(found, "relative")
    return (
        f"On the study's own analyses {fmt.whole(n)} numbers can be set against "
        "another program's as shares of it; "
        f"the farthest is {fmt.magnitude(part.largest)} away ({_named(part)})."
    )


def _simulated(found: tuple[Outside, ...]) -> str:
    part, n = _farthest(found, "errors")
    return (
        f"Where both sides draw at random, on {fmt.whole(n)} numbers, the farthest "
        f"lies {fmt.number(part.largest, 1)} standard errors away; it is one of "
        f"{fmt.whole(part.n)} from {part.source}, and the largest of so many is "
        "expected to lie some way out."
    )


def _method(found: tuple[Outside, ...]) -> str:
    part, n = _farthest(found, "method")
    return (
        f"{fmt.whole(n)} numbers of {part.source} come from another estimator, and "
        f"are up to {fmt.number(part.largest, 3)} away."
    )


def _nist(found: tuple[Outside, ...]) -> str:
    parts = [p for p in found if p.source == CERTIFIED and p.measure == "relative"]
    least, most = (pick(parts, key=lambda p: p.digits) for pick in (min, max))
    return (
        f"from {fmt.number(least.digits, 1)} digits ({least.what}) to "
        f"{fmt.number(most.digits, 1)} ({most.what})"
    )


def _again_numbers(folder: Path) -> str:
    kept = read_reproduced(folder)
    parts = [kept[what] for what in VARIED if what in kept]
    if not parts:
        return "Whether numbers stay the same elsewhere is not kept with this edition."
    farthest = max(part.largest for part in parts)
    told = fmt.listed(VARIED[p.what].format(fmt.listed(p.ways)) for p in parts)
    apart = (
        "all numbers were the same"
        if farthest == 0.0
        else f"no number moved by more than {fmt.magnitude(farthest)} of itself"
    )
    return f"The study was computed {told}; {apart}."


def _again_files(folder: Path) -> str:
    kept = read_reproduced(folder)
    told = [
        f"{fmt.whole(kept[what].n)} {words}"
        for what, words in THE_SAME.items()
        if what in kept
    ]
    if not told:
        return "Whether files stay the same is not kept with this edition."
    return f"The same to the last bit were {fmt.listed(told)}."


def _named(part: Outside) -> str:
    return f"{part.source}: {part.what}"
