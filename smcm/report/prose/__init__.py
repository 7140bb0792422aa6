"""Numbers and computed phrases that the chapters quote."""

from collections.abc import Mapping

from smcm.analysis.study import Study
from smcm.published import Published
from smcm.report.prose.abstract import abstract
from smcm.report.prose.change import change_phrases
from smcm.report.prose.checks import (
    nesting_phrases,
    reciprocity_phrases,
    regression_phrases,
    sensitivity_phrases,
)
from smcm.report.prose.completion import completion_phrases
from smcm.report.prose.data import cohort_phrases
from smcm.report.prose.indirect import indirect_phrases
from smcm.report.prose.meaning import meaning_phrases
from smcm.report.prose.paths import path_phrases
from smcm.report.prose.printed import comparison_phrases, printed_phrases
from smcm.report.prose.readings import (
    both_readings,
    published_here,
    reading_box,
    reading_phrases,
)
from smcm.report.prose.run import client_phrases, design_phrases, run_phrases
from smcm.report.prose.windows import window_phrases

__all__ = [
    "both_readings",
    "cohort_phrases",
    "glue_all",
    "published_here",
    "quoted",
    "reading_box",
]


def quoted(study: Study) -> dict[str, str]:
    """Name and print form of everything the chapters quote.

    Returns
    -------
    dict of str to str
        Finished strings by name; ``{glue:text}`name``` puts one into a sentence.
    """
    published = Published.read()
    return {
        **printed_phrases(published),
        **comparison_phrases(study, published),
        **run_phrases(study),
        **completion_phrases(study),
        **design_phrases(study),
        **client_phrases(study),
        **change_phrases(study),
        **nesting_phrases(study),
        **path_phrases(study),
        **indirect_phrases(study),
        **meaning_phrases(study),
        "abstract": abstract(study),
        **regression_phrases(study),
        **sensitivity_phrases(study),
        **reciprocity_phrases(study),
        **window_phrases(study),
        **reading_phrases(study),
    }


def glue_all(numbers: Mapping[str, str]) -> None:
    """Hand them to the chapter under their names."""
    # Imported here, so that the package does without a notebook stack elsewhere.
    from myst_nb import glue  # noqa: PLC0415

    for name, text in numbers.items():
        glue(name, text, display=False)
