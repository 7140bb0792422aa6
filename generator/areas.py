"""Stage 9, the index a client makes: named areas, ratings, and points by weight.

A client keeps the areas named at the first interview and about the same weights. The
ratings lie around the index; ratings move by one and points from area to area until
the weighted sum is exactly that of the score.
"""

from dataclasses import dataclass

import numpy as np

from generator.layout import GRID, Array, Whole
from generator.shipped import PGI, PGI_AREAS, PGI_POINTS, SCORE_COLUMNS

NAMED = (3, 4, 5, 5, 5)  # areas a client names, each as likely as it stands here
CONCENTRATION = 4.0  # of the weights: higher is more even
FAITHFUL = 25.0  # how near the weights of one interview stay to the client's own
RATING_SPREAD = 1.8
SLACK = 3  # how much worse a move may make the sum
RESTART = 3000  # moves before beginning anew
UNNAMED = -1


@dataclass(frozen=True, slots=True)
class _Client:
    """Which areas a client cares for and how much."""

    areas: Whole
    weights: Array


def make_areas(
    scores: Array, rng: np.random.Generator
) -> dict[float, tuple[Whole, Whole]]:
    """Make ratings and points at each interview.

    Returns
    -------
    dict of float to pair of ndarray of int, shape (n_clients, n_areas)
        Ratings, -1 where an area is not named, and points; by month.
    """
    clients = [_client(rng) for _ in range(scores.shape[0])]
    answers = {}
    for month in PGI.months:
        place = SCORE_COLUMNS.index(PGI.score_column(month))
        sums = GRID.steps(scores)[:, place]
        pairs = [
            _answer(client, int(total), rng)
            for client, total in zip(clients, sums, strict=True)
        ]
        ratings, points = (np.array(part) for part in zip(*pairs, strict=True))
        answers[month] = (ratings, points)
    return answers


def _client(rng: np.random.Generator) -> _Client:
    """Draw named areas; the last, for everything else, is always there."""
    n_named = int(rng.choice(NAMED))
    areas = np.append(np.arange(n_named), PGI_AREAS - 1)
    weights = rng.dirichlet(np.full(areas.size, CONCENTRATION))
    return _Client(areas, weights)


def _answer(
    client: _Client, total: int, rng: np.random.Generator
) -> tuple[Whole, Whole]:
    """Ratings and points of one interview whose products sum to `total`."""
    n = client.areas.size
    while True:
        weights = rng.dirichlet(FAITHFUL * client.weights + 0.5)
        points = 1 + rng.multinomial(PGI_POINTS - n, weights)
        drawn = total / PGI_POINTS + rng.normal(0, RATING_SPREAD, n)
        ratings = np.clip(np.round(drawn), PGI.low, PGI.high).astype(np.int64)
        if _settle(ratings, points, total, rng):
            all_ratings = np.full(PGI_AREAS, UNNAMED)
            all_points = np.zeros(PGI_AREAS, dtype=np.int64)
            all_ratings[client.areas], all_points[client.areas] = ratings, points
            return all_ratings, all_points


def _settle(
    ratings: Whole, points: Whole, total: int, rng: np.random.Generator
) -> bool:
    """Move ratings and points, in place, until the sum is right; whether it is."""
    gap = total - int(ratings @ points)
    for _ in range(RESTART):
        if gap == 0:
            return True
        one, other = (int(k) for k in rng.choice(ratings.size, 2, replace=False))
        if rng.random() < 0.5:
            move = int(rng.choice((-1, 1)))
            change = move * int(points[one])
            if not PGI.low <= ratings[one] + move <= PGI.high:
                continue
            if abs(gap - change) <= abs(gap) + SLACK:
                ratings[one] += move
                gap -= change
        elif points[one] > 1:
            change = int(ratings[other] - ratings[one])
            if abs(gap - change) <= abs(gap) + SLACK:
                points[one] -= 1
                points[other] += 1
                gap -= change
    return False
