"""Stage 2: fidelity assessments whose window means print as published.

First real-valued totals by least squares, pulled softly to plausible trajectories;
then items for each total; then single items move up or down until the window means
of the item totals print right.
"""

import numpy as np
from scipy import optimize

from generator.calendar import ASSESSMENT_MONTHS, Calendar
from generator.design import CohortDesign
from generator.exposure import Weights
from generator.fidelity_items import Aims, Assessments, Summary, draw_items, repair
from generator.layout import Array, Whole
from generator.printed import Interval, Printed
from generator.shipped import HIGH_FIDELITY

TOTALS = (16.0, 39.0)  # lowest and highest total of any team
HIGHEST_START = HIGH_FIDELITY - 0.5
LOWEST_END = HIGH_FIDELITY - 1.4  # of the teams that stay
LARGEST_DROP = 1.5  # from one assessment to the next, before it counts as odd
N_STARTS = 6
SITE_CORRELATION = 0.05


def make_fidelity(
    design: CohortDesign, printed: Printed, calendar: Calendar, weights: Weights
) -> Assessments:
    """Make all assessments.

    Raises
    ------
    RuntimeError
        No set of item scores was found.
    """
    rng = design.rng("fidelity")
    first, second = weights["fid180_4.5"], weights["fid180_13.5"]

    def summary(totals: Array) -> Array:
        return _summary(first @ totals, second @ totals, calendar.site)

    team, order = _places(calendar)
    low, high = _bounds(design, team, order)
    aims = _aims(printed)
    starts = [_trajectories(rng, team, order, low, high) for _ in range(N_STARTS)]
    solved = [_solve(summary, aims, start, order, (low, high)) for start in starts]
    totals = min(solved, key=lambda pair: pair[0])[1]
    drawn = Assessments(team, order, draw_items(rng, team, totals))
    return repair(rng, drawn, summary, aims, high)


def draw_fidelity(design: CohortDesign, calendar: Calendar) -> Assessments:
    """Draw assessments along plausible trajectories, aimed at no printed number."""
    rng = design.rng("fidelity")
    team, order = _places(calendar)
    low, high = _bounds(design, team, order)
    totals = _trajectories(rng, team, order, low, high)
    return Assessments(team, order, draw_items(rng, team, totals))


def _places(calendar: Calendar) -> tuple[Whole, Whole]:
    """Team of every assessment, and its place within the team."""
    counts = [days.size for days in calendar.assessment]
    team = np.repeat(np.arange(len(counts)), counts)
    return team, np.concatenate([np.arange(count) for count in counts])


def _summary(first: Array, second: Array, site: Whole) -> Array:
    """Return what Table 2 prints of the two windows, and their relation to site."""
    change = first - second
    sd_first, sd_second = first.std(ddof=1), second.std(ddof=1)
    pooled = np.sqrt((sd_first**2 + sd_second**2) / 2)
    t = change.mean() / (change.std(ddof=1) / np.sqrt(change.size))
    return np.array(
        [
            first.mean(),
            sd_first,
            second.mean(),
            sd_second,
            t,
            -change.mean() / pooled,
            np.corrcoef(first, site)[0, 1],
            np.corrcoef(second, site)[0, 1],
        ]
    )


def _aims(printed: Printed) -> Aims:
    """Aim off the middle where another printed number asks for it.

    The mean change must be small for d, and the first SD small for the smallest
    completely standardized effect.
    """
    keys_at = {
        "t2.Fidelity.4.5.mean": 0.85,
        "t2.Fidelity.4.5.sd": 0.06,
        "t2.Fidelity.13.5.mean": 0.08,
        "t2.Fidelity.13.5.sd": 0.25,
        "t2.fid.t": 0.5,
        "t2.fid.d": 0.7,
    }
    ends = [printed.interval(key) for key in keys_at]
    centre = [_at(*pair) for pair in zip(ends, keys_at.values(), strict=True)]
    room = [
        0.8 * min(share, 1 - share) * (high - low)
        for (low, high), share in zip(ends, keys_at.values(), strict=True)
    ]
    site = [SITE_CORRELATION] * 2
    return Aims(np.array(centre + site), np.array(room + site))


def _at(ends: Interval, share: float) -> float:
    return ends[0] + share * (ends[1] - ends[0])


def _bounds(design: CohortDesign, team: Whole, order: Whole) -> tuple[Array, Array]:
    """Lowest and highest plausible total of every assessment."""
    last = (order == len(ASSESSMENT_MONTHS) - 1) & (team != design.dropout_team)
    return np.where(last, LOWEST_END, TOTALS[0]), np.where(
        order == 0, HIGHEST_START, TOTALS[1]
    )


def _trajectories(
    rng: np.random.Generator, team: Whole, order: Whole, low: Array, high: Array
) -> Array:
    """Totals that rise fast at first and slower later, shape (n_assessments,)."""
    n_teams = int(team.max()) + 1
    start = np.clip(rng.normal(26.5, 4.2, n_teams), 17.0, HIGHEST_START - 0.1)[team]
    goal = rng.normal(33.5, 2.0, n_teams)[team]
    elapsed = np.array(ASSESSMENT_MONTHS)[order] / ASSESSMENT_MONTHS[-1]
    risen = (1 - np.exp(-2.2 * elapsed)) / (1 - np.exp(-2.2))
    drawn = start + (goal - start) * risen + rng.normal(0, 1.2, team.size)
    clipped: Array = np.clip(drawn, low, high)
    return clipped


def _solve(
    summary: Summary, aims: Aims, start: Array, order: Whole, ends: tuple[Array, Array]
) -> tuple[float, Array]:
    """Totals near `start` whose window means are as aimed; cost and totals."""

    def misses(totals: Array) -> Array:
        drop = np.minimum(0, np.diff(totals) + LARGEST_DROP) * (order[1:] > 0)
        return np.concatenate(
            [
                3 * (summary(totals) - aims.centre) / aims.room,
                0.15 * (totals - start),
                2.0 * drop,
            ]
        )

    solution = optimize.least_squares(
        misses, start, bounds=(ends[0] - 1e-6, ends[1] + 1e-6), max_nfev=40
    )
    return float(solution.cost), solution.x
