"""What a team's fidelity assessments must be for every client to have an exposure."""

from collections.abc import Iterable

import pandas as pd

from smcm.cohort.links import Tables, readable
from smcm.design.domains import DOMAINS
from smcm.design.schedule import ALLIANCE_MONTHS, MAIN_WINDOW, OTHER_WINDOWS, label
from smcm.errors import Fault

ITEMS = tuple(item for domain in DOMAINS for item in domain.items)
DOMAIN_OF = {item: domain.key for domain in DOMAINS for item in domain.items}
SHORTEST_WINDOW = min(MAIN_WINDOW, *OTHER_WINDOWS)  # every run fits all three
LEAST_ASSESSMENTS = 2  # a line between two points is what gives a score to a day
ONE_DAY = pd.Timedelta(days=1)
NAMED = 6  # missing items that a message names


def items_stand_in_their_domain(tables: Tables) -> Iterable[Fault]:
    """Find rows whose domain is not the one their item belongs to."""
    if not readable(tables, {"fidelity": ("domain", "item")}):
        return
    table = tables["fidelity"]
    for line, domain, item in table.frame[["domain", "item"]].dropna().itertuples():
        if DOMAIN_OF[item] != domain:
            yield table.fault(
                f"The item {item} belongs to the domain {DOMAIN_OF[item]}.",
                f"Write {DOMAIN_OF[item]}, or correct the item.",
                line=line,
                column="domain",
            )


def assessments_are_whole(tables: Tables) -> Iterable[Fault]:
    """Find assessments that lack items under their date."""
    if not readable(tables, {"fidelity": ("team", "date", "item")}):
        return
    table = tables["fidelity"]
    rows = table.frame[["team", "date", "item"]]
    undated = rows["team"][rows["date"].isna()].value_counts().to_dict()
    found: dict[tuple[str, pd.Timestamp], dict[str | None, int]] = {}
    for line, team, day, item in rows.dropna(subset=["team", "date"]).itertuples():
        found.setdefault((team, day), {}).setdefault(item, line)
    for (team, day), items in found.items():
        lacking = [item for item in ITEMS if item not in items]
        # An unreadable item or date has its own fault and may be what lacks here.
        if not lacking or None in items or len(lacking) <= undated.get(team, 0):
            continue
        more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
        yield table.fault(
            f"An assessment has all {len(ITEMS)} items under one date; missing: "
            f"{', '.join(lacking[:NAMED])}{more}.",
            "Add the missing rows, or correct the date where the rows of one "
            "assessment carry two.",
            line=min(items.values()),
            column="item",
            value=f"{team}, {day:%Y-%m-%d}: {len(items)} of {len(ITEMS)} items",
        )


def teams_are_assessed_twice(tables: Tables) -> Iterable[Fault]:
    """Find teams without two assessments to draw their daily scores between."""
    if not readable(tables, {"teams": ("team",), "fidelity": ("team", "date")}):
        return
    table, frame = tables["fidelity"], tables["fidelity"].frame
    days = frame.groupby("team")["date"].nunique().to_dict()
    undated = set(frame["team"][frame["date"].isna()])
    for line, team in tables["teams"].frame[["team"]].dropna().itertuples():
        count = days.get(team, 0)
        if count < LEAST_ASSESSMENTS and team not in undated:
            yield table.fault(
                "Each team has fidelity assessments of at least two days, between "
                "which its daily scores are drawn.",
                "Add its assessments; a team without them, and its clients, stay out "
                f"of the data (teams.csv, line {line}).",
                column="team",
                value=f"{team}: {count} assessment" + ("" if count == 1 else "s"),
            )


def windows_hold_a_scored_day(tables: Tables) -> Iterable[Fault]:
    """Find alliance interviews before which the team has a score on no day."""
    needed = {
        "clients": ("client_id", "team"),
        "interviews": ("client_id", "month", "date"),
        "fidelity": ("team", "date"),
    }
    if not readable(tables, needed):
        return
    spans = _spans(tables["fidelity"].frame)
    clients = tables["clients"].frame[["client_id", "team"]].dropna()
    team_of: dict[str, str] = dict(
        clients.drop_duplicates("client_id").itertuples(index=False)
    )
    table = tables["interviews"]
    rows = table.frame[table.frame["month"].isin(ALLIANCE_MONTHS)]
    rows = rows[["client_id", "month", "date"]].dropna()
    for line, client, month, day in rows.itertuples():
        team = team_of.get(client)
        if team not in spans:
            continue
        first, last = spans[team]
        start, end = day - pd.Timedelta(days=SHORTEST_WINDOW), day - ONE_DAY
        if end < first or start > last:
            yield table.fault(
                f"The {SHORTEST_WINDOW} days before the interview of month "
                f"{label(month)} of {client} ({start:%Y-%m-%d} to {end:%Y-%m-%d}) hold "
                f"a day between the first and the last assessment of team {team} "
                f"({first:%Y-%m-%d} to {last:%Y-%m-%d}).",
                _cure(client, team, left=start > last),
                line=line,
                column="date",
            )


def _cure(client: str, team: str, *, left: bool) -> str:
    correct = (
        "Correct this date, the client's team in clients.csv, or the dates of the "
        "team in fidelity.csv."
    )
    when = f"had left the study by then (or {team} was assessed later on: add that)"
    why = when if left else "was not assessed until then"
    return (
        f"{correct} If they are right, team {team} {why}, and {client} has no "
        f"exposure: delete the rows of {client} from clients.csv, interviews.csv and "
        "the questionnaires, and report how many clients were left out for this reason."
    )


def _spans(fidelity: pd.DataFrame) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """First and last assessment of each team that has two."""
    dated = fidelity[["team", "date"]].dropna().drop_duplicates()
    days: dict[str, list[pd.Timestamp]] = {}
    for _, team, day in dated.itertuples():
        days.setdefault(team, []).append(day)
    return {
        team: (min(own), max(own))
        for team, own in days.items()
        if len(own) >= LEAST_ASSESSMENTS
    }
