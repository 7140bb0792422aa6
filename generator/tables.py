"""Stage 11: everything generated, as the tables of the data package."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pandas as pd

from generator.calendar import Calendar
from generator.design import CohortDesign
from generator.fidelity_items import Assessments
from generator.gaps import Gaps, skipped_items
from generator.layout import Whole
from generator.shipped import (
    ALLIANCE_MONTHS,
    DOMAINS,
    INSTRUMENTS,
    INTERVIEW_MONTHS,
    PGI,
    SCORE_COLUMNS,
)
from smcm.design.instruments import Instrument, label

Tables = dict[str, pd.DataFrame]
Answers = Mapping[str, Mapping[float, Whole]]  # by instrument, then by month
UNNAMED = -1  # rating of an area that is not named


@dataclass(frozen=True, slots=True)
class Names:
    """Identifiers as the files write them."""

    clients: pd.Index
    teams: pd.Index
    managers: pd.Index

    @classmethod
    def of(cls, calendar: Calendar) -> "Names":
        """Give everyone a number, from 1."""
        return cls(
            clients=_numbered("C", calendar.site.size, 3),
            teams=_numbered("T", calendar.team_site.size, 2),
            managers=_numbered("M", calendar.n_managers, 2),
        )


def _numbered(letter: str, size: int, width: int) -> pd.Index:
    return pd.Index([f"{letter}{k:0{width}d}" for k in range(1, size + 1)])


def _dates(design: CohortDesign, days: Whole) -> list[str]:
    return [(design.first_entry + timedelta(days=int(day))).isoformat() for day in days]


def clients_table(
    design: CohortDesign, calendar: Calendar, characteristics: pd.DataFrame
) -> pd.DataFrame:
    """One row per client."""
    names = Names.of(calendar)
    who = {
        "client_id": names.clients,
        "team": names.teams[calendar.team],
        "case_manager": names.managers[calendar.manager],
        "entry": _dates(design, calendar.interview[:, 0]),
    }
    shown = (
        "age",
        "gender",
        "ethnocultural",
        "language",
        "diagnosis",
        "education",
        "employed",
        "housed",
        "hospitalized",
        "ace",
    )
    return pd.DataFrame(who | {name: characteristics[name] for name in shown})


def teams_table(design: CohortDesign, calendar: Calendar) -> pd.DataFrame:
    """One row per team."""
    teams = np.arange(design.n_teams)
    return pd.DataFrame(
        {
            "team": Names.of(calendar).teams,
            "site": calendar.team_site,
            "province": [design.provinces[code - 1] for code in calendar.team_site],
            "dropped_out": (teams == design.dropout_team).astype(np.int64),
        }
    )


def fidelity_table(
    design: CohortDesign, calendar: Calendar, assessments: Assessments
) -> pd.DataFrame:
    """One row per assessment and item."""
    teams = Names.of(calendar).teams
    dates = [_dates(design, days) for days in calendar.assessment]
    rows = [
        (teams[team], dates[team][order], domain.key, item, score)
        for k, (team, order) in enumerate(
            zip(assessments.team, assessments.order, strict=True)
        )
        for domain, items in zip(DOMAINS, assessments.items, strict=True)
        for item, score in zip(domain.items, items[k], strict=True)
    ]
    return pd.DataFrame(rows, columns=["team", "date", "domain", "item", "score"])


def interviews_table(
    design: CohortDesign, calendar: Calendar, language: pd.Series, gaps: Gaps
) -> pd.DataFrame:
    """One row per client and interview; a missed one keeps its appointment's date."""
    parts = []
    for k, month in enumerate(INTERVIEW_MONTHS):
        by_phone = month in ALLIANCE_MONTHS
        held = gaps.held[:, k]
        part = {
            "client_id": Names.of(calendar).clients,
            "month": label(month),
            "date": _dates(design, calendar.interview[:, k]),
            "held": held.astype(np.int64),
            "mode": "telephone" if by_phone else "in_person",
            "language": language.where(pd.Series(held), ""),
        }
        parts.append(pd.DataFrame(part))
    return _by_client(parts)


def item_tables(
    design: CohortDesign, calendar: Calendar, answers: Answers, gaps: Gaps
) -> Tables:
    """All questionnaires, with their gaps and, under ``completed/``, without."""
    tables: Tables = {}
    part = 0
    for instrument in INSTRUMENTS:
        complete, gapped = [], []
        for month in instrument.months:
            part += 1
            frame = _items_frame(calendar, instrument, month, answers)
            place = SCORE_COLUMNS.index(instrument.score_column(month))
            skipped = skipped_items(design, instrument, len(frame), part)
            cut = frame.copy()
            if instrument is not PGI:
                columns = list(instrument.columns)
                cut[columns] = cut[columns].mask(skipped)
            complete.append(frame)
            gapped.append(cut[gaps.answered[:, place]])
        tables[f"{instrument.key}.csv"] = _by_client(gapped)
        tables[f"completed/{instrument.key}.csv"] = _by_client(complete)
    return tables


def _items_frame(
    calendar: Calendar, instrument: Instrument, month: float, answers: Answers
) -> pd.DataFrame:
    """Answers to one questionnaire at one interview, every client."""
    items = pd.DataFrame(
        answers[instrument.key][month], columns=list(instrument.columns)
    ).astype("Int64")
    items = items.mask(items == UNNAMED)
    items.insert(0, "month", label(month))
    items.insert(0, "client_id", Names.of(calendar).clients)
    return items


def _by_client(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """Stack interviews, then put each client's together, in order of time."""
    stacked = pd.concat(parts, ignore_index=True)
    return stacked.sort_values("client_id", kind="stable", ignore_index=True)
