"""Faults of a study file as they are noted, each with the line of its key."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from smcm.errors import Fault, nearest
from smcm.paths import STUDY_FILE

Path = tuple[str | int, ...]  # as ("outcome", 0, "range")
HEADER = re.compile(r"^\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"""^\s*([\w.\- "']+?)\s*=""")


@dataclass(frozen=True, slots=True)
class Notes:
    """What is wrong, and on which line each key stands.

    Attributes
    ----------
    lines : mapping of tuple to int
        Line of each section and key; of keys in braces that of the key before them.
    faults : list of Fault
    """

    lines: Mapping[Path, int]
    faults: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Notes":
        """Begin notes on a file."""
        return cls(lines=dict(_lines(text)))

    def add(self, path: Path, rule: str, cure: str, value: object = None) -> None:
        """Note a fault.

        Parameters
        ----------
        path : tuple
            Of the key that it is about.
        rule, cure : str
            Sentences; the place is put in front of the rule.
        value : object
            What was found; None where nothing was.
        """
        self.faults.append(
            Fault(
                file=STUDY_FILE,
                line=self._line(path),
                value=None if value is None else _written(value),
                rule=f"{place(path)}: {rule}",
                cure=cure,
            )
        )

    def unknown(self, path: Path, value: str, what: str, known: Iterable[str]) -> None:
        """Note a name that is none of those that there are."""
        there = list(known)
        listed = f"there are {', '.join(there)}" if there else "the file declares none"
        self.add(
            path,
            f"no {what} has this name; {listed}.",
            f"Name one that is declared, or declare it.{nearest(value, there)}",
            value,
        )

    def _line(self, path: Path) -> int | None:
        """Find the line of a key, or of the nearest that holds it."""
        held = (path[:end] for end in range(len(path), 0, -1))
        return next((self.lines[one] for one in held if one in self.lines), None)


def place(path: Path) -> str:
    """Name a key as its file has it: ("outcome", 0, "range") -> "[[outcome]] 1, range".

    Examples
    --------
    >>> place(("outcome", 0, "range")), place(("alpha", "icc")), place(("format",))
    ('[[outcome]] 1, range', '[alpha], icc', 'format')
    """
    if len(path) > 1 and isinstance(path[1], int):
        section, rest = f"[[{path[0]}]] {path[1] + 1}", path[2:]
    elif len(path) > 1:
        section, rest = f"[{path[0]}]", path[1:]
    else:
        return str(path[0])
    return ", ".join([section, *map(str, rest)])


def _lines(text: str) -> Iterator[tuple[Path, int]]:
    """Pair sections and keys with their lines, as long as no text spans several."""
    section: Path = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            names = _names(header[2])
            if header[1] == "[[":
                counts[names[0]] = counts.get(names[0], -1) + 1
            whole = names[0] in counts
            section = (names[0], counts[names[0]], *names[1:]) if whole else (*names,)
            yield section, number
            yield section[:1], number
        elif key := KEY.match(line):
            yield (*section, *_names(key[1])), number


def _names(dotted: str) -> list[str]:
    return [name.strip().strip("\"'") for name in dotted.split(".")]


def _written(value: object) -> str:
    """Write a value as TOML does, near enough to be found."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_written, value))}]"
    return str(value)
