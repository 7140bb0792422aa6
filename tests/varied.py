"""A study unlike the shipped one, and made-up data for it, as a folder.

Names of tables and of the clients' own columns are those that the code still reads by
name; all else is different.
"""

import numpy as np
import pandas as pd

STUDY = b"""
format = 1
cluster = [{ key = "case_manager", name = "job coach" }, { key = "team", name = "unit", table = "teams.csv", columns = { site = { unit = "code", least = 1 } } }, { key = "site", of = "teams.csv", rerun = true }]
horizon = [{ outcome = 6, mediator = 3 }, { outcome = 12, mediator = 8 }]
alpha = { level = 0.1, strict = 0.02, icc = 0.3, cluster = "team" }
[study]
title = "Supported employment, working alliance and self-esteem"
case = ["participant", "participants"]
[cases]
table = "clients.csv"
id = "client_id"
entry = "entry"
entry_within = 10
[cases.columns]
age = { title = "Age", unit = "years", range = [18, 70] }
gender = { title = "Sex", values = { female = "Woman", male = "Man" } }
education = { title = "School", values = { 1 = "Primary", 2 = "Secondary", 3 = "Higher" } }
employed = { title = "Had a job", values = { 0 = "No", 1 = "Yes" } }
housed = { values = { 0 = "No", 1 = "Yes" }, title = "Own flat" }
hospitalized = { values = { 0 = "No", 1 = "Yes" }, title = "In hospital" }
ace = { title = "Prior jobs", range = [0, 20] }
[waves]
unit = "months"
table = "interviews.csv"
mediator = [3, 8]
outcome = [0, 6, 12]
[exposure]
key = "fidelity"
name = "employment fidelity"
level = "team"
table = "fidelity.csv"
range = [0, 10]
score = "sum of domain means"
windows = [90, 40]
rated = 0.75
unscored = ["setting"]
[exposure.domains]
search = [4, "job search"]
support = [2, "support on the job"]
setting = [1, "setting"]
[mediator]
key = "wai"
name = "Working Alliance Inventory"
measures = "working alliance"
items = 12
range = [1, 5]
score = "mean"
reversed = [4, 9]
[[outcome]]
key = "hours"
name = "Hours in paid work"
measures = "work"
score = "given"
range = [0, 300]
[[outcome]]
key = "rses"
name = "Self-Esteem Scale"
measures = "self-esteem"
items = 4
range = [0, 3]
score = "sum"
reversed = [2]
answered = 0.5
[[outcome]]
key = "goals"
name = "Goals Index"
measures = "goals"
items = 3
range = [0, 10]
points = 20
score = "weighted"
[covariates]
ace = "prior jobs"
age = "age"
education = { name = "school", coding = "number" }
baseline = true
"""  # noqa: E501 (an inline table of TOML is one line)
N, TEAMS, SITES = 120, 8, 3
WAVES = (0, 3, 6, 8, 12)
ITEMS = {  # key: columns, lowest and highest answer, waves
    "wai": ([f"wai_{k:02d}" for k in range(1, 13)], (1, 5), (3, 8)),
    "hours": (["hours"], (0, 300), (0, 6, 12)),
    "rses": ([f"rses_{k}" for k in range(1, 5)], (0, 3), (0, 6, 12)),
}
REVERSED = {"wai": ["wai_04", "wai_09"], "rses": ["rses_2"]}
DOMAINS = {"search": 4, "support": 2, "setting": 1}
SEED = 8


def tables():
    """Draw every table, the completed answers, and gaps in those that were given."""
    rng = np.random.default_rng(SEED)
    ids = [f"P{k:03d}" for k in range(N)]
    teams = [f"U{k}" for k in range(TEAMS)]
    of_team = np.arange(N) % TEAMS
    entry = pd.Timestamp("2021-03-01") + pd.to_timedelta(rng.integers(0, 90, N), "D")
    found = {
        "clients": pd.DataFrame(
            {
                "client_id": ids,
                "team": [teams[k] for k in of_team],
                "case_manager": [f"C{k % (2 * TEAMS)}" for k in range(N)],
                "entry": entry,
                "age": rng.integers(20, 60, N),
                "gender": rng.choice(["female", "male"], N),
                **{name: rng.integers(0, 2, N) for name in ("employed", "housed")},
                "hospitalized": rng.integers(0, 2, N),
                "education": rng.integers(1, 4, N),
                "ace": rng.integers(0, 20, N),
            }
        ),
        "teams": pd.DataFrame(
            {"team": teams, "site": [1 + k % SITES for k in range(TEAMS)]}
        ),
        "interviews": pd.DataFrame(
            {
                "client_id": np.repeat(ids, len(WAVES)),
                "month": np.tile(WAVES, N),
                "date": np.repeat(entry, len(WAVES))
                + pd.to_timedelta(np.tile(WAVES, N) * 30 + 5, "D"),
                "held": 1,
            }
        ),
        "fidelity": fidelity(rng, teams),
    }
    lift = rng.normal(size=(N, 1)) + rng.normal(size=(TEAMS, 1))[of_team]
    whole = {key: answers(rng, key, ids, lift) for key in ITEMS}
    whole["goals"] = goals(rng, ids)
    given = {key: table.copy() for key, table in whole.items()}
    for key in ("wai", "rses"):
        columns = ITEMS[key][0]
        gaps = rng.random(given[key][columns].shape) < 0.2
        gaps[gaps.all(axis=1), 0] = False
        given[key][columns] = given[key][columns].astype("Int64").mask(gaps)
    return found | given, whole


def fidelity(rng, teams):
    """Rate every team on four days; some items are blank, two domains too often."""
    days = pd.date_range("2021-02-01", periods=4, freq="150D")
    rows = [
        (team, day, domain, f"{domain}_{k}", int(rng.integers(0, 11)))
        for team in teams
        for day in (days[:-1] if team == "U3" else days)  # some come too late for it
        for domain, n in DOMAINS.items()
        for k in range(1, n + 1)
    ]
    table = pd.DataFrame(rows, columns=["team", "date", "domain", "item", "score"])
    table["score"] = table["score"].astype("Int64")
    second = table["date"] == days[1]
    table.loc[table["item"] == "search_1", "score"] = pd.NA  # three of four stay
    half = second & (table["team"] == "U1") & (table["item"] == "search_2")
    table.loc[half, "score"] = pd.NA  # two of four: no mean, no total
    return table


def answers(rng, key, ids, lift):
    """Draw the answers to one questionnaire, which go up with what a person has."""
    columns, (low, high), months = ITEMS[key]
    middle, reach = (low + high) / 2, (high - low) / 5
    frames = []
    for month in months:
        drawn = middle + reach * (lift + rng.normal(size=(len(ids), len(columns))))
        values = np.clip(np.rint(drawn), low, high).astype(int)
        frame = pd.DataFrame(values, columns=columns)
        turned = REVERSED.get(key, [])
        frame[turned] = low + high - frame[turned]
        frame.insert(0, "month", month)
        frame.insert(0, "client_id", ids)
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def goals(rng, ids):
    """Draw ratings of three areas and twenty points spread over them."""
    frames = []
    for month in (0, 6, 12):
        points = rng.multinomial(20, [0.5, 0.3, 0.2], len(ids))
        parts = {"rating": rng.integers(0, 11, (len(ids), 3)), "points": points}
        columns = {
            f"goals_{part}_{k + 1}": values[:, k]
            for part, values in parts.items()
            for k in range(3)
        }
        frame = {"client_id": ids, "month": month, **columns}
        frames.append(pd.DataFrame(frame))
    return pd.concat(frames, ignore_index=True)


def write(folder):
    """Write the study file, the tables and their completion."""
    (folder / "completed").mkdir()
    (folder / "study.toml").write_bytes(STUDY)
    given, whole = tables()
    for name, table in given.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    for name, table in whole.items():
        table.to_csv(folder / "completed" / f"{name}.csv", index=False)
