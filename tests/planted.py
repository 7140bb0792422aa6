"""A data folder of people who are not, with words planted that no page may show."""

import csv
import html
import json
import re
import shutil
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

from PIL import Image

from smcm.paths import SYNTHETIC

CODES, MANAGERS, DAYS, PLACES, VALUES = 100, 20, 60, 10, 10
YEARS_BACK = 12 * 365  # days
LETTERS = "BCDFGHJKLMNPQRSTVWXZ"


@dataclass(frozen=True)
class Planted:
    """A folder, and what stands in it and around it.

    Attributes
    ----------
    folder : Path
        Passes `smcm check`, and its manifest says that the data are real.
    words : tuple of str
        Codes of clients and case managers, days, and folders above the data.
    environment : dict of str to str
        Variables to be set while a command runs.
    """

    folder: Path
    words: tuple[str, ...]
    environment: dict[str, str]

    @property
    def canaries(self):
        return (*self.words, *self.environment.values())


def coined(kind, number):
    """A word that stands nowhere by chance, such as QZ-7BCD."""
    a, b = divmod(number, len(LETTERS))
    return f"{kind}7{LETTERS[a]}{LETTERS[b]}4"


def plant(root):
    """Copy the shipped cohort below folders of telling names, and rename its people."""
    places = [coined("vx", k) for k in range(PLACES)]
    folder = root.joinpath(*places) / "clinic"
    folder.parent.mkdir(parents=True)
    shutil.copytree(SYNTHETIC, folder)
    clients, managers = (
        column(folder / "clients.csv", name) for name in ("client_id", "case_manager")
    )
    codes = {old: coined("Qz", k) for k, old in enumerate(sorted(set(clients)))}
    names = {old: coined("Wj", k) for k, old in enumerate(sorted(set(managers)))}
    for path in folder.rglob("*.csv"):
        change(path, {"client_id": codes, "case_manager": names})
    statement = "Invented people who are treated as real ones."
    said = json.dumps({"synthetic": False, "statement": statement})
    (folder / "manifest.json").write_text(said, encoding="utf-8")
    days = {
        *column(folder / "clients.csv", "entry"),
        *column(folder / "interviews.csv", "date"),
    } - set(column(folder / "fidelity.csv", "date"))
    return Planted(
        folder=folder,
        words=(
            *list(codes.values())[:CODES],
            *list(names.values())[:MANAGERS],
            *sorted(days)[:: len(days) // DAYS][:DAYS],
            *places,
        ),
        environment={f"SMCM_SECRET_{k}": coined("yk", k) for k in range(VALUES)},
    )


def column(path, name):
    with path.open(encoding="utf-8", newline="") as file:
        return [row[name] for row in csv.DictReader(file)]


def earlier(day):
    """A day so many years before that no other file has it by chance."""
    return (date.fromisoformat(day) - timedelta(days=YEARS_BACK)).isoformat()


def change(path, new):
    """Replace codes in columns of a table, and date everything back."""
    with path.open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    for place, name in enumerate(header):
        for row in rows:
            if name in new:
                row[place] = new[name][row[place]]
            elif name in ("entry", "date"):
                row[place] = earlier(row[place])
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *rows])


def shown_in(folder, words):
    """Each planted word that some file shows, with the files that do.

    It reads the files on its own and not as `smcm scan` does: names, bytes, members of
    archives, texts of images, and text with the escapes of HTML and addresses undone.
    """
    found = {}
    pattern = re.compile("|".join(map(re.escape, words)))
    for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
        for text in texts(path.name, path.read_bytes()):
            for word in set(pattern.findall(text)):
                found.setdefault(word, set()).add(path.relative_to(folder).as_posix())
    return found


def texts(name, content):
    yield name
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from texts(member, archive.read(member))
    elif content.startswith(b"\x89PNG\r\n"):
        yield json.dumps(Image.open(BytesIO(content)).info, default=str)
    else:
        text = content.decode("utf-8", "ignore")
        yield text
        yield html.unescape(unquote(text))
