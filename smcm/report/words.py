"""Words for tables and sentences: names, counts, lists and coefficients."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from smcm.design.models import StudyModel
from smcm.design.study import StudyDesign, label
from smcm.report import format as fmt

if TYPE_CHECKING:
    from smcm.analysis.eight_models import ModelResult
    from smcm.cohort.tables import Cohort

SCHEMES = {  # how imputation and interval are combined
    "single": "Single set",
    "rubin_mc": "Rubin, Monte Carlo",
    "mi_boot": "Imputation, then bootstrap",
    "boot_mi": "Bootstrap, then imputation",
}


@cache
def titles(design: StudyDesign) -> Mapping[str, str]:
    """Name every score by its column, for example "QOLI-20 at 9 months"."""
    return MappingProxyType(
        {
            scale.score_column(month): f"{scale.short} at {label(month)} months"
            for scale in design.instruments
            for month in scale.months
        }
    )


@cache
def covariate_names(design: StudyDesign) -> Mapping[str, str]:
    """Name the covariates of every model by their columns."""
    return MappingProxyType({one.key: one.name for one in design.covariates})


def beside(cohort: "Cohort") -> tuple[str, str]:
    """Head the two columns of a comparison: what was printed, and ours.

    Nothing was printed of an author's own data: there the article is another study.
    """
    if cohort.calibrated:
        return "Printed", "Regenerated"
    return "Published study", "These data"


def counted(count: int, noun: str) -> str:
    """Count in words: "one team", "fourteen teams"."""
    return f"{fmt.spelled(count)} {noun}{'' if count == 1 else 's'}"


def sentence(text: str) -> str:
    """Begin with a capital."""
    return f"{text[:1].upper()}{text[1:]}"


def covariate_name(column: str, design: StudyDesign) -> str:
    """Name a covariate; the outcome at entry is "the outcome at entry"."""
    return covariate_names(design).get(column, "the outcome at entry")


def named(results: "Iterable[ModelResult]") -> list[str]:
    """Titles of some models, for example "QOLI-20 at 9 months"."""
    return [result.model.title for result in results]


def short_title(model: StudyModel) -> str:
    """Name a model for a narrow column that must not wrap: "QOLI-20, 9 mo"."""
    name = f"{model.outcome.short}, {label(model.horizon)} mo"
    return name.replace(" ", "\N{NO-BREAK SPACE}")


def coefficient(result: "ModelResult", term: str, symbol: str) -> str:
    """Write a path with its interval and p, for example "b=0.10, 95% CI …, p=.035"."""
    row = result.mediation.row(term)
    between = fmt.limits(row["ci_low"], row["ci_high"])
    level = fmt.percent(100.0 * result.mediation.level)
    estimate = fmt.number(row["estimate"])
    return f"{symbol}={estimate}, {level} CI {between}, {fmt.p_phrase(row['p'])}"


def indirect(result: "ModelResult") -> str:
    """Write an indirect effect with its bootstrap interval, and no p value."""
    level = fmt.percent(100.0 * result.mediation.level)
    between = fmt.limits(*result.mediation.limits(), 3)
    return f"ab={fmt.number(result.mediation.indirect, 3)}, {level} CI {between}"
