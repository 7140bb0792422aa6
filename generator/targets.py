"""Where every statistic must lie for the cohort to print, and to conclude, the same.

Three sources: the interval that a printed number leaves open; what the article says
in words (a path is not significant, the windows do not matter), turned into bounds on
t; and places inside those intervals chosen because several numbers must hold at once.
The last are decisions of this generator and carry their reason.
"""

from dataclasses import dataclass

import numpy as np

from generator.layout import Array
from generator.printed import FAR, Interval, Printed, overlap, t_for_p
from generator.shipped import (
    BY_KEY,
    EIGHT_MODELS,
    OTHER_WINDOWS,
    OUTCOME_MONTHS,
    OUTCOMES,
    RPRS,
    SCORE_COLUMNS,
    SHARED_COVARIATES,
    STRICT_ALPHA,
    USUAL_ALPHA,
)
from smcm.design.instruments import Instrument, label
from smcm.design.models import StudyModel

PAIRS = len(OUTCOME_MONTHS) * (len(OUTCOME_MONTHS) - 1) // 2
CLEAR = 0.06  # how far a t stays from the bound that decides its verdict

CHOSEN: dict[str, Interval] = {
    # One a is printed for four models; with the printed b, the printed indirect effect
    # of this one asks for a smaller a. The article's a is read from the others.
    "a.pgi_18": (0.590, 0.6085),
    "a_t.pgi_18": (2.63, FAR),
    # This b cannot hold with its own interval and p; those two are kept.
    "b.qoli20_18": (0.1455, 0.1494),
    # The product ab reaches its printed value only from this b on.
    "b.mcas_9": (0.0542, 0.0550),
}
REPLACED = ("a.pgi_18", "a_low.pgi_18", "a_high.pgi_18", "a_t.pgi_18", "b.qoli20_18")
# Where in its interval a statistic starts out, as a share; the middle otherwise.
START_AT = {
    "sd.qoli20_9": 0.85,
    "a.qoli20_9": 0.6,
    "a_high.qoli20_9": 0.2,
    "a_t.qoli20_9": 0.1,
    "b.qoli20_9": 0.62,
    "b_low.qoli20_9": 0.2,
    "b_high.qoli20_9": 0.15,
    "b_t.qoli20_9": 0.15,
    "cs.qoli20_9": 0.85,
    "b.mcas_9": 0.6,
    "b_t.mcas_9": 0.1,
    "b.qoli20_18": 0.8,
    "b_low.qoli20_18": 0.8,
    "b_high.qoli20_18": 0.9,
    "a.pgi_18": 0.65,
    "b.pgi_18": 0.15,
    "ab.pgi_18": 0.93,
}


@dataclass(frozen=True, slots=True)
class Targets:
    """An interval for each of many statistics.

    Attributes
    ----------
    names : tuple of str
    low, high : ndarray, shape (n_targets,)
        A statistic is right from `low` to below `high`.
    start : ndarray, shape (n_targets,)
        Where in the interval to start out.
    """

    names: tuple[str, ...]
    low: Array
    high: Array
    start: Array

    @property
    def width(self) -> Array:
        """Length of each interval."""
        return self.high - self.low

    def outside(self, values: Array) -> tuple[str, ...]:
        """Names of the statistics that would not print right."""
        wrong = (values < self.low) | (values >= self.high)
        return tuple(name for name, out in zip(self.names, wrong, strict=True) if out)


def make_targets(printed: Printed) -> Targets:
    """Collect all targets."""
    ends: dict[str, Interval] = {}
    for column in SCORE_COLUMNS:
        ends |= _described(printed, column)
    ends["t.rprs"] = overlap(
        printed.interval("t2.rprs.t"),
        printed.t_interval("t2.rprs.p", printed.count("t2n.df.t")),
    )
    for outcome in OUTCOMES:
        ends |= _changed(printed, outcome) | _reciprocal(printed, outcome)
    for model in EIGHT_MODELS:
        ends |= _alliance(printed, model) | _outcome(printed, model)
        ends |= _other_windows(printed, model)
    for name in REPLACED:
        ends.pop(name, None)
    for name, pair in (CHOSEN | _standardized(printed)).items():
        ends[name] = overlap(ends.get(name, (-FAR, FAR)), pair)
    start = [
        low + START_AT.get(name, 0.5) * (high - low)
        for name, (low, high) in ends.items()
    ]
    low, high = np.array(list(ends.values())).T
    return Targets(tuple(ends), low, high, np.array(start))


def _standardized(printed: Printed) -> dict[str, Interval]:
    """Choose which effects are the smallest and the largest of those printed.

    The others lie between, with room for other seeds.
    """
    smallest = printed.interval("cs.min")
    between = (smallest[1], printed.value("cs.max"))
    return {
        "cs.qoli20_9": smallest,
        "cs.pgi_18": printed.interval("cs.max"),
        "cs.mcas_9": between,
        "cs.ths_18": between,
    }


def is_strict(printed: Printed, instrument: Instrument, month: float) -> bool:
    """Whether the article lowered alpha for this dependent variable."""
    return f"icc.hi.{instrument.short}.{label(month)}" in printed


def critical_t(
    printed: Printed, instrument: Instrument, month: float, columns: int
) -> float:
    """Smallest t that counts as significant for a dependent variable."""
    alpha = STRICT_ALPHA if is_strict(printed, instrument, month) else USUAL_ALPHA
    return t_for_p(alpha, _df(printed, columns))


def has_indirect(printed: Printed, model: StudyModel) -> bool:
    """Whether an indirect effect is printed for the model."""
    return f"ab.{model.outcome.short}.{label(model.horizon)}.ab" in printed


def _df(printed: Printed, columns: int) -> int:
    return printed.count("m.n") - 1 - columns


_TO_MEDIATOR = len(SHARED_COVARIATES) + 2  # baseline score and x
_TO_OUTCOME = _TO_MEDIATOR + 1


def printed_key(column: str, what: str) -> str:
    """Key of a printed mean or SD, for example ``"t2.RPRS.4.5.mean"``."""
    key, _, month = column.rpartition("_")
    return f"t2.{BY_KEY[key].short}.{month}.{what}"


def _described(printed: Printed, column: str) -> dict[str, Interval]:
    return {
        f"{what}.{column}": printed.interval(printed_key(column, what))
        for what in ("mean", "sd")
    }


def _changed(printed: Printed, outcome: Instrument) -> dict[str, Interval]:
    df = printed.count("t2n.df.t")
    ends = {f"F.{outcome.key}": printed.interval(f"t2.{outcome.short}.F")}
    for month in OUTCOME_MONTHS[1:]:
        key = f"t2.{outcome.short}.ph{label(month)}"
        ends[f"rise_t.{outcome.score_column(month)}"] = printed.t_interval(
            key, df, PAIRS
        )
    return ends


def _reciprocal(printed: Printed, outcome: Instrument) -> dict[str, Interval]:
    """Bounds on R² and its gain; of a gain not printed, between the least and noise."""
    stem = f"rec.{outcome.short}"
    smallest = printed.interval("rec.d.min", 0.01)
    largest = printed.interval("rec.d.max", 0.01)
    if f"{stem}.F" not in printed:
        return {f"gain.{outcome.key}": (smallest[0], 0.011)}
    return {
        f"R2.{outcome.key}": printed.interval(f"{stem}.R2"),
        f"gain_F.{outcome.key}": printed.interval(f"{stem}.F"),
        f"gain.{outcome.key}": (smallest[1], largest[1]),
    }


def _estimate(
    printed: Printed, name: str, stem: str, key: str, df: int
) -> dict[str, Interval]:
    """Intervals of one printed path: estimate, limits, and the t behind its p."""
    return {
        f"{name}.{key}": printed.interval(f"{stem}.{name}"),
        f"{name}_low.{key}": printed.interval(f"{stem}.lo"),
        f"{name}_high.{key}": printed.interval(f"{stem}.hi"),
        f"{name}_t.{key}": printed.t_interval(f"{stem}.p", df),
    }


def _alliance(printed: Printed, model: StudyModel) -> dict[str, Interval]:
    stem = f"a.{label(model.alliance_month)}"
    return _estimate(printed, "a", stem, model.key, _df(printed, _TO_MEDIATOR))


def _outcome(printed: Printed, model: StudyModel) -> dict[str, Interval]:
    """Bounds on b, the direct and the indirect effect of one model."""
    place = f"{model.outcome.short}.{label(model.horizon)}"
    ends = {f"direct_t.{model.key}": (-1.5, 1.5)}
    if f"b.{place}.b" in printed:
        df = _df(printed, _TO_OUTCOME)
        ends |= _estimate(printed, "b", f"b.{place}", model.key, df)
    else:
        ends[f"b_t.{model.key}"] = (0.4, 1.85)
    if has_indirect(printed, model):
        ends[f"ab.{model.key}"] = printed.interval(f"ab.{place}.ab")
    return ends


def _other_windows(printed: Printed, model: StudyModel) -> dict[str, Interval]:
    """Bounds that give each other window the conclusions of the main one."""
    month, horizon = model.alliance_month, model.horizon
    a_bound = critical_t(printed, RPRS, month, _TO_MEDIATOR)
    b_bound = critical_t(printed, model.outcome, horizon, _TO_OUTCOME)
    if has_indirect(printed, model):
        b_ends = (b_bound + CLEAR / 2, FAR)
    else:
        b_ends = (0.0, b_bound - CLEAR / 4)
    ends: dict[str, Interval] = {}
    for days in OTHER_WINDOWS:
        a_low = a_bound + CLEAR * (0.2 if f"a.{model.key}" in CHOSEN else 1.0)
        ends[f"a_t{days}.{model.key}"] = (a_low, FAR)
        ends[f"b_t{days}.{model.key}"] = b_ends
        ends[f"direct_t{days}.{model.key}"] = (-1.7, 1.7)
    return ends
