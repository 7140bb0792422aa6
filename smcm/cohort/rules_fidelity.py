"""What a team's fidelity assessments must be for a total to follow from them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smcm.cohort.links import Tables, readable
from smcm.design.domains import DOMAINS
from smcm.errors import Fault

if TYPE_CHECKING:
    import pandas as pd

ITEMS = tuple(item for domain in DOMAINS for item in domain.items)
DOMAIN_OF = {item: domain.key for domain in DOMAINS for item in domain.items}
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
            "Add the missing rows, with the score left empty where an item was not "
            "rated, or correct the date where the rows of one assessment carry two.",
            line=min(items.values()),
            column="item",
            value=f"{team}, {day:%Y-%m-%d}: {len(items)} of {len(ITEMS)} items",
        )
