"""Questions about a sound folder: what is possible, and more often a slip."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.cohort.descriptors import schema_of
from smcm.cohort.frame import blank_covariates
from smcm.cohort.tables import Cohort
from smcm.design.study import Instrument

CLIENTS = "clients.csv"
REVERSED_R = -0.10  # an item's correlation with the other items of its scale, below it
REVERSED_Z = -4.0  # and this many standard errors below zero
REVERSED_ROWS = 30  # of the rows that have both
LEAST_ANSWERS = 200  # to ask why the end of a scale was never given
BLANK_SHARE = 0.10  # of a column of the clients
LEVEL_SHARE = 0.97  # of the clients at one level
ALIKE_SHARE = 0.05  # of the rows with one answer to all items
EARLY_SHARE = 0.75  # of the days of entry that could be a month
EARLY_DAY = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One question.

    Attributes
    ----------
    file : str
    column : str
        Empty where it is about the rows.
    text : str
        What was found, and what to look at.
    """

    file: str
    column: str
    text: str


def remarks_on(cohort: Cohort) -> tuple[Remark, ...]:
    """Ask about what looks like a slip, by file and column."""
    return tuple(remark for rule in RULES for remark in rule(cohort))


def _scales(cohort: Cohort) -> Iterator[tuple[Instrument, pd.DataFrame]]:
    """Answers of every scale of several items with one meaning."""
    for scale in cohort.design.instruments:
        if scale.rule not in ("weighted", "given"):
            yield scale, cohort.items[scale.key][list(scale.columns)]


def reversed_items(cohort: Cohort) -> Iterator[Remark]:
    """Items that go down where the other items of their scale go up."""
    for scale, answers in _scales(cohort):
        for item in scale.columns:
            rest = answers.drop(columns=item).mean(axis=1)
            r, n = _correlation(answers[item], rest)
            if n >= REVERSED_ROWS and r < REVERSED_R and _z(r, n) < REVERSED_Z:
                yield Remark(
                    file=f"{scale.key}.csv",
                    column=item,
                    text=f"goes down where the other items go up (r = {r:.2f} in {n} "
                    "rows). Is it worded negatively and not yet reversed?",
                )


def _correlation(one: pd.Series, other: pd.Series) -> tuple[float, int]:
    """Pearson's r and the rows it rests on; 0 where one of both does not vary."""
    known = (one.notna() & other.notna()).to_numpy()
    x, y = (values.to_numpy(np.float64)[known] for values in (one, other))
    if known.sum() < REVERSED_ROWS or np.ptp(x) == 0.0 or np.ptp(y) == 0.0:
        return 0.0, int(known.sum())
    return float(np.corrcoef(x, y)[0, 1]), int(known.sum())


def _z(r: float, n: int) -> float:
    """Fisher's z of a correlation over its standard error."""
    return float(np.arctanh(np.clip(r, -1 + 1e-12, 1 - 1e-12)) * np.sqrt(n - 3))


def ends_never_given(cohort: Cohort) -> Iterator[Remark]:
    """Scales of which the lowest or the highest answer was never given."""
    for scale in cohort.design.instruments:
        table = cohort.items[scale.key]
        weighted = scale.rule == "weighted"
        columns = list(scale.ratings_and_points[0] if weighted else scale.columns)
        given = table[columns].to_numpy(np.float64).ravel()
        given = given[np.isfinite(given)]
        for end, words in ((scale.high, "highest"), (scale.low, "lowest")):
            if given.size >= LEAST_ANSWERS and not (given == end).any():
                yield Remark(
                    file=f"{scale.key}.csv",
                    column=f"{columns[0]} to {columns[-1]}",
                    text=f"the {words} answer, {end}, was never given in {given.size} "
                    f"answers, which run from {given.min():g} to {given.max():g}. Do "
                    f"the codes begin at {scale.low}, as the codebook has it?",
                )


def blank_columns(cohort: Cohort) -> Iterator[Remark]:
    """Columns of the clients with many blanks."""
    whole = {"female": "gender"}
    never = {whole.get(name, name) for name in blank_covariates(cohort)}
    for column in cohort.clients:
        blank = int(cohort.clients[column].isna().sum())
        if column in never:
            text = "is blank for every client; the models are fitted without it."
        elif blank > BLANK_SHARE * cohort.n:
            text = f"is blank for {blank} of {cohort.n} clients. Was it lost?"
        else:
            continue
        yield Remark(file=CLIENTS, column=str(column), text=text)


def single_levels(cohort: Cohort) -> Iterator[Remark]:
    """Columns of the clients in which nearly all are alike."""
    for column in schema_of(cohort.design).table("clients").columns:
        known = cohort.clients[column.name].dropna()
        if not column.codes or len(known) < REVERSED_ROWS:
            continue
        counts, n = known.value_counts(), len(known)
        if counts.iloc[0] > LEVEL_SHARE * n:
            yield Remark(
                file=CLIENTS,
                column=column.name,
                text=f"is {_code(counts.index[0])} for {counts.iloc[0]} of {n} "
                "clients. Is that so, or were the codes mixed up?",
            )


def _code(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def alike_answers(cohort: Cohort) -> Iterator[Remark]:
    """Scales with many rows that have one answer to all items."""
    for scale, answers in _scales(cohort):
        known = answers.notna().all(axis=1)
        alike = int((known & (answers.max(axis=1) == answers.min(axis=1))).sum())
        n = len(answers)
        if n >= REVERSED_ROWS and alike > ALIKE_SHARE * n:
            yield Remark(
                file=f"{scale.key}.csv",
                column="",
                text=f"{alike} of {n} rows have one answer to all items. Were blanks "
                "filled in, or sheets ticked in one column?",
            )


def education_levels(cohort: Cohort) -> Iterator[Remark]:
    """Education without its lowest or its highest level."""
    known = cohort.clients["education"].dropna()
    codes = schema_of(cohort.design).table("clients").column("education").codes
    levels = [*map(int, codes)]
    ends = (levels[0], levels[-1])  # a sample of adults usually has both
    lacking = [level for level in ends if not (known == level).any()]
    if lacking and len(known) >= REVERSED_ROWS:
        named = " or ".join(map(str, lacking))
        yield Remark(
            file=CLIENTS,
            column="education",
            text=f"no client has level {named}. Do the levels follow the codebook?",
        )


def early_days(cohort: Cohort) -> Iterator[Remark]:
    """Days of entry that look like months."""
    day = cohort.clients["entry"].dt.day
    early = int((day <= EARLY_DAY).sum())
    if cohort.n >= REVERSED_ROWS and early > EARLY_SHARE * cohort.n:
        yield Remark(
            file=CLIENTS,
            column="entry",
            text=f"{early} of {cohort.n} dates are of the first {EARLY_DAY} days of a "
            "month. Were day and month exchanged?",
        )


RULES: tuple[Callable[[Cohort], Iterator[Remark]], ...] = (
    blank_columns,
    single_levels,
    education_levels,
    early_days,
    reversed_items,
    ends_never_given,
    alike_answers,
)
