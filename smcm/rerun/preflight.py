"""What is looked at before anything is computed."""

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from smcm.errors import NoRepositoryError, UnknownValueError
from smcm.input_files import ABSENT, FILE, FOLDER, kind_of
from smcm.parameters import SYNTHETIC, RunParameters
from smcm.paths import INSTALLED, home_expanded
from smcm.paths import SYNTHETIC as SHIPPED
from smcm.rerun.version import package_version, repository
from smcm.shown import shown

if TYPE_CHECKING:
    from smcm.cohort.tables import Cohort
    from smcm.rerun.grid import Grid


COMMANDLINE = ParameterSource.COMMANDLINE


def require_repository(command: str) -> None:
    """Refuse a command that needs the book's sources, which a wheel does not hold.

    Raises
    ------
    NoRepositoryError
    """
    if not INSTALLED:
        return
    archive = f"smcm-{package_version()}.tar.gz"
    place = repository() or f"in the source archive of this release, {archive}"
    raise NoRepositoryError(
        f"smcm {command} works on the chapters of the book, and this smcm was "
        f"installed without them. The repository of the paper holds them; it is "
        f"{place}. There, give `python -m smcm.setup` and then `.venv/bin/smcm "
        f"{command}` (on Windows `.venv\\Scripts\\smcm {command}`)."
    )


def checked_cohort(run: RunParameters) -> "Cohort":
    """Read the data and refuse a run that they cannot carry.

    Raises
    ------
    SmcmError
        Data that are not there or have faults, a site that they do not have, or too
        few clients; nothing has been computed or written then.
    """
    require_folder(run.data)
    from smcm import load_cohort, selected_clients  # noqa: PLC0415 (slow to import)

    cohort = load_cohort(run)
    selected_clients(cohort, run)
    return cohort


def checked_runs(
    grid: "Grid", cohort: "Cohort", data: str
) -> tuple[tuple[RunParameters, ...], tuple[str, ...]]:
    """List the runs of a grid that the data can carry.

    Returns
    -------
    tuple of RunParameters
    tuple of str
        A sentence for each run that cannot be, of those not asked for by name.

    Raises
    ------
    SmcmError
        A run that was asked for by name and cannot be.
    """
    from smcm import selected_clients  # noqa: PLC0415 (slow to import)

    of_clients = cohort.teams["team"].isin(cohort.clients["team"])
    sites = sorted(int(code) for code in cohort.teams["site"][of_clients].unique())

    def fits(run: RunParameters) -> None:
        selected_clients(cohort, run)

    return grid.runs(data, sites, fits)


def require_folder(data: str, option: str = "--data") -> None:
    """Refuse the name of a folder that is not there, and offer the nearest.

    Raises
    ------
    UnknownValueError
    """
    folder = home_expanded(Path(data), option)
    if any("\ud800" <= sign <= "\udfff" for sign in str(folder.absolute())):
        raise UnknownValueError(
            f"{option} is {shown(data)}, a path that cannot be read as UTF-8; rename "
            "the folder, or unset PYTHONUTF8."
        )
    if data == SYNTHETIC:
        _require_one_meaning(option)
        return
    kind = kind_of(folder)
    if kind in (FOLDER, FILE):
        return
    if kind != ABSENT:
        raise UnknownValueError(
            f"{option} is {shown(data)}, which is {kind}; expected the word synthetic "
            "or the path of a data folder."
        )
    beside = folder.parent
    names = [path.name for path in beside.iterdir()] if beside.is_dir() else []
    near = get_close_matches(folder.name, [*names, SYNTHETIC], n=1)
    offer = f" Did you mean {shown(_in_place(beside, near[0]))}?" if near else ""
    raise UnknownValueError(
        f"{option} is {shown(data)}, where there is no folder; expected the word "
        f"synthetic or the path of a data folder.{offer}"
    )


def _require_one_meaning(option: str) -> None:
    """Refuse the word synthetic, typed where another folder of that name is."""
    context, here = click.get_current_context(silent=True), Path(SYNTHETIC)
    typed = context and context.get_parameter_source("data") is COMMANDLINE
    if typed and here.is_dir() and here.resolve() != SHIPPED:
        raise UnknownValueError(
            f"{option} is {shown(SYNTHETIC)}, the word for the shipped cohort, and "
            "there is "
            f"a folder of that name here; write ./{SYNTHETIC} for the folder, and "
            "nothing for the shipped cohort."
        )


def _in_place(beside: Path, name: str) -> str:
    return name if name == SYNTHETIC else str(beside / name)
