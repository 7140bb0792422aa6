"""The blocks of Table 1 as they are printed: their levels and percentages."""

from smcm.analysis.characteristics import OTHER_BLOCK
from smcm.article.levels import stem_of
from smcm.design.characteristics import blocks
from smcm.design.study import StudyDesign
from smcm.published import Published


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
