"""The eight models with covariates recoded or left out, and checks of equations."""

import numpy as np
import pandas as pd

from smcm.analysis.eight_models import ModelResult
from smcm.chapters.coding.coding import Coding
from smcm.chapters.coding.model_checks import CheckedEquation, EquationDetail
from smcm.report import format as fmt
from smcm.report.show import Table, default_align
from smcm.report.words import covariate_name, short_title

PATHS = {"a": "a", "b": "b", "direct": "c′"}
TARGETS = {"a": "alliance", "b": "outcome"}
OF_CLIENTS = (
    "VIF, leverage, Cook's distance: the largest. DFBETAS: the largest change in the "
    "path when one client is left out, in standard errors. Decisive: clients whose "
    "exclusion changes whether the path is significant at the level that applies."
)
NOT_OF_CLIENTS = (
    "VIF: the largest. The leverage, Cook's distance and DFBETAS of single clients are "
    "not shown, since the clients are people."
)


def codings(found: Coding) -> Table:
    """Lay out the models with site and education as numbers and as categories."""
    pairs = [("numbers", one, k) for k, one in enumerate(found.study.models)]
    pairs += [("categories", one, k) for k, one in enumerate(found.categories)]
    rows = [
        {
            "Outcome": short_title(one.model),
            "Mediation": "yes" if one.mediated else "no",
            "Coding": coding,
            **_effects(one),
        }
        for coding, one, _ in sorted(pairs, key=lambda pair: pair[2])
    ]
    few = (
        ()
        if found.categories
        else ("There are too few clients to enter the categories.",)
    )
    return Table(
        pd.DataFrame(rows),
        name="tab-codings",
        caption="The eight models with site and education as numbers and as categories",
        notes=(
            "Numbers: one variable each, as published. Categories: an indicator for "
            "each level but the first. Estimates with 95% CI; those of ab are from the "
            "same bootstrap samples. Mediation: by the rule of the study, at the "
            f"significance levels of the published models. {fmt.NEAR_ZERO}",
            *few,
        ),
        align=("left", "center", "left", *("right",) * 4),
        wide=True,
    )


def _effects(one: ModelResult) -> dict[str, str]:
    cells = {}
    for term, symbol in PATHS.items():
        row = one.mediation.row(term)
        cells[symbol] = fmt.with_limits(row["estimate"], row["ci_low"], row["ci_high"])
    ab = fmt.with_limits(one.mediation.indirect, *one.mediation.limits())
    return {**cells, "ab": ab}


def covariates(found: Coding) -> Table:
    """Lay out the models without each covariate."""
    rows = [
        {
            "Left out": covariate_name(name, found.study.design),
            "Largest VIF": fmt.number(found.inflation[name]),
            "Change in ab, minimum": fmt.number(min(found.shifts(name)), 3),
            "Change in ab, maximum": fmt.number(max(found.shifts(name)), 3),
            "Different conclusion for": fmt.listed(
                short_title(one.model) for one in found.changed_without(name)
            ),
        }
        for name in found.left_out
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-left-out",
        caption="The models without one covariate at a time",
        notes=(
            "VIF: variance inflation factor, the largest over the equations of the "
            "outcomes. Change in ab: completely standardized, without the covariate "
            "minus with it, over the models. Different conclusion: models "
            "for which the rule of the study leads to a different conclusion about "
            "mediation without the covariate.",
        ),
        align=("left", "right", "right", "right", "left"),
    )


def equations(checks: tuple[CheckedEquation, ...]) -> Table:
    """Lay out collinearity, influence, robust p and tests of each equation.

    Of real data, what single clients do to an equation is left out.
    """
    rows = [
        {
            "Model": short_title(one.detail.model),
            "Equation": TARGETS[one.detail.path],
            "Condition": fmt.number(one.detail.condition, 0),
            "VIF": fmt.number(one.detail.largest_vif),
            **({} if one.real else _of_single_clients(one.detail)),
            "p (HC3)": fmt.p_value(one.tests.p_robust),
            "p (form)": fmt.p_value(one.tests.reset),
            "p (variance)": fmt.p_value(one.tests.breusch_pagan),
            "p (normality)": fmt.p_value(one.detail.influence.normality),
        }
        for one in checks
    ]
    real = any(one.real for one in checks)
    return Table(
        pd.DataFrame(rows),
        name="tab-equations",
        caption="Collinearity, influence and residuals of each equation",
        notes=(
            "Condition: condition number of the scaled columns. "
            f"{NOT_OF_CLIENTS if real else OF_CLIENTS} p: of the path with HC3 "
            "standard errors, which allow for unequal variances; of RESET for the "
            "linear form, Breusch–Pagan for equal variances, Shapiro–Wilk for normal "
            "residuals.",
        ),
        align=("left", *default_align(len(rows[0]) - 1)),
        wide=True,
    )


def _of_single_clients(found: EquationDetail) -> dict[str, str]:
    """Give the most that a client does to an equation."""
    own = found.influence
    return {
        "Leverage": fmt.bare(own.leverage.max()),
        "Cook": fmt.bare(own.cook.max(), 3),
        "DFBETAS": fmt.number(np.abs(own.dfbetas).max()),
        "Decisive": fmt.whole(found.decisive),
    }
