"""Execute the chapters of an edition with papermill."""

import ast
import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import yaml

from smcm.errors import BuildError
from smcm.parameters import RunParameters
from smcm.paths import ROOT
from smcm.rerun.interrupts import deaf_children, killing_children
from smcm.rerun.links import follow

PARAMETERS_TAG = "parameters"
INJECTED_TAG = "injected-parameters"
TIMEOUT = 600  # seconds a cell
WORKERS = 2
Values = Mapping[str, int | str]
Notebook = Any  # nbformat has no types


@dataclass(frozen=True, slots=True)
class Given:
    """What the chapters of an edition are executed with.

    Attributes
    ----------
    values : mapping
        Parameters by name.
    shown : mapping
        The same as a notebook may show them, without local paths.
    """

    values: Values
    shown: Values


def executable_chapters(source: Path) -> dict[str, Path]:
    """Find the chapters of the contents that have a parameters cell.

    Parameters
    ----------
    source : Path
        Folder with ``_toc.yml`` and the chapters.

    Returns
    -------
    dict of str to Path
        By name, for example ``"book/results"``; in the order of the contents.

    Raises
    ------
    BuildError
        A chapter whose parameters cell does not declare just what a run can change:
        papermill would run it with its defaults and say nothing.
    """
    contents = yaml.safe_load((source / "_toc.yml").read_text(encoding="utf-8"))
    found = {}
    for name in _files(contents):
        path = source / f"{name}.md"
        cell = _parameters_cell(path) if path.is_file() else None
        if cell is not None:
            _require_declared(name, cell)
            found[name] = path
    return found


def run_chapters(
    chapters: Mapping[str, Path],
    target: Path,
    given: Given,
    finished: Callable[[str], None],
) -> None:
    """Execute chapters with the same parameters, two at a time, into notebooks.

    Parameters
    ----------
    chapters : mapping of str to Path
        Sources by name; they are only read.
    target : Path
        Folder that receives ``<name>.ipynb``.
    given : Given
        Parameters of the run.
    finished : callable
        Told the name of each chapter that is done.

    Raises
    ------
    BuildError
        A chapter failed; it says which, where and why.
    """
    # Fresh processes: papermill changes the working folder of the one it runs in.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(WORKERS, mp_context=context, initializer=_prepare)
    try:
        names = frozenset(chapters)
        with killing_children():
            with deaf_children():
                waiting = {
                    pool.submit(_run_chapter, name, path, target, names, given): name
                    for name, path in chapters.items()
                }
            for done in as_completed(waiting):
                done.result()
                finished(waiting[done])
    finally:
        pool.shutdown(cancel_futures=True)


def _files(contents: Any) -> list[str]:  # noqa: ANN401 (parsed YAML)
    """Every file of a table of contents, in reading order."""
    if isinstance(contents, list):
        return [name for part in contents for name in _files(part)]
    if not isinstance(contents, dict):
        return []
    own = [contents[key] for key in ("root", "file") if key in contents]
    nested = [part for value in contents.values() for part in _files(value)]
    return [*own, *nested]


def _parameters_cell(path: Path) -> str | None:
    for cell in jupytext.read(path, fmt="md:myst").cells:
        if PARAMETERS_TAG in cell.metadata.get("tags", []):
            return str(cell.source)
    return None


def _require_declared(name: str, source: str) -> None:
    declared = {
        node.target.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    }
    known = {item.name for item in fields(RunParameters)}
    if declared != known:
        odd = ", ".join(sorted(declared ^ known))
        raise BuildError(
            f"The parameters cell of {name}.md and the parameters of a run differ in "
            f"{odd}; make the cell declare them all and nothing else."
        )


def _prepare() -> None:
    """Make runs repeatable, and let the kernels find the package."""
    inherited = os.environ.get("PYTHONPATH", "")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), inherited]))
    os.environ["PYTHONHASHSEED"] = "0"
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # a debugger's warning


def _run_chapter(
    name: str, path: Path, target: Path, names: frozenset[str], given: Given
) -> None:
    """Execute one chapter in this process; `names` are those of all of them."""
    import papermill  # noqa: PLC0415 (slow, and only the workers need it)
    from nbclient.exceptions import CellControlSignal  # noqa: PLC0415

    from smcm.rerun.kernels import LocalKernelManager  # noqa: PLC0415

    notebook = jupytext.read(path, fmt="md:myst")
    try:
        executed = papermill.execute_notebook(
            notebook,
            None,
            parameters=dict(given.values),
            kernel_name="python3",
            language="python",
            progress_bar=False,
            cwd=path.parent,
            execution_timeout=TIMEOUT,
            record_timing=False,
            extra_arguments=["--log-level=CRITICAL"],  # it is interrupted at its end
            kernel_manager_class=LocalKernelManager,
        )
    except papermill.PapermillExecutionError as error:
        raise BuildError(
            f"{name} failed in code cell {error.exec_count}: "
            f"{error.ename}: {error.evalue}"
        ) from None
    except (CellControlSignal, RuntimeError) as error:
        raise BuildError(f"{name} could not be executed: {error}") from None
    out = target / f"{name}.ipynb"
    out.parent.mkdir(parents=True, exist_ok=True)
    notebook = _publishable(executed, given.shown)
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell["source"] = follow(cell.source, name, names)
    nbformat.write(notebook, out)


def _publishable(notebook: Notebook, shown: Values) -> Notebook:
    """Take off times, paths and random ids; hide the cell that papermill put in."""
    for key in ("papermill", "jupytext"):
        notebook.metadata.pop(key, None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED_TAG in cell.metadata.get("tags", []):
            cell.metadata["tags"] = [*cell.metadata["tags"], "remove-cell"]
            lines = [f"{key} = {value!r}" for key, value in shown.items()]
            cell["source"] = "\n".join(["# Parameters of this edition", *lines])
    return notebook
