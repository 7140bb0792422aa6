"""What changed over the study: the content of Table 2."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from smcm.design.study import Instrument, StudyDesign, label
from smcm.stats.change import (
    PairedChange,
    RepeatedMeasures,
    bonferroni,
    paired_change,
    repeated_measures,
)

FIDELITY = "fidelity"


@dataclass(frozen=True, slots=True)
class Occasion:
    """Mean and SD of a measure at one interview.

    Attributes
    ----------
    month : float
    mean, sd : float
        Points of the measure; SD with n - 1.
    """

    month: float
    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class TwoOccasions:
    """A measure taken before both outcomes: fidelity or the alliance.

    Attributes
    ----------
    key, name : str
    occasions : tuple of Occasion
        At 4.5 and 13.5 months.
    change : PairedChange
        First minus second.
    """

    key: str
    name: str
    occasions: tuple[Occasion, ...]
    change: PairedChange


@dataclass(frozen=True, slots=True)
class PostHoc:
    """A later interview against baseline.

    Attributes
    ----------
    month : float
    change : PairedChange
        Later minus baseline.
    p : float
        Bonferroni-adjusted for the three pairs of interviews.
    """

    month: float
    change: PairedChange
    p: float


@dataclass(frozen=True, slots=True)
class ThreeOccasions:
    """An outcome at baseline, 9 and 18 months.

    Attributes
    ----------
    instrument : Instrument
    occasions : tuple of Occasion
    anova : RepeatedMeasures
    post_hoc : tuple of PostHoc
        9 and 18 months, each against baseline.
    """

    instrument: Instrument
    occasions: tuple[Occasion, ...]
    anova: RepeatedMeasures
    post_hoc: tuple[PostHoc, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Table 2.

    Attributes
    ----------
    fidelity, alliance : TwoOccasions
    outcomes : tuple of ThreeOccasions
        In the order of the study.
    """

    fidelity: TwoOccasions
    alliance: TwoOccasions
    outcomes: tuple[ThreeOccasions, ...]


def describe_change(frame: pd.DataFrame, design: StudyDesign) -> Change:
    """Test the change of every measure.

    Parameters
    ----------
    frame : DataFrame
        The analysis frame, without gaps in the scores. Fidelity is that of the clients
        who have an exposure at both interviews.
    design : StudyDesign
    """
    alliance = design.mediator
    return Change(
        fidelity=_two(frame, FIDELITY, "SMCM fidelity", alliance.months),
        alliance=_two(frame, alliance.key, alliance.short, alliance.months),
        outcomes=tuple(_three(frame, outcome) for outcome in design.outcomes),
    )


def _occasions(
    frame: pd.DataFrame, key: str, months: tuple[float, ...]
) -> tuple[Occasion, ...]:
    columns = {month: frame[f"{key}_{label(month)}"] for month in months}
    return tuple(
        Occasion(month, float(values.mean()), float(values.std()))
        for month, values in columns.items()
    )


def _two(
    frame: pd.DataFrame, key: str, name: str, months: tuple[float, ...]
) -> TwoOccasions:
    frame = frame.dropna(subset=[f"{key}_{label(m)}" for m in months])
    first, second = (frame[f"{key}_{label(m)}"].to_numpy() for m in months)
    return TwoOccasions(
        key,
        name,
        _occasions(frame, key, months),
        paired_change(first, second),
    )


def _three(frame: pd.DataFrame, outcome: Instrument) -> ThreeOccasions:
    values = [frame[outcome.score_column(m)].to_numpy() for m in outcome.months]
    baseline, later = values[0], values[1:]
    pairs = len(values) * (len(values) - 1) // 2
    changes = [paired_change(score, baseline) for score in later]
    return ThreeOccasions(
        instrument=outcome,
        occasions=_occasions(frame, outcome.key, outcome.months),
        anova=repeated_measures(np.column_stack(values)),
        post_hoc=tuple(
            PostHoc(month, change, bonferroni(change.p, pairs))
            for month, change in zip(outcome.months[1:], changes, strict=True)
        ),
    )
