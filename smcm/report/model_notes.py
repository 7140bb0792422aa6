"""Notes and captions that tables of the eight models share."""

from smcm.analysis.study import Study
from smcm.design.schedule import HORIZONS, label
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of

NEAR_ZERO = "Limits that would round to zero are given with more decimals."


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
    counts = {horizon: study.n_at(horizon) for horizon in HORIZONS}
    if len(set(counts.values())) == 1:
        return f"N={fmt.whole(counts[HORIZONS[0]])}"
    return ", ".join(
        f"N={fmt.whole(n)} at {label(horizon)} months" for horizon, n in counts.items()
    )
