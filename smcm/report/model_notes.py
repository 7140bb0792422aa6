"""Notes of the tables of the eight models, for either analysis."""

from smcm.analysis.mediation import MediationResult
from smcm.analysis.study import Study
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import HORIZONS, label
from smcm.report import format as fmt
from smcm.stats.product import LEAST_DF

BELOW = "†"
NEAR_ZERO = "Limits that would round to zero are given with more decimals."


def degrees(study: Study) -> str:
    """Name the tests of the paths and their degrees of freedom."""
    a, b = (_between(study, terms) for terms in (("a", "total"), ("b", "direct")))
    tested = f"Student's t tests with {a} (a, c) and {b} (b, c′) degrees of freedom."
    if not study.defensible:
        return tested
    return (
        f"Pooled over {fmt.whole(study.n_sets)} completed data sets by Rubin's rules, "
        f"with standard errors clustered by team (CR2). {tested}"
    )


def _between(study: Study, terms: tuple[str, ...]) -> str:
    df = [result.mediation.row(t)["df"] for result in study.models for t in terms]
    low, high = fmt.degrees(min(df)), fmt.degrees(max(df))
    return low if low == high else f"{low} to {high}"


def levels(study: Study) -> tuple[str, ...]:
    """Explain the mark of the alpha rule where the rule applies."""
    if study.defensible:
        return ()
    return (
        f"{BELOW} p<{fmt.bare(USUAL_ALPHA)}, but not significant at the stricter level "
        "that the alpha rule sets for this dependent variable.",
    )


def error_name(study: Study) -> str:
    """Head the column of the standard error of ab."""
    return "SE" if study.defensible else "Boot SE"


def level_words(study: Study) -> str:
    """Name the level at which paths are tested."""
    if study.defensible:
        return fmt.bare(USUAL_ALPHA)
    return "the level of their dependent variable"


def draws(study: Study) -> str:
    """Say how the intervals of ab are computed."""
    n = fmt.whole(study.run.n_boot)
    if study.defensible:
        return (
            f"Intervals are percentiles of {n} Monte Carlo products of the two pooled "
            "paths, each drawn from Student's t with its own degrees of freedom; SE is "
            "their standard deviation, which is imprecise with few degrees of freedom."
            f"{_too_few(study)}"
        )
    return (
        f"Intervals are percentiles of {n} bootstrap samples of clients. "
        f"{_resamples(study)}"
    )


def _too_few(study: Study) -> str:
    """Warn where a path has fewer degrees of freedom than its draws can have."""
    few = [
        result.model.title
        for result in study.models
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


def shared(study: Study) -> str:
    """Name what the analyses of all windows share."""
    return (
        "completed data sets and Monte Carlo draws"
        if study.defensible
        else "bootstrap samples"
    )


def clients_in_models(study: Study) -> str:
    """Write the number of clients for a caption, by horizon where it differs."""
    counts = {horizon: study.n_at(horizon) for horizon in HORIZONS}
    if len(set(counts.values())) == 1:
        return f"N={fmt.whole(counts[HORIZONS[0]])}"
    return ", ".join(
        f"N={fmt.whole(n)} at {label(horizon)} months" for horizon, n in counts.items()
    )
