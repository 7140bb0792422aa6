"""What an executed chapter has found, left among its outputs as plain values.

Nothing in a record is a sentence. The text of the chapters is filled in from these
records when pages are made, so that a change of wording executes nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from math import isnan
from numbers import Integral, Real
from typing import Any

MIME = "application/vnd.smcm.facts+json"
NOTE = "The numbers and names from which the text of this chapter is written."


def leave(**parts: Any) -> None:  # noqa: ANN401 (dataclasses)
    """Leave the facts of a chapter among its outputs.

    Parameters
    ----------
    **parts : dataclass
        Frozen records by the name under which the text finds them.
    """
    # Imported here, so that the package does without a notebook stack elsewhere.
    from IPython.display import publish_display_data  # noqa: PLC0415

    record = {name: plain(part) for name, part in parts.items()}
    publish_display_data(  # type: ignore[no-untyped-call]
        {MIME: record, "text/plain": NOTE}
    )


def facts_of(notebook: Any) -> dict[str, Any]:  # noqa: ANN401 (nbformat has no types)
    """Read back what an executed chapter has left, by the names of the parts."""
    found: dict[str, Any] = {}
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            found |= output.get("data", {}).get(MIME, {})
    return found


def without_facts(outputs: Sequence[Any]) -> list[Any]:
    """Give the outputs of a cell that are shown."""
    return [one for one in outputs if MIME not in one.get("data", {})]


def plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 (one line for each type)
    """Make plain values of a record, for JSON.

    Numbers stay unrounded; NaN becomes None, since JSON has none.

    Raises
    ------
    TypeError
        Something that is no record, mapping, sequence, number, text or flag.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(held) for key, held in value.items()}
    if isinstance(value, Sequence):
        return [plain(held) for held in value]
    if hasattr(value, "item"):  # a number of numpy
        return plain(value.item())
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return None if isnan(value) else float(value)
    message = f"{type(value).__name__} is no part of a record of facts"
    raise TypeError(message)
