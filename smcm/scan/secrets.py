"""What of a data folder must not stand in a book: codes, names, days, places."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smcm.cohort.characters import composed
from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import DataError, Fault
from smcm.input_files import read_input

LOG = Path("import") / "log.csv"  # an import keeps there which names became codes
SHORTEST = 3  # letters and digits of a code; shorter ones turn up by chance
LETTER = re.compile(r"[^\W\d_]")
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
USUAL_NAMES = {"root", "user", "home", "runner", "jovyan", "ubuntu", "admin", "docker"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What a scan looks for.

    Attributes
    ----------
    clients, managers : frozenset of str
        Codes as they stand in the data.
    days : frozenset of str
        Days of entry and of interviews, in the ways in which days are written; but
        those on which a team was assessed as well, which a book shows.
    names : frozenset of str
        Names for which an import put codes.
    places : frozenset of str
        Folders of this machine: the data's, home, the working folder.
    """

    clients: frozenset[str]
    managers: frozenset[str]
    days: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]

    @property
    def lettered(self) -> frozenset[str]:
        """Codes of clients with a letter, of which one alone gives a client away."""
        return frozenset(
            code
            for code in self.clients
            if LETTER.search(code) and len(code) >= SHORTEST
        )

    @property
    def numbers(self) -> frozenset[str]:
        """Codes that are plain numbers, which turn up by chance."""
        return frozenset(code for code in self.clients if not LETTER.search(code))


def secrets_of(folder: Path) -> Secrets:
    """Read what must not be passed on; data with other faults are good enough.

    Parameters
    ----------
    folder : Path
        With clients.csv and interviews.csv, and import/log.csv where there was an
        import.

    Raises
    ------
    DataError
        A file has none of the columns that are looked for.
    OSError, InputFileError
    """
    clients = _sheet(folder, Path("clients.csv"))
    interviews = _sheet(folder, Path("interviews.csv"))
    log = _sheet(folder, LOG) if (folder / LOG).exists() else None
    days = {*_column(clients, "entry"), *_column(interviews, "date")}
    days -= _days_of_teams(folder)
    managers = _column(clients, "case_manager")
    details = _column(log, "detail") if log else set()
    return Secrets(
        clients=frozenset(_column(clients, "client_id")),
        managers=frozenset(
            code for code in managers if len(code) >= SHORTEST and LETTER.search(code)
        ),
        days=frozenset(way for day in days for way in ways_of(day)),
        names=frozenset(
            name
            for detail in details
            for name, arrow, _ in [detail.partition(" -> ")]
            if arrow and len(name) >= SHORTEST
        ),
        places=frozenset(_places(folder)),
    )


def ways_of(day: str) -> Iterator[str]:
    """Write a day as people do; nothing where it is no day.

    Examples
    --------
    >>> list(ways_of("2014-10-09"))[:4]
    ['2014-10-09', '2014/10/09', '09/10/2014', '9/10/2014']
    """
    try:
        at = date.fromisoformat(day)
    except ValueError:
        return
    yield f"{at:%Y-%m-%d}"
    yield f"{at:%Y/%m/%d}"
    for sign in "/.-":
        for first, second in ((at.day, at.month), (at.month, at.day)):
            yield f"{first:02}{sign}{second:02}{sign}{at.year}"
            yield f"{first}{sign}{second}{sign}{at.year}"
    month = MONTHS[at.month - 1]
    for name in (month, month[:3]):
        yield f"{at.day} {name} {at.year}"
        yield f"{name} {at.day}, {at.year}"


def _places(folder: Path) -> Iterator[str]:
    for place in (folder.resolve(), Path.home(), Path.cwd()):
        text = str(place)
        if len(text) > SHORTEST and place.name not in USUAL_NAMES:
            yield text
    name = os.environ.get("USERNAME" if os.name == "nt" else "USER", "")
    if len(name) > SHORTEST and name not in USUAL_NAMES:
        yield f"/{name}/"


def _days_of_teams(folder: Path) -> set[str]:
    """Days of assessments, where there is a file of them."""
    file = Path("fidelity.csv")
    return _column(_sheet(folder, file), "date") if (folder / file).exists() else set()


def _sheet(folder: Path, file: Path) -> Sheet:
    return read_sheet(file.as_posix(), read_input(folder / file))


def _column(sheet: Sheet, name: str) -> set[str]:
    """Values of a column, but blanks.

    Raises
    ------
    DataError
        There is no such column.
    """
    names = [head.strip().casefold() for head in sheet.header]
    if name not in names:
        rule = f"The scan looks for the column {name}; there is none."
        cure = "Run smcm check on the folder first."
        raise DataError([Fault(file=sheet.file, line=1, rule=rule, cure=cure)])
    place = names.index(name)
    return {composed(row[place].strip()) for row in sheet.rows} - {""}
