"""The folder of a class: what is read from it, and what may be written."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from smcm.errors import SmcmError
from smcm.input_files import FILE, FOLDER, kind_of, read_input
from smcm.rerun.ledger import write_file
from smcm.shown import named, shown
from smcm.teach.handouts import (
    ABOUT,
    DATA,
    INSTRUCTOR,
    KEYS,
    STUDENTS,
    Homework,
    Key,
    read_keys,
)

SECRET, SECRET_BYTES = "secret", 32
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
        if (self.own / ABOUT).exists():
            before = Homework.from_json(read_input(self.own / ABOUT))
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
        write_file(self.own / ABOUT, about.to_json().encode())
        return self._secret()

    def _secret(self) -> bytes:
        path = self.own / SECRET
        if not path.exists():
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


def answer_files(answers: Path) -> dict[str, bytes]:
    """Read one file of answers, or every CSV file of a folder but data.

    Returns
    -------
    dict of str to bytes
        By the name that messages show.

    Raises
    ------
    SmcmError, OSError
    """
    kind = kind_of(answers)
    if kind == FILE:
        return {answers.name: read_input(answers)}
    found = sorted(answers.rglob("*.csv")) if kind == FOLDER else []
    names = [path for path in found if path.name != DATA]
    if not names:
        what = "a folder without a CSV file of answers" if kind == FOLDER else kind
        raise SmcmError(
            f"ANSWERS is {shown(str(answers))}, which is {what}; name a CSV file or a "
            "folder of such files."
        )
    return {path.relative_to(answers).as_posix(): read_input(path) for path in names}
