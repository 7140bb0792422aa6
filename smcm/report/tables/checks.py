"""Checks of the regressions behind the eight models."""

import pandas as pd

from smcm.analysis.diagnostics import EquationCheck, check_equations
from smcm.analysis.study import Study
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Table
from smcm.report.words import short_title

EQUATIONS = {"a": "alliance", "b": "outcome"}


def checks(study: Study) -> Table:
    """Lay out tests of variance and form, collinearity and robust p values."""
    rows = [_row(check) for check in check_equations(study)]
    return Table(
        pd.DataFrame(rows),
        name="tab-checks",
        caption="Checks of the two equations of each model",
        notes=(
            "Breusch–Pagan: p of a test for residual variance that depends on the "
            "predictors. RESET: p of a test for curvature. VIF: largest variance "
            "inflation factor. Last columns: p of path a (alliance equation) or b "
            "(outcome equation) with classical and with HC3 standard errors, which "
            f"allow for unequal variances.{words_of(study).checks}",
        ),
        align=("left", "left", "right", "right", "right", "right", "right"),
    )


def _row(check: EquationCheck) -> dict[str, str]:
    return {
        "Model": short_title(check.model),
        "Equation": EQUATIONS[check.path],
        "Breusch–Pagan": fmt.p_value(check.breusch_pagan),
        "RESET": fmt.p_value(check.reset),
        "VIF": fmt.number(check.largest_vif),
        "p, classical": fmt.p_value(check.p),
        "p, HC3": fmt.p_value(check.p_robust),
    }
