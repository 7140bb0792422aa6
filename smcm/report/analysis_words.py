"""What tables and figures say differently of the published and defensible analysis."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.mediation_result import MediationResult
from smcm.analysis.study import Study
from smcm.cohort.tables import Cohort
from smcm.design.study import label
from smcm.parameters import DEFENSIBLE, PUBLISHED
from smcm.report import format as fmt
from smcm.report.words import beside
from smcm.stats.terms import LEAST_DF

BELOW = "†"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalysisWords:
    """Phrases and notes of one analysis.

    Attributes
    ----------
    paths, change : str
        Begin the notes on tests of the paths and of change; end in a space if any.
    levels, nesting, reciprocity : tuple of str
        Notes on the alpha rule, the intraclass correlations and reciprocity.
    error : str
        Heads the column of the standard error of ab.
    level : str
        At which paths are tested.
    draws : str
        Kind of the draws of ab.
    long_tails : bool
        Whether the tails of the draws are so long that plots leave them out.
    shared : str
        What the analyses of all windows share.
    analysed : str
        The set that the column of analysed scores describes.
    intervals : callable
        Writes how the intervals of ab are computed.
    beside, caution : callable
        Write the headings of printed and own numbers, and a caution on comparing them.
    """

    paths: str = ""
    change: str = ""
    levels: tuple[str, ...] = ()
    nesting: tuple[str, ...] = ()
    reciprocity: tuple[str, ...] = ()
    error: str
    level: str
    draws: str
    long_tails: bool = False
    shared: str
    analysed: str
    intervals: Callable[[Study], str]
    beside: Callable[[Cohort], tuple[str, str]]
    caution: Callable[[Cohort], str]


def stricter(level: float) -> str:
    """Explain the mark of a p below the usual level and not below the stricter one."""
    return (
        f"{BELOW} p<{fmt.bare(level)}, but not significant at the "
        "stricter level that the alpha rule sets for this dependent variable."
    )


def words_of(study: Study) -> AnalysisWords:
    """Give the words of the analysis that a study has."""
    return BY_READING[study.run.reading](study)


def _published(study: Study) -> AnalysisWords:
    return AnalysisWords(
        levels=(stricter(study.design.alpha.level),),
        error="Boot SE",
        level="the level of their dependent variable",
        draws="bootstrap",
        shared="bootstrap samples",
        analysed="the one completed data set of the published analysis",
        intervals=_bootstrap_intervals,
        beside=beside,
        caution=_calibration,
    )


def _defensible(study: Study) -> AnalysisWords:
    pooled = f"Pooled over {fmt.whole(study.n_sets)} completed data sets"
    level = study.design.alpha.level
    return AnalysisWords(
        paths=f"{pooled} by Rubin's rules, with standard errors clustered by team "
        "(CR2). ",
        change=f"{pooled}: means and differences by Rubin's rules, F as D1 of Li, "
        "Raghunathan and Rubin, treating clients as independent. ",
        nesting=(
            "Computed in the first completed data set. This edition does not apply the "
            "rule: its standard errors allow for clustering by team, and every path is "
            f"tested at {fmt.bare(level)}.",
        ),
        reciprocity=(
            f"{pooled}, with site and education as categories. F is the squared pooled "
            "t of the outcome, with standard errors clustered by team; the change is "
            "the mean over the sets.",
        ),
        error="SE",
        level=fmt.bare(level),
        draws="Monte Carlo",
        long_tails=True,
        shared="completed data sets and Monte Carlo draws",
        analysed="the first of the sets that this edition pools",
        intervals=_product_intervals,
        beside=lambda _cohort: ("Published study", "Defensible analysis"),
        caution=lambda _cohort: (
            " The printed numbers come from the published analysis, those of this "
            "edition from the defensible one, which is a different analysis."
        ),
    )


BY_READING = {PUBLISHED: _published, DEFENSIBLE: _defensible}


def _calibration(cohort: Cohort) -> str:
    if not cohort.calibrated:
        return ""
    return " Agreement is the result of calibration and no replication."


def _bootstrap_intervals(study: Study) -> str:
    return (
        f"Intervals are percentiles of {fmt.whole(study.run.n_boot)} bootstrap samples "
        f"of clients. {_resamples(study)}"
    )


def _product_intervals(study: Study) -> str:
    return (
        f"Intervals are percentiles of {fmt.whole(study.run.n_boot)} Monte Carlo "
        "products of the two pooled paths, each drawn from Student's t with its own "
        "degrees of freedom; SE is their standard deviation, which is imprecise with "
        f"few degrees of freedom.{too_few(study.models)}"
    )


def too_few(results: Sequence[ModelResult]) -> str:
    """Warn where a path has fewer degrees of freedom than its draws can have."""
    few = [
        result.model.title
        for result in results
        if min(result.mediation.row(term)["df"] for term in ("a", "b")) < LEAST_DF
    ]
    if not few:
        return ""
    least = fmt.spelled(int(LEAST_DF))
    return (
        f" In {fmt.whole(len(few))} of the models a path has fewer than {least} "
        f"degrees of freedom and is drawn with {least}: these intervals are too "
        "narrow; rely on the p values of the paths."
    )


def _resamples(study: Study) -> str:
    found = [result.mediation for result in study.models]
    draws = [one.draws for one in found if isinstance(one, MediationResult)]
    lacking = max(draw.n_dropped for draw in draws)
    replaced = draws[0].n_replaced
    if not lacking and not replaced:
        return "Every sample had full rank."
    share = fmt.percent(100.0 * lacking / study.run.n_boot, 1)
    return (
        f"In up to {fmt.whole(lacking)} samples ({share}) a covariate was collinear "
        f"with the others and dropped; samples redrawn because fidelity, alliance or "
        f"outcome did not vary: {fmt.whole(replaced)}."
    )


def degrees(study: Study) -> str:
    """Name the tests of the paths and their degrees of freedom."""
    a, b = (_between(study, terms) for terms in (("a", "total"), ("b", "direct")))
    tests = f"Student's t tests with {a} (a, c) and {b} (b, c′) degrees of freedom."
    return f"{words_of(study).paths}{tests}"


def _between(study: Study, terms: tuple[str, ...]) -> str:
    df = [result.mediation.row(t)["df"] for result in study.models for t in terms]
    low, high = fmt.degrees(min(df)), fmt.degrees(max(df))
    return low if low == high else f"{low} to {high}"


def clients_in_models(study: Study) -> str:
    """Write the number of clients for a caption, by horizon where it differs."""
    counts = {month: study.n_at(month) for month in study.design.outcome_horizons}
    if len({*counts.values()}) == 1:
        return f"N={fmt.whole(next(iter(counts.values())))}"
    return ", ".join(
        f"N={fmt.whole(n)} at {label(month)} months" for month, n in counts.items()
    )
