"""What the models need of data that are sound file by file.

Each finding is a fault with its cure, so that `smcm check` refuses what `smcm study`
could not compute.
"""

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import pandas as pd

from smcm.cohort.exposure import LEAST_ASSESSMENTS, fidelity_exposure
from smcm.cohort.frame import baseline_frame
from smcm.cohort.imputation import ShortColumn, short_column
from smcm.cohort.imputation_model import COVARIATES
from smcm.cohort.scoring import scale_scores
from smcm.cohort.tables import Cohort
from smcm.design.study import Instrument, StudyDesign, label
from smcm.errors import Fault
from smcm.stats.chain_plan import DONORS
from smcm.stats.ols import independent_columns
from smcm.stats.usable import FLAT, centred_columns

NAMED = 6  # columns that a message names
FROM = {"female": "gender"}  # covariate: its column in clients.csv


@lru_cache(maxsize=8)
def study_faults(cohort: Cohort) -> tuple[Fault, ...]:
    """Find what keeps the models from being fitted to a checked cohort.

    Parameters
    ----------
    cohort : Cohort

    Returns
    -------
    tuple of Fault
        Empty where `run_study` can run on all sites with enough clients; see
        `smcm.analysis.feasibility.selected_clients` for their number.
    """
    found = [
        *_questionnaires(cohort),
        *_covariates(cohort),
        *_case_managers(cohort),
    ]
    found = found or [*_scores(cohort), *_exposures(cohort)]
    short = None if found else short_column(cohort)
    if short:
        found.append(_imputed(short, cohort.design))
    return tuple(found)


def _questionnaires(cohort: Cohort) -> Iterator[Fault]:
    """Questionnaires, and single items, without answers to impute from."""
    for instrument in cohort.design.instruments:
        table = cohort.items[instrument.key]
        for month in instrument.months:
            rows = table[table["month"] == month]
            if rows.empty:
                yield _never_given(instrument, month)
            elif instrument.rule != "weighted":
                yield from _items(instrument, month, rows, cohort.n)


def _never_given(instrument: Instrument, month: float) -> Fault:
    return Fault(
        file=f"{instrument.key}.csv",
        column="month",
        value=f"no row of month {label(month)}",
        rule=f"The models need the {instrument.short} at month "
        f"{label(month)}: answers that nobody gave cannot be imputed.",
        cure="Add the rows. Without this questionnaire at this interview the study "
        "cannot be analysed by these models.",
    )


def _items(
    instrument: Instrument, month: float, rows: pd.DataFrame, n: int
) -> Iterator[Fault]:
    columns = list(instrument.columns)
    answers = rows[columns].notna().sum()
    few = [c for c in columns if answers[c] < min(DONORS, n)]
    if few:
        more = f" and {len(few) - NAMED} more" if len(few) > NAMED else ""
        yield Fault(
            file=f"{instrument.key}.csv",
            column=", ".join(few[:NAMED]) + more,
            value=f"{int(answers[few].max())} answers at most at month {label(month)}",
            rule="What is missing of an item is taken from clients who answered it; "
            f"each item needs at least {DONORS} answers at each interview.",
            cure="Add the answers. An item that was not asked at this interview cannot "
            "be imputed.",
        )


def _covariates(cohort: Cohort) -> Iterator[Fault]:
    for name in COVARIATES:
        column = FROM.get(name, name)
        known = int(cohort.clients[column].notna().sum())
        if 0 < known < min(DONORS, cohort.n):
            yield Fault(
                file="clients.csv",
                column=column,
                value=f"{known} of {cohort.n} clients have a value",
                rule="What is missing of a covariate is taken from clients of whom it "
                f"is known; that needs at least {DONORS} of them.",
                cure="Fill in the values, or leave the column blank for all clients; "
                "the models are then fitted without it.",
            )


def _case_managers(cohort: Cohort) -> Iterator[Fault]:
    managers = int(cohort.clients["case_manager"].nunique())
    if not 1 < managers < cohort.n:
        yield Fault(
            file="clients.csv",
            column="case_manager",
            value=f"{managers} case manager" + ("" if managers == 1 else "s"),
            rule="The level of significance follows from how alike the clients of a "
            "case manager are; that needs two case managers, and one with two clients.",
            cure="Write the case manager of each client. Where they are not known, "
            "write the team's code, if there are several teams.",
        )


def _scores(cohort: Cohort) -> Iterator[Fault]:
    """Measures that are the same for every client."""
    clients = list(cohort.clients["client_id"])
    scores = scale_scores(cohort.items, clients, cohort.design)
    for instrument in cohort.design.instruments:
        for month in instrument.months:
            known = scores[instrument.score_column(month)].dropna()
            if len(known) and _constant(known):
                yield Fault(
                    file=f"{instrument.key}.csv",
                    column="month",
                    value=f"{label(month)}: {known.iloc[0]:g} points for every client",
                    rule=f"The {instrument.short} differs between clients at each "
                    "interview; what is the same for all is related to nothing.",
                    cure="Look at how the answers were exported.",
                )


def _constant(values: pd.Series, size: float | None = None) -> bool:
    """Whether values differ by rounding alone; by default beside their own size."""
    spread = float(np.ptp(values.to_numpy(dtype=np.float64)))
    return spread <= FLAT * (float(values.abs().max()) if size is None else size)


def _exposures(cohort: Cohort) -> Iterator[Fault]:
    """Fidelity that is alike for all, or tells no more than site and covariates."""
    design = cohort.design
    exposure = fidelity_exposure(cohort, design.exposure.windows[0])
    baseline = baseline_frame(cohort)[list(design.shared_covariates)]
    filled = baseline.fillna(baseline.mean())
    for month in design.mediator.months:
        means = exposure.mean(month).reindex(filled.index)
        own = means.notna()
        if not own.any():
            yield _no_exposure(month, design)
            continue
        known = np.column_stack([filled[own].to_numpy(np.float64), means[own]])
        columns = np.column_stack([np.ones(own.sum()), centred_columns(known)])
        if known.shape[1] not in independent_columns(columns):
            yield _no_difference(
                f"the mean fidelity before month {label(month)} is the same for all "
                "clients, or follows from their site and the other covariates"
            )
    first, second = (exposure.mean(month) for month in design.mediator.months)
    change = (first - second).dropna()
    if len(change) > 1 and _constant(change, float(first.max())):
        yield _no_difference("fidelity changes by the same amount for all clients")


def _no_exposure(month: float, design: StudyDesign) -> Fault:
    exposure = design.exposure
    return Fault(
        file="fidelity.csv",
        column="date",
        value=f"no client has an exposure before month {label(month)}",
        rule=f"An exposure needs a team with at least {LEAST_ASSESSMENTS} assessments, "
        f"between which one of the {exposure.shortest_window} days before the "
        "interview lies; and of each domain at least "
        f"{100 * exposure.rated:g}% of the items rated.",
        cure="Add the assessments or the ratings, or correct the dates.",
    )


def _no_difference(found: str) -> Fault:
    return Fault(
        file="fidelity.csv",
        column="score",
        value=found,
        rule="The exposure to fidelity differs between clients in a way of its own.",
        cure="Look at the scores of the teams, and at their sites in teams.csv.",
    )


def _imputed(short: ShortColumn, design: StudyDesign) -> Fault:
    """Say which column has too few values, by its name in the files."""
    stem, _, month = short.name.rpartition("_")
    scale = next((s for s in design.instruments if stem in (s.key, *s.columns)), None)
    told = short.reason.split(";")[0]
    return Fault(
        file="clients.csv" if scale is None else f"{scale.key}.csv",
        column=FROM.get(short.name, short.name) if scale is None else stem,
        value=None if scale is None else f"month {month}",
        rule="What is missing here is imputed by a regression on other columns, for "
        f"which too few clients have a value. {told.removesuffix('.')}.",
        cure="More clients are needed, or fewer gaps in this column.",
    )
