"""An executed notebook: what is taken off before it is kept, and its own cells."""

from collections.abc import Mapping
from typing import Any

import nbformat

from smcm.rerun.chapters import PARAMETERS_TAG, tags

INJECTED_TAG = "injected-parameters"  # of the cell that papermill puts in
Notebook = Any  # nbformat has no types


def publishable(notebook: Notebook, shown: Mapping[str, int | str]) -> Notebook:
    """Take off times, paths and random ids; hide the cell that papermill put in.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; it is changed.
    shown : mapping
        Parameters as a reader may see them, without local paths.
    """
    for key in ("papermill", "jupytext"):
        notebook.metadata.pop(key, None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number:03d}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED_TAG in tags(cell):
            cell.metadata["tags"] = [*tags(cell), "remove-cell"]
            lines = [f"{key} = {value!r}" for key, value in shown.items()]
            cell["source"] = "\n".join(["# Parameters of this run", *lines])
    return notebook


def own_cells(notebook: Notebook) -> list[Any]:
    """List the chapter's own code cells, in order."""
    return [
        cell
        for cell in notebook.cells
        if cell.cell_type == "code" and INJECTED_TAG not in tags(cell)
    ]


def parameters_cell(notebook: Notebook) -> int:
    """Place of the cell that declares the parameters."""
    return next(k for k, c in enumerate(notebook.cells) if PARAMETERS_TAG in tags(c))


def written(notebook: Notebook) -> str:
    """Give the text of its file."""
    return str(nbformat.writes(notebook)) + "\n"
