"""Which printed number counts the clients at a level of a characteristic."""

from collections.abc import Mapping

from smcm.analysis.characteristics import LevelCount

STEMS: Mapping[str, Mapping[str | int, str]] = {  # of keys, by column and code
    "ethnocultural": {
        "white": "eth.white",
        "indigenous": "eth.indigenous",
        "black": "eth.black",
        "asian": "eth.asian",
        "latin_american": "eth.latin",
        "middle_eastern": "eth.mideast",
    },
    "language": {"french": "lang.french", "english": "lang.english"},
    "diagnosis": {
        "schizophrenia": "dx.schiz",
        "bipolar": "dx.bipolar",
        "borderline": "dx.bpd",
        "other": "dx.other",
    },
    "education": {1: "edu.hs", 2: "edu.college", 3: "edu.univ"},
    "employed": {1: "employed"},
    "housed": {1: "housed"},
    "hospitalized": {1: "hosp"},
}


def stem_of(column: str, value: str | int) -> str:
    """Give the stem of the printed keys of a level; column and code for any other."""
    return STEMS.get(column, {}).get(value, f"{column}.{value}")


def stem_of_line(line: LevelCount) -> str:
    """Give the stem of the printed keys of a line of Table 1."""
    return stem_of(line.block.column, line.level.value)
