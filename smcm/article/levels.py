"""Which printed number counts the clients at a level of a characteristic."""

from collections.abc import Mapping

from smcm.analysis.characteristics import OTHER_BLOCK, LevelCount
from smcm.design.characteristics import blocks
from smcm.design.study import StudyDesign
from smcm.published import Published

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


def level_names(design: StudyDesign) -> dict[str, str]:
    """Name every level that Table 1 shows, by the stem of its printed keys."""
    return {
        stem_of(block.column, level.value): level.name
        for block in blocks(design)
        for level in block.levels
    }


def percentage_blocks(
    design: StudyDesign, published: Published
) -> dict[str, list[str]]:
    """Stems of the keys of Table 1's percentages, by the name of their block."""
    names = {
        stem_of(block.column, level.value).partition(".")[0]: block.name
        for block in blocks(design)
        for level in block.levels
    }
    found: dict[str, list[str]] = {}
    for key in published.by_key:
        if key.startswith("t1.") and key.endswith(".pct"):
            name = names.get(key.split(".")[1], OTHER_BLOCK)
            found.setdefault(name, []).append(key.removesuffix(".pct"))
    return found
