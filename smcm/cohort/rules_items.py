"""What the rows of the questionnaires and of the fidelity scale must be."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smcm.cohort.links import Tables, readable
from smcm.cohort.typed import TypedTable
from smcm.design.study import Instrument, StudyDesign
from smcm.errors import Fault

if TYPE_CHECKING:
    import pandas as pd

NAMED = 6  # missing items that a message names


def rows_are_of_held_interviews(table: TypedTable, tables: Tables) -> Iterable[Fault]:
    """Find rows of interviews that did not take place."""
    key = ["client_id", "month"]
    if not table.has(*key) or not readable(tables, {"interviews": (*key, "held")}):
        return
    interviews = tables["interviews"]
    missed = interviews.frame.loc[interviews.frame["held"] == 0, key]
    line_of = {(client, month): line for line, client, month in missed.itertuples()}
    for line, client, month in table.frame[key].itertuples():
        if (client, month) in line_of:
            partner = f"{interviews.file}, line {line_of[client, month]}"
            yield table.fault(
                f"A row stands for an interview that was held; {partner}, says that "
                "this one was not.",
                f"Delete the row, or write 1 for held in {partner}.",
                line=line,
                column=", ".join(key),
                value=f"{client}, {month:g}",
            )


def rows_have_an_answer(table: TypedTable) -> Iterable[Fault]:
    """Find rows without any answer."""
    answers = [name for name in table.schema.answers if name in table.texts]
    if answers:
        blank = table.texts[answers].isin(table.schema.missing).all(axis=1)
        for line in table.lines(blank):
            yield table.fault(
                "A row holds at least one answer; this one holds none.",
                "Delete the row; an interview without this questionnaire has no row.",
                line=line,
            )


def points_are_spent(table: TypedTable, index: Instrument) -> Iterable[Fault]:
    """Find rows of an index whose points do not add up, or leave one area open.

    Several open areas are a gap in the data; one alone follows from the others.
    """
    if not table.has(*index.columns):
        return
    _, columns = index.ratings_and_points
    points = table.frame[[*columns]]
    blank = table.texts[[*columns]].isin(table.schema.missing)
    spent, n_blank = points.sum(axis=1), blank.sum(axis=1)
    known = (points.notna() | blank).all(axis=1) & (n_blank < index.n_items)
    over = (spent > index.points) | ((n_blank == 0) & (spent != index.points))
    rule = f"The points of the {index.n_items} areas add up to {index.points}"
    for line in table.lines(known & over):
        yield table.fault(
            f"{rule}.",
            "Correct the points; an area that was not named has 0.",
            line=line,
            column=f"{columns[0]} to {columns[-1]}",
            value=f"sum {spent[line]:g}",
        )
    for line in table.lines(known & ~over & (n_blank == 1)):
        yield table.fault(
            f"{rule}; the others have {spent[line]:g}, so this one is known.",
            f"Write {index.points - spent[line]:g}.",
            line=line,
            column=str(blank.loc[line].idxmax()),
        )


def items_stand_in_their_domain(tables: Tables, design: StudyDesign) -> Iterable[Fault]:
    """Find rows whose domain is not the one their item belongs to."""
    if not readable(tables, {"fidelity": ("domain", "item")}):
        return
    table = tables["fidelity"]
    home = {item: one.key for one in design.exposure.domains for item in one.items}
    for line, domain, item in table.frame[["domain", "item"]].dropna().itertuples():
        if home[item] != domain:
            yield table.fault(
                f"The item {item} belongs to the domain {home[item]}.",
                f"Write {home[item]}, or correct the item.",
                line=line,
                column="domain",
            )


def assessments_are_whole(tables: Tables, design: StudyDesign) -> Iterable[Fault]:
    """Find assessments that lack items under their date."""
    if not readable(tables, {"fidelity": ("team", "date", "item")}):
        return
    table = tables["fidelity"]
    rows = table.frame[["team", "date", "item"]]
    whole = [item for domain in design.exposure.domains for item in domain.items]
    undated = rows["team"][rows["date"].isna()].value_counts().to_dict()
    found: dict[tuple[str, pd.Timestamp], dict[str | None, int]] = {}
    for line, team, day, item in rows.dropna(subset=["team", "date"]).itertuples():
        found.setdefault((team, day), {}).setdefault(item, line)
    for (team, day), items in found.items():
        lacking = [item for item in whole if item not in items]
        # An unreadable item or date has its own fault and may be what lacks here.
        if not lacking or None in items or len(lacking) <= undated.get(team, 0):
            continue
        more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
        yield table.fault(
            f"An assessment has all {len(whole)} items under one date; missing: "
            f"{', '.join(lacking[:NAMED])}{more}.",
            "Add the missing rows, with the score left empty where an item was not "
            "rated, or correct the date where the rows of one assessment carry two.",
            line=min(items.values()),
            column="item",
            value=f"{team}, {day:%Y-%m-%d}: {len(items)} of {len(whole)} items",
        )
