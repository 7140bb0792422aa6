"""Whether waves and horizons follow one another in time."""

from collections.abc import Mapping, Sequence
from typing import Any

from smcm.design.study import label
from smcm.design.study_checks.measures import OF_COLUMNS
from smcm.design.study_checks.notes import Notes, Path
from smcm.design.study_checks.shapes import sections
from smcm.design.study_file import BASELINE_KEY


def time_faults(raw: Mapping[str, Any], notes: Notes) -> None:
    """Note waves out of order, and horizons that name waves that there are not."""
    waves = raw.get("waves", {})
    for path, section in [*sections(raw, "mediator"), *sections(raw, "outcome")]:
        part = str(path[0])
        own = any(key in section for key in OF_COLUMNS)
        if not own and "waves" not in section and part not in waves:
            rule = f"is missing; the {part} has a table and needs its waves."
            notes.add(("waves", part), rule, f"Add it, as in: {part} = [0, 9, 18]")
        _in_order((*path, "waves"), section.get("waves", ()), notes)
    for part in ("mediator", "outcome"):
        _in_order(("waves", part), waves.get(part, ()), notes)
    mediator = _months(raw["mediator"], waves.get("mediator", ()))
    outcome = sorted(
        {
            month
            for section in raw["outcome"]
            for month in _months(section, waves.get("outcome", ()))
        }
    )
    _horizons(raw, mediator, outcome, notes)
    _baseline(raw, outcome, notes)


def _months(section: Mapping[str, Any], waves: Sequence[float]) -> list[float]:
    """Months of a measure, wherever they are declared."""
    if "columns" in section:
        return [float(wave) for wave in section["columns"] if _is_number(wave)]
    if "column" in section:
        return [0.0, 1.0] if "baseline" in section else [1.0]
    return [float(month) for month in section.get("waves", waves)]


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _in_order(path: Path, waves: Sequence[float], notes: Notes) -> None:
    if list(waves) != sorted({*waves}) or any(wave < 0 for wave in waves):
        rule = "waves follow one another in time, from 0 on, each once."
        ordered = ", ".join(map(label, sorted({w for w in waves if w >= 0})))
        notes.add(path, rule, f"Write [{ordered}].", list(waves))


def _horizons(
    raw: Mapping[str, Any],
    mediator: Sequence[float],
    outcome: Sequence[float],
    notes: Notes,
) -> None:
    seen: list[float] = []
    for path, section in sections(raw, "horizon"):
        after, before = section["outcome"], section["mediator"]
        for part, month, known in (
            ("outcome", after, outcome),
            ("mediator", before, mediator),
        ):
            if month not in known:
                listed = ", ".join(map(label, known)) or "no wave"
                rule = f"the {part} was measured at {listed}."
                notes.add((*path, part), rule, "Name one of its waves.", month)
        if before > after:
            rule = f"the mediator comes after the outcome, which is at {label(after)}."
            cure = "A mediator is measured before its outcome; name an earlier wave."
            notes.add((*path, "mediator"), rule, cure, before)
        if section.get("exposure", before) > before:
            rule = f"the exposure comes after the mediator, at {label(before)}."
            cure = "Name an earlier wave, or leave it out for that of the mediator."
            notes.add((*path, "exposure"), rule, cure, section["exposure"])
        if after in seen:
            rule = "two horizons have this outcome wave."
            cure = "Take one of them out; a book has one mediator wave for each."
            notes.add((*path, "outcome"), rule, cure, after)
        seen.append(after)


def _baseline(raw: Mapping[str, Any], outcome: Sequence[float], notes: Notes) -> None:
    if raw.get("covariates", {}).get(BASELINE_KEY) is not True:
        return
    horizons = [section["outcome"] for _, section in sections(raw, "horizon")]
    first = min(horizons, default=outcome[-1] if outcome else 0)
    if outcome and outcome[0] >= first:
        rule = f"no outcome was measured before {label(first)}, the first horizon."
        cure = "Add an earlier wave of the outcome, or take this out."
        notes.add(("covariates", BASELINE_KEY), rule, cure, True)
