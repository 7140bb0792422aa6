"""Whether the mediator and the outcomes can be scored as they are declared."""

import re
from collections.abc import Mapping
from typing import Any

from smcm.design.study_checks.keys import GIVEN, WEIGHTED
from smcm.design.study_checks.notes import Notes, Path
from smcm.design.study_checks.shapes import sections

OF_COLUMNS = ("column", "columns")
OF_ITEMS = ("items", "range", "score", "reversed", "answered", "points", "coded")
NEEDED = ("key", "name", "score", "range")
NAME = re.compile(r"[a-z][a-z0-9_]*")  # stem of files and columns


def measure_faults(raw: Mapping[str, Any], notes: Notes) -> None:
    """Note forms that are mixed, items that are not there, keys that occur twice."""
    found = [*sections(raw, "mediator"), *sections(raw, "outcome")]
    for path, section in found:
        if any(key in section for key in OF_COLUMNS):
            _of_columns(path, section, notes)
        else:
            _of_items(path, section, notes)
    seen: set[str] = set()
    for path, section in found:
        key = section.get("key", section.get("column", ""))
        if key and key in seen:
            rule = "two measures have this key; it names their files and columns."
            notes.add((*path, "key"), rule, "Give one of them another key.", key)
        seen.add(key)


def key_fault(path: Path, section: Mapping[str, Any], notes: Notes) -> None:
    """Note a key that cannot be the stem of files and columns."""
    key = section.get("key")
    if key is not None and not NAME.fullmatch(key):
        rule = "a key is of small letters, digits and _, and begins with a letter."
        cure = "Write a key such as qoli20; name takes any text."
        notes.add((*path, "key"), rule, cure, key)


def range_fault(path: Path, section: Mapping[str, Any], notes: Notes) -> None:
    """Note a range whose ends are not in order."""
    low, high = section.get("range", (0, 1))
    if low >= high:
        cure = f"Write [{high}, {low}]." if low > high else "Write the two ends apart."
        rule = "the lowest comes first, and below the highest."
        notes.add((*path, "range"), rule, cure, [low, high])


def _of_columns(path: Path, section: Mapping[str, Any], notes: Notes) -> None:
    for key in OF_ITEMS:
        if key in section:
            notes.add(
                (*path, key),
                "a measure that is a column of the cases is scored already.",
                f"Take out {key}, or column.",
                section[key],
            )
    if all(key in section for key in OF_COLUMNS):
        rule = "column and columns say the same in two ways."
        notes.add((*path, "column"), rule, "Keep one of them.", section["column"])
    for wave in section.get("columns", ()):
        if not re.fullmatch(r"\d+(\.\d+)?", wave):
            rule = "the keys of columns are waves, which are numbers."
            notes.add((*path, "columns"), rule, "Write it as in: 6 = name.", wave)


def _of_items(path: Path, section: Mapping[str, Any], notes: Notes) -> None:
    rule = section.get("score")
    needed = NEEDED if rule == GIVEN else (*NEEDED, "items")
    for key in needed:
        if key not in section:
            why = "is missing; a measure with a table of its own has it."
            cure = f"Add {key}, or name a column of the cases with column."
            notes.add((*path, key), why, cure)
    if "baseline" in section:
        why = "baseline belongs to a measure that is a column of the cases."
        cure = "Take it out; the first wave of the outcome is its baseline."
        notes.add((*path, "baseline"), why, cure, section["baseline"])
    key_fault(path, section, notes)
    range_fault(path, section, notes)
    _points(path, section, notes)
    _reversed(path, section, notes)


def _points(path: Path, section: Mapping[str, Any], notes: Notes) -> None:
    weighted = section.get("score") == WEIGHTED
    if weighted and "points" not in section:
        why = 'is missing; score = "weighted" weighs ratings by shares of points.'
        notes.add((*path, "points"), why, "Add it, as in: points = 60")
    elif not weighted and "points" in section:
        why = 'points belongs to score = "weighted".'
        cure = 'Take it out, or write score = "weighted".'
        notes.add((*path, "points"), why, cure, section["points"])


def _reversed(path: Path, section: Mapping[str, Any], notes: Notes) -> None:
    turned, n_items = section.get("reversed", []), section.get("items", 0)
    where = (*path, "reversed")
    if turned and section.get("score") in (GIVEN, WEIGHTED):
        why = "only answers to items can be turned, not ready scores or ratings."
        notes.add(where, why, "Take it out.", turned)
        return
    for item in turned:
        if "items" in section and item > n_items:
            why = f"the items are numbered from 1 to {n_items}."
            notes.add(where, why, "Name items that are there.", item)
    if len(set(turned)) < len(turned):
        why = "an item is named twice, and would be turned back."
        notes.add(where, why, "Name each item once.", turned)
