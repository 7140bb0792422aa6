"""The manifest of a data folder: what the data are, and that they still are it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smcm.errors import Fault
from smcm.stats.small_counts import FEWEST_CLIENTS
from smcm.strict_json import JsonError, read_json

MANIFEST = "manifest.json"
FEWEST = "fewest_clients"
MOST_BYTES = 1_000_000
LONGEST_STATEMENT = 1000  # characters; it stands on every page


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What manifest.json says; all of it blank where there is none.

    Attributes
    ----------
    synthetic : bool
    statement : str
    fewest_clients : int
        Smallest count of clients that pages on real data show.
    faults : tuple of Fault
    """

    synthetic: bool = False
    statement: str = ""
    fewest_clients: int = FEWEST_CLIENTS
    faults: tuple[Fault, ...] = ()


def read_manifest(content: bytes | None, files: Mapping[str, bytes]) -> Manifest:
    """Read the manifest and hold the data files against its checksums.

    Parameters
    ----------
    content : bytes or None
        manifest.json, None where the folder has none.
    files : mapping of str to bytes
        The data files by their name relative to the folder.
    """
    if content is None:
        return Manifest()
    try:
        said = read_json(content, MOST_BYTES)
    except JsonError as error:
        return Manifest(faults=(_unreadable(error.line, error.problem),))
    if not isinstance(said, dict):
        return Manifest(faults=(_unreadable(1, "not an object"),))
    faults = _entry_faults(said)
    if not faults and said["synthetic"]:
        faults = _checksum_faults(said.get("files"), files)
    return Manifest(
        synthetic=said.get("synthetic") is True,
        statement=str(said.get("statement", "")).strip(),
        fewest_clients=FEWEST_CLIENTS if faults else said.get(FEWEST, FEWEST_CLIENTS),
        faults=tuple(faults),
    )


def _unreadable(line: int | None, found: str) -> Fault:
    return Fault(
        file=MANIFEST,
        line=line,
        value=found,
        rule="The manifest is a JSON object in UTF-8, with each key once and plain "
        "numbers.",
        cure="Correct the file, or delete it; a folder needs none.",
    )


def _entry_faults(said: dict[str, Any]) -> list[Fault]:
    faults = []
    if not isinstance(said.get("synthetic"), bool):
        fault = Fault(
            file=MANIFEST,
            column="synthetic",
            value=_shown(said.get("synthetic", "")),
            rule="The manifest says whether the data are synthetic, true or false.",
            cure='Write "synthetic": false for data of real people.',
        )
        faults.append(fault)
    if not isinstance(said.get("statement"), str) or not said["statement"].strip():
        fault = Fault(
            file=MANIFEST,
            column="statement",
            value=_shown(said.get("statement", "")),
            rule="The manifest says in one sentence what data these are.",
            cure='Write a "statement", or delete the manifest.',
        )
        faults.append(fault)
    elif len(said["statement"]) > LONGEST_STATEMENT:
        fault = Fault(
            file=MANIFEST,
            column="statement",
            value=_shown(said["statement"]),
            rule=f"The statement has at most {LONGEST_STATEMENT} characters, since "
            f"every page shows it; this one has {len(said['statement'])}.",
            cure="Shorten it to one sentence.",
        )
        faults.append(fault)
    fewest = said.get(FEWEST, FEWEST_CLIENTS)
    if type(fewest) is not int or fewest < FEWEST_CLIENTS:
        fault = Fault(
            file=MANIFEST,
            column=FEWEST,
            value=_shown(fewest),
            rule="The smallest count of clients that pages on real data show is a "
            f"whole number of {FEWEST_CLIENTS} or more.",
            cure=f"Write {FEWEST_CLIENTS} or more, or leave the entry out.",
        )
        faults.append(fault)
    return faults


def _shown(value: object) -> str:
    """Write a value of the manifest, cut where it is long."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _checksum_faults(listed: object, files: Mapping[str, bytes]) -> list[Fault]:
    sums = listed if isinstance(listed, dict) else {}
    return [
        Fault(
            file=name,
            value=f"sha256 {found[:12]}…",
            rule="The data of a synthetic cohort are those that its manifest lists by "
            f"checksum ({str(sums.get(name, 'none'))[:12]}…); this file is another.",
            cure="Restore the file. To use changed data, copy the folder, delete "
            "manifest.json in the copy, and name the copy as the data.",
        )
        for name, content in files.items()
        if (found := hashlib.sha256(content).hexdigest()) != sums.get(name)
    ]
