"""Everything that can be wrong with a data folder, found at once."""

from pathlib import Path

from smcm.cohort import rules_interviews
from smcm.cohort.completion import completion_faults
from smcm.cohort.descriptors import schema_of
from smcm.cohort.folder import COMPLETED, DataFolder, read_folder
from smcm.cohort.links import link_faults
from smcm.cohort.manifest import MANIFEST
from smcm.cohort.rules_items import (
    assessments_are_whole,
    items_stand_in_their_domain,
    points_are_spent,
    rows_are_of_held_interviews,
    rows_have_an_answer,
)
from smcm.errors import Fault
from smcm.input_files import ABSENT, FILE, FOLDER, kind_of
from smcm.paths import STUDY_FILE
from smcm.shown import named

RULES_OF_THE_DESIGN = (
    rules_interviews.every_interview_has_a_row,
    rules_interviews.entry_is_near_baseline,
    rules_interviews.clusters_are_nested,
    items_stand_in_their_domain,
    assessments_are_whole,
)
RULES = (
    rules_interviews.interviews_follow_one_another,
    rules_interviews.no_language_without_interview,
)


def check_folder(folder: Path) -> tuple[Fault, ...]:
    """Find every fault of a data folder; the folder is left as it is.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    tuple of Fault
        Empty when the data are sound; by file, then by line.
    """
    absent = folder_fault(folder)
    return (absent,) if absent else all_faults(read_folder(folder))


def folder_fault(folder: Path) -> Fault | None:
    """Say what is wrong with the folder itself, if anything is."""
    kind = kind_of(folder)
    if kind == FOLDER:
        return None
    beside = named(str(folder.absolute().parent))
    return Fault(
        file=str(folder),
        value="nothing" if kind == ABSENT else kind,
        rule="The data are named by their folder, or by the word synthetic.",
        cure=f"Name the folder that holds it, {beside}; a single table of any other "
        "kind is for `smcm mediate`."
        if kind == FILE
        else "Look for a slip in the path; it is taken from the folder you are in.",
    )


def all_faults(data: DataFolder) -> tuple[Fault, ...]:
    """Collect the faults of a folder that was read, by file and line."""
    tables, design = data.tables, data.design
    indices = {one.key: one for one in design.instruments if one.rule == "weighted"}
    faults = [*data.faults]
    for table in tables.values():
        faults += link_faults(table, tables)
    for declared in RULES_OF_THE_DESIGN:
        faults += declared(tables, design)
    for rule in RULES:
        faults += rule(tables)
    for table in tables.values():
        if any(link.table == "interviews" for link in table.schema.foreign_keys):
            faults += rows_are_of_held_interviews(table, tables)
            faults += rows_have_an_answer(table)
    for name, index in indices.items():
        if name in tables:
            faults += points_are_spent(tables[name], index)
    if data.completed is not None:
        faults += completion_faults(data.completed, tables, indices)
    paths = [table.path for table in schema_of(design).tables]
    within = (f"{COMPLETED}/{path}" for path in paths)
    files = [STUDY_FILE, *paths, COMPLETED, *within, MANIFEST]
    return tuple(sorted(faults, key=lambda f: (files.index(f.file), f.line or 0)))
