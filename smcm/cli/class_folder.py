"""The folder of a class: what is read from it, and what may be written."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smcm.errors import DataError, SmcmError
from smcm.input_files import FILE, FOLDER, kind_of, read_input
from smcm.rerun.ledger import write_file
from smcm.shown import named, shown
from smcm.teach.answers import Given, read_answers
from smcm.teach.handouts import (
    ABOUT,
    DATA,
    INSTRUCTOR,
    README,
    STUDENTS,
    Homework,
)
from smcm.teach.key_file import KEYS, Key, read_keys

SECRET, SECRET_BYTES = "secret", 32
HANDED_IN = "handed-in.csv"
JUNK = "__MACOSX"  # what macOS puts into archives beside the files
TABLES = frozenset([".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".numbers"])
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class ClassFolder:
    """What `smcm teach class` writes.

    Attributes
    ----------
    place : Path
    """

    place: Path

    @property
    def own(self) -> Path:
        """The folder that the instructor keeps."""
        return self.place / INSTRUCTOR

    def begin(self, about: Homework) -> bytes:
        """Say which homework it holds, and give its secret, made where there is none.

        Raises
        ------
        SmcmError
            It holds other files, another homework, or a secret that was changed.
        """
        before = self.about()
        if before:
            if before != about:
                raise SmcmError(
                    f"--out is {shown(str(self.place))}, which holds the homework "
                    f"{named(before.name)} of world {named(before.world)}; name "
                    "another folder."
                )
        elif kind_of(self.place) == FOLDER and any(self.place.iterdir()):
            raise SmcmError(
                f"--out is {shown(str(self.place))}, which holds other files; name a "
                "folder that is empty or does not exist yet."
            )
        secret = self._secret(made=before is None)
        write_file(self.own / ABOUT, about.to_json().encode())
        return secret

    def about(self) -> Homework | None:
        """Say which homework it holds; None where it holds none yet.

        Raises
        ------
        DataError
            What says so was changed.
        """
        path = self.own / ABOUT
        return Homework.from_json(read_input(path)) if path.exists() else None

    def _secret(self, *, made: bool) -> bytes:
        path = self.own / SECRET
        if not path.exists() and not made:
            raise SmcmError(
                f"{shown(str(path))} is missing, and the files of the class follow "
                "from it; restore it, or write the class into an empty folder."
            )
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with open(os.open(path, flags, OWNER_ONLY), "w", encoding="ascii") as file:  # noqa: PTH123
                file.write(secrets.token_hex(SECRET_BYTES) + "\n")
        text = read_input(path).decode("ascii", "replace").strip()
        try:
            secret = bytes.fromhex(text)
        except ValueError:
            secret = b""
        if len(secret) != SECRET_BYTES:
            raise SmcmError(
                f"{shown(str(path))} does not hold the secret of the class any more; "
                "restore it, or write the class into an empty folder."
            )
        return secret

    def hand_out(self, student: str, files: Mapping[str, bytes]) -> None:
        """Write the files of a student that are not there yet.

        Raises
        ------
        SmcmError
            The data that are there are not those that go with the key.
        """
        for name, content in files.items():
            path = self.place / STUDENTS / student / name
            if not path.exists():
                write_file(path, content)
            elif name == DATA and read_input(path) != content:
                raise SmcmError(
                    f"{shown(str(path))} is not the file that this version of smcm "
                    "draws, so that its key would be wrong. Take the version that "
                    "wrote it, or put the file back."
                )

    def keep(self, files: Mapping[str, bytes]) -> None:
        """Write files for the instructor."""
        for name, content in files.items():
            write_file(self.own / name, content)

    def handed_in(self) -> Given:
        """Read what was handed in before.

        Raises
        ------
        DataError
            The file was changed, so that it holds no answers.
        """
        path = self.own / HANDED_IN
        if not path.exists():
            return {}
        before = read_answers({HANDED_IN: read_input(path)}, self.keys())
        if before.faults:
            raise DataError(before.faults)
        return before.given

    def students(self) -> tuple[str, ...]:
        """List who has a key already."""
        return tuple(self.keys()) if (self.own / KEYS).exists() else ()

    def keys(self) -> Key:
        """Read the keys.

        Raises
        ------
        SmcmError
            There are none, or they were changed.
        """
        if not (self.own / KEYS).exists():
            raise SmcmError(
                f"DIR is {shown(str(self.place))}, which holds no class; name a "
                "folder that smcm teach class has written."
            )
        return read_keys(read_input(self.own / KEYS))


def answer_files(answers: Path) -> tuple[dict[str, bytes], list[str]]:
    """Read one file of answers, or those of a folder, the earliest first.

    Hidden files, and what students got beside the form, are passed over.

    Returns
    -------
    dict of str to bytes
        Tables, by the name that messages show.
    list of str
        Names of other files, which were not read.

    Raises
    ------
    SmcmError, OSError
    """
    kind = kind_of(answers)
    if kind == FILE:
        return {answers.name: read_input(answers)}, []
    found = {
        path.relative_to(answers): path
        for path in (answers.rglob("*") if kind == FOLDER else ())
        if path.is_file() and path.name not in (DATA, README)
    }
    seen = [
        name
        for name in sorted(found, key=lambda name: (found[name].stat().st_mtime, name))
        if not any(part.startswith(".") or part == JUNK for part in name.parts)
    ]
    tables = [name for name in seen if name.suffix.lower() in TABLES]
    if not tables:
        what = "a folder without a CSV file of answers" if kind == FOLDER else kind
        raise SmcmError(
            f"ANSWERS is {shown(str(answers))}, which is {what}; name a CSV file or a "
            "folder of such files."
        )
    others = [name.as_posix() for name in seen if name not in tables]
    return {name.as_posix(): read_input(found[name]) for name in tables}, others
