"""What a reader can work out of everything that the editions of a book print.

Unknowns are counts of clients by site. Every printed count is an equation, and so is
every percentage that is not rounded. A linear program gives the range of any count.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from generator.shipped import INSTRUMENTS, SCORE_COLUMNS
from smcm.analysis.study import run_study
from smcm.article.levels import stem_of
from smcm.design.characteristics import blocks
from smcm.design.study_file import shipped_study
from smcm.errors import SmcmError
from smcm.parameters import RunParameters
from smcm.report.export import results
from smcm.report.facts.clients import client_facts
from smcm.report.tables.characteristics import characteristics
from smcm.report.tables.measures import missing
from smcm.report.tidy_tables import tidy_tables

BLOCKS = blocks(shipped_study())
UNLISTED, OTHER = "not listed or blank", "other answer"


def with_site(cohort):
    """Give the clients with the code of their site."""
    site = cohort.teams.set_index("team")["site"].astype(int)
    return cohort.clients.assign(site=cohort.clients["team"].map(site))


def real(cohort, **other):
    """Give a cohort whose manifest does not say that its clients are invented."""
    return replace(cohort, synthetic=False, shipped=False, name="own", **other)


def key_of(block, level):
    """Give the stem by which `results.json` and the facts name a level."""
    return stem_of(block.column, level.value)


def some_clients(cohort, sizes):
    """Give the first clients of some sites as real ones, with blank answers."""
    site = cohort.teams.set_index("team")["site"].astype(int)
    of = cohort.clients.groupby(cohort.clients["team"].map(site))
    kept = {i for k, n in sizes.items() for i in of.get_group(k)["client_id"][:n]}
    clients = _of(cohort.clients, kept)
    clients.loc[::17, "ethnocultural"] = None
    return real(
        cohort,
        clients=clients,
        interviews=_of(cohort.interviews, kept),
        items={key: _of(table, kept) for key, table in cohort.items.items()},
        completed={key: _of(table, kept) for key, table in cohort.completed.items()},
    )


def _of(table, kept):
    return table[table["client_id"].isin(kept)].reset_index(drop=True)


def editions(cohort):
    """Run every edition of a book that these clients can carry."""
    codes = sorted(with_site(cohort)["site"].unique())
    sites = ("all", *(f"{part}-{k}" for part in ("without", "only") for k in codes))
    found = []
    for site in sites:
        try:
            found.append(run_study(cohort, RunParameters(site=site, n_boot=100)))
        except SmcmError:
            continue
    return tuple(found)


def truth(cohort, observed):
    """Count every unknown: levels of a block, gaps of a score, by site."""
    clients = with_site(cohort).set_index("client_id")
    gaps = observed.isna()
    held = cohort.interviews.set_index(["client_id", "month"])["held"].astype(bool)
    counts = {}
    for site, rows in clients.groupby("site"):
        for block in BLOCKS:
            told = [level.value for level in block.levels]
            for level in block.levels:
                n = int((rows[block.column] == level.value).sum())
                counts[block.column, key_of(block, level), site] = n
            other = ~rows[block.column].isin(told)
            blank = rows[block.column].isna() if len(told) == 1 else other
            counts[block.column, UNLISTED, site] = int(blank.sum())
            counts[block.column, OTHER, site] = int((other & ~blank).sum())
        of_site = gaps.loc[rows.index]
        for score in SCORE_COLUMNS:
            month = month_of(score)
            interviewed = held.xs(month, level="month").loc[rows.index]
            lost = int((of_site[score] & interviewed).sum())
            counts[score, "interviewed", site] = lost
            counts[score, "missing", site] = int(of_site[score].sum())
            counts[score, "present", site] = int((~of_site[score]).sum())
        complete = int((~of_site.any(axis=1)).sum())
        counts["complete", "yes", site] = complete
        counts["complete", "no", site] = len(rows) - complete
    return counts


def month_of(score):
    """Give the month of the interview at which a score was asked."""
    return next(m for i in INSTRUMENTS for m in i.months if i.score_column(m) == score)


@dataclass
class Attack:
    """Equations and inequalities over the unknowns of a cohort.

    `alone` are the sites of which a reader knows how many clients each has; of the
    others, how many they have together. Left out, every site is.
    """

    cohort: object
    counts: dict
    alone: frozenset = None
    rows: list = field(default_factory=list)
    low: list = field(default_factory=list)
    high: list = field(default_factory=list)
    parts: dict = field(default_factory=dict)

    def __post_init__(self):
        self.place = {key: k for k, key in enumerate(self.counts)}
        self.sizes = with_site(self.cohort)["site"].value_counts().to_dict()
        self.alone = frozenset(self.sizes) if self.alone is None else self.alone
        others = frozenset(self.sizes) - self.alone
        for sites in (*({site} for site in self.alone), *([others] if others else [])):
            self.know_size(sites, sum(self.sizes[site] for site in sites))

    def know_size(self, sites, n):
        """Take in how many clients some sites have together."""
        for block in BLOCKS:
            self.know({k: 1 for s in sites for k in self.of(block.column, s)}, n)
        every = {("complete", w, s): 1 for s in sites for w in ("yes", "no")}
        self.know(every, n)
        for score in SCORE_COLUMNS:
            for site in sites:
                gap = (score, "missing", site)
                clients = {gap: 1, (score, "present", site): 1}
                again = {("complete", word, site): -1 for word in ("yes", "no")}
                self.know(clients | again, 0)
                self.know({gap: 1, (score, "interviewed", site): -1}, 0, n)
                self.know({gap: 1, ("complete", "no", site): -1}, -n, 0)

    def of(self, name, site):
        return [key for key in self.counts if key[0] == name and key[2] == site]

    def know(self, weights, low, high=None):
        row = np.zeros(len(self.place))
        for key, weight in weights.items():
            row[self.place[key]] = weight
        self.rows.append(row)
        self.low.append(low)
        self.high.append(low if high is None else high)

    def read(self, study):
        """Take in all that an edition prints."""
        sites = sorted(study.frame["site"].astype(int).unique())
        self.read_json(results(study, tidy_tables(study)), sites)
        self.read_facts(client_facts(study), study.n, sites)
        self.read_tables(study, sites)

    def read_json(self, found, sites):
        for row in found["characteristics"]:
            name, level = row["characteristic"], row["level"]
            if name == "site" or not level:
                continue
            every = {(name, level, site): 1 for site in sites}
            self.number(every, row["n"])
            self.number(every, row["percent"], found["n"] / 100.0)
            share = row.get("percent_of_listed")
            if share is not None:  # n = share * listed
                listed = [k for s in sites for k in self.of(name, s)]
                weights = {
                    k: (k[1] == level) - share / 100.0
                    for k in listed
                    if k[1] not in (UNLISTED, OTHER)
                }
                self.know(weights, 0.0)
        for row in found["missing"]:
            self.number(
                {(row["score"], "missing", s): 1 for s in sites}, row["missing"]
            )
        total = {(score, "missing", s): 1 for s in sites for score in SCORE_COLUMNS}
        cells = found["n"] * len(SCORE_COLUMNS) / 100.0
        self.number(total, found["missing_percent"], cells)
        for row in found["participants"]:
            self.interviews(row, sites)

    def interviews(self, row, sites):
        """Read how many of those with an exposure were interviewed, where all are."""
        step, n = row["step"], row["clients"]
        if not step.endswith("_held") or n is None:
            return
        month = float(row["horizon"]) - (4.5 if step.startswith("alliance") else 0.0)
        size = sum(self.sizes[site] for site in sites)
        for score in (s for s in SCORE_COLUMNS if month_of(s) == month):
            weights = {(score, "missing", s): 1 for s in sites}
            weights |= {(score, "interviewed", s): -1 for s in sites}
            self.know(weights, size - n)

    def number(self, weights, value, unit=1.0):
        if value is not None and not pd.isna(value):
            self.know(weights, value * unit)

    def read_facts(self, facts, n, sites):
        for block in BLOCKS:
            for level in block.levels:
                key = key_of(block, level)
                every = {(block.column, key, site): 1 for site in sites}
                self.number(every, facts.shares[key], n)
        total = {(score, "missing", s): 1 for s in sites for score in SCORE_COLUMNS}
        self.number(total, facts.gaps.count)
        every = {("complete", "yes", site): 1 for site in sites}
        self.number(every, facts.gaps.complete)

    def read_tables(self, study, sites):
        """Read the cells of the tables as they are shown."""
        names = {
            (b.name, lv.name): (b.column, key_of(b, lv))
            for b in BLOCKS
            for lv in b.levels
        }
        columns = {b.name: b.column for b in BLOCKS}
        block = None
        for cell, n, _ in characteristics(study).body.itertuples(index=False):
            name = cell.removeprefix("&emsp;")
            block = name.strip("*") if name.startswith("**") else block
            if not n.replace(",", "").isdigit() or block not in columns:
                continue
            key = names.get((block, name), (columns[block], UNLISTED))
            self.number({(*key, site): 1 for site in sites}, int(n.replace(",", "")))
        for line in missing(study).body.to_dict("records"):
            scale = next(i for i in INSTRUMENTS if i.short == line["Measure"])
            for month in scale.months:
                cell = line[f"{month:g} mo"].split(" ")[0]
                if cell.isdigit():
                    score = scale.score_column(month)
                    self.number({(score, "missing", s): 1 for s in sites}, int(cell))

    def range(self, weights):
        """Give the least and the greatest value that all that is printed allows."""
        rows, low, high, place = self.part(weights[0][0])
        same = low == high
        aim = np.zeros(len(place))
        for key in weights:
            aim[place[key]] = 1.0
        ends = []
        for sign in (1.0, -1.0):
            found = linprog(
                sign * aim,
                A_eq=rows[same],
                b_eq=low[same],
                A_ub=np.vstack([rows[~same], -rows[~same]]),
                b_ub=np.concatenate([high[~same], -low[~same]]),
                bounds=(0, None),
                method="highs",
            )
            assert found.success, found.message
            ends.append(sign * found.fun)
        return tuple(ends)

    def part(self, name):
        """Keep the equations that bear on a block, or on the scores."""
        if name not in self.parts:
            blocks = {block.column for block in BLOCKS}
            names = (
                {name} if name in blocks else {key[0] for key in self.place} - blocks
            )
            keys = [key for key in self.place if key[0] in names]
            rows = np.array(self.rows)[:, [self.place[key] for key in keys]]
            told = np.column_stack([rows, self.low, self.high])[rows.any(axis=1)]
            again = np.unique(told.round(9), axis=0, return_index=True)[1]
            told = told[again]  # editions and files say the same more than once
            rows, ends = told[:, :-2], (told[:, -2], told[:, -1])
            place = {key: k for k, key in enumerate(keys)}
            self.parts[name] = (rows, *ends, place)
        return self.parts[name]

    def secrets(self, fewest=10):
        """Give every count below the threshold: at a site, and of an edition."""
        every = set(self.sizes)
        for site in every - self.alone:
            yield self.of(BLOCKS[0].column, site), self.sizes[site]
        parts = [{s} for s in every] + [every] + [every - {s} for s in every]
        for name, level in dict.fromkeys(key[:2] for key in self.counts):
            for sites in parts:
                keys = [(name, level, site) for site in sites]
                n = sum(self.counts[key] for key in keys)
                if 0 < n < fewest:
                    yield keys, n
