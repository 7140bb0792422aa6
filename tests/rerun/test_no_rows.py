"""A cell that prints rows of clients does not become a page."""

from dataclasses import replace

import nbformat.v4 as notebooks
import pandas as pd
import pytest

from smcm.errors import BuildError
from smcm.report import codebook
from smcm.report.tables.measures import missing
from smcm.rerun.rows import Rows


@pytest.fixture(scope="module")
def rows(cohort):
    return Rows.of(cohort)


def outputs_of(shown):
    data = {"text/plain": repr(shown)}
    for kind, way in {"html": "_repr_html_", "markdown": "_repr_markdown_"}.items():
        if hasattr(shown, way):
            data[f"text/{kind}"] = getattr(shown, way)()
    return [notebooks.new_output("execute_result", data=data)]


PRINTED = {
    "the first rows": lambda frame: frame.head(),
    "all rows": lambda frame: frame,
    "rows without codes": lambda frame: frame.drop(columns="client_id"),
    "codes": lambda frame: list(frame["client_id"][:3]),
    "codes as an index": lambda frame: frame.set_index("client_id")["age"],
    "one row": lambda frame: frame[["client_id", "age"]].head(1),
}


@pytest.mark.parametrize("kind", PRINTED)
def test_rows_that_a_cell_shows_are_refused(kind, rows, study):
    with pytest.raises(BuildError, match=r"my\.md shows rows of clients; .* tag"):
        rows.require_none("my.md", outputs_of(PRINTED[kind](study.frame)))


def test_rows_that_a_cell_prints_are_refused(rows, study):
    text = study.frame.head().to_string()
    for lines in (text, text.splitlines(keepends=True)):
        output = notebooks.new_output("stream", text=lines)
        with pytest.raises(BuildError):
            rows.require_none("my.md", [output])


def test_rows_of_clients_whose_codes_are_numbers_are_refused(cohort, study):
    codes = [str(k) for k in range(1, cohort.n + 1)]
    clients = cohort.clients.assign(client_id=codes)
    numbered = Rows.of(replace(cohort, clients=clients))
    assert not numbered.codes
    frame = study.frame.assign(client_id=codes)
    for shown in (frame, frame.head(), frame.drop(columns="client_id")):
        with pytest.raises(BuildError):
            numbered.require_none("my.md", outputs_of(shown))


def test_tables_of_a_chapter_are_no_rows(rows, study):
    many = replace(missing(study), body=pd.concat([missing(study).body] * 40))
    said = (codebook.table("clients"), codebook.study_file())
    for table in (missing(study), many, *said):
        rows.require_none("my.md", outputs_of(table))
    summary = pd.DataFrame({"n": [3, 4]}, index=["client", "client_id, the code"])
    rows.require_none("my.md", outputs_of(summary))
    rows.require_none("my.md", outputs_of(pd.DataFrame({"draw": range(100)})))
