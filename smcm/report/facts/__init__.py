"""What the chapters' text may speak of: data, edition, and the study's results."""

from smcm.report.facts.both import BothFacts, both_facts
from smcm.report.facts.checks import window_facts
from smcm.report.facts.comparison import ComparisonFacts, comparison_facts
from smcm.report.facts.data import DataFacts, data_facts
from smcm.report.facts.edition import EditionFacts, edition_facts
from smcm.report.facts.study import StudyFacts, study_facts

__all__ = [
    "BothFacts",
    "ComparisonFacts",
    "DataFacts",
    "EditionFacts",
    "StudyFacts",
    "both_facts",
    "comparison_facts",
    "data_facts",
    "edition_facts",
    "study_facts",
    "window_facts",
]
