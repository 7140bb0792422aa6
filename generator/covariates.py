"""Stage 3: who the clients are at entry, with exactly the printed counts."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from generator.calendar import Calendar
from generator.design import CohortDesign
from generator.layout import Array, Mask, Whole
from generator.printed import Printed
from smcm.article.levels import stem_of
from smcm.design.characteristics import blocks
from smcm.design.study_file import shipped_study

AGES = (18, 78)
ADVERSITIES = (0, 10)
FRENCH_SPEAKING = "Quebec"
FRENCH_ELSEWHERE = 8  # clients outside Quebec who chose French
OTHERS: dict[str, str | int] = {
    "gender": "another",
    "ethnocultural": "another",
    "education": 4,
}
N_MOVES = 100_000
N_DRAWS = 30
CLOSE = 0.6  # share of the printed interval, around its middle, that is close enough


@dataclass(frozen=True, slots=True)
class _Shape:
    """Mean and SD wanted of a whole number, its range, and how near is near."""

    mean: float
    sd: float
    room: float
    ends: tuple[int, int]

    def loss(self, values: Whole) -> float:
        """Distance beyond the room, 0 when both print right."""
        off = abs(values.mean() - self.mean), abs(values.std(ddof=1) - self.sd)
        return float(sum(max(0.0, distance / self.room - 1) for distance in off))


def make_characteristics(
    design: CohortDesign, printed: Printed, calendar: Calendar, exposure: Array
) -> pd.DataFrame:
    """Draw every characteristic of Table 1, one row per client.

    Of several draws the one least related to fidelity is kept: the printed standard
    error of the path from fidelity leaves little room for such a relation.

    Parameters
    ----------
    exposure : ndarray, shape (n_clients,)
        Fidelity before the first alliance interview.
    """
    rng = design.rng("covariates")
    draws = [_draw(rng, design, printed, calendar) for _ in range(N_DRAWS)]
    return min(
        draws,
        key=lambda draw: _explained(exposure, covariate_matrix(draw, calendar)),
    )


def _explained(outcome: Array, predictors: Array) -> float:
    """R² of a regression."""
    design = np.column_stack([np.ones_like(outcome), predictors])
    slopes = np.linalg.lstsq(design, outcome, rcond=None)[0]
    return 1 - float(np.var(outcome - design @ slopes) / np.var(outcome))


def _draw(
    rng: np.random.Generator, design: CohortDesign, printed: Printed, calendar: Calendar
) -> pd.DataFrame:
    columns: dict[str, Whole | pd.Series] = {
        "age": _whole_numbers(rng, design, _shape(printed, "age", AGES)),
        "ace": _whole_numbers(rng, design, _shape(printed, "ace", ADVERSITIES)),
    }
    for block in blocks(shipped_study()):
        counts: dict[str | int, int] = {
            level.value: printed.count(f"t1.{stem_of(block.column, level.value)}.n")
            for level in block.levels
        }
        rest = design.n_clients - sum(counts.values())
        if rest:
            counts[OTHERS.get(block.column, 0)] = rest
        if block.column == "language":
            in_quebec = np.array(design.provinces)[calendar.site - 1] == FRENCH_SPEAKING
            columns["language"] = _languages(rng, in_quebec, counts)
        else:
            codes = [code for code, n in counts.items() for _ in range(n)]
            columns[block.column] = pd.Series(codes).iloc[rng.permutation(len(codes))]
    return pd.DataFrame({name: np.asarray(values) for name, values in columns.items()})


def covariate_matrix(characteristics: pd.DataFrame, calendar: Calendar) -> Array:
    """Return the shared covariates of the models, each as one number."""
    female = characteristics["gender"].eq("female").to_numpy(dtype=np.float64)
    numbers = {name: characteristics[name] for name in ("age", "housed", "employed")}
    return np.column_stack(
        [
            numbers["age"],
            female,
            numbers["housed"],
            numbers["employed"],
            characteristics["education"],
            characteristics["ace"],
            calendar.site,
            characteristics["hospitalized"],
        ]
    ).astype(np.float64)


def _shape(printed: Printed, name: str, ends: tuple[int, int]) -> _Shape:
    low, high = printed.interval(f"t1.{name}.mean")
    return _Shape(
        mean=printed.value(f"t1.{name}.mean"),
        sd=printed.value(f"t1.{name}.sd"),
        room=CLOSE * (high - low) / 2,
        ends=ends,
    )


def _whole_numbers(
    rng: np.random.Generator, design: CohortDesign, shape: _Shape
) -> Whole:
    """Whole numbers that print with the mean and SD wanted.

    Raises
    ------
    RuntimeError
        None were found.
    """
    drawn = rng.normal(shape.mean, 1.06 * shape.sd, design.n_clients)
    values = np.clip(np.round(drawn), *shape.ends).astype(np.int64)
    loss = shape.loss(values)
    for _ in range(N_MOVES):
        if loss == 0:
            return values
        moved = values.copy()
        moved[rng.integers(values.size)] += rng.choice((-1, 1))
        new_loss = shape.loss(moved)
        if (
            new_loss < loss
            and shape.ends[0] <= moved.min() <= moved.max() <= shape.ends[1]
        ):
            values, loss = moved, new_loss
    raise RuntimeError(f"No whole numbers have mean {shape.mean} and SD {shape.sd}.")


def _languages(
    rng: np.random.Generator, in_quebec: Mask, counts: dict[str | int, int]
) -> pd.Series:
    """French for most clients in Quebec and for a few elsewhere."""
    language = np.full(in_quebec.size, "english", dtype=object)
    most = counts["french"] - FRENCH_ELSEWHERE
    inside, outside = np.flatnonzero(in_quebec), np.flatnonzero(~in_quebec)
    language[rng.choice(inside, most, replace=False)] = "french"
    language[rng.choice(outside, FRENCH_ELSEWHERE, replace=False)] = "french"
    return pd.Series(language)
