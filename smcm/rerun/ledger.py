"""The manifest of a folder of runs: what was planned, begun, done and failed."""

import json
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from smcm.input_files import FILE, kind_of
from smcm.rerun.units import Digests, Unit, file_digest
from smcm.strict_json import JsonError, read_json

State = Literal["planned", "running", "done", "failed", "stale"]
PATTERN = "manifest*.jsonl"
MANIFEST = "manifest.jsonl"
LEFT = re.compile(r"\..+\.(ipynb|json|jsonl)\.part|\.shard-\d+-of-\d+\.lock")


@dataclass(slots=True)
class Ledger:
    """One JSON line for each state of each unit, the last one counting.

    A line is written whole or, where the machine stops, cut off; a line that is cut
    off is passed over. A unit is done where a line says so with the same digests as
    now and its file still has the digest that the line gives: what a line does not
    vouch for is made anew.

    Attributes
    ----------
    folder : Path
    shard : str
        Part of the manifest's name where several programs share the folder.
    """

    folder: Path
    shard: str = ""
    _done: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read what earlier runs, and other shards, have written."""
        for path in sorted(self.folder.glob(PATTERN)):
            for line in _lines(path):
                self._count(line)

    def _count(self, line: Mapping[str, Any]) -> None:
        """Keep what vouches for a file, until it is taken back."""
        if line["state"] == "done":
            self._done.setdefault(line["file"], []).append(line)
        elif line["state"] == "stale":
            self._done.pop(line["file"], None)

    def is_done(self, unit: Unit, digests: Digests) -> bool:
        """Whether the unit's file is there and follows from what holds now."""
        lines = self._done.get(unit.file, [])
        vouched = {line["sha256"] for line in lines if line["digests"] == digests}
        return bool(vouched) and file_digest(self.folder / unit.file) in vouched

    def say(self, unit: Unit, state: State, digests: Digests, **more: str) -> None:
        """Add a line; it is on the disk when this returns."""
        line = {"file": unit.file, "unit": unit.name, "state": state, **more}
        line["digests"] = dict(digests)  # type: ignore[assignment]
        path = self.folder / MANIFEST.replace(".", f"{self.shard}.", 1)
        text = json.dumps(line, ensure_ascii=False) + "\n"
        with _named(path), path.open("ab+") as file:
            if file.tell() and not _ends_whole(path):
                text = "\n" + text
            # A message may name a file whose name is no UTF-8.
            file.write(text.encode(errors="backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        self._count(line)

    def done(self, unit: Unit, digests: Digests) -> None:
        """Vouch for the unit's file as it is now."""
        self.say(unit, "done", digests, sha256=file_digest(self.folder / unit.file))

    def tidy(self) -> None:
        """Drop lines that later ones have overtaken, once there are many."""
        path = self.folder / MANIFEST.replace(".", f"{self.shard}.", 1)
        lines = list(_lines(path)) if path.is_file() else []
        last: dict[tuple[str, bool], Mapping[str, Any]] = {}
        for line in lines:
            place = (line["file"], line["state"] == "done")
            last.pop(place, None)  # the order is that of the later line
            last[place] = line
            if line["state"] == "stale":  # also when other lines have followed it
                last.pop((line["file"], True), None)
        if len(lines) > 4 * max(len(last), 1):
            text = "".join(
                json.dumps(line, ensure_ascii=False) + "\n" for line in last.values()
            )
            write_file(path, text.encode(errors="backslashreplace"))


def write_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, whole.

    Raises
    ------
    OSError
        It could not be written; an earlier file is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with _named(path), part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def sweep_files(folder: Path) -> None:
    """Remove what killed programs have left in a folder of runs; the caller has it.

    These are files half written, and the marks of shards.
    """
    for path in (*folder.glob(".*"), *folder.glob("*/.*")):
        if path.is_file() and LEFT.fullmatch(path.name):
            path.unlink()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the file in an error; a full disk does not say which file it lacked."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"


def _lines(path: Path) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    if kind_of(path) != FILE:
        return found
    # not splitlines(), which also ends a line at signs that a JSON string may hold
    for text in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        line = _parsed(text)
        if line is not None:
            found.append(line)
    return found


def _parsed(text: str) -> Mapping[str, Any] | None:
    try:
        line = read_json(text.encode(), whole_characters=False)
    except JsonError:
        return None
    if not isinstance(line, dict) or not isinstance(line.get("digests"), dict):
        return None
    texts = ["file", "state", *(["sha256"] if line.get("state") == "done" else [])]
    return line if all(isinstance(line.get(key), str) for key in texts) else None
