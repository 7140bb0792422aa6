"""Paths between alliance and outcome, forward and back in time."""

from collections.abc import Sequence

import pandas as pd

from smcm.analysis.cross_lagged import CrossLag
from smcm.analysis.study import Study
from smcm.design.instruments import RPRS
from smcm.design.schedule import label
from smcm.report import format as fmt
from smcm.report.show import Table

NOTHING = "–"


def cross_lagged(study: Study, found: Sequence[CrossLag]) -> Table:
    """Lay out every cross-lagged path, with the published regressions beside."""
    published = {model.outcome: model.p for model in study.reciprocity}
    rows = []
    for one in found:
        beside = NOTHING
        if one.step.target is RPRS and one.step.own_month is not None:
            beside = fmt.p_value(published[one.outcome])
        own = one.step.own_month
        rows.append(
            {
                "From": _at(one.step.cross.short, one.step.cross_month),
                "To": _at(one.step.target.short, one.step.month),
                "Own past": NOTHING if own is None else f"{label(own)} mo",
                "Path (95% CI)": fmt.with_limits(
                    one.standardized, *one.limits, write=fmt.bare
                ),
                "p": fmt.p_value(one.p),
                "p, as published": beside,
            }
        )
    return Table(
        pd.DataFrame(rows),
        name="tab-cross-lagged",
        caption="Standardized paths between alliance and outcomes in the order of time",
        notes=(
            "Each measure on the last of the other and the last of its own before it, "
            "with the eight shared covariates; SDs per SD, standard errors HC3. "
            "*Own past*: the interview at which the target itself is held fixed; "
            "before the first alliance there is none. *As published*: the same arrow "
            "in the hierarchical regression, which holds the outcome's baseline and "
            "not the earlier alliance.",
        ),
        align=("left", "left", "left", "right", "right", "right"),
        wide=True,
    )


def _at(name: str, month: float) -> str:
    text = f"{name}, {label(month)} mo"
    return text.replace(" ", "\N{NO-BREAK SPACE}")
