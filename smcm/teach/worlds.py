"""Worlds: small data sets of which we know what causes what, one for each student.

The study they tell of is the book's: fidelity of a client's care, alliance of a client
with the case manager, hope. In every world a regression finds the paths of `World`;
what differs is why. A file follows from its seed, and the seed from a secret that the
instructor keeps (`seed_of`): who has this code and any number of files can neither make
another file nor find out the causes behind one.
"""

import hashlib
from dataclasses import dataclass, replace
from enum import Enum
from math import sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.errors import UnknownValueError

Array = NDArray[np.float64]
X, M, Y = "fidelity", "alliance", "hope"
COVARIATES = ("age", "hope_before")
N, TEAMS = 240, 12
FIDELITY, ALLIANCE, HOPE = 28.0, 62.0, 41.0  # means
BETWEEN_TEAMS, WITHIN_TEAMS = 3.0, 1.5  # SDs of fidelity
ALLIANCE_SD, HOPE_SD = 11.0, 6.0  # of what the paths do not explain
SPREAD = 0.25  # by how much the paths of students differ, as a share


class Cause(Enum):
    """Why the alliance goes with hope at equal fidelity."""

    ALLIANCE = "the alliance raises hope"
    TRAIT = "something unmeasured raises both"
    HOPE = "hope raises the alliance"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a regression finds on average in a class, and why.

    Attributes
    ----------
    name : str
    story : str
        One line for the instructor.
    a, b, direct : float
        Paths in points per point: fidelity to alliance, alliance to hope, and the
        direct effect.
    cause : Cause
        Of path b.
    team_sd : float
        SD between teams of the alliance that no variable explains, in points.
    """

    name: str
    story: str
    a: float = 1.2
    b: float = 0.16
    direct: float = 0.10
    cause: Cause = Cause.ALLIANCE
    team_sd: float = 0.0

    @property
    def true_b(self) -> float:
        """What raising the alliance by a point does to hope."""
        return self.b if self.cause is Cause.ALLIANCE else 0.0

    @property
    def true_indirect(self) -> float:
        """What raising fidelity by a point does to hope through the alliance."""
        return self.a * self.true_b

    @property
    def true_direct(self) -> float:
        """What it does to hope on any other way."""
        return self.direct + self.a * self.b - self.true_indirect


WORLDS = {
    world.name: world
    for world in (
        World(name="mediated", story="fidelity acts through the alliance"),
        World(
            name="confounded",
            story="the same numbers, made by a trait that raises alliance and hope",
            cause=Cause.TRAIT,
        ),
        World(
            name="reversed",
            story="the same numbers, made by hope that raises the alliance",
            cause=Cause.HOPE,
        ),
        World(
            name="suppressed",
            story="direct and indirect effect point in opposite directions",
            b=0.18,
            direct=-0.22,
        ),
        World(
            name="clustered",
            story="clients of one team are alike in their alliance",
            team_sd=6.0,
        ),
    )
}
ALIKE = ("mediated", "confounded", "reversed")
THREE = "three"  # the homework in which each student gets one of these
NAMES = (*WORLDS, THREE)


def require_world(name: str) -> None:
    """Refuse a world that there is not.

    Raises
    ------
    UnknownValueError
    """
    if name not in NAMES:
        raise UnknownValueError.for_choice("--world", name, NAMES)


def world_for(name: str, secret: bytes, homework: str, student: str) -> World:
    """Find a world by its name; where it is `THREE`, the student's own."""
    if name == THREE:
        name = ALIKE[seed_of(secret, homework, student, -1) % len(ALIKE)]
    return WORLDS[name]


def seed_of(secret: bytes, homework: str, student: str, attempt: int = 0) -> int:
    """Derive the seed of a file, 128 bits, by a hash with a key.

    It is BLAKE2b in keyed mode (RFC 7693), from which neither the secret nor another
    seed can be computed. Fields are separated by a sign that no name has.
    """
    text = "\x1f".join((homework, student, str(attempt))).encode()
    return int.from_bytes(hashlib.blake2b(text, key=secret, digest_size=16).digest())


def draw(world: World, seed: int) -> tuple[pd.DataFrame, World]:
    """Draw the data of one student.

    Returns
    -------
    DataFrame
        `N` clients: team, fidelity, age, hope_before, alliance, hope.
    World
        With the paths of this student, which differ from the world's by up to
        `SPREAD`.
    """
    rng = np.random.default_rng(seed)
    factor = 1 + SPREAD * rng.uniform(-1, 1, 3)
    own = replace(
        world,
        a=world.a * factor[0],
        b=world.b * factor[1],
        direct=world.direct * factor[2],
    )
    team = np.sort(rng.integers(TEAMS, size=N))
    x = rng.normal(0, BETWEEN_TEAMS, TEAMS)[team] + rng.normal(0, WITHIN_TEAMS, N)
    age = np.round(rng.normal(42, 12, N).clip(18, 75))
    before = np.round(rng.normal(40, 7, N).clip(8, 64))
    m_error, y_error, trait = rng.normal(size=(3, N))
    m_rest = ALLIANCE_SD * m_error + own.team_sd * rng.normal(size=TEAMS)[team]
    m_rest += (age - 42) / 12 + 0.25 * (before - 40)
    y_rest = HOPE_SD * y_error + 0.5 * (age - 42) / 12 + 0.45 * (before - 40)
    m, y = _scores(own, x, trait, m_rest, y_rest)
    frame = pd.DataFrame(
        {
            "team": team + 1,
            X: np.round(FIDELITY + x, 2),
            "age": age.astype(int),
            "hope_before": before.astype(int),
            M: np.round(ALLIANCE + m, 1),
            Y: np.round(HOPE + y, 1),
        }
    )
    return frame, own


def _scores(
    own: World, x: Array, trait: Array, m_rest: Array, y_rest: Array
) -> tuple[Array, Array]:
    """Make alliance and hope, less their means, in the order of cause and effect."""
    total = own.direct + own.a * own.b
    if own.cause is Cause.ALLIANCE:
        m = own.a * x + m_rest
        return m, own.direct * x + own.b * m + y_rest
    if own.cause is Cause.TRAIT:
        shared = trait_for(own.b) * trait
        m = own.a * x + ALLIANCE_SD * shared + m_rest
        return m, total * x + HOPE_SD * shared + y_rest
    y = total * x + y_rest
    back = return_for(own.b)
    return (own.a - back * total) * x + back * y + m_rest, y


def trait_for(b: float) -> float:
    """Find how strong a trait must be for regression to find a path b.

    With errors of SDs s and t of alliance and hope, and a trait that adds k of its SDs
    to each, b = k² s t / (s² (1 + k²)), solved for k.

    Returns
    -------
    float
        In SDs of the errors.
    """
    return sqrt(b * ALLIANCE_SD / (HOPE_SD - b * ALLIANCE_SD))


def return_for(b: float) -> float:
    """Find how strongly hope must act on the alliance for regression to find a path b.

    With errors of SDs s and t of alliance and hope, and r points of alliance for each
    point of hope, b = r t² / (s² + r² t²), solved for the smaller r.

    Returns
    -------
    float
        In points of alliance per point of hope.
    """
    var_m, var_y = ALLIANCE_SD**2, HOPE_SD**2
    root = sqrt(var_y**2 - 4 * b**2 * var_y * var_m)
    return (var_y - root) / (2 * b * var_y)
