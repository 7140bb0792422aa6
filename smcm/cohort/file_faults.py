"""What is wrong with the files of a data folder before any of them is read."""

from difflib import get_close_matches
from pathlib import Path

from smcm.cohort.signatures import Foreign, foreign_kind
from smcm.errors import Fault
from smcm.input_files import FILE, InputFileError, read_input
from smcm.shown import named


def no_folder_fault(file: str, kind: str) -> Fault:
    """Say what stands in the place of the folder of the completed data set."""
    return Fault(
        file=file,
        value=kind,
        rule=f"{file} is a folder, with the completed data set in it.",
        cure="Move it away, or put the folder there.",
    )


def unread_fault(folder: Path, file: str, error: OSError | InputFileError) -> Fault:
    """Say why a file could not be read, and what to do."""
    if isinstance(error, InputFileError):
        large = error.what.startswith(FILE)
        return Fault(
            file=file,
            value=error.what,
            rule="The file can be read; it is a file on a disk, not too large.",
            cure=error.cure if large else "Put the file itself in its place.",
        )
    if not isinstance(error, FileNotFoundError):
        return Fault(
            file=file,
            value=error.strerror,
            rule="The file can be read.",
            cure="Close it in other programs and look at its permissions.",
        )
    return Fault(
        file=file,
        rule="The data folder holds this file; it is missing.",
        cure=f"{_instead(folder / file)} Its columns are listed in the codebook.",
    )


def _instead(missing: Path) -> str:
    """Say what to do about a missing file, by those that lie beside its place."""
    if not missing.parent.is_dir():
        return "Put the file there."
    beside = sorted(path for path in missing.parent.iterdir() if path.is_file())
    alike = [path for path in beside if path.stem.casefold() == missing.stem]
    for path in alike:
        kind = _foreign(path)
        if kind is not None:
            return f"{named(path.name)} is {kind.what}. {kind.cure}"
    by_folded = {path.name.casefold(): path.name for path in alike or beside}
    cutoff = 0.0 if alike else 0.8
    near = get_close_matches(missing.name.casefold(), by_folded, n=1, cutoff=cutoff)
    offer = f", or rename {named(by_folded[near[0]])}" if near else ""
    return f"Put the file there{offer}."


def _foreign(path: Path) -> Foreign | None:
    """Say what a file beside a missing one is; None where it cannot be read."""
    try:
        return foreign_kind(read_input(path))
    except (OSError, InputFileError):
        return None
