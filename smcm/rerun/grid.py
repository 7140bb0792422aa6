"""The runs of a grid: every combination of what is listed for each parameter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from math import prod
from typing import Any, Self

from smcm.errors import ImpossibleRunError, OutOfRangeError, UnknownValueError
from smcm.parameters import (
    ALL_SITES,
    LEAST_POOLED,
    READINGS,
    RunParameters,
)

EACH = {"without-each": "without", "only-each": "only"}
MOST_RUNS = 10_000
MOST_BYTES = 200_000
Value = int | str
Axes = Mapping[str, Sequence[Value]]
Fits = Callable[[RunParameters], None]  # raises where the data cannot carry a run


@dataclass(frozen=True, slots=True)
class Grid:
    """One or more blocks, each the product of its axes.

    Attributes
    ----------
    blocks : tuple of mapping of str to sequence
        Values by the name of a parameter; a parameter that is not named keeps its
        default. ``without-each`` and ``only-each`` among the sites stand for one run
        a site of the data.
    beside : tuple of mapping of str to sequence
        More blocks, whose runs are left out where the data cannot carry them.
    """

    blocks: tuple[Axes, ...]
    beside: tuple[Axes, ...] = ()

    @classmethod
    def of(cls, blocks: Iterable[Axes], beside: Iterable[Axes] = ()) -> Self:
        """Check every name and every value, before data are read.

        Raises
        ------
        UnknownValueError, OutOfRangeError
            A name or a value that no run could have; the nearest right one is
            offered.
        """
        grid = cls(tuple(blocks), tuple(beside))
        for axes in (*grid.blocks, *grid.beside):
            _check(axes)
        require_size(*grid.blocks, *grid.beside)
        return grid

    def runs(
        self, data: str, sites: Sequence[int], fits: Fits
    ) -> tuple[tuple[RunParameters, ...], tuple[str, ...]]:
        """List the runs, each once, in the order of the axes.

        Parameters
        ----------
        data : str
            What all of them run on.
        sites : sequence of int
            Codes of the sites in the data.
        fits : callable
            Raises `ImpossibleRunError` where the data are too few for a run.

        Returns
        -------
        tuple of RunParameters
        tuple of str
            A sentence for each run that ``without-each`` or ``only-each``, or a block
            beside, would have and the data cannot carry.

        Raises
        ------
        ImpossibleRunError, UnknownValueError
            The same of a run that was asked for by its name; or no run is left.
        """
        found: dict[RunParameters, None] = {}
        left_out: dict[str, None] = {}
        wanted = [(axes, True) for axes in self.blocks]
        for axes, is_wanted in [*wanted, *((axes, False) for axes in self.beside)]:
            for values in _combined(_spread(axes, sites)):
                site, by_name = values["site"]
                asked = by_name and is_wanted
                others = {name: value for name, (value, _) in values.items()}
                run = RunParameters(**(others | {"site": site, "data": data}))
                try:
                    fits(run)
                except ImpossibleRunError as error:
                    if asked:
                        raise
                    left_out[f"Left out: {error}"] = None
                else:
                    found[run] = None
        if not found:
            raise ImpossibleRunError(
                "No run of the grid is left. " + " ".join(left_out)
            )
        return tuple(found), tuple(left_out)


def default_grid(run: RunParameters, windows: Sequence[int]) -> Grid:
    """Give the grid of a book: each window with all sites and with each left out.

    Beside it stands one run of the other analysis, if the data can carry it: that of
    the edition's own window and sites.

    Parameters
    ----------
    run : RunParameters
        What it says of everything but window and site holds for all other runs.
    windows : sequence of int
        Days of the windows that the study file declares.
    """
    axes: dict[str, Sequence[Value]] = {
        item.name: (getattr(run, item.name),) for item in _variable()
    }
    sites = (ALL_SITES, "without-each")
    other: dict[str, Sequence[Value]] = {
        "reading": tuple(name for name in READINGS if name != run.reading),
        "n_imputations": (max(run.n_imputations, LEAST_POOLED),),
    }
    both: dict[str, Sequence[Value]] = {"window_days": sorted(windows), "site": sites}
    return Grid((axes | both,), (axes | other,))


def _variable() -> tuple[Any, ...]:
    """Fields of a run that may vary within a grid: all but the data."""
    return tuple(item for item in fields(RunParameters) if item.name != "data")


def _check(axes: Axes) -> None:
    known = parameter_kinds()
    for name, values in axes.items():
        if name not in known:
            raise UnknownValueError.for_choice("parameter", name, known)
        if not values:
            raise OutOfRangeError.for_number(name, list(values), "at least one value")
        for value in values:
            require_value(name, value)


def parameter_kinds() -> dict[str, type]:
    """Names of what may vary within a grid, each with the type of its values."""
    return {item.name: item.type for item in _variable()}


def require_value(name: str, value: object) -> None:
    """Refuse a value that a parameter cannot have in any run.

    Raises
    ------
    UnknownValueError, OutOfRangeError
    """
    if name == "site" and isinstance(value, str) and value in EACH:
        return
    try:
        RunParameters.from_mapping({name: value})
    except UnknownValueError as error:
        if name == "site" and str(value).casefold().endswith("each"):
            choices = (ALL_SITES, "without-K", "only-K", *EACH)
            raise UnknownValueError.for_choice(name, value, choices) from error
        raise


def require_size(*blocks: Axes) -> None:
    """Refuse blocks with more combinations than anybody means.

    Raises
    ------
    OutOfRangeError
    """
    size = sum(prod(map(len, axes.values())) for axes in blocks)
    if size > MOST_RUNS:
        rule = f"at most {MOST_RUNS} combinations"
        raise OutOfRangeError.for_number("the grid's size", size, rule)


def _spread(axes: Axes, sites: Sequence[int]) -> dict[str, list[tuple[Value, bool]]]:
    """Give every parameter its values, each with whether it was asked for by name."""
    spread: dict[str, list[tuple[Value, bool]]] = {}
    for item in _variable():
        values = axes.get(item.name, (item.default,))
        spread[item.name] = [
            pair
            for value in values
            for pair in (
                [(f"{EACH[value]}-{code}", False) for code in sites]
                if item.name == "site" and value in EACH
                else [(value, True)]
            )
        ]
    return spread


def _combined(
    spread: Mapping[str, list[tuple[Value, bool]]],
) -> Iterable[dict[str, tuple[Any, bool]]]:
    for values in product(*spread.values()):
        yield dict(zip(spread, values, strict=True))
