"""A panel for each of the 14 scores: a row an instrument, a column an interview."""

from collections.abc import Iterator

from smcm.design.instruments import INSTRUMENTS
from smcm.design.schedule import OUTCOME_MONTHS, label

ROWS, COLUMNS = len(INSTRUMENTS), len(OUTCOME_MONTHS)


def score_places() -> Iterator[tuple[int, int, str, str]]:
    """Yield row, column, score column and title, row by row."""
    for row, scale in enumerate(INSTRUMENTS):
        for column, month in enumerate(scale.months):
            title = f"{scale.short}, month {label(month)}"
            yield row, column, scale.score_column(month), title


def free_places() -> list[tuple[int, int]]:
    """Places without a score, where the key can go."""
    used = {(row, column) for row, column, _, _ in score_places()}
    every = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    return [place for place in every if place not in used]
