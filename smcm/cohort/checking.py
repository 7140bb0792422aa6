"""Everything that can be wrong with a data folder, found at once."""

from pathlib import Path

from smcm.cohort.folder import DataFolder, read_folder
from smcm.errors import Fault


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
    if folder.is_dir():
        return None
    found = "a file" if folder.exists() else "nothing"
    return Fault(
        file=str(folder),
        value=found,
        rule="The data are named by their folder, or by the word synthetic.",
        cure=f"Name the folder that holds it, {folder.parent}."
        if folder.exists()
        else "Look for a slip in the path; it is taken from the folder you are in.",
    )


def all_faults(data: DataFolder) -> tuple[Fault, ...]:
    """Collect the faults of a folder that was read, by file and line."""
    faults = [*data.faults]
    files = list(dict.fromkeys(fault.file for fault in faults))
    return tuple(sorted(faults, key=lambda f: (files.index(f.file), f.line or 0)))
