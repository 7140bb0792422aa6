"""From a result to its text: sentences by name, wherever the book writes them."""

from functools import singledispatch

from smcm.analysis.readings import Readings
from smcm.analysis.study import Study
from smcm.report import prose
from smcm.report.prose.readings import readings_sentence

OF_THE_ARTICLE = "printed_"


@singledispatch
def text_of(result) -> dict[str, str]:
    """Name and wording of every sentence that a result leads to."""
    raise TypeError(type(result).__name__)


@text_of.register
def _(result: Study):
    found = prose.quoted(result)
    return {k: v for k, v in found.items() if not k.startswith(OF_THE_ARTICLE)}


@text_of.register
def _(result: Readings):
    return {"readings_sentence": readings_sentence(result)}
