"""Stage 8: single steps on the grids until every statistic prints right.

The effect of every possible step is predicted; the step, or the pair of steps, with
the smallest predicted loss is taken, everything is computed anew, and the step is
taken back if the loss did not fall. The predictions are renewed every few steps.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from generator.goals import Goals
from generator.layout import GRID, N_SCORES, Array, Mask
from generator.linear import Derivatives, derive, step_effects

ROUNDS = 150
STEPS_IN_ROUND = 12
MOST_TOGETHER = 25  # best single steps tried as the first of a pair
PARTNERS = 5  # kinds of second step tried with each
EXCHANGES = 8  # clients of every kind tried for an exchange
WORTHWHILE = 0.8  # a single step that leaves less than this is taken at once
ENOUGH = 0.02  # loss at which no statistic is anywhere near an end
PATIENCE = 3  # rounds without progress before a kick
KICKS = 6
SIZES = {True: (1, 6), False: (1,)}  # steps at once; finer grids take longer strides
FINE = 0.5  # a grid with steps below this is fine

Move = tuple[int, int, int]  # client, score, steps


@dataclass(slots=True)
class _State:
    """Scores under search, with their statistics and loss."""

    scores: Array
    values: Array
    loss: float

    @classmethod
    def of(cls, goals: Goals, scores: Array) -> "_State":
        values = goals.values(scores)
        return cls(scores.copy(), values, goals.loss(values))


def search_grid(
    goals: Goals,
    scores: Array,
    rng: np.random.Generator,
    advance: Callable[[str], None],
) -> tuple[Array, int]:
    """Search from rounded scores.

    Returns
    -------
    ndarray, shape (n_clients, n_scores)
        The best table met.
    int
        How many of its statistics are outside their interval.
    """
    state = _State.of(goals, scores)
    best = _State.of(goals, scores)
    idle = 0
    for _ in range(ROUNDS):
        moved = _round(goals, state, rng)
        idle = 0 if moved else idle + 1
        rank = goals.n_outside(state.values), state.loss
        if rank < (goals.n_outside(best.values), best.loss):
            best = _State(state.scores.copy(), state.values, state.loss)
        outside = goals.n_outside(best.values)
        advance(f"{outside} outside")
        if outside == 0 and best.loss < ENOUGH:
            break
        if idle >= PATIENCE:
            state = _kicked(goals, best, rng)
            idle = 0
    return best.scores, goals.n_outside(best.values)


def _kinds() -> Iterator[tuple[int, int]]:
    """Every score with every number of steps it may take at once."""
    for place in range(N_SCORES):
        for size in SIZES[bool(GRID.step[place] < FINE)]:
            yield place, size
            yield place, -size


KINDS = tuple(_kinds())


@dataclass(slots=True)
class _Outlook:
    """Predicted effects of all single steps, and which goals they can endanger.

    Attributes
    ----------
    effects : ndarray, shape (n_kinds, n_goals, n_clients)
    fits : ndarray of bool, shape (n_kinds, n_clients)
        Whether the score stays on its scale.
    """

    goals: Goals
    derivatives: Derivatives
    effects: Array
    fits: Mask

    @classmethod
    def of(cls, goals: Goals, scores: Array) -> "_Outlook":
        derivatives = derive(goals, scores)
        effects = [
            step_effects(goals, derivatives, scores, place, steps)
            for place, steps in KINDS
        ]
        fits = [_fits(scores, place, steps) for place, steps in KINDS]
        return cls(goals, derivatives, np.array(effects), np.array(fits))

    def renew(self, scores: Array, places: set[int]) -> None:
        """Predict anew for the scores that were moved."""
        for kind, (place, steps) in enumerate(KINDS):
            if place in places:
                self.effects[kind] = step_effects(
                    self.goals, self.derivatives, scores, place, steps
                )
                self.fits[kind] = _fits(scores, place, steps)

    def live_goals(self, values: Array) -> Mask:
        """Goals that two steps together could bring outside, or that are outside."""
        reach = 2 * np.abs(self.effects).max(axis=(0, 2))
        bounds = self.goals.bounds
        low = values - reach < bounds.low + bounds.room
        live: Mask = low | (values + reach > bounds.high - bounds.room)
        return live


def _round(goals: Goals, state: _State, rng: np.random.Generator) -> bool:
    """Take some steps with the same derivatives; say whether any helped."""
    outlook = _Outlook.of(goals, state.scores)
    helped = False
    for _ in range(STEPS_IN_ROUND):
        moves = _best_moves(outlook, state, rng)
        trial = state.scores.copy()
        for client, place, steps in moves:
            trial[client, place] += steps * GRID.step[place]
        new = _State.of(goals, trial)
        if new.loss >= state.loss:
            break
        state.scores, state.values, state.loss = new.scores, new.values, new.loss
        helped = True
        if state.loss == 0:
            break
        outlook.renew(state.scores, {place for _, place, _ in moves})
    return helped


def _best_moves(
    outlook: _Outlook, state: _State, rng: np.random.Generator
) -> list[Move]:
    """Find the step, or pair of steps, with the smallest predicted loss."""
    live = outlook.live_goals(state.values)
    part = outlook.goals.bounds.only(live)
    effects = outlook.effects[:, live]
    values = state.values[live]

    def predicted(kind: int, start: Array) -> Array:
        losses = part.penalties(start[:, None] + effects[kind]).sum(axis=0)
        return np.where(outlook.fits[kind], losses, np.inf)

    singles = np.array([predicted(kind, values) for kind in range(len(KINDS))])
    first = np.unravel_index(int(singles.argmin()), singles.shape)
    best, moves = float(singles.min()), [(int(first[0]), int(first[1]))]
    if best < WORTHWHILE * state.loss:
        return [(client, *KINDS[kind]) for kind, client in moves]
    for kind, client, other in _pairs(singles, outlook.fits, rng):
        losses = predicted(other, values + effects[kind][:, client])
        if KINDS[other][0] == KINDS[kind][0]:
            losses[client] = np.inf
        partner = int(losses.argmin())
        if losses[partner] < best:
            best = float(losses[partner])
            moves = [(kind, client), (other, partner)]
    return [(client, *KINDS[kind]) for kind, client in moves]


def _pairs(
    singles: Array, fits: Mask, rng: np.random.Generator
) -> Iterator[tuple[int, int, int]]:
    """First steps worth trying, each with a kind of second step.

    The best single steps go with any kind. A score whose mean must stay is only ever
    moved by one client up and another down, each a bad step alone: such exchanges are
    tried for some clients of every score.
    """
    for place in np.argsort(singles, axis=None)[:MOST_TOGETHER]:
        kind, client = divmod(int(place), singles.shape[1])
        for other in rng.permutation(len(KINDS))[:PARTNERS]:
            yield kind, client, int(other)
    for kind in range(len(KINDS)):
        clients = np.flatnonzero(fits[kind])
        opposite = KINDS.index((KINDS[kind][0], -KINDS[kind][1]))
        for client in rng.choice(clients, EXCHANGES, replace=False):
            yield kind, int(client), opposite


def _fits(scores: Array, place: int, steps: int) -> Mask:
    """Clients whose score stays on its scale."""
    moved = scores[:, place] + steps * GRID.step[place]
    fits: Mask = (moved > GRID.low[place] - 1e-9) & (moved < GRID.high[place] + 1e-9)
    return fits


def _kicked(goals: Goals, best: _State, rng: np.random.Generator) -> _State:
    """Set out again from near the best, a few pairs of clients moved apart."""
    scores = best.scores.copy()
    for _ in range(KICKS):
        place = int(rng.integers(N_SCORES))
        one, other = rng.choice(scores.shape[0], 2, replace=False)
        if _fits(scores, place, 1)[one] and _fits(scores, place, -1)[other]:
            scores[one, place] += GRID.step[place]
            scores[other, place] -= GRID.step[place]
    return _State.of(goals, scores)
