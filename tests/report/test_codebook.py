from dataclasses import replace

import pytest

from smcm.cohort.descriptors import read_schema
from smcm.cohort.schema import CohortSchema
from smcm.errors import UnknownValueError
from smcm.report import codebook


def test_every_column_of_every_file_is_in_the_codebook():
    for table, schema in zip(codebook.tables(), read_schema().tables, strict=True):
        shown = [name for cell in table.body["Column"] for name in named(cell)]
        assert shown == list(schema.names)
        assert table.name == f"tab-codebook-{schema.name}"
        assert schema.path in table.caption


def named(cell):
    """Column names behind a cell: one, or those from the first to the last."""
    first, *last = cell.replace("`", "").split(" … ")
    if not last:
        return [first]
    stem, _, low = first.rpartition("_")
    high = last[0].rpartition("_")[2]
    return [f"{stem}_{k:0{len(low)}}" for k in range(int(low), int(high) + 1)]


def test_items_of_a_questionnaire_share_a_row():
    body = codebook.table("rprs").body
    assert body["Column"].tolist()[-1] == "`rprs_01` … `rprs_24`"
    assert "item *k* of 24" in body["Meaning"].iloc[-1]
    assert "*k* is the number" in codebook.table("rprs").notes[1]
    assert "*k*" not in codebook.table("teams").notes[1]


def test_codes_that_are_numbered_share_an_entry():
    values = codebook.table("fidelity").body.set_index("Column").loc["`item`", "Values"]
    assert "`resources_1` … `resources_2`" in values
    assert "items 1 to 2" in values
    assert "`caseload_size_1` Caseload size, item 1;" in values


def test_codes_stand_with_their_labels():
    body = codebook.table("clients").body.set_index("Column")
    assert body.loc["`employed`", "Values"] == "`0` Not employed; `1` Employed"
    assert body.loc["`team`", "May be blank"] == "no"
    assert body.loc["`age`", "Unit"] == "years"


def test_keys_are_told():
    row, keys = codebook.table("rprs").notes
    assert row.startswith("One row per client and interview")
    assert "`client_id` and `month` must occur in `interviews.csv`" in keys


def test_text_of_the_schema_cannot_become_html(monkeypatch):
    schema = read_schema()
    teams = schema.table("teams")
    column = replace(teams.columns[0], description="<script>x</script> | y")
    spoilt = CohortSchema(tables=(replace(teams, columns=(column,)),))
    monkeypatch.setattr(codebook, "read_schema", lambda: spoilt)
    shown = codebook.table("teams")._repr_markdown_()
    assert "&lt;script&gt;x&lt;/script&gt; \\| y" in shown


def test_an_unknown_table_is_refused():
    with pytest.raises(UnknownValueError):
        codebook.table("client")
