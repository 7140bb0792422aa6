"""The note on the tests of the eight models."""

from smcm.analysis.study import Study
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of


def degrees(study: Study) -> str:
    """Name the tests of the paths and their degrees of freedom."""
    a, b = (_between(study, terms) for terms in (("a", "total"), ("b", "direct")))
    tests = f"Student's t tests with {a} (a, c) and {b} (b, c′) degrees of freedom."
    return f"{words_of(study).paths}{tests}"


def _between(study: Study, terms: tuple[str, ...]) -> str:
    df = [result.mediation.row(t)["df"] for result in study.models for t in terms]
    low, high = fmt.degrees(min(df)), fmt.degrees(max(df))
    return low if low == high else f"{low} to {high}"
