"""What the chapters of a run have concluded, gathered for the page that shows it."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from smcm.facts import facts_of
from smcm.input_files import InputFileError, read_input
from smcm.parameters import RunParameters
from smcm.report.conclusions import FILE, PART
from smcm.rerun.ledger import write_file
from smcm.rerun.units import Unit, file_digest

Facts = Mapping[str, Any]


def gather(folder: Path, run: RunParameters, units: Iterable[Unit]) -> str:
    """Write what the executed chapters of a run have concluded, beside them.

    Parameters
    ----------
    folder : Path
        Of the runs.
    run : RunParameters
    units : iterable of Unit
        All that the folder is to hold; those of other runs, and those that show
        conclusions themselves, are passed over.

    Returns
    -------
    str
        SHA-256 of the file, in hexadecimal.
    """
    chapters: dict[str, dict[str, Any]] = {}
    for unit in units:
        if unit.run == run and unit.chapter and not unit.chapter.reads_conclusions:
            found = chapters.setdefault(unit.chapter.stem, {})
            found.update(_facts(folder / unit.file))
    return write_conclusions(folder, run, chapters)


def write_conclusions(
    folder: Path, run: RunParameters, chapters: Mapping[str, Facts]
) -> str:
    """Write the conclusions among the facts of some chapters, by their stems.

    Returns
    -------
    str
        SHA-256 of the file, in hexadecimal.
    """
    found = {stem: left[PART] for stem, left in chapters.items() if PART in left}
    path = folder / run.slug / FILE
    text = json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    write_file(path, text.encode())
    return file_digest(path)


def _facts(path: Path) -> Facts:
    """Read the facts of a kept notebook; none where it concludes nothing."""
    try:
        content = read_input(path)
    except (FileNotFoundError, InputFileError):
        return {}
    if f'"{PART}"'.encode() not in content:  # which saves parsing it
        return {}
    return facts_of(json.loads(content))
