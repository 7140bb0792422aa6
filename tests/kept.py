"""What a rerun has kept for the text of a page."""

from collections import ChainMap

import nbformat

from smcm.facts import facts_of
from smcm.paths import ROOT
from smcm.rerun.contents import read_chapters
from smcm.rerun.units import Unit, behind_page


def facts_kept(folder, run, stem):
    """Give the facts of a chapter and of the sections that its text speaks of."""
    chapters = read_chapters(ROOT)
    page = Unit(run, chapters[f"book/{stem}"])
    kept = [folder / unit.file for unit in behind_page(page, chapters.values())]
    return dict(ChainMap(*(facts_of(nbformat.read(one, as_version=4)) for one in kept)))
