"""Everything that is wrong with a study file, found at once."""

import tomllib
from typing import Any

from smcm.design.study_checks.columns import column_faults
from smcm.design.study_checks.exposure import exposure_faults
from smcm.design.study_checks.measures import measure_faults
from smcm.design.study_checks.notes import Notes
from smcm.design.study_checks.shapes import shape_faults
from smcm.design.study_checks.times import time_faults
from smcm.errors import Fault
from smcm.paths import STUDY_FILE


def study_faults(content: bytes) -> tuple[Fault, ...]:
    """Find every fault of a study file.

    What its keys mean together is looked at once each of them is well-formed.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    tuple of Fault
        In the order of lines; empty where `smcm.design.study_file.study_of` may be
        called.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return (_undecodable(content, error.start),)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return (_no_toml(text, str(error)),)
    notes = Notes.of(text)
    shape_faults(raw, notes)
    if not notes.faults:
        _meaning(raw, notes)
    return tuple(sorted(notes.faults, key=lambda fault: fault.line or 0))


def _meaning(raw: dict[str, Any], notes: Notes) -> None:
    for look in (measure_faults, exposure_faults, time_faults, column_faults):
        look(raw, notes)


def _undecodable(content: bytes, place: int) -> Fault:
    return Fault(
        file=STUDY_FILE,
        line=content.count(b"\n", 0, place) + 1,
        rule="A study file is text in UTF-8.",
        cure="Save it as UTF-8; editors offer this under Save as.",
    )


def _no_toml(text: str, problem: str) -> Fault:
    """Name the place that the parser names, at the end of what it says."""
    said, _, place = problem.partition(" (at ")
    number = place.removeprefix("line ").partition(",")[0]
    last = len(text.splitlines())
    return Fault(
        file=STUDY_FILE,
        line=int(number) if number.isdigit() else max(last, 1),
        rule=f"A study file is TOML, with each key once; the parser says: {said}.",
        cure="Look for a missing quote, bracket or comma there or on the line before.",
    )
