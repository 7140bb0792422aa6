from dataclasses import replace

import pytest

from smcm.cohort.schema import CohortSchema, read_schema
from smcm.errors import UnknownValueError
from smcm.report import codebook


def test_every_column_of_every_file_is_in_the_codebook():
    for table, schema in zip(codebook.tables(), read_schema().tables, strict=True):
        assert table.body["Column"].tolist() == [f"`{name}`" for name in schema.names]
        assert table.name == f"tab-codebook-{schema.name}"
        assert schema.path in table.caption


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
