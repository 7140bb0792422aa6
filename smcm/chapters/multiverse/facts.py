"""The facts of the multiverse: shares of combinations, choices, sites."""

from collections import Counter
from dataclasses import dataclass

import numpy as np

from smcm.chapters.multiverse.axes import CR2
from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.stats.terms import excludes_zero

MOST = 0.95  # share of the combinations that counts as nearly all
LITTLE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice, the number of its options, and whether there are several."""

    title: str
    ways: int
    several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model over all combinations; shares from 0 to 1.

    Attributes
    ----------
    title : str
    excluding : float
        Share whose interval excludes zero.
    nearly_all, hardly_any : bool
        Whether these are over `MultiverseFacts.most`, or under the rest of it.
    below : bool
        Whether more of the intervals lie below zero than above.
    positive : float
        Share whose estimate is above zero.
    same_sign : bool
        Whether that is none or all of them.
    """

    title: str
    excluding: float
    nearly_all: bool
    hardly_any: bool
    below: bool
    positive: float
    same_sign: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """A choice, and the number of models whose limit depends on it most."""

    title: str
    models: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """The choice on which the limit nearer zero depends least.

    Attributes
    ----------
    title : str
    share : float
        Of the variance of the limit, the mean over the models, 0 to 1.
    """

    title: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """Share of intervals that exclude zero: robust to clustering, and all others."""

    robust: float
    others: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """How leaving out a site moves the share of one model."""

    title: str
    site: int
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """The influence of single sites.

    Attributes
    ----------
    falls, rises : Move or None
        The largest move down, and up.
    kept : tuple of str
        Models over `MultiverseFacts.most` whichever site is left out.
    """

    falls: Move | None
    rises: Move | None
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiverseFacts:
    """A multiverse.

    Attributes
    ----------
    total, per_model, n_sets, n_boot : int
        Estimates, combinations of a model, pooled sets, draws of an interval.
    most : float
        Share of the combinations that counts as nearly all.
    choices : tuple of Choice
    models : tuple of Model
    moving : tuple of Moving
        The choices on which the limit nearer zero depends most; most models first.
    idle : Idle or None
        None where no choice varies.
    intervals : Intervals or None
        None where teams are too few for errors that are robust to clustering.
    sites : Sites or None
        None where no further site can be left out.
    """

    total: int
    per_model: int
    n_sets: int
    n_boot: int
    most: float
    choices: tuple[Choice, ...]
    models: tuple[Model, ...]
    moving: tuple[Moving, ...]
    idle: Idle | None
    intervals: Intervals | None
    sites: Sites | None


def multiverse_facts(found: Multiverse) -> MultiverseFacts:
    """Gather them."""
    return MultiverseFacts(
        total=found.indirect.size,
        per_model=found.per_model,
        n_sets=found.n_sets,
        n_boot=found.run.n_boot,
        most=MOST,
        choices=tuple(
            Choice(
                title=axis.title.lower(),
                ways=len(axis.levels),
                several=len(axis.levels) > 1,
            )
            for axis in found.axes
        ),
        models=tuple(_model(found, k) for k in _places(found)),
        moving=_moving(found),
        idle=_idle(found),
        intervals=_intervals(found),
        sites=_sites(found) if found.without_site else None,
    )


def _places(found: Multiverse) -> range:
    return range(len(found.models))


def _model(found: Multiverse, k: int) -> Model:
    excluding, positive = found.excludes_zero(k), found.positive(k)
    return Model(
        title=found.models[k].title,
        excluding=excluding,
        nearly_all=excluding > MOST,
        hardly_any=excluding < LITTLE,
        below=found.below(k) > found.above(k),
        positive=positive,
        same_sign=positive in (0.0, 1.0),
    )


def _moving(found: Multiverse) -> tuple[Moving, ...]:
    most = Counter(
        found.axes[int(np.argmax(found.influence(k)[1]))].title.lower()
        for k in _places(found)
    )
    return tuple(Moving(title=title, models=n) for title, n in most.most_common())


def _idle(found: Multiverse) -> Idle | None:
    several = [k for k, axis in enumerate(found.axes) if len(axis.levels) > 1]
    if not several:
        return None
    shares = np.mean([found.influence(k)[1] for k in _places(found)], axis=0)
    least = min(several, key=lambda k: float(shares[k]))
    return Idle(title=found.axes[least].title.lower(), share=float(shares[least]))


def _intervals(found: Multiverse) -> Intervals | None:
    place = {axis.key: k for k, axis in enumerate(found.axes)}["interval"]
    levels = found.axes[place].levels
    if CR2 not in levels:
        return None
    excluding = excludes_zero(found.low, found.high)
    robust = np.take(excluding, levels.index(CR2), axis=place + 1)
    others = np.delete(excluding, levels.index(CR2), axis=place + 1)
    return Intervals(robust=float(robust.mean()), others=float(others.mean()))


def _sites(found: Multiverse) -> Sites:
    moves = {
        (k, code): own.excludes_zero(k) - found.excludes_zero(k)
        for code, own in found.without_site.items()
        for k in _places(found)
    }
    least, most = min(moves, key=moves.__getitem__), max(moves, key=moves.__getitem__)
    return Sites(
        falls=_move(found, *least) if moves[least] < 0.0 else None,
        rises=_move(found, *most) if moves[most] > 0.0 else None,
        kept=tuple(
            found.models[k].title
            for k in _places(found)
            if all(
                own.excludes_zero(k) > MOST
                for own in (found, *found.without_site.values())
            )
        ),
    )


def _move(found: Multiverse, k: int, code: int) -> Move:
    return Move(
        title=found.models[k].title,
        site=code,
        before=found.excludes_zero(k),
        after=found.without_site[code].excludes_zero(k),
    )
