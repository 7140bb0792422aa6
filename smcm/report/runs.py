"""What reruns have found, read from the results that each of them has stored."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from smcm.analysis.eight_models import Tested
from smcm.analysis.mediation_data import TIDY_COLUMNS
from smcm.design.models import StudyModel
from smcm.design.study import StudyDesign
from smcm.parameters import RunParameters
from smcm.report.run_files import FOREIGN, RESULTS, damaged, each_run, stored
from smcm.stats.terms import Term

ABSTRACT = ("edition", "study")  # what an abstract is written from


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRecord(Tested):
    """One of the eight models in one run.

    Attributes
    ----------
    model : StudyModel
    terms : mapping of str to Term
        ``a``, ``b``, ``direct``, ``total``, and the indirect effect as it is
        (``indirect``) and standardized (``indirect_ps``, ``indirect_cs``).
    alpha_mediator, alpha_outcome : float
        Levels of the equations of the alliance and of the outcome.
    mediated : bool
        By the rule of the study.
    dropped : tuple of str
        Covariates left out because they were constant or repeated others.
    """

    model: StudyModel
    terms: Mapping[str, Term]
    alpha_mediator: float
    alpha_outcome: float
    mediated: bool
    dropped: tuple[str, ...]

    def term(self, name: str) -> Term:
        """Return the numbers of one term."""
        return self.terms[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """What one run found, with the window of its own.

    Attributes
    ----------
    run : RunParameters
        The data by name, never by a path.
    n : int
        Clients in the models.
    statement : str
        What data these are.
    abstract_facts : mapping
        What the sentences of the abstract are written from: ``edition``, and
        ``study`` with its models.
    models : tuple of ModelRecord
        In the order of `StudyDesign.study_models`.
    """

    run: RunParameters
    n: int
    statement: str
    abstract_facts: Mapping[str, Any]
    models: tuple[ModelRecord, ...]

    @property
    def slug(self) -> str:
        """Name of the run's folder and of its page."""
        return self.run.slug

    def model(self, key: str) -> ModelRecord:
        """Return one of the models by its key, for example ``"pgi_18"``."""
        return {found.model.key: found for found in self.models}[key]

    @classmethod
    def from_results(cls, results: Mapping[str, Any], design: StudyDesign) -> Self:
        """Read what `smcm.report.export.results` has gathered of a study."""
        run = RunParameters.from_mapping(results["run"])
        written_from = results["abstract_facts"]
        rows = [r for r in results["models"] if r["window_days"] == run.window_days]
        return cls(
            run=run,
            n=results["n"],
            statement=results["data"]["statement"],
            abstract_facts={name: written_from[name] for name in ABSTRACT},
            models=tuple(_model(model, rows, results) for model in design.study_models),
        )


def read_runs(design: StudyDesign, folder: Path | None = None) -> tuple[RunRecord, ...]:
    """Read the runs of a grid in their order.

    Parameters
    ----------
    design : StudyDesign
        Of the study that the runs are of.
    folder : Path, optional
        Where `smcm rerun` has put them; by default those of the book being built.

    Raises
    ------
    MissingRunsError
        No grid there, none in it, or a run of the grid without results.
    """
    return each_run(folder, lambda place, name: read_run(place, name, design))


def read_run(folder: Path, name: str, design: StudyDesign) -> RunRecord:
    """Read one run of a study by the name of its folder.

    Raises
    ------
    FileNotFoundError
    MissingRunsError
        The file is there and does not hold the results of a run.
    """
    path = folder / name / RESULTS
    try:
        return RunRecord.from_results(stored(path), design)
    except FOREIGN as error:
        raise damaged(path, "no results of a run") from error


def varied(runs: Sequence[RunRecord]) -> tuple[str, ...]:
    """Names of the parameters in which the runs differ, in their usual order."""
    names = (item.name for item in fields(RunParameters))
    return tuple(
        name for name in names if len({getattr(one.run, name) for one in runs}) > 1
    )


def _model(
    model: StudyModel, rows: Sequence[Mapping[str, Any]], results: Mapping[str, Any]
) -> ModelRecord:
    own = {row["term"]: row for row in rows if row["model"] == model.key}
    return ModelRecord(
        model=model,
        terms={term: _term(row) for term, row in own.items()},
        alpha_mediator=own["a"]["alpha"],
        alpha_outcome=own["b"]["alpha"],
        mediated=results["mediated"][model.key],
        dropped=tuple(results["dropped"][model.key]),
    )


def _term(row: Mapping[str, Any]) -> Term:
    """Read a row of `tidy`; what is no number stands as null."""
    return Term(**{key: _number(row[key]) for key in TIDY_COLUMNS[2:]})


def _number(value: float | None) -> float:
    return math.nan if value is None else value
