"""A data folder, read once: every file, typed, with what is wrong in each."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from smcm.cohort.descriptors import schema_of
from smcm.cohort.manifest import MANIFEST, MOST_BYTES, Manifest, read_manifest
from smcm.cohort.schema import CohortSchema, TableSchema
from smcm.cohort.sheets import read_sheet, read_text_sheet
from smcm.cohort.typed import TypedTable, read_table
from smcm.design.study import StudyDesign
from smcm.design.study_file import shipped_bytes, shipped_study, study_from
from smcm.errors import Fault
from smcm.input_files import ABSENT, FOLDER, InputFileError, kind_of, read_input
from smcm.paths import STUDY_FILE

COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFolder:
    """All that a folder holds.

    Attributes
    ----------
    tables : mapping of str to TypedTable
        By the table's name; without those whose file cannot be read at all.
    completed : mapping of str to TypedTable or None
        The tables of completed/, None where there is no such folder.
    manifest : Manifest
    digest : str
        SHA-256 over the names and bytes of the data files and of the study file that
        holds for them, in hexadecimal.
    design : StudyDesign
        What the study file declares; the shipped one where it is none or has faults.
    faults : tuple of Fault
        Of the files one by one; what they say of each other is checked elsewhere.
    """

    tables: Mapping[str, TypedTable]
    completed: Mapping[str, TypedTable] | None
    manifest: Manifest
    digest: str
    design: StudyDesign
    faults: tuple[Fault, ...]


def read_folder(folder: Path) -> DataFolder:
    """Read every file of a data folder; nothing is written or changed.

    Parameters
    ----------
    folder : Path
        A folder that exists.
    """
    contents: dict[str, bytes] = {}
    faults: list[Fault] = []
    study, design = shipped_bytes(), shipped_study()
    try:
        study = _study_bytes(folder)
        found = _study_faults(study)
        faults += found
        design = design if found else study_from(study)
    except (OSError, InputFileError) as error:
        faults.append(_unread(folder, STUDY_FILE, error))
    wanted = _wanted(schema_of(design), folder)
    for file in wanted:
        try:
            contents[file] = read_input(folder / file)
        except (OSError, InputFileError) as error:
            faults.append(_unread(folder, file, error))
    tables = {
        file: _table(wanted[file], file, content) for file, content in contents.items()
    }
    manifest = _manifest(folder, contents)
    faults += _in_place_of_completed(folder)
    faults += [fault for table in tables.values() for fault in table.faults]
    faults += manifest.faults
    main = {t.schema.name: t for file, t in tables.items() if "/" not in file}
    rest = {t.schema.name: t for file, t in tables.items() if "/" in file}
    return DataFolder(
        tables=main,
        completed=rest if (folder / COMPLETED).is_dir() else None,
        manifest=manifest,
        digest=_digest({**contents, STUDY_FILE: study}),
        design=design,
        faults=tuple(faults),
    )


def holds_the_same(read: DataFolder, folder: Path) -> bool:
    """Whether another folder holds the same data files and says the same of them.

    Parameters
    ----------
    read : DataFolder
    folder : Path
        Need not exist.
    """
    try:
        files = _wanted(schema_of(read.design), folder)
        contents = {file: read_input(folder / file) for file in files}
        contents[STUDY_FILE] = _study_bytes(folder)
        manifest = read_manifest(_manifest_bytes(folder), {})
    except (OSError, InputFileError):
        return False
    said = replace(manifest, faults=read.manifest.faults)
    return (read.digest, read.manifest) == (_digest(contents), said)


def _wanted(schema: CohortSchema, folder: Path) -> dict[str, TableSchema]:
    """Every file the folder should have, by its name relative to the folder."""
    wanted = {table.path: table for table in schema.tables}
    if (folder / COMPLETED).is_dir():
        wanted |= {f"{COMPLETED}/{table.path}": table for table in schema.items}
    return wanted


def _table(schema: TableSchema, file: str, content: bytes) -> TypedTable:
    """Read one file; of one with faults, ask whether it is a text table at all."""
    table = read_table(schema, read_text_sheet(file, content))
    return read_table(schema, read_sheet(file, content)) if table.faults else table


def _manifest(folder: Path, contents: Mapping[str, bytes]) -> Manifest:
    try:
        return read_manifest(_manifest_bytes(folder), contents)
    except (OSError, InputFileError) as error:
        return Manifest(faults=(_unread(folder, MANIFEST, error),))


def _manifest_bytes(folder: Path) -> bytes | None:
    path = folder / MANIFEST
    return None if kind_of(path) == ABSENT else read_input(path, MOST_BYTES)


def _study_bytes(folder: Path) -> bytes:
    """Read the study file; a folder without one has the shipped design."""
    path = folder / STUDY_FILE
    return shipped_bytes() if kind_of(path) == ABSENT else read_input(path, MOST_BYTES)


def _study_faults(content: bytes) -> tuple[Fault, ...]:
    """Find what is wrong with a study file, or is not carried out yet."""
    if content == shipped_bytes():
        return ()
    from smcm.design.study_checks.not_yet import refusals  # noqa: PLC0415

    return refusals(content)


def _in_place_of_completed(folder: Path) -> Iterator[Fault]:
    kind = kind_of(folder / COMPLETED)
    if kind not in (ABSENT, FOLDER):
        from smcm.cohort.file_faults import no_folder_fault  # noqa: PLC0415

        yield no_folder_fault(COMPLETED, kind)


def _unread(folder: Path, file: str, error: OSError | InputFileError) -> Fault:
    from smcm.cohort.file_faults import unread_fault  # noqa: PLC0415

    return unread_fault(folder, file, error)


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(contents):
        digest.update(f"{name}\0{len(contents[name])}\0".encode())
        digest.update(contents[name])
    return digest.hexdigest()
