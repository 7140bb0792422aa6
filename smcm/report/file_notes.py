"""How a file was read and what looks odd in it, after the text of a model."""

from textwrap import fill

from smcm.cohort.number_file import NumberFile
from smcm.report.terminal import terminal_width

Json = dict[str, object]


def with_file_notes(text: str, data: NumberFile) -> str:
    """Add to the notes what was inferred of the file, and what to look at."""
    notes = [*(f"Warning: {warning}" for warning in data.warnings), *data.notes]
    width = terminal_width()
    return "\n".join([text, *(fill(n, width, subsequent_indent="  ") for n in notes)])


def with_file_notes_json(found: Json, data: NumberFile) -> Json:
    """Add missing cells by column, notes on how the file was read, and warnings."""
    file = {"missing": dict(data.missing), "notes": list(data.notes)}
    earlier = found.get("warnings")
    warnings = [*(earlier if isinstance(earlier, list) else []), *data.warnings]
    return found | {"file": file, "warnings": warnings}
