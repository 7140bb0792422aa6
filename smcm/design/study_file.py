"""A study file that is sound becomes a `StudyDesign`.

What can be wrong with a file is found by `smcm.design.study_checks`, all of it at once.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from smcm.design.study import (
    ANSWERED_SHARE,
    AlphaRule,
    Article,
    Cases,
    Cluster,
    Covariate,
    DeclaredColumn,
    DeclaredTable,
    Domain,
    Exposure,
    Horizon,
    Instrument,
    Rule,
    StudyDesign,
    Waves,
)
from smcm.paths import STUDY_FILE, SYNTHETIC

BASELINE_KEY = "baseline"  # among the covariates: each outcome's own first score
USUAL_LEVEL = 0.05
Section = Mapping[str, Any]


@cache
def shipped_bytes() -> bytes:
    """Read the shipped study file, which is that of a folder without one."""
    return (SYNTHETIC / STUDY_FILE).read_bytes()


@cache
def study_from(content: bytes) -> StudyDesign:
    """Build the design from the bytes of a file without faults, once for the same."""
    return study_of(tomllib.loads(content.decode("utf-8-sig")))


def shipped_study() -> StudyDesign:
    """Give the shipped study."""
    return study_from(shipped_bytes())


def study_of(raw: Section) -> StudyDesign:
    """Build the design from the sections of a file without faults."""
    waves = _waves(raw.get("waves", {}))
    mediator = instrument_of(raw["mediator"], waves.mediator)
    outcomes = tuple(instrument_of(one, waves.outcome) for one in raw["outcome"])
    study, covariates = raw["study"], raw.get("covariates", {})
    return StudyDesign(
        title=study["title"],
        case=tuple(study.get("case", ("case", "cases"))),
        article=Article(**raw["article"]) if "article" in raw else None,
        cases=_cases(raw["cases"]),
        clusters=tuple(_cluster(one) for one in raw.get("cluster", ())),
        waves=waves,
        exposure=_exposure(raw["exposure"]),
        mediator=mediator,
        outcomes=outcomes,
        horizons=_horizons(raw.get("horizon", ()), mediator, outcomes),
        covariates=tuple(
            _covariate(key, said)
            for key, said in covariates.items()
            if key != BASELINE_KEY
        ),
        baseline=covariates.get(
            BASELINE_KEY, any("baseline" in one for one in raw["outcome"])
        ),
        alpha=_alpha(raw.get("alpha", {})),
    )


def _table(said: Section) -> DeclaredTable:
    columns = said.get("columns", {})
    return DeclaredTable(
        path=said.get("table", ""),
        title=said.get("title", ""),
        about=said.get("about", ""),
        columns=tuple(_column(name, one) for name, one in columns.items()),
    )


def _column(name: str, said: Section) -> DeclaredColumn:
    low, high = said.get("range", (said.get("least"), None))
    return DeclaredColumn(
        name=name,
        title=said.get("title", ""),
        about=said.get("about", ""),
        unit=said.get("unit", ""),
        values=tuple(said.get("values", {}).items()),
        unlisted=tuple(said.get("unlisted", ())),
        low=low,
        high=high,
        required=said.get("required", False),
    )


def _cases(said: Section) -> Cases:
    return Cases(
        table=_table(said),
        id=said.get("id", ""),
        entry=said.get("entry", ""),
        entry_within=said.get("entry_within"),
    )


def _cluster(said: Section) -> Cluster:
    return Cluster(
        key=said["key"],
        name=said.get("name", said["key"]),
        table=_table(said),
        of=said.get("of", ""),
        rerun=said.get("rerun", False),
    )


def _waves(said: Section) -> Waves:
    return Waves(
        table=_table(said),
        unit=said.get("unit", ""),
        mediator=tuple(map(float, said.get("mediator", ()))),
        outcome=tuple(map(float, said.get("outcome", ()))),
    )


def _exposure(said: Section) -> Exposure:
    column, unscored = said.get("column", ""), said.get("unscored", ())
    low, high = said.get("range", (0, 0))
    key = said.get("key", column or "exposure")
    return Exposure(
        key=key,
        name=said.get("name", key),
        short=said.get("short", said.get("name", key)),
        score="" if column else said.get("score", "given"),
        level=said.get("level", ""),
        column=column,
        table=_table(said),
        low=low,
        high=high,
        windows=tuple(said.get("windows", ())),
        domains=tuple(
            Domain(domain, name, n_items, scored=domain not in unscored)
            for domain, (n_items, name) in said.get("domains", {}).items()
        ),
        threshold=said.get("high", 0),
        rated=said.get("rated", 0.5),
        at_random=said.get("assigned") == "at random",
    )


def instrument_of(said: Section, waves: tuple[float, ...]) -> Instrument:
    """Build a mediator or an outcome from its section.

    Parameters
    ----------
    said : mapping
    waves : tuple of float
        Those of its part, for one that names none itself.
    """
    own = _own_columns(said)
    rule: Rule = "column" if own else said["score"]
    low, high = said.get("range", (0, 0))
    n_items = said.get("items", 1)
    key = said.get("key", own[-1][1] if own else "")
    times = n_items if rule == "sum" else 1
    limits = (
        (0, 100) if rule in ("percent", "weighted") else (low * times, high * times)
    )
    months = [month for month, _ in own] or said.get("waves", waves)
    return Instrument(
        key=key,
        name=said.get("name", key),
        short=said.get("short", said.get("name", key) if own else key.upper()),
        measures=said.get("measures", said.get("name", key)),
        n_items=n_items,
        low=low,
        high=high,
        rule=rule,
        minimum=limits[0],
        maximum=limits[1],
        months=tuple(map(float, months)),
        reversed=tuple(said.get("reversed", ())),
        answered=said.get("answered", ANSWERED_SHARE),
        points=said.get("points", 0),
        coded=said.get("coded", ""),
        scored=said.get("scored", ""),
        own=own,
    )


def _own_columns(said: Section) -> tuple[tuple[float, str], ...]:
    """Pair waves with columns of the cases' table; a single column is wave 1."""
    if "columns" in said:
        return tuple(sorted((float(w), c) for w, c in said["columns"].items()))
    if "column" not in said:
        return ()
    first = ((0.0, said["baseline"]),) if "baseline" in said else ()
    return (*first, (1.0, said["column"]))


def _horizons(
    said: tuple[Section, ...], mediator: Instrument, outcomes: tuple[Instrument, ...]
) -> tuple[Horizon, ...]:
    """Take what is declared, else the last wave of each outcome and of the mediator."""
    last = mediator.months[-1] if mediator.months else 0.0
    found = said or [
        {"outcome": month, "mediator": last}
        for month in sorted({one.months[-1] for one in outcomes})
    ]
    return tuple(
        Horizon(
            outcome=float(one["outcome"]),
            mediator=float(one["mediator"]),
            exposure=float(one.get("exposure", one["mediator"])),
        )
        for one in found
    )


def _alpha(said: Section) -> AlphaRule:
    level = said.get("level", USUAL_LEVEL)
    return AlphaRule(**{"level": level, "strict": level, **said})


def _covariate(key: str, said: str | Section) -> Covariate:
    words: Section = {"name": said} if isinstance(said, str) else said
    return Covariate(
        key=key,
        name=words.get("name", key),
        source=words.get("from", key),
        equals=words.get("is", ""),
        coding=words.get("coding", ""),
        reference=words.get("reference", ""),
    )
