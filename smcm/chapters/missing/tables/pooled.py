"""Tables of the pooled models: terms, R squared, intervals by scheme, tests, df."""

from math import isnan

import pandas as pd

from smcm.analysis.pooled import PooledStudy
from smcm.analysis.pooled_df import ModelDf
from smcm.analysis.pooled_result import PooledTerm
from smcm.report import format as fmt
from smcm.report.analysis_words import clients_in_models
from smcm.report.show import Table
from smcm.report.words import SCHEMES, short_title
from smcm.stats.terms import Term

RULE_NAMES = {
    "complete": "completed data set",
    "barnard_rubin": "Barnard–Rubin",
    "rubin": "Rubin",
}
MANY = 1e6  # df beyond which Student's t is the normal in every digit shown
BOUNDED = ("complete", "barnard_rubin")
SHOWN = {"a": "a", "b": "b", "direct": "c′", "indirect": "ab"}


def pooled(found: PooledStudy) -> Table:
    """Lay out pooled paths and indirect effects with their missing information."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "Term": symbol,
            "Estimate (95% CI)": fmt.with_limits(
                term.estimate, term.ci_low, term.ci_high
            ),
            "p": "" if pd.isna(term.p) else fmt.p_value(term.p),
            "df": fmt.whole(term.df),
            "FMI": fmt.bare(term.fmi),
            "MC error": fmt.number(term.mc_error, 3),
        }
        for one in found.models
        for name, symbol in SHOWN.items()
        for term in [one.main.term(name)]
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-pooled",
        caption=(
            f"The eight models pooled over m={fmt.whole(found.m)} imputed sets "
            f"({clients_in_models(found.study)})"
        ),
        notes=(
            "a, b, c′: Rubin's rules, Student's t with the df of Barnard and Rubin. "
            f"ab: percentiles of {fmt.whole(found.study.run.n_boot)} products drawn "
            "from the normal distributions of the pooled a and b; its df and FMI are "
            "based on its first-order variance. FMI: fraction of missing information, "
            "from the variances and the number of sets. MC error: SD of the estimate "
            "over repeated imputation.",
            fmt.NEAR_ZERO,
        ),
        align=("left", "center", "right", "right", "right", "right", "right"),
    )


def pooled_r2(found: PooledStudy) -> Table:
    """Lay out the pooled R squared of both equations."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "R² of the alliance (95% CI)": _share(one.main.term("r2_mediator")),
            "FMI (alliance)": fmt.bare(one.main.term("r2_mediator").fmi),
            "R² of the outcome (95% CI)": _share(one.main.term("r2_outcome")),
            "FMI (outcome)": fmt.bare(one.main.term("r2_outcome").fmi),
        }
        for one in found.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-pooled-r2",
        caption="Proportions of variance explained by the pooled models",
        notes=("R² is pooled as Fisher's z of R and transformed back.",),
    )


def _share(term: PooledTerm) -> str:
    return fmt.with_limits(term.estimate, term.ci_low, term.ci_high, write=fmt.bare)


def schemes(found: PooledStudy) -> Table:
    """Lay out the intervals of the indirect effects, one column per scheme."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "As published": _marked(
                one.completed.mediation.limits(),
                excludes=one.completed.mediation.excludes_zero,
            ),
            **{
                SCHEMES[name]: _marked(
                    one.results[name].limits(), excludes=one.excludes_zero(name)
                )
                for name in found.schemes
            },
        }
        for one in found.models
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-schemes",
        caption="95% intervals of the indirect effects, by scheme",
        notes=(
            "Bold: the interval excludes zero. Unit: points of the outcome per point "
            "of fidelity. "
            f"{fmt.NEAR_ZERO}",
        ),
        wide=True,
    )


def multiplicity(found: PooledStudy) -> Table:
    """Lay out p values of the indirect effects, unadjusted and adjusted."""
    rows = [
        {
            "Outcome": short_title(test.model),
            "Rule": "mediated" if one.mediated else "not mediated",
            "ab": fmt.number(one.main.indirect),
            "p": fmt.p_value(test.p),
            "MC error of p": "" if pd.isna(test.p_error) else fmt.bare(test.p_error, 3),
            "p (Holm)": fmt.p_value(test.p_holm),
            "p (BH)": fmt.p_value(test.p_bh),
            "Interval": "excludes zero" if test.excludes_zero else "includes zero",
        }
        for one, test in zip(found.models, found.tests, strict=True)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-multiplicity",
        caption="Tests of the pooled indirect effects, unadjusted and adjusted",
        notes=(
            "p: two-sided, of the product of the pooled paths, in closed form, whereas "
            "the limits of the interval are percentiles of draws. MC error of p: SD "
            "over repeated imputation, estimated by leaving out each set in turn. "
            "Holm: controls the probability of any false positive. BH: Benjamini and "
            "Hochberg, controls the expected share of false positives among the "
            "significant results. Interval: 95%, unadjusted. Rule: that of the study, "
            "applied to the pooled model.",
        ),
        align=("left", "left", *("right",) * 5, "left"),
        wide=True,
    )


def _marked(between: tuple[float, float], *, excludes: bool) -> str:
    text = fmt.limits(*between)
    return "**" + text + "**" if excludes else text


def pooled_df(found: PooledStudy) -> Table:
    """Lay out df, p and limits of a and ab by each rule."""
    rows = [row for one in found.by_team for row in _rows_by_rule(one)]
    return Table(
        pd.DataFrame(rows or [{"Outcome": "too few teams", "Term": "–"}]),
        name="tab-pooled-df",
        caption="Pooled models with cluster-robust standard errors, by rule for the df",
        notes=(
            "Standard errors: CR2 by team, pooled by Rubin's rules. FMI: of path a. "
            "Completed data set: Satterthwaite's df, mean over the sets. Barnard–"
            "Rubin: these df, reduced for missing information and for small samples. "
            "Rubin: from the variances and the number of sets alone. ab: p of the "
            "product of two paths, each with Student's t on its df; limits are "
            f"percentiles of {fmt.whole(found.study.run.n_boot)} draws.",
        ),
        wide=True,
    )


def _rows_by_rule(one: ModelDf) -> list[dict[str, str]]:
    return [
        {
            "Outcome": short_title(one.model),
            "Term": term,
            "FMI": fmt.bare(one.fmi) if term == "a" else "",
            **{f"df, {name}": _df(by_rule[r]) for r, name in RULE_NAMES.items()},
            **{
                f"p, {name}": fmt.p_value(by_rule[r].p)
                for r, name in RULE_NAMES.items()
            },
            **{
                f"95% CI, {RULE_NAMES[r]}": fmt.limits(*by_rule[r].limits)
                for r in BOUNDED
            },
        }
        for term, by_rule in (("a", one.a), ("ab", one.indirect))
    ]


def _df(found: Term) -> str:
    if isnan(found.df):
        return ""
    if found.df > MANY:
        return fmt.degrees(float("inf"))
    return fmt.number(found.df, 1 if found.df < 100.0 else 0)
