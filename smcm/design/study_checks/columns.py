"""Whether columns, covariates and tables name one another."""

from collections.abc import Iterator, Mapping
from typing import Any

from smcm.design.study_checks.keys import CATEGORIES
from smcm.design.study_checks.measures import range_fault
from smcm.design.study_checks.notes import Notes, Path
from smcm.design.study_checks.shapes import HOLD_COLUMNS, sections
from smcm.design.study_file import BASELINE_KEY

Section = Mapping[str, Any]


def column_faults(raw: Section, notes: Notes) -> None:
    """Note columns said twice over, and covariates of columns that there are not."""
    for path, said in _declared(raw):
        range_fault(path, said, notes)
        ways = [key for key in ("values", "range", "least") if key in said]
        if len(ways) > 1:
            rule = f"{' and '.join(ways)} both say what the column may hold."
            notes.add((*path, ways[1]), rule, "Keep one of them.")
        values = [*said.get("values", ())]
        for value in said.get("unlisted", ()):
            if value not in values:
                notes.unknown((*path, "unlisted"), value, "value of the column", values)
    _covariates(raw, notes)
    _tables(raw, notes)


def _declared(raw: Section) -> Iterator[tuple[Path, Section]]:
    for name in HOLD_COLUMNS:
        for path, section in sections(raw, name):
            for column, said in section.get("columns", {}).items():
                yield (*path, "columns", column), said


def _covariates(raw: Section, notes: Notes) -> None:
    known = {str(path[-1]): said for path, said in _declared(raw)}
    clusters = {section.get("key", "") for _, section in sections(raw, "cluster")}
    for key, said in raw.get("covariates", {}).items():
        if key == BASELINE_KEY:
            continue
        words: Section = said if isinstance(said, dict) else {}
        source = words.get("from", key)
        # a file without declared columns leaves their names to the table
        if known and source not in {*known, *clusters}:
            path: Path = ("covariates", key)
            notes.unknown(path, source, "declared column", [*known, *clusters])
        _levels(("covariates", key), words, known.get(source, {}), notes)


def _levels(path: Path, words: Section, column: Section, notes: Notes) -> None:
    values = list(column.get("values", ()))
    for key in ("is", "reference"):
        if key in words and values and words[key] not in values:
            notes.unknown((*path, key), words[key], "value of the column", values)
    if "is" in words and "coding" in words:
        rule = "a covariate that is 1 for one value has no other coding."
        notes.add((*path, "coding"), rule, "Keep is or coding.", words["coding"])
    if "reference" in words and words.get("coding") != CATEGORIES:
        rule = f'a reference level belongs to coding = "{CATEGORIES}".'
        cure = "Add that coding, or take the reference out."
        notes.add((*path, "reference"), rule, cure, words["reference"])


def _tables(raw: Section, notes: Notes) -> None:
    seen: dict[str, Path] = {}
    for name in ("cases", "cluster", "waves", "exposure"):
        for path, section in sections(raw, name):
            table = section.get("table")
            if table is None:
                continue
            where = (*path, "table")
            if not table.endswith(".csv") or "/" in table or "\\" in table:
                rule = "a table is a CSV file of the data folder itself."
                cure = 'Write it as in: table = "clients.csv"'
                notes.add(where, rule, cure, table)
            if table in seen:
                rule = "two sections name this table."
                notes.add(where, rule, "Give each its own file.", table)
            seen[table] = where
