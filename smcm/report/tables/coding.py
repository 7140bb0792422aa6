"""The eight models with covariates coded otherwise or left out, and their checks."""

import numpy as np
import pandas as pd

from smcm.analysis.coding import Coding
from smcm.analysis.model_checks import CheckedEquation
from smcm.analysis.verdicts import ModelResult
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.tables.models import NEAR_ZERO
from smcm.report.words import covariate_name, listed_or, short_title

PATHS = {"a": "a", "b": "b", "direct": "c′"}
TARGETS = {"a": "alliance", "b": "outcome"}


def codings(found: Coding) -> Table:
    """Lay out the models with site and education as numbers and as categories."""
    pairs = [("numbers", one, k) for k, one in enumerate(found.study.models)]
    pairs += [("categories", one, k) for k, one in enumerate(found.categories)]
    rows = [
        {
            "Outcome": short_title(one.model),
            "Coding": coding,
            **_effects(one),
        }
        for coding, one, _ in sorted(pairs, key=lambda pair: pair[2])
    ]
    few = () if found.categories else ("There are too few clients for the categories.",)
    return Table(
        pd.DataFrame(rows),
        name="tab-codings",
        caption="The eight models with site and education as numbers and as categories",
        notes=(
            "Numbers: one column each, as published. Categories: an indicator for "
            "every level but the first. Estimates with 95% intervals, of ab by the "
            "same bootstrap samples. Rule: mediation by the rule of the study, whose "
            f"levels are kept. {NEAR_ZERO}",
            *few,
        ),
        align=("left", "left", *("right",) * 4, "center"),
        wide=True,
    )


def _effects(one: ModelResult) -> dict[str, str]:
    cells = {}
    for term, symbol in PATHS.items():
        row = one.mediation.row(term)
        cells[symbol] = fmt.with_limits(row["estimate"], row["ci_low"], row["ci_high"])
    ab = fmt.with_limits(one.mediation.indirect, *one.mediation.limits())
    return {**cells, "ab": ab, "Rule": "yes" if one.mediated else "no"}


def covariates(found: Coding) -> Table:
    """Lay out what leaving out each covariate does."""
    rows = [
        {
            "Left out": covariate_name(name),
            "Largest VIF": fmt.number(found.inflation[name]),
            "Change of ab, least": fmt.number(min(found.shifts(name)), 3),
            "Change of ab, most": fmt.number(max(found.shifts(name)), 3),
            "Other verdict for": listed_or(
                (short_title(one.model) for one in found.turned_without(name)), "none"
            ),
        }
        for name in found.left_out
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-left-out",
        caption="The models without one covariate at a time",
        notes=(
            "Change of ab: completely standardized, without the covariate less with "
            "it; the least and the most of the models. Other verdict: models of which "
            "the rule of the study says otherwise without it. VIF: variance inflation "
            "factor, the largest over the equations of the outcomes.",
        ),
        align=("left", "right", "right", "right", "left"),
    )


def equations(checks: tuple[CheckedEquation, ...]) -> Table:
    """Lay out collinearity, influence and normality of every equation."""
    rows = [
        {
            "Model": short_title(one.detail.model),
            "Equation": TARGETS[one.detail.path],
            "Condition": fmt.number(one.detail.condition, 0),
            "VIF": fmt.number(one.detail.largest_vif),
            "Leverage": fmt.bare(one.detail.influence.leverage.max()),
            "Cook": fmt.bare(one.detail.influence.cook.max(), 3),
            "DFBETAS": fmt.number(np.abs(one.detail.influence.dfbetas).max()),
            "Turns": fmt.whole(one.detail.turning),
            "p, form": fmt.p_value(one.tests.reset),
            "p, spread": fmt.p_value(one.tests.breusch_pagan),
            "p, normal": fmt.p_value(one.detail.influence.normality),
        }
        for one in checks
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-equations",
        caption="Collinearity, influence and residuals of every equation",
        notes=(
            "Condition: condition number of the scaled columns. VIF, leverage, Cook: "
            "the largest. DFBETAS: the most that one client moves the path, in "
            "standard errors. Turns: clients without any one of whom the path changes "
            "sides of its level. p: RESET for the form, Breusch and Pagan for the "
            "spread, Shapiro and Wilk for normality of residuals.",
        ),
        align=("left", "left", *("right",) * 9),
        wide=True,
    )
