"""The files of a new, empty data folder."""

import json
from collections.abc import Mapping
from typing import Any

from smcm.cohort.schema import DESCRIPTOR, read_schema
from smcm.paths import SCHEMA
from smcm.report.csv_text import csv_text
from smcm.report.starter_guide import guide
from smcm.strict_json import read_json

__all__ = ["DESCRIPTOR", "GUIDE", "starter_files"]

GUIDE = "README.md"
SCHEMAS = "schema"
DESCRIPTION = (
    "A data folder for the smcm living paper: nine tables. All paths are relative to "
    "this descriptor. The folder may also hold completed/, the five item tables with "
    "every missing value filled in, and manifest.json."
)


def starter_files() -> Mapping[str, str]:
    """Write every file of a new data folder.

    Returns
    -------
    dict of str to str
        Text by path relative to the folder: each table with its header only, the
        descriptor of the data package, the schema of each table, and the guide.
    """
    tables = {table.path: csv_text((), table.names) for table in read_schema().tables}
    package = _json(DESCRIPTOR)
    schemas = {
        f"{SCHEMAS}/{resource['schema']}": (SCHEMA / resource["schema"]).read_text(
            encoding="utf-8"
        )
        for resource in package["resources"]
    }
    return {
        **tables,
        **schemas,
        DESCRIPTOR: _descriptor(package),
        GUIDE: guide(),
    }


def _descriptor(package: dict[str, Any]) -> str:
    """Write the descriptor with paths relative to the folder."""
    resources = [
        resource | {"schema": f"{SCHEMAS}/{resource['schema']}"}
        for resource in package["resources"]
    ]
    changed = package | {"description": DESCRIPTION, "resources": resources}
    return json.dumps(changed, ensure_ascii=False, indent=2) + "\n"


def _json(name: str) -> dict[str, Any]:
    content: dict[str, Any] = read_json((SCHEMA / name).read_bytes())
    return content
