"""A folder of reruns as files: which runs its grid has, and what each has stored."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from smcm.errors import MissingRunsError, OutOfRangeError, UnknownValueError
from smcm.input_files import read_input
from smcm.parameters import RunParameters
from smcm.paths import runs_folder
from smcm.strict_json import JsonError, read_json

Read = TypeVar("Read")
RESULTS = "results.json"
GRID = "grid.json"
CURE = "Run `smcm rerun` first; `make book` and `smcm book` do so by themselves."
FOREIGN = (LookupError, TypeError, AttributeError, OutOfRangeError, UnknownValueError)
ORDER = "runs"  # in the file of the grid: names of the runs in their order


def parameters_of_runs(folder: Path | None = None) -> tuple[RunParameters, ...]:
    """Read the parameters of the runs alone, of whichever study; see `each_run`."""
    return each_run(folder, _parameters)


def _parameters(folder: Path, name: str) -> RunParameters:
    path = folder / name / RESULTS
    try:
        return RunParameters.from_mapping(stored(path)["run"])
    except FOREIGN as error:
        raise damaged(path, "no results of a run") from error


def each_run(
    folder: Path | None, read: Callable[[Path, str], Read]
) -> tuple[Read, ...]:
    """Read something of every run of a grid, in their order.

    Parameters
    ----------
    folder : Path or None
        Where `smcm rerun` has put them; None for those of the book being built.
    read : callable
        Takes the folder and the name of a run.

    Raises
    ------
    MissingRunsError
        No grid there, none in it, or a run of the grid without results.
    """
    place = runs_folder() if folder is None else folder
    try:
        names = _names(place / GRID)
        if not names:
            raise MissingRunsError(f"The grid in {place} has no runs. {CURE}")
        return tuple(read(place, name) for name in names)
    except FileNotFoundError as error:
        missing = Path(str(error.filename)).relative_to(place)
        raise MissingRunsError(
            f"The reruns are not complete: there is no {missing}. {CURE}"
        ) from None


def _names(path: Path) -> Sequence[str]:
    """Read the names of the runs of a grid in their order."""
    try:
        names = stored(path)[ORDER]
    except FOREIGN as error:
        raise damaged(path, "no grid") from error
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        raise damaged(path, "no grid")
    return names


def stored(path: Path) -> Any:  # noqa: ANN401 (parsed JSON)
    """Read a file that a run has stored.

    Raises
    ------
    FileNotFoundError
    MissingRunsError
        It holds no JSON.
    """
    try:
        return read_json(read_input(path))
    except JsonError as error:
        raise damaged(path, str(error)) from error


def damaged(path: Path, found: str) -> MissingRunsError:
    """Say of a file that it is not what it should be."""
    return MissingRunsError(f"{path} cannot be read ({found}). {CURE}")
