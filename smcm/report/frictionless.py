"""The tables as a data package of Frictionless, for programs that read these."""

import json
from collections.abc import Mapping

from smcm.cohort.descriptors import schema_of
from smcm.cohort.schema import Column, TableSchema
from smcm.design.study import StudyDesign

DESCRIPTOR = "datapackage.json"
SCHEMAS = "schema"  # folder of the schemas, beside the tables
PROFILES = "https://datapackage.org/profiles/2.0"
DESCRIPTION = (
    "A data folder for the smcm living paper. All paths are relative to this "
    "descriptor. The folder may also hold completed/, the item tables with every "
    "missing value filled in, and manifest.json."
)


def descriptor_files(study: StudyDesign, folder: str = "") -> Mapping[str, str]:
    """Write the descriptor of the data package, and the schema of each table.

    Parameters
    ----------
    study : StudyDesign
    folder : str
        Of the schemas, relative to the descriptor; empty for beside it.

    Returns
    -------
    dict of str to str
        Text by path.
    """
    tables = schema_of(study).tables
    paths = {
        table.name: "/".join(filter(None, (folder, f"{table.name}.schema.json")))
        for table in tables
    }
    package = {
        "$schema": f"{PROFILES}/datapackage.json",
        "name": "smcm-cohort",
        "title": study.title,
        "description": DESCRIPTION,
        "version": "1.0.0",
        "resources": [_resource(table, paths[table.name]) for table in tables],
    }
    schemas = {paths[table.name]: _json(table_schema(table)) for table in tables}
    return {DESCRIPTOR: _json(package), **schemas}


def table_schema(table: TableSchema) -> dict[str, object]:
    """Write one table as a Table Schema."""
    links = [
        {
            "fields": [*link.columns],
            "reference": {"resource": link.table, "fields": [*link.reference]},
        }
        for link in table.foreign_keys
    ]
    return {
        "$schema": f"{PROFILES}/tableschema.json",
        "fields": [_field(column) for column in table.columns],
        "missingValues": [*table.missing],
        "primaryKey": [*table.key],
        **({"foreignKeys": links} if links else {}),
    }


def _resource(table: TableSchema, schema: str) -> dict[str, object]:
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "path": table.path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, object]:
    limits: dict[str, object] = {"required": column.required}
    for name, limit in (("minimum", column.minimum), ("maximum", column.maximum)):
        if limit is not None:
            limits[name] = _value(column, limit)
    field: dict[str, object] = {
        "name": column.name,
        "title": column.title,
        "description": column.description,
        "type": column.kind,
    }
    if column.unit:
        field["unit"] = column.unit
    if any(column.codes.values()):
        field["categories"] = [
            {"value": _value(column, code), "label": label}
            for code, label in column.codes.items()
        ]
    if column.codes:
        limits["enum"] = [_value(column, code) for code in column.codes]
    return field | {"constraints": limits}


def _value(column: Column, text: str) -> str | int | float:
    """Write a value as JSON has it: a number where the column holds numbers."""
    if column.kind not in ("integer", "number"):
        return text
    return int(text) if text.isdigit() else float(text)


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
