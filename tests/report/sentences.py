"""From a result to its text: sentences by name, wherever the book writes them."""

from functools import singledispatch

from smcm.analysis.study import Study
from smcm.report import prose

OF_THE_ARTICLE = "printed_"


@singledispatch
def text_of(result) -> dict[str, str]:
    """Name and wording of every sentence that a result leads to."""
    raise TypeError(type(result).__name__)


@text_of.register
def _(result: Study):
    found = prose.quoted(result)
    return {k: v for k, v in found.items() if not k.startswith(OF_THE_ARTICLE)}


