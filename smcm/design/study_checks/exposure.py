"""Whether the exposure can be computed as it is declared, and where it was measured."""

from collections.abc import Mapping
from typing import Any

from smcm.design.study_checks.keys import DOMAIN_MEANS
from smcm.design.study_checks.measures import key_fault, range_fault
from smcm.design.study_checks.notes import Notes
from smcm.design.study_checks.shapes import sections

OVER_TIME = ("table", "level", "range", "windows", "score", "domains", "unscored")
NEEDED = ("key", "name", "table", "level", "range", "score", "windows")
MOST_CLUSTERS = 3


def exposure_faults(raw: Mapping[str, Any], notes: Notes) -> None:
    """Note forms that are mixed, and domains, clusters and levels that do not agree."""
    section = raw["exposure"]
    if "column" in section:
        _once(section, notes)
    else:
        _over_time(section, raw, notes)
    _clusters(raw, notes)
    _alpha(raw, notes)


def _once(section: Mapping[str, Any], notes: Notes) -> None:
    for key in OVER_TIME:
        if key in section and key != "level":
            rule = "an exposure that is a column of the cases was measured once."
            cure = f"Take out {key}, or column."
            notes.add(("exposure", key), rule, cure, section[key])


def _over_time(
    section: Mapping[str, Any], raw: Mapping[str, Any], notes: Notes
) -> None:
    for key in NEEDED:
        if key not in section:
            rule = "is missing; an exposure that is assessed over time has it."
            cure = f"Add {key}, or name a column of the cases with column."
            notes.add(("exposure", key), rule, cure)
    if "table" not in raw.get("waves", {}):
        rule = "is missing; windows are counted back from the dates of the waves."
        notes.add(("waves", "table"), rule, 'Add it, as in: table = "visits.csv"')
    key_fault(("exposure",), section, notes)
    range_fault(("exposure",), section, notes)
    windows = section.get("windows", [])
    if len(set(windows)) < len(windows):
        rule = "a window is named twice."
        notes.add(("exposure", "windows"), rule, "Name each once.", windows)
    _domains(section, notes)


def _domains(section: Mapping[str, Any], notes: Notes) -> None:
    domains, by_domain = section.get("domains", {}), section.get("score")
    if by_domain == DOMAIN_MEANS and not domains:
        rule = f'is missing; score = "{DOMAIN_MEANS}" adds their means.'
        notes.add(("exposure", "domains"), rule, "Add [exposure.domains].")
    elif domains and by_domain != DOMAIN_MEANS:
        rule = f'domains belong to score = "{DOMAIN_MEANS}".'
        cure = "Take them out, or write that score."
        notes.add(("exposure", "domains"), rule, cure)
    unscored = section.get("unscored", [])
    for name in unscored:
        if name not in domains:
            notes.unknown(("exposure", "unscored"), name, "domain", domains)
    if domains and set(domains) <= set(unscored):
        rule = "no domain is left for the total."
        notes.add(("exposure", "unscored"), rule, "Leave out one of them.", unscored)


def _clusters(raw: Mapping[str, Any], notes: Notes) -> None:
    found = sections(raw, "cluster")
    keys = [section.get("key", "") for _, section in found]
    for path, section in found:
        key_fault(path, section, notes)
    for k, key in enumerate(keys):
        if key in keys[:k]:
            rule = "two clusters have this key."
            notes.add(("cluster", k, "key"), rule, "Rename one of them.", key)
    if len(keys) > MOST_CLUSTERS:
        rule = f"at most {MOST_CLUSTERS} levels are carried out; there are {len(keys)}."
        notes.add(
            ("cluster", MOST_CLUSTERS), rule, "Leave out those that matter least."
        )
    reruns = [path for path, section in found if section.get("rerun")]
    for path in reruns[1:]:
        rule = "rerun = true stands at one cluster at most."
        notes.add((*path, "rerun"), rule, "Keep it at one of them.", True)
    tables = [section["table"] for _, section in found if "table" in section]
    for path, section in found:
        if "of" in section and section["of"] not in tables:
            notes.unknown((*path, "of"), section["of"], "table of a cluster", tables)
    level = raw["exposure"].get("level")
    if level is not None and level not in keys:
        notes.unknown(("exposure", "level"), level, "[[cluster]]", keys)


def _alpha(raw: Mapping[str, Any], notes: Notes) -> None:
    alpha = raw.get("alpha", {})
    parts = [key for key in ("strict", "icc", "cluster") if key in alpha]
    if parts and len(parts) < 3:
        rule = "strict, icc and cluster belong together."
        cure = "Declare all three, or none for one level throughout."
        notes.add(("alpha", parts[0]), rule, cure)
    if alpha.get("strict", 0) >= alpha.get("level", 1):
        rule = f"the strict level is below the usual one, {alpha['level']}."
        cure = "Exchange the two, or leave out strict, icc and cluster."
        notes.add(("alpha", "strict"), rule, cure, alpha["strict"])
    keys = [section.get("key", "") for _, section in sections(raw, "cluster")]
    cluster = alpha.get("cluster")
    if cluster is not None and cluster not in keys:
        notes.unknown(("alpha", "cluster"), cluster, "[[cluster]]", keys)
