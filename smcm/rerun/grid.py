"""The runs of a grid: every combination of what is listed for each parameter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import product
from pathlib import Path
from typing import Any, Self

import yaml

from smcm.errors import ImpossibleRunError, OutOfRangeError, UnknownValueError
from smcm.input_files import InputFileError, read_input
from smcm.parameters import ALL_SITES, WINDOWS_DAYS, RunParameters
from smcm.shown import shown

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
    """

    blocks: tuple[Axes, ...]

    @classmethod
    def of(cls, blocks: Iterable[Axes]) -> Self:
        """Check every name and every value, before data are read.

        Raises
        ------
        UnknownValueError, OutOfRangeError
            A name or a value that no run could have; the nearest right one is
            offered.
        """
        grid = cls(tuple(blocks))
        for axes in grid.blocks:
            _check(axes)
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
            A sentence for each run that ``without-each`` or ``only-each`` would have
            and the data cannot carry.

        Raises
        ------
        ImpossibleRunError, UnknownValueError
            The same of a run that was asked for by its name; or no run is left.
        """
        found: dict[RunParameters, None] = {}
        left_out: dict[str, None] = {}
        for axes in self.blocks:
            for values in _combined(_spread(axes, sites)):
                site, asked = values["site"]
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


def default_grid(run: RunParameters) -> Grid:
    """Give the grid of a book: each window with all sites and with each left out.

    Parameters
    ----------
    run : RunParameters
        What it says of everything but window and site holds for all runs.
    """
    axes: dict[str, Sequence[Value]] = {
        item.name: (getattr(run, item.name),) for item in _variable()
    }
    sites = (ALL_SITES, "without-each")
    return Grid((axes | {"window_days": WINDOWS_DAYS, "site": sites},))


def read_grid(path: Path) -> Grid:
    """Read a grid from YAML: a mapping of lists, or a list of such mappings.

    Raises
    ------
    OutOfRangeError
        A file that holds something else; the line is named where it is no YAML.
    UnknownValueError
        A parameter or a value that there is not.
    """
    try:
        content = yaml.safe_load(read_input(path, MOST_BYTES).decode("utf-8-sig"))
    except FileNotFoundError as error:
        raise UnknownValueError(
            f"--grid is {shown(path)}, where there is no file; expected a YAML file."
        ) from error
    except InputFileError as error:
        raise UnknownValueError(
            f"--grid is {shown(path)}, which is {error.what}; expected a YAML file. "
            f"{error.cure}"
        ) from error
    except UnicodeDecodeError as error:
        raise OutOfRangeError(f"{path}: not UTF-8; save it as UTF-8.") from error
    except (ValueError, AttributeError, RecursionError) as error:  # impossible dates …
        raise OutOfRangeError(
            f"{path}: a value that YAML cannot read; write one parameter a line, such "
            "as window_days: [90, 180]."
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it cannot be read"
        raise OutOfRangeError(
            f"{path}{place}: no YAML ({problem}); write one parameter a line, such as "
            "window_days: [90, 180]."
        ) from error
    blocks = content if isinstance(content, list) else [content]
    try:
        return Grid.of([_axes(block) for block in blocks])
    except (UnknownValueError, OutOfRangeError) as error:
        raise type(error)(f"{path}: {error}") from error


def _axes(block: object) -> Axes:
    if not isinstance(block, dict) or not block:
        raise OutOfRangeError.for_number(
            "the grid", block, "parameters with lists of values"
        )
    return {
        str(name): tuple(value) if isinstance(value, list) else (value,)
        for name, value in block.items()
    }


def _variable() -> tuple[Any, ...]:
    """Fields of a run that may vary within a grid: all but the data."""
    return tuple(item for item in fields(RunParameters) if item.name != "data")


def _check(axes: Axes) -> None:
    known = [item.name for item in _variable()]
    for name, values in axes.items():
        if name not in known:
            raise UnknownValueError.for_choice("parameter", name, known)
        if not values:
            raise OutOfRangeError.for_number(name, list(values), "at least one value")
        for value in values:
            if name == "site" and isinstance(value, str) and value in EACH:
                continue
            try:
                RunParameters.from_mapping({name: value})
            except UnknownValueError as error:
                if name != "site":
                    raise
                choices = (ALL_SITES, "without-K", "only-K", *EACH)
                if str(value).casefold().endswith("each"):
                    raise UnknownValueError.for_choice(name, value, choices) from error
                raise
    size = 1
    for values in axes.values():
        size *= len(values)
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
