"""Which printed number counts the clients at a level of a characteristic."""

from collections.abc import Mapping

from smcm.analysis.characteristics import LevelCount

# Parts of keys that are not the column or the code itself, and keys that are neither.
COLUMNS = {"ethnocultural": "eth", "language": "lang", "diagnosis": "dx"}
CODES: Mapping[str | int, str] = {
    "latin_american": "latin",
    "middle_eastern": "mideast",
    "schizophrenia": "schiz",
    "borderline": "bpd",
}
STEMS: Mapping[tuple[str, str | int], str] = {
    ("education", 1): "edu.hs",
    ("education", 2): "edu.college",
    ("education", 3): "edu.univ",
    ("employed", 1): "employed",
    ("housed", 1): "housed",
    ("hospitalized", 1): "hosp",
}


def stem_of(column: str, value: str | int) -> str:
    """Give the stem of the printed keys of a level; column and code for most."""
    usual = f"{COLUMNS.get(column, column)}.{CODES.get(value, value)}"
    return STEMS.get((column, value), usual)


def stem_of_line(line: LevelCount) -> str:
    """Give the stem of the printed keys of a line of Table 1."""
    return stem_of(line.block.column, line.level.value)
