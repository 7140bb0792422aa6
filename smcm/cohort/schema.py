"""The data package descriptor of a cohort, read into frozen objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Self

from smcm.errors import UnknownValueError
from smcm.paths import SCHEMA
from smcm.strict_json import read_json

DESCRIPTOR = "datapackage.json"
FEW = 8  # codes that a sentence can list; more are left to the codebook
KINDS = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "date": "a date written as YYYY-MM-DD",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name, title, description : str
        Header, short name and meaning.
    kind : str
        ``"string"``, ``"integer"``, ``"number"`` or ``"date"``.
    unit : str
        Empty for text.
    required : bool
        Whether every row must have a value.
    codes : mapping of str to str
        Each allowed value as it is written, with its label; empty when any will do.
    minimum, maximum : str or None
        Limits, themselves allowed, as they are written.
    """

    name: str
    title: str
    description: str
    kind: str
    unit: str
    required: bool
    codes: Mapping[str, str]
    minimum: str | None
    maximum: str | None

    @property
    def allowed(self) -> str:
        """What a value may be, as words that fit after "is"."""
        if self.codes and len(self.codes) > FEW:
            return f"one of the {len(self.codes)} codes of the codebook"
        if self.codes:
            return "one of " + ", ".join(self.codes)
        counted = self.unit not in {"", "code", "date"}
        words = KINDS[self.kind] + (f" of {self.unit}" if counted else "")
        if self.minimum is not None and self.maximum is not None:
            return f"{words} from {self.minimum} to {self.maximum}"
        return words + (f", {self.minimum} or later" if self.minimum else "")

    @property
    def rule(self) -> str:
        """The column's rule as a sentence."""
        blank = "and never blank" if self.required else "or blank if missing"
        return f"{self.name} is {self.allowed}, {blank}."

    @classmethod
    def from_descriptor(cls, field: Mapping[str, Any]) -> Self:
        """Read one field of a table schema."""
        limits = field.get("constraints", {})
        labels = {str(c["value"]): c["label"] for c in field.get("categories", ())}
        codes = [str(value) for value in limits.get("enum", ())]
        return cls(
            name=field["name"],
            title=field["title"],
            description=field["description"],
            kind=field["type"],
            unit=field.get("unit", ""),
            required=limits.get("required", False),
            codes={code: labels.get(code, "") for code in codes},
            minimum=_text_or_none(limits.get("minimum")),
            maximum=_text_or_none(limits.get("maximum")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """Columns whose values must occur together in another table."""

    columns: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSchema:
    """One table: its file, its columns and its keys.

    Attributes
    ----------
    name, title, description, path : str
    columns : tuple of Column
        In the order of the codebook; a file may order them otherwise.
    missing : tuple of str
        Texts that stand for a missing value.
    key : tuple of str
        Columns that together name a row.
    foreign_keys : tuple of ForeignKey
    """

    name: str
    title: str
    description: str
    path: str
    columns: tuple[Column, ...]
    missing: tuple[str, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(column.name for column in self.columns)

    @property
    def answers(self) -> tuple[str, ...]:
        """Columns that are no part of the key."""
        return tuple(name for name in self.names if name not in self.key)

    def column(self, name: str) -> Column:
        """Find a column by its name."""
        return self.columns[self.names.index(name)]

    @classmethod
    def from_descriptor(
        cls, resource: Mapping[str, Any], schema: Mapping[str, Any]
    ) -> Self:
        """Read one resource of the package and its table schema."""
        links = tuple(
            ForeignKey(
                columns=tuple(link["fields"]),
                table=link["reference"]["resource"],
                reference=tuple(link["reference"]["fields"]),
            )
            for link in schema.get("foreignKeys", ())
        )
        return cls(
            name=resource["name"],
            title=resource["title"],
            description=resource["description"],
            path=resource["path"],
            columns=tuple(Column.from_descriptor(f) for f in schema["fields"]),
            missing=tuple(schema["missingValues"]),
            key=tuple(schema["primaryKey"]),
            foreign_keys=links,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortSchema:
    """All tables of a data folder."""

    tables: tuple[TableSchema, ...]

    def table(self, name: str) -> TableSchema:
        """Find a table by its name."""
        found = {table.name: table for table in self.tables}
        if name not in found:
            raise UnknownValueError.for_choice("table", name, found)
        return found[name]

    @property
    def items(self) -> tuple[TableSchema, ...]:
        """Tables of questionnaire items: those that belong to an interview."""
        return tuple(
            table
            for table in self.tables
            if any(link.table == "interviews" for link in table.foreign_keys)
        )


@cache
def read_schema(folder: Path = SCHEMA) -> CohortSchema:
    """Read the descriptor and the table schemas beside it."""
    package = _json(folder / DESCRIPTOR)
    tables = tuple(
        TableSchema.from_descriptor(resource, _json(folder / resource["schema"]))
        for resource in package["resources"]
    )
    return CohortSchema(tables=tables)


def _json(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = read_json(path.read_bytes())
    return content


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)
