"""What code imports of the package, followed through: what its outcome follows from."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from smcm.paths import ROOT

PACKAGE = "smcm"
# Imports as ruff lays them out, in functions too. Examples in docstrings count as well:
# one import too many costs an execution, one too few a wrong number.
FROM = re.compile(r"^[ >]*from (smcm[\w.]*) import (\([^)]*\)|[^\n#]+)", re.MULTILINE)
WHOLE = re.compile(r"^[ >]*import (smcm[\w.]*)", re.MULTILINE)
FOR_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:    .*\n|\n)+", re.MULTILINE)
NAME = re.compile(r"(\w+)(?: as \w+)?")
# Imports in functions that are not followed, by the module that has them.
ON_OCCASION = {
    # An edition that has this analysis names it, as `smcm.rerun.units` says.
    "smcm.analysis.study": ("smcm.analysis.defensible",),
    # Sentences about a result. What shows them imports them itself.
    "smcm.analysis.mediation_result": ("smcm.analysis.cautions",),
    "smcm.analysis.pooled_result": ("smcm.analysis.cautions",),
    # Words for what is wrong with a data folder. They are loaded when something is,
    # and the folder is then refused, so that they change no number. A chapter that
    # shows them imports them itself.
    "smcm.cohort.cells": ("smcm.cohort.cures",),
    "smcm.cohort.folder": ("smcm.cohort.file_faults",),
    "smcm.cohort.typed": ("smcm.cohort.header_faults",),
    "smcm.cohort.sheets": (
        "smcm.cohort.encodings",  # of anything but UTF-8, which alone is accepted
        "smcm.cohort.layout_faults",
        "smcm.cohort.signatures",
    ),
}
# Names that the package itself loads when they are asked for.
LAZY = re.compile(r'^    "(\w+)": "(smcm[\w.]+)",$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sources:
    """The modules of the package as they stand on the disk.

    Attributes
    ----------
    digests : mapping of str to str
        SHA-256 of each module, by its full name.
    imported : mapping of str to tuple of str
        Modules that each imports.
    lazy : mapping of str to str
        Modules of the names that the package loads when they are first asked for.
    """

    digests: Mapping[str, str]
    imported: Mapping[str, tuple[str, ...]]
    lazy: Mapping[str, str]

    @classmethod
    def on_disk(cls, root: Path = ROOT) -> "Sources":
        """Read them all."""
        texts = {_name(path, root): path for path in (root / PACKAGE).rglob("*.py")}
        read = {name: path.read_bytes() for name, path in texts.items()}
        lazy = dict(LAZY.findall(read[PACKAGE].decode("utf-8")))
        names = frozenset(read)
        return cls(
            digests={
                name: hashlib.sha256(held).hexdigest() for name, held in read.items()
            },
            imported={
                name: tuple(
                    found
                    for found in _imports(held.decode("utf-8"), names, lazy)
                    if found not in ON_OCCASION.get(name, ())
                )
                for name, held in read.items()
                if name != PACKAGE  # it loads its names when they are asked for
            },
            lazy=lazy,
        )

    def behind(self, code: str) -> frozenset[str]:
        """Give every module that code imports, or that such a module imports in turn.

        Parameters
        ----------
        code : str
            Python, for example all cells of a chapter.
        """
        found: set[str] = set()
        left = list(_imports(code, frozenset(self.digests), self.lazy))
        while left:
            name = left.pop()
            if name not in found:
                found.add(name)
                left += self.imported.get(name, ())
        return frozenset(found)

    def digest(self, code: str, more: Iterable[str] = ()) -> str:
        """Digest all modules behind some code, and some more modules themselves."""
        names = sorted(self.behind(code) | set(more))
        text = "\n".join(f"{name} {self.digests.get(name, '')}" for name in names)
        return hashlib.sha256(text.encode()).hexdigest()


@cache
def sources(_package: str) -> Sources:
    """Read the modules once for each state of the package.

    Parameters
    ----------
    _package : str
        Its digest.
    """
    return Sources.on_disk()


def _imports(
    code: str, modules: frozenset[str], lazy: Mapping[str, str]
) -> Iterator[str]:
    """Name the modules of the import statements, and the packages that hold them."""
    code = FOR_TYPES.sub("", code)  # which Python does not execute
    for name in WHOLE.findall(code):
        yield from _with_packages(name, modules)
    for module, names in FROM.findall(code):
        yield from _with_packages(module, modules)
        for name in NAME.findall(names):
            if module == PACKAGE and name in lazy:
                yield from _with_packages(lazy[name], modules)
            elif f"{module}.{name}" in modules:
                yield f"{module}.{name}"


def _with_packages(name: str, modules: frozenset[str]) -> Iterator[str]:
    parts = name.split(".")
    for end in range(1, len(parts) + 1):
        if ".".join(parts[:end]) in modules:
            yield ".".join(parts[:end])


def _name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
