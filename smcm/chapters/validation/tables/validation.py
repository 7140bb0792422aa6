"""Tables of outside comparisons, repeated computations and planted faults."""

import pandas as pd

from smcm.chapters.validation.validation import (
    CERTIFIED,
    MOST_DIGITS,
    Outside,
    joined,
    read_faults,
    read_outside,
    read_reproduced,
)
from smcm.report import format as fmt
from smcm.report.show import Align, Table

MEASURES = {
    "relative": "relative",
    "absolute": "absolute",
    "errors": "standard errors",
    "method": "absolute, other method",
}
VARIED = {
    "workers": "Workers of a rerun",
    "threads": "Threads of linear algebra",
    "kernels": "OpenBLAS code for other processors",
    "cells": "OpenBLAS code for other processors, imputation",
    "files": "Folder, time zone, language and workers of a build",
}
COUNTED = {"cells": "cells", "files": "files"}
ALIGN: tuple[Align, ...] = ("left", "left", "right", "left", "right", "right")


def outside() -> Table:
    """Lay out the outside numbers by source, with the largest differences."""
    rows = [_outside(part) for part in _certified_joined(read_outside())]
    total = fmt.whole(sum(part.n for part in read_outside()))
    rows.append(dict.fromkeys(rows[0], "") | {"Source": "All", "Numbers": total})
    return Table(
        pd.DataFrame(rows),
        name="tab-outside",
        caption="Comparison with numbers computed by others",
        notes=(
            "*Tolerance*: the largest difference that the tests allow. *Relative*: as "
            "a share of the other number. *Standard errors*: of the difference, where "
            "both sides use random draws. *Other method*: another estimator of the "
            "same quantity.",
        ),
        align=ALIGN,
        wide=True,
    )


def _certified_joined(found: tuple[Outside, ...]) -> list[Outside]:
    certified = [part for part in found if part.source == CERTIFIED]
    others = [part for part in found if part.source != CERTIFIED]
    together = [
        joined([part for part in certified if part.measure == measure], what)
        for measure, what in (
            ("relative", "certified values, by data set in the next table"),
            ("absolute", "certified values that are zero"),
        )
    ]
    return [*together, *others]


def _outside(part: Outside) -> dict[str, str]:
    return {
        "Source": f"{part.source} {part.version}".strip(),
        "What": fmt.cell(part.what),
        "Numbers": fmt.whole(part.n),
        "Measure": MEASURES[part.measure],
        "Largest difference": _distance(part, part.largest),
        "Tolerance": _distance(part, part.tolerance),
    }


def _distance(part: Outside, value: float) -> str:
    if part.measure == "errors":
        return fmt.number(value, 1)
    return fmt.magnitude(value)


def _near_zero(largest: float) -> str:
    """Say how near to a certified zero the numbers came."""
    return f"within {fmt.magnitude(largest)} of zero" if largest else "exactly zero"


def nist() -> Table:
    """Lay out how many certified digits agree, by data set."""
    rows = [
        {
            "Data set": fmt.cell(part.what),
            "Numbers": fmt.whole(part.n),
            "Digits that agree": fmt.number(part.digits, 1)
            if part.measure == "relative"
            else _near_zero(part.largest),
        }
        for part in read_outside()
        if part.source == CERTIFIED
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-nist",
        caption="Agreement with certified values of NIST",
        notes=(
            "*Digits that agree*: minus the decimal logarithm of the largest relative "
            f"difference. Certified values have {fmt.whole(MOST_DIGITS)} digits.",
        ),
    )


def reproduced() -> Table:
    """Lay out what was computed again, with what varied, and the largest difference."""
    kept = read_reproduced()
    rows = [
        {
            "Varied": VARIED[what],
            "Variants": fmt.cell(", ".join(kept[what].ways)),
            "Compared": f"{fmt.whole(kept[what].n)} {COUNTED.get(what, 'numbers')}",
            "Largest difference": fmt.magnitude(kept[what].largest),
        }
        for what in VARIED
        if what in kept
    ]
    return Table(
        pd.DataFrame(
            rows, columns=["Varied", "Variants", "Compared", "Largest difference"]
        ),
        name="tab-reproduced",
        caption="Computations repeated under other conditions",
        notes=(
            "*Largest difference*: relative; 0 where nothing differed. The OpenBLAS "
            "code for several processors, named as OpenBLAS names it, was run on one "
            "machine.",
        ),
        align=("left", "left", "right", "right"),
    )


def faults() -> Table:
    """Lay out how many tests plant each kind of fault."""
    kinds = read_faults()
    counts = {**kinds, "all": sum(kinds.values())}
    return Table(
        pd.DataFrame(
            [
                {"Fault": fmt.cell(kind[0].upper() + kind[1:]), "Tests": fmt.whole(n)}
                for kind, n in counts.items()
            ]
        ),
        name="tab-faults",
        caption="Faults planted by tests",
        notes=(
            "Each test plants one or more faults and requires a refusal that names "
            "them or, for a disturbed rerun, the results of an undisturbed one. A few "
            "plant none and check that nothing is refused needlessly.",
        ),
    )
