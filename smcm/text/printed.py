"""The article's printed numbers, as the text quotes them."""

from typing import Any

from smcm.published import Printed, Published

BOUNDS = ("<=", ">=")  # the sentence says "at most" or "at least" itself


def printed_facts() -> dict[str, dict[str, Any]]:
    """Give what the article printed, by its key.

    Returns
    -------
    dict
        ``printed``, the text of every number for a sentence, and ``printed_number``,
        those that are numbers, to be written by a filter.
    """
    entries = Published.read().by_key
    numbers = {key: _number(entry.value) for key, entry in entries.items()}
    return {
        "printed": {key: _quoted(entry) for key, entry in entries.items()},
        "printed_number": {k: v for k, v in numbers.items() if v is not None},
    }


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _quoted(entry: Printed) -> str:
    """Take the text as printed, without a capital and without the sign of a bound."""
    if entry.relation in BOUNDS:
        return entry.value
    return entry.text.lower() if entry.text.isalpha() else entry.text
