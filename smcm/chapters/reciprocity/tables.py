"""Paths between alliance and outcome, forward and back in time."""

from collections.abc import Sequence

import pandas as pd

from smcm.analysis.study import Study
from smcm.chapters.reciprocity.cross_lagged import BACK, LEVEL, ROBUST, CrossLag
from smcm.design.study import label
from smcm.report import format as fmt
from smcm.report.show import Table

NOTHING = "–"


def cross_lagged(study: Study, found: Sequence[CrossLag]) -> Table:
    """Lay out every cross-lagged path, with the published regressions beside."""
    published = {model.outcome: model.p for model in study.reciprocity}
    rows = []
    for one in found:
        beside = NOTHING
        if one.step.direction == BACK and one.step.own_month is not None:
            beside = fmt.p_value(published[one.outcome])
        own = one.step.own_month
        rows.append(
            {
                "From": _at(one.step.cross.short, one.step.cross_month),
                "To": _at(one.step.target.short, one.step.month),
                "Own earlier value": NOTHING if own is None else f"{label(own)} mo",
                f"Path ({fmt.percent(100.0 * LEVEL)} CI)": fmt.with_limits(
                    one.standardized, *one.limits, write=fmt.bare
                ),
                "p": fmt.p_value(one.p),
                "p, hierarchical": beside,
            }
        )
    return Table(
        pd.DataFrame(rows),
        name="tab-cross-lagged",
        caption="Standardized cross-lagged paths between alliance and outcomes",
        notes=(
            "Each measure is regressed on the last earlier value of the other measure, "
            "on its own last earlier value and on the shared covariates. SDs per SD; "
            f"{ROBUST.upper()} standard errors. *Own earlier value*: its "
            "interview; the first alliance has none. *p, hierarchical*: the same path "
            "in the hierarchical regressions, which adjust for the outcome at entry "
            "and not for the earlier alliance.",
        ),
        align=("left", "left", "left", "right", "right", "right"),
        wide=True,
    )


def _at(name: str, month: float) -> str:
    text = f"{name}, {label(month)} mo"
    return text.replace(" ", "\N{NO-BREAK SPACE}")
