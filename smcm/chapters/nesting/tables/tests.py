"""The study and its teams: paths by every method, ICCs, the two levels."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from smcm.chapters.nesting.clustered import ModelTests, PathTests
from smcm.chapters.nesting.nested import Likeness, Nested
from smcm.chapters.nesting.settings import WILD_DRAWS
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import counted, sentence, short_title, titles
from smcm.stats.random_intercept import InterceptFit
from smcm.stats.terms import Term

BELOW = "†"
NONE = "–"
BOUNDARY = "‡"
METHOD_NOTES = (
    "SE and p without a method: classical, as published. CR2: cluster-robust by team, "
    "with Satterthwaite degrees of freedom (df). Wild: wild cluster bootstrap, "
    f"{fmt.whole(WILD_DRAWS)} draws. REML: random intercept for each team; its p uses "
    "the normal distribution and is too small with few teams. ICC: share of the "
    "residual variance between teams (REML)."
)


def nested_alliance(nested: Nested) -> Table:
    """Lay out the path from fidelity to the alliance by every method."""
    return _paths(
        [model.a for model in nested.models],
        "tab-nested-a",
        "Path a (fidelity to alliance), with and without clustering by team",
    )


def nested_total(nested: Nested) -> Table:
    """Lay out the total effect of fidelity by every method."""
    return _paths(
        [model.total for model in nested.models],
        "tab-nested-c",
        "Total effect c (fidelity to outcome), with and without clustering by team",
    )


def _paths(tests: Sequence[PathTests], name: str, caption: str) -> Table:
    rows = [
        {
            "Model": short_title(test.model),
            "Estimate": fmt.number(test.estimate),
            "SE": fmt.number(test.term("ols").se),
            "p": _p_ols(test),
            "SE (CR2)": fmt.number(test.term("cr2").se),
            "df": _or_none(test.term("cr2").df, 1),
            "p (CR2)": _p(test.p("cr2")),
            "p (wild)": _p(test.p("wild")),
            "REML (SE)": _with_error(test.term("reml")),
            "p (REML)": _p(test.p("reml")),
            "ICC": _share(test.reml),
        }
        for test in tests
    ]
    notes = [METHOD_NOTES]
    if any(BELOW in row["p"] for row in rows):
        notes.append(
            f"{BELOW} Not significant at the stricter level that the alpha rule sets."
        )
    if any(test.reml.at_boundary for test in tests):
        notes.append(
            f"{BOUNDARY} The estimated variance between teams is zero; REML then "
            "equals least squares."
        )
    return Table(
        _body(rows, "Model"), name=name, caption=caption, notes=tuple(notes), wide=True
    )


def nested_indirect(nested: Nested) -> Table:
    """Lay out b by REML, and ab with clients and with whole teams resampled."""
    rows = [_indirect(model) for model in nested.models]
    boot = fmt.whole(nested.study.run.n_boot)
    return Table(
        _body(rows, "Model"),
        name="tab-nested-indirect",
        caption="Path b and the indirect effect, with clients or teams resampled",
        notes=(
            "b: alliance to outcome, fidelity held constant. REML: random intercept "
            f"for each team. Intervals: 95% percentile bootstrap, {boot} samples of "
            "clients (as published) or of whole teams. With "
            f"{counted(nested.n_teams, 'team')} the last column is only approximate.",
        ),
        wide=True,
    )


def _indirect(model: ModelTests) -> dict[str, str]:
    mediation = model.result.mediation
    b = mediation.row("b")
    return {
        "Model": short_title(model.result.model),
        "b": fmt.number(b["estimate"]),
        "p": _p(b["p"]),
        "b (REML, SE)": _with_error(model.b_term),
        "p (REML)": _p(model.b_term.p),
        "ab": fmt.number(mediation.indirect),
        "95% CI, clients": fmt.limits(*mediation.limits()),
        "95% CI, teams (approx.)": fmt.limits(*model.team_limits),
    }


def nested_likeness(nested: Nested) -> Table:
    """Lay out the ICC of every dependent variable at three levels."""
    rows, study = [], nested.study
    for variable in study.nesting.icc:
        row = {"Dependent variable": titles(study.design)[variable]}
        for cluster in study.design.clusters:
            found = nested.likeness[cluster.key, variable]
            name = sentence(f"{cluster.name}s")
            row |= {name: _anova(found), f"{name}, REML": _share(found.reml)}
        rows.append(row)
    return Table(
        pd.DataFrame(rows),
        name="tab-nested-icc",
        caption="Intraclass correlations by case manager, team and site",
        notes=(
            "ICC(1) from a one-way analysis of variance, with 95% limits from its F; "
            "beside it the REML estimate, which cannot be negative. "
            f"{NONE}: too few clusters. {BOUNDARY} The estimated variance between "
            "clusters is zero.",
        ),
        wide=True,
    )


def _anova(found: Likeness) -> str:
    if found.anova is None:
        return NONE
    return fmt.with_limits(found.anova.value, *found.anova.limits(), write=fmt.bare)


def _share(fit: InterceptFit | None) -> str:
    if fit is None:
        return NONE
    return fmt.bare(fit.icc) + (BOUNDARY if fit.at_boundary else "")


def _with_error(term: Term) -> str:
    return fmt.with_error(term.estimate, term.se)


def _p(p: float) -> str:
    return NONE if isnan(p) else fmt.p_value(p)


def _p_ols(test: PathTests) -> str:
    missed = test.alpha <= test.p("ols") < test.usual
    return _p(test.p("ols")) + (BELOW if missed else "")


def _or_none(value: float, decimals: int) -> str:
    return NONE if isnan(value) else fmt.number(value, decimals)


def _body(rows: Sequence[dict[str, str]], first: str) -> pd.DataFrame:
    """Give the rows, or one that says that there are none."""
    if rows:
        return pd.DataFrame(rows)
    return pd.DataFrame([{first: "too few teams", "Result": NONE}])
