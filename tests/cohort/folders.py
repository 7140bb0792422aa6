"""A copy of a data folder, changed table by table."""

import shutil

import pandas as pd

ANSWERS = ("rprs", "qoli20", "ths", "mcas", "pgi")


class Copied:
    """A data folder that a test may change; the one it was copied from stays."""

    def __init__(self, source, place):
        shutil.copytree(source, place)
        (place / "manifest.json").unlink(missing_ok=True)
        self.path = place

    def table(self, name):
        path = self.path / f"{name}.csv"
        return pd.read_csv(path, dtype=str, keep_default_na=False)

    def save(self, name, table):
        table.to_csv(self.path / f"{name}.csv", index=False)

    def change(self, name, changed):
        self.save(name, changed(self.table(name)))

    def put(self, name, column, value, rows=slice(None)):
        table = self.table(name)
        table.loc[rows, column] = value
        self.save(name, table)

    def drop(self, name, gone):
        table = self.table(name)
        self.save(name, table[~gone(table)])


def plant_gaps(folder):
    """Take a team's last assessments away, and two ratings of others."""
    team = "T03"
    days = sorted(folder.table("fidelity").query("team == @team")["date"].unique())
    folder.drop("fidelity", lambda t: (t["team"] == team) & t["date"].isin(days[3:]))
    table = folder.table("fidelity")
    folder.put("fidelity", "score", "", table.index[_rated(table, "T01", 1)])
    folder.put("fidelity", "score", "", table.index[_rated(table, "T02", 5)])
    return folder


def _rated(table, team, items):
    """Mark one item of group supervision, or four of its six, of one assessment."""
    day = sorted(table.loc[table["team"] == team, "date"].unique())[1]
    names = [f"group_supervision_{k}" for k in range(1, items + 1)]
    own = (table["team"] == team) & (table["date"] == day)
    return own & table["item"].isin(names)
