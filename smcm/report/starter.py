"""The files of a new, empty data folder."""

from collections.abc import Mapping

from smcm.cohort.descriptors import read_schema
from smcm.design.study_file import shipped_study
from smcm.report.csv_text import csv_text
from smcm.report.frictionless import DESCRIPTOR, SCHEMAS, descriptor_files
from smcm.report.starter_guide import guide

__all__ = ["DESCRIPTOR", "GUIDE", "starter_files"]

GUIDE = "README.md"


def starter_files() -> Mapping[str, str]:
    """Write every file of a new data folder.

    Returns
    -------
    dict of str to str
        Text by path relative to the folder: each table with its header only, the
        descriptor of the data package, the schema of each table, and the guide.
    """
    tables = {table.path: csv_text((), table.names) for table in read_schema().tables}
    return {**tables, **descriptor_files(shipped_study(), SCHEMAS), GUIDE: guide()}
