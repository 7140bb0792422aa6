"""The eight models over imputed sets: pooled terms, schemes side by side, tests."""

import pandas as pd

from smcm.analysis.pooled import PooledStudy
from smcm.analysis.pooled_result import PooledTerm
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.tables.models import NEAR_ZERO
from smcm.report.tables.participants import clients_in_models
from smcm.report.words import SCHEMES, short_title

SHOWN = {"a": "a", "b": "b", "direct": "c′", "indirect": "ab"}


def pooled(found: PooledStudy) -> Table:
    """Lay out the pooled paths and indirect effects with what the gaps cost."""
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
            "a, b, c′: Rubin's rules, Student's t on Barnard and Rubin's df. ab: "
            f"percentiles of {fmt.whole(found.study.run.n_boot)} products drawn from "
            "the pooled a and b; its df and FMI are those of a first-order variance. "
            "FMI: share of the information that the gaps cost, from the variances "
            "alone. MC error: SD of the estimate if other sets were drawn.",
            NEAR_ZERO,
        ),
        align=("left", "center", "right", "right", "right", "right", "right"),
    )


def pooled_r2(found: PooledStudy) -> Table:
    """Lay out the pooled shares of variance explained in both equations."""
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
        caption="Shares of variance that the pooled models explain",
        notes=("Pooled as Fisher's z of R and taken back.",),
    )


def _share(term: PooledTerm) -> str:
    return fmt.with_limits(term.estimate, term.ci_low, term.ci_high, write=fmt.bare)


def schemes(found: PooledStudy) -> Table:
    """Lay out the intervals of the indirect effects, a column a scheme."""
    rows = [
        {
            "Outcome": short_title(one.model),
            "As published": _marked(
                one.completed.mediation.limits(),
                excludes=one.completed.mediation.interval_excludes_zero,
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
        caption="95% intervals of the indirect effects under each scheme",
        notes=(
            "Bold: zero lies outside. Points of the outcome per point of fidelity. "
            f"{NEAR_ZERO}",
        ),
        wide=True,
    )


def multiplicity(found: PooledStudy) -> Table:
    """Lay out p values of the indirect effects, for one test and for all."""
    rows = [
        {
            "Outcome": short_title(test.model),
            "ab": fmt.number(one.main.indirect),
            "p": fmt.p_value(test.p),
            "MC error of p": "" if pd.isna(test.p_error) else fmt.bare(test.p_error, 3),
            "p (Holm)": fmt.p_value(test.p_holm),
            "p (BH)": fmt.p_value(test.p_bh),
            "Interval": "without zero" if test.excludes_zero else "with zero",
            "Rule": "mediated" if one.mediated else "not mediated",
        }
        for one, test in zip(found.models, found.tests, strict=True)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-multiplicity",
        caption="The pooled indirect effects as one test each and as eight together",
        notes=(
            "p: two-sided, of the product of the pooled paths, computed without draws; "
            "the limits of the interval are read off draws. MC error of p: SD if other "
            "sets were drawn, from leaving out each set. Holm: keeps the "
            "chance of any false finding. BH: Benjamini and Hochberg, keeps the "
            "expected share of false findings among all findings. Interval: 95%, "
            "unadjusted. Rule: that of the study, on the pooled paths.",
        ),
        align=("left", *("right",) * 5, "left", "left"),
        wide=True,
    )


def _marked(between: tuple[float, float], *, excludes: bool) -> str:
    text = fmt.limits(*between)
    return f"**{text}**" if excludes else text
