"""A small data folder that is sound, and a way to spoil it."""

import csv
import hashlib
import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from generator.shipped import BY_KEY, DOMAINS, INSTRUMENTS, INTERVIEW_MONTHS
from smcm.design.instruments import label

CLIENTS = {"0012": "T1", "012": "T1", "A3": "NA", "A4": "NA"}  # id: team
ENTRY = date(2015, 1, 10)
SPACING = 137  # days between interviews
ASSESSED = ("2015-01-01", "2015-07-01", "2016-07-01")
MISSED = ("A4", 9.0)
GAP = ("A3", 4.5, "rprs_05")
UNNAMED = "A3"  # this client named four areas of the PGI


@dataclass(frozen=True)
class Folder:
    """A data folder in a temporary place."""

    path: Path

    def text(self, file):
        return (self.path / file).read_text(encoding="utf-8")

    def write(self, file, content):
        data = content if isinstance(content, bytes) else content.encode()
        (self.path / file).write_bytes(data)

    def rows(self, file):
        with (self.path / file).open(newline="", encoding="utf-8") as stream:
            return list(csv.reader(stream))

    def save(self, file, rows):
        with (self.path / file).open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    def put(self, file, line, column, value):
        rows = self.rows(file)
        rows[line - 1][rows[0].index(column)] = value
        self.save(file, rows)

    def add(self, file, row):
        self.save(file, [*self.rows(file), row])

    def drop(self, file, *lines):
        kept = [row for k, row in enumerate(self.rows(file), 1) if k not in lines]
        self.save(file, kept)

    def line(self, file, *starts):
        """Line of the row that starts with these cells."""
        rows = self.rows(file)
        return next(k for k, r in enumerate(rows, 1) if r[: len(starts)] == [*starts])

    def add_manifest(self, **entries):
        files = {
            str(path.relative_to(self.path)): hashlib.sha256(path.read_bytes())
            for path in sorted(self.path.rglob("*.csv"))
        }
        said = {
            "title": "Small",
            "synthetic": True,
            "statement": "Synthetic data: four invented clients.",
            "files": {name: sum_.hexdigest() for name, sum_ in files.items()},
        }
        self.write("manifest.json", json.dumps(said | entries, indent=2))


def write_small(path):
    """Four clients in two teams, one of them called NA, with a completed data set."""
    folder = Folder(path)
    (folder.path / "completed").mkdir(parents=True)
    folder.save("clients.csv", _clients())
    folder.save("teams.csv", _teams())
    folder.save("fidelity.csv", _fidelity())
    folder.save("interviews.csv", _interviews())
    for instrument in INSTRUMENTS:
        complete = _items(instrument)
        folder.save(f"completed/{instrument.key}.csv", complete)
        seen = [row for row in complete if (row[0], row[1]) != _missed()]
        folder.save(f"{instrument.key}.csv", seen)
    client, month, item = GAP
    folder.put("rprs.csv", folder.line("rprs.csv", client, label(month)), item, "")
    return folder


def _missed():
    return MISSED[0], label(MISSED[1])


def _clients():
    header = (
        "client_id,team,case_manager,entry,age,gender,ethnocultural,language,"
        "diagnosis,education,employed,housed,hospitalized,ace"
    )
    rows = [
        "0012,T1,M1,2015-01-10,34,female,white,french,schizophrenia,1,0,1,0,4",
        "012,T1,M1,2015-01-10,51,male,indigenous,english,bipolar,2,1,1,0,0",
        "A3,NA,M2,2015-01-12,47,another,black,english,other,3,0,0,1,10",
        "A4,NA,M3,2015-01-10,,,,,,,,,,",
    ]
    return [line.split(",") for line in (header, *rows)]


def _teams():
    return [
        ["team", "site", "province", "dropped_out"],
        ["T1", "1", "Québec", "0"],
        ["NA", "2", "Ontario", "0"],
    ]


def _fidelity():
    rows = [
        [team, day, domain.key, item, str(1 + (k + len(item)) % 5)]
        for team in ("T1", "NA")
        for day in ASSESSED
        for domain in DOMAINS
        for k, item in enumerate(domain.items)
    ]
    return [["team", "date", "domain", "item", "score"], *rows]


def _interviews():
    rows = []
    for client in CLIENTS:
        for k, month in enumerate(INTERVIEW_MONTHS):
            held = (client, month) != MISSED
            day = (ENTRY + timedelta(days=SPACING * k)).isoformat()
            mode = "telephone" if k % 2 else "in_person"
            language = "french" if held else ""
            rows.append([client, label(month), day, str(int(held)), mode, language])
    return [["client_id", "month", "date", "held", "mode", "language"], *rows]


def _items(instrument):
    rows = [
        [client, label(month), *_answers(instrument, k + int(month), client)]
        for k, client in enumerate(CLIENTS)
        for month in instrument.months
    ]
    return [["client_id", "month", *instrument.columns], *rows]


def _answers(instrument, start, client):
    if instrument is BY_KEY["pgi"]:
        ratings = [str((start + k) % 11) for k in range(6)]
        if client == UNNAMED:
            return [*ratings[:4], "", "", "10", "20", "10", "20", "0", "0"]
        return [*ratings, "10", "10", "10", "10", "10", "10"]
    span = instrument.high - instrument.low + 1
    return [str(instrument.low + (start + k) % span) for k in range(instrument.n_items)]
