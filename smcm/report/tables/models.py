"""The eight mediation models: paths, indirect effects, other windows."""

import pandas as pd

from smcm.analysis.category_columns import category_of
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.article.printed_marks import explained, marked, printed_otherwise
from smcm.cohort.frame import blank_covariates
from smcm.design.study import label
from smcm.report import format as fmt
from smcm.report.analysis_words import BELOW, clients_in_models, degrees, words_of
from smcm.report.show import Table
from smcm.report.words import covariate_names, short_title

BASELINE = "the outcome's score at entry"


def paths(study: Study) -> Table:
    """Lay out a, b, the direct and the total effect of every model."""
    marks, level = printed_otherwise(study), study.design.alpha.level
    rows = [
        {
            "Outcome": short_title(result.model),
            "a (95% CI)": _estimate(result, "a"),
            "p(a)": path_p(result, "a", level),
            "b (95% CI)": marked(_estimate(result, "b"), _key_of_b(result), marks),
            "p(b)": path_p(result, "b", level),
            "c′ (95% CI)": _estimate(result, "direct"),
            "p(c′)": path_p(result, "direct", level),
            "c (95% CI)": _estimate(result, "total"),
        }
        for result in study.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-paths",
        caption=(
            "Paths of the eight mediation models, unstandardized "
            f"({clients_in_models(study)})"
        ),
        notes=(
            "a: fidelity to alliance; b: alliance to outcome, fidelity held constant; "
            "c′: direct effect of fidelity on the outcome, alliance held constant; c: "
            f"total effect. {degrees(study)} {fmt.NEAR_ZERO}",
            *words_of(study).levels,
            *explained(study, "b."),
            *filter(None, [excluded_covariates(study)]),
        ),
        wide=True,
    )


def excluded_covariates(study: Study) -> str:
    """Name each covariate that some model excludes, with the reason; or ""."""
    found = dict.fromkeys(
        column for result in study.models for column in result.mediation.dropped_columns
    )
    if not found:
        return ""
    reasons = "; ".join(_reason(study, column) for column in found)
    return f"Excluded covariates: {reasons}."


def _reason(study: Study, column: str) -> str:
    names = covariate_names(study.design)
    stands_for = category_of(column, names, study.design.coded)
    name = names.get(stands_for, BASELINE)
    if stands_for != column:
        name = f"a category of {name}"
    if column in blank_covariates(study.cohort):
        return f"{name}, which is blank for every client"
    values = study.frame[column].unique()
    if len(values) > 1:
        return f"{name}, which is collinear with the others"
    if column == "site":
        return (
            f"site, because all analysed clients are from site {fmt.whole(values[0])}"
        )
    return f"{name}, which is the same for every analysed client"


def _estimate(result: ModelResult, term: str) -> str:
    row = result.mediation.row(term)
    return fmt.with_limits(row["estimate"], row["ci_low"], row["ci_high"])


def _key_of_b(result: ModelResult) -> str:
    model = result.model
    return f"b.{model.outcome.short}.{label(model.horizon)}.b"


def path_p(result: ModelResult, term: str, level: float) -> str:
    """Write the p of a path, marked where it is below the usual level alone."""
    p = result.term(term).p
    below = p < level and not result.significant(term)
    return fmt.p_value(p) + (BELOW if below else "")


def indirect_effects(study: Study) -> Table:
    """Lay out ab with its bootstrap, raw and completely standardized."""
    rows = [
        {
            "Outcome": short_title(result.model),
            "Mediation": "yes" if result.mediated else "no",
            "ab": fmt.number(result.mediation.indirect),
            "95% CI": fmt.limits(*result.mediation.limits()),
            words_of(study).error: _error(result.mediation.row("indirect")["se"]),
            "ab (std.)": fmt.number(result.mediation.indirect_cs, 3),
            "95% CI (std.)": fmt.limits(*result.mediation.limits("indirect_cs"), 3),
        }
        for result in study.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-indirect",
        caption=(
            "Indirect effects of fidelity through the alliance "
            f"({clients_in_models(study)})"
        ),
        notes=(
            "ab: points of the outcome per point of fidelity. Std.: SDs of "
            f"the outcome per SD of fidelity. {fmt.NEAR_ZERO} "
            f"{words_of(study).intervals(study)}",
            "Mediation: both paths are significant at "
            f"{words_of(study).level} and the interval of ab excludes zero.",
        ),
        align=("left", "center", *("right",) * 5),
        wide=True,
    )


def _error(value: float) -> fmt.Rounded:
    return fmt.Rounded(fmt.number(value), se=value)


def sensitivity(study: Study) -> Table:
    """Lay out every model with the three lengths of the window."""
    rows = [
        {
            "Outcome": short_title(main.model),
            "Days": fmt.whole(days),
            **_in_window(study.windows[days][k]),
        }
        for k, main in enumerate(study.models)
        for days in sorted(study.windows)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-sensitivity",
        caption="The eight models by length of the fidelity window",
        notes=(
            "Days: length of the window. All lengths use the same "
            f"{words_of(study).shared}. The interval is the 95% percentile interval "
            f"of ab. {fmt.NEAR_ZERO}",
        ),
    )


def _in_window(result: ModelResult) -> dict[str, str]:
    a, b = (result.mediation.row(term) for term in ("a", "b"))
    return {
        "a": fmt.number(a["estimate"]),
        "p(a)": fmt.p_value(a["p"]),
        "b": fmt.number(b["estimate"]),
        "p(b)": fmt.p_value(b["p"]),
        "ab": fmt.number(result.mediation.indirect),
        "95% CI": fmt.limits(*result.mediation.limits()),
    }
