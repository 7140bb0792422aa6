"""A study as files: results, tidy tables, figures, and what data they rest on."""

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from smcm.analysis.study import Study
from smcm.article.comparison import STATUSES
from smcm.article.printed_text import data_facts
from smcm.facts import plain
from smcm.report.csv_text import write_frame
from smcm.report.facts.edition import edition_facts
from smcm.report.facts.models import all_model_facts
from smcm.report.figure_files import figure_files
from smcm.report.run_files import RESULTS
from smcm.report.tidy_tables import DESCRIPTIONS, tidy_tables

DESCRIPTOR = "datapackage.json"
FIGURES = "figures"
TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean", "M": "date"}


def write_study(study: Study, folder: Path) -> None:
    """Write every file of a study into an empty folder; none has a row for a client.

    Parameters
    ----------
    study : Study
    folder : Path
        Exists and is empty.
    """
    tables = tidy_tables(study)
    for name, table in tables.items():
        write_frame(table, folder / f"{name}.csv")
    (folder / RESULTS).write_text(results_text(study), encoding="utf-8", newline="\n")
    (folder / FIGURES).mkdir()
    for file, content in figure_files(study):
        (folder / FIGURES / file).write_bytes(content)
    described = _json_text(descriptor(study, tables, folder))
    (folder / DESCRIPTOR).write_text(described, encoding="utf-8", newline="\n")


def results(study: Study, tables: Mapping[str, pd.DataFrame]) -> dict[str, object]:
    """Gather a study for programs: data, run, and every tidy table.

    Returns
    -------
    dict
        ``data`` says what data these are; ``comparison`` counts rows by status;
        ``abstract_facts`` holds what the sentences of an abstract are written from.
        `smcm.report.runs` reads it back.
    """
    return {
        "data": data_facts(study),
        "run": run_facts(study),
        "n": study.n,
        "completion": study.completion,
        "power": study.power,
        "missing_percent": study.missing.percent,
        "abstract_facts": abstract_facts(study),
        "mediated": {result.model.key: result.mediated for result in study.models},
        "dropped": {
            result.model.key: list(result.mediation.dropped_columns)
            for result in study.models
        },
        "comparison": _by_status(tables["comparison"]),
        **{
            name: _records(table)
            for name, table in tables.items()
            if name != "comparison"
        },
    }


def abstract_facts(study: Study) -> dict[str, object]:
    """Gather what the sentences of the abstract are written from, as plain values."""
    return {
        "edition": plain(edition_facts(study, study.run)),
        "study": {"models": plain(all_model_facts(study))},
    }


def _by_status(comparison: pd.DataFrame) -> dict[str, int]:
    """Rows by status, every status named."""
    return {name: int((comparison["status"] == name).sum()) for name in STATUSES}


def results_text(study: Study) -> str:
    """Write the results as JSON."""
    return _json_text(results(study, tidy_tables(study)))


def run_facts(study: Study) -> dict[str, object]:
    """Name the parameters of the run; the data by name, never by a local path."""
    return asdict(study.run) | {"data": study.cohort.name}


def descriptor(
    study: Study, tables: Mapping[str, pd.DataFrame], folder: Path
) -> dict[str, object]:
    """Describe the files as a data package, synthetic or not in its first lines."""
    facts = data_facts(study)
    return {
        "name": "smcm-study",
        "title": "Results of one run of the smcm living paper",
        "description": facts["statement"],
        "synthetic": facts["synthetic"],
        "data": facts,
        "run": run_facts(study),
        "resources": [
            *(_table(name, table, folder, facts) for name, table in tables.items()),
            *_others(folder),
        ],
    }


def _table(
    name: str, table: pd.DataFrame, folder: Path, facts: Mapping[str, object]
) -> dict[str, object]:
    return {
        "name": name,
        "path": f"{name}.csv",
        "description": f"{DESCRIPTIONS[name]}. {facts['statement']}",
        "synthetic": facts["synthetic"],
        "format": "csv",
        "encoding": "utf-8",
        "hash": file_hash(folder / f"{name}.csv"),
        "schema": {
            "missingValues": [""],
            "fields": [
                {
                    "name": str(column),
                    "type": TYPES.get(table[column].dtype.kind, "string"),
                }
                for column in table.columns
            ],
        },
    }


def _others(folder: Path) -> list[dict[str, object]]:
    paths = [folder / RESULTS, *sorted((folder / FIGURES).iterdir())]
    return [
        {
            "name": path.name.lower().replace(".", "-"),
            "path": path.relative_to(folder).as_posix(),
            "hash": file_hash(path),
        }
        for path in paths
    ]


def file_hash(path: Path) -> str:
    """Give the digest of a file, as a data package lists it."""
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {str(name): _json_value(value) for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _json_value(value: object) -> object:
    """Turn what is no number into null."""
    blank = value is pd.NA or (isinstance(value, float) and not math.isfinite(value))
    return None if blank else value


def _json_text(content: Mapping[str, object]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
