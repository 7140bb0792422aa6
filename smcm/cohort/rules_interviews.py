"""What clients and interviews must agree on, beyond the schema."""

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd

from smcm.cohort.links import Tables, readable
from smcm.design.study import Cluster, StudyDesign, label
from smcm.errors import Fault


def every_interview_has_a_row(tables: Tables, design: StudyDesign) -> Iterable[Fault]:
    """Find clients without a row, held or not, for one of the months."""
    needed = {"clients": ("client_id",), "interviews": ("client_id", "month")}
    if not readable(tables, needed):
        return
    clients, interviews = tables["clients"], tables["interviews"]
    rows = interviews.frame[["client_id", "month"]]
    months = rows.dropna().groupby("client_id")["month"].agg(set).to_dict()
    unread = rows["client_id"][rows["month"].isna()].value_counts().to_dict()
    for line, client in clients.frame[["client_id"]].dropna().itertuples():
        lacking = [m for m in design.waves.all if m not in months.get(client, set())]
        # A month that cannot be read has its own fault; it may be the one that lacks.
        if len(lacking) > unread.get(client, 0):
            yield interviews.fault(
                f"Each client of clients.csv (this one on line {line}) has a row for "
                f"each month {', '.join(map(label, design.waves.all))}.",
                "Add the rows; an interview that was not held has 0 in held, and the "
                "day on which it was due.",
                column="month",
                value=f"{client}: no row for month {', '.join(map(label, lacking))}",
            )


def interviews_follow_one_another(tables: Tables) -> Iterable[Fault]:
    """Find interviews dated no later than the one before them."""
    if not readable(tables, {"interviews": ("client_id", "month", "date")}):
        return
    table = tables["interviews"]
    rows = table.frame[["client_id", "month", "date"]].dropna()
    rows = rows.drop_duplicates(["client_id", "month"])
    rows = rows.sort_values(["client_id", "month"])
    earlier_line, earlier = 0, ("", 0.0, pd.Timestamp(0))
    for line, client, month, day in rows.itertuples():
        if client == earlier[0] and day <= earlier[2]:
            yield table.fault(
                f"The interviews of a client follow one another in time; month "
                f"{label(earlier[1])} of {client}, on line {earlier_line}, is dated "
                f"{earlier[2]:%Y-%m-%d}.",
                "Correct the date or the month of one of the two lines; day and month "
                "of a date are easily exchanged.",
                line=line,
                column="date",
            )
        earlier_line, earlier = line, (client, month, day)


def entry_is_near_baseline(tables: Tables, design: StudyDesign) -> Iterable[Fault]:
    """Find clients whose entry is too many days from the first interview."""
    within, month = design.cases.entry_within, design.waves.outcome[0]
    needed = {
        "clients": ("client_id", "entry"),
        "interviews": ("client_id", "month", "date"),
    }
    if within is None or not readable(tables, needed):
        return
    clients, interviews = tables["clients"], tables["interviews"].frame
    first = interviews.loc[interviews["month"] == month, ["client_id", "date"]]
    baseline = {
        client: (line, day)
        for line, client, day in first.dropna()
        .drop_duplicates("client_id")
        .itertuples()
    }
    for line, client, entry in (
        clients.frame[["client_id", "entry"]].dropna().itertuples()
    ):
        if client not in baseline:
            continue
        there, day = baseline[client]
        apart = abs((entry - day).days)
        if apart > within:
            yield clients.fault(
                f"A client enters at most {within} days from the interview of month "
                f"{label(month)}; that of {client} is dated {day:%Y-%m-%d} "
                f"(interviews.csv, line {there}), {apart} days away.",
                "Correct whichever of the two dates is wrong.",
                line=line,
                column="entry",
            )


def no_language_without_interview(tables: Tables) -> Iterable[Fault]:
    """Find interviews that were not held and have a language."""
    if not readable(tables, {"interviews": ("held", "language")}):
        return
    table = tables["interviews"]
    for line in table.lines(
        (table.frame["held"] == 0) & table.frame["language"].notna()
    ):
        yield table.fault(
            "The language is blank where the interview was not held.",
            "Leave the language empty, or write 1 for held.",
            line=line,
            column="language",
        )


def clusters_are_nested(tables: Tables, design: StudyDesign) -> Iterable[Fault]:
    """Find case managers who stand with two teams; clients are nested in both."""
    for inner, outer in pairwise(one for one in design.clusters if not one.of):
        yield from _with_two(tables, inner, outer)


def _with_two(tables: Tables, inner: Cluster, outer: Cluster) -> Iterable[Fault]:
    if not readable(tables, {"clients": (outer.key, inner.key)}):
        return
    table, name = tables["clients"], outer.name
    home: dict[str, tuple[int, str]] = {}
    pairs = table.frame[[outer.key, inner.key]].dropna().drop_duplicates()
    for line, whole, part in pairs.itertuples():
        there, first = home.setdefault(part, (line, whole))
        if first != whole:
            yield table.fault(
                f"A {inner.name} belongs to one {name}; {part} is of {name} {first} on "
                f"line {there}, and of {name} {whole} here.",
                f"Give every {inner.name} a code of their own, also where each {name} "
                f"numbers its own; who works in two {name}s gets two codes.",
                line=line,
                column=inner.key,
            )
