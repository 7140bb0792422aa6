"""Whether each key of a study file is known, there, and of its kind."""

from collections.abc import Iterable, Mapping
from typing import Any

from smcm.design.study_checks.keys import (
    COLUMN_KEYS,
    COVARIATE_KEYS,
    FORMAT,
    REQUIRED,
    SECTION_KEYS,
    TOP,
    Keys,
)
from smcm.design.study_checks.kinds import SECTIONS, YES
from smcm.design.study_checks.notes import Notes, Path, place
from smcm.design.study_file import BASELINE_KEY
from smcm.errors import nearest

HOLD_COLUMNS = ("cases", "cluster", "waves")


def shape_faults(raw: Mapping[str, Any], notes: Notes) -> None:
    """Note keys that are unknown, missing or of another kind."""
    _keys((), raw, TOP, REQUIRED[""], notes)
    if type(raw.get("format")) is int and raw["format"] != FORMAT:
        notes.add(
            ("format",),
            f"this version reads format {FORMAT}.",
            f"Write format = {FORMAT}, or take the version that wrote the file.",
            raw["format"],
        )
    for name, keys in SECTION_KEYS.items():
        for path, section in sections(raw, name):
            _keys(path, section, keys, REQUIRED.get(name, ()), notes)
            if name in HOLD_COLUMNS and isinstance(section.get("columns"), dict):
                _columns((*path, "columns"), section["columns"], notes)
    covariates = raw.get("covariates", {})
    for key, said in covariates.items() if isinstance(covariates, dict) else ():
        _covariate(("covariates", key), said, notes)
    if raw.get("outcome") == []:
        notes.add(("outcome",), "a study has an outcome.", "Write [[outcome]].")


def sections(
    raw: Mapping[str, Any], name: str
) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    """Give each section of a name with its path; none where it is no section."""
    held = raw.get(name, [] if TOP[name] is SECTIONS else None)
    if TOP[name] is SECTIONS:
        listed = enumerate(held) if isinstance(held, list) else ()
        return [((name, k), one) for k, one in listed if isinstance(one, dict)]
    return [((name,), held)] if isinstance(held, dict) else []


def _keys(
    path: Path,
    section: Mapping[str, Any],
    keys: Keys,
    required: tuple[str, ...],
    notes: Notes,
) -> None:
    where = f"{place(path)} has" if path else "A study file has"
    for key, value in section.items():
        if key not in keys:
            listed = ", ".join(sorted(keys))
            cure = f"Take it out, or correct its name.{nearest(key, keys)}"
            notes.add((*path, key), f"no such key; {where} {listed}.", cure, key)
        elif not keys[key].fits(value):
            kind = keys[key]
            cure = f"Write it as in: {kind.written(key)}"
            notes.add((*path, key), f"expected {kind.words}.", cure, value)
    for key in required:
        if key not in section:
            rule = f"is missing; expected {keys[key].words}."
            notes.add((*path, key), rule, f"Add it, as in: {keys[key].written(key)}")


def _columns(path: Path, columns: Mapping[str, Any], notes: Notes) -> None:
    for name, said in columns.items():
        if isinstance(said, dict):
            _keys((*path, name), said, COLUMN_KEYS, (), notes)
        else:
            notes.add(
                (*path, name),
                "expected what is said of the column, in braces.",
                f'Write it as in: {name} = {{ title = "Age", range = [16, 110] }}',
                said,
            )


def _covariate(path: Path, said: object, notes: Notes) -> None:
    if path[-1] == BASELINE_KEY:
        if not YES.fits(said):
            cure = "Write true for each outcome's own score at the first wave."
            notes.add(path, f"expected {YES.words}.", cure, said)
    elif isinstance(said, dict):
        _keys(path, said, COVARIATE_KEYS, (), notes)
    elif not isinstance(said, str):
        notes.add(
            path,
            "expected a name in quotes, or a name and a coding in braces.",
            f'Write it as in: {path[-1]} = {{ name = "sex", coding = "categories" }}',
            said,
        )
