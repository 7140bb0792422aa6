"""Fidelity items for given totals, repaired until the window means print right."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from generator.layout import Array, Whole
from generator.shipped import DOMAINS, ITEM_HIGH, ITEM_LOW, SCORED_DOMAINS

N_MOVES = 100_000
N_SCORED = len(SCORED_DOMAINS)
UNIT = 60  # a total is a whole number of sixtieths: 60 divides by every item count

Summary = Callable[[Array], Array]


@dataclass(frozen=True, slots=True)
class Assessments:
    """Item scores of all assessments, team after team.

    Attributes
    ----------
    team, order : ndarray of int, shape (n_assessments,)
        Team, and place of the assessment within it.
    items : tuple of ndarray of int
        One array of shape (n_assessments, n_items) for each domain.
    """

    team: Whole
    order: Whole
    items: tuple[Whole, ...]

    @property
    def totals(self) -> Array:
        """Sum of the scored domains' means, shape (n_assessments,)."""
        return total(self.items)


@dataclass(frozen=True, slots=True)
class Aims:
    """What the summary of the window means should come to.

    Attributes
    ----------
    centre, room : ndarray
        A statistic is right within `room` of `centre`.
    """

    centre: Array
    room: Array

    def loss(self, values: Array) -> float:
        """Squared distance beyond the room, 0 when all are right."""
        beyond = np.maximum(0, np.abs(values - self.centre) / self.room - 1)
        return float(beyond @ beyond)


def total(items: tuple[Whole, ...]) -> Array:
    """Sum of the scored domains' means, shape (n_assessments,)."""
    means: Array = np.sum([domain.mean(axis=1) for domain in items[:N_SCORED]], axis=0)
    return means


def draw_items(
    rng: np.random.Generator, team: Whole, totals: Array
) -> tuple[Whole, ...]:
    """Items whose total is the nearest sixtieth to each of `totals`.

    A team has strong and weak domains of its own, which change a little from one
    assessment to the next. The dropped domain runs a little below the others.
    """
    profile = rng.normal(0, 0.35, (int(team.max()) + 1, len(DOMAINS)))
    profile[:, N_SCORED:] -= 0.3
    level = totals[:, None] / N_SCORED + profile[team]
    level = level + rng.normal(0, 0.25, level.shape)
    drawn = []
    for k, domain in enumerate(DOMAINS):
        noise = rng.normal(0, 0.4, (totals.size, domain.n_items))
        scores = np.clip(np.round(level[:, [k]] + noise), ITEM_LOW, ITEM_HIGH)
        drawn.append(scores.astype(np.int64))
    for row in range(totals.size):
        _settle([domain[row] for domain in drawn[:N_SCORED]], totals[row], rng)
    return tuple(drawn)


def _settle(items: list[Whole], wanted: float, rng: np.random.Generator) -> None:
    """Move single items of one assessment, in place, until the total is right."""
    steps = [UNIT // domain.size for domain in items]
    goal = round(wanted * UNIT)
    while True:
        gap = goal - sum(
            step * int(domain.sum()) for step, domain in zip(steps, items, strict=True)
        )
        if gap == 0:
            return
        k = int(rng.integers(len(items)))
        item = int(rng.integers(items[k].size))
        towards = int(np.sign(gap)) * (1 if rng.random() < 0.7 else -1)
        fits = ITEM_LOW <= items[k][item] + towards <= ITEM_HIGH
        if fits and abs(gap - towards * steps[k]) <= max(abs(gap), UNIT // 2):
            items[k][item] += towards


def repair(
    rng: np.random.Generator,
    drawn: Assessments,
    summary: Summary,
    aims: Aims,
    high: Array,
) -> Assessments:
    """Move single items by one point until all aims are met.

    Raises
    ------
    RuntimeError
        The aims are not met after `N_MOVES` trials.
    """
    items = tuple(domain.copy() for domain in drawn.items)
    totals = total(items)
    loss = aims.loss(summary(totals))
    for _ in range(N_MOVES):
        if loss == 0:
            return Assessments(drawn.team, drawn.order, items)
        row = int(rng.integers(totals.size))
        domain = items[int(rng.integers(N_SCORED))]
        item = int(rng.integers(domain.shape[1]))
        move = int(rng.choice((-1, 1)))
        moved = totals.copy()
        moved[row] += move / domain.shape[1]
        allowed = ITEM_LOW <= domain[row, item] + move <= ITEM_HIGH
        if not allowed or moved[row] > high[row]:
            continue
        new_loss = aims.loss(summary(moved))
        if new_loss < loss:
            domain[row, item] += move
            totals, loss = moved, new_loss
    raise RuntimeError("No fidelity items were found that give the printed means.")
