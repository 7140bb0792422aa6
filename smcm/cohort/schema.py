"""What the tables of a data folder are: columns, keys and references, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass

from smcm.errors import UnknownValueError

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
