"""What was compared with what, and which faults were tried."""

import pandas as pd

from smcm.report import format as fmt
from smcm.report.show import Align, Table
from smcm.report.validation import (
    CERTIFIED,
    Outside,
    joined,
    read_faults,
    read_outside,
    read_reproduced,
)

MEASURES = {
    "relative": "relative",
    "absolute": "absolute",
    "errors": "standard errors",
    "method": "absolute, other method",
}
VARIED = {
    "workers": "Workers of a rerun",
    "threads": "Threads of linear algebra",
    "kernels": "Code for other processors",
    "cells": "Code for other processors, imputing",
    "files": "Place, time zone, language, workers of a build",
}
COUNTED = {"cells": "cells", "files": "files"}
ALIGN: tuple[Align, ...] = ("left", "left", "right", "left", "right", "right")


def outside() -> Table:
    """Lay out the outside numbers by source, with the farthest of each kind."""
    rows = [_outside(part) for part in _certified_joined(read_outside())]
    total = fmt.whole(sum(part.n for part in read_outside()))
    rows.append(dict.fromkeys(rows[0], "") | {"Source": "All", "Numbers": total})
    return Table(
        pd.DataFrame(rows),
        name="tab-outside",
        caption="Numbers of others that ours were compared with",
        notes=(
            "Farthest: the largest distance found; allowed: the largest with which the "
            "tests pass. Relative: share of the other number. Standard errors: those "
            "of the difference, where both sides rest on random draws.",
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
            ("relative", "certified values, each set in a table below"),
            ("absolute", "certified values that are zero"),
        )
    ]
    return [*together, *others]


def _outside(part: Outside) -> dict[str, str]:
    return {
        "Source": f"{part.source} {part.version}".strip(),
        "What": fmt.cell(part.what),
        "Numbers": fmt.whole(part.n),
        "Distance": MEASURES[part.measure],
        "Farthest": _distance(part, part.largest),
        "Allowed": _distance(part, part.tolerance),
    }


def _distance(part: Outside, value: float) -> str:
    if part.measure == "errors":
        return fmt.number(value, 1)
    return fmt.magnitude(value)


def nist() -> Table:
    """Lay out how many certified digits come out, set by set."""
    rows = [
        {
            "Data set": fmt.cell(part.what),
            "Numbers": fmt.whole(part.n),
            "Digits that agree": fmt.number(part.digits, 1)
            if part.measure == "relative"
            else f"within {fmt.magnitude(part.largest)} of zero",
        }
        for part in read_outside()
        if part.source == CERTIFIED
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-nist",
        caption="Certified values of NIST",
        notes=(
            "Digits that agree: minus the logarithm of the relative distance, of the "
            "number that is farthest. Certified values have 15 digits.",
        ),
    )


def reproduced() -> Table:
    """Lay out what was made again, in which ways, and how far it then lay."""
    kept = read_reproduced()
    rows = [
        {
            "Varied": VARIED[what],
            "Ways": fmt.cell(", ".join(kept[what].ways)),
            "Compared": f"{fmt.whole(kept[what].n)} {COUNTED.get(what, 'numbers')}",
            "Farthest": fmt.magnitude(kept[what].largest),
        }
        for what in VARIED
        if what in kept
    ]
    return Table(
        pd.DataFrame(rows, columns=["Varied", "Ways", "Compared", "Farthest"]),
        name="tab-reproduced",
        caption="What should make no difference",
        notes=(
            "Farthest: the largest distance of two numbers as a share of them; 0 where "
            "nothing differed. Code: what OpenBLAS says that it ran on one machine; "
            "the names are of the processors that it was written for.",
        ),
        align=("left", "left", "right", "right"),
    )


def faults() -> Table:
    """Lay out how many tests try each kind of fault."""
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
        caption="Faults that were tried on purpose",
        notes=(
            "A test plants one fault or several and asks for a refusal that names it "
            "or, of a disturbed rerun, for what an undisturbed one leaves; a few plant "
            "none, to see that nothing is refused without need.",
        ),
    )
