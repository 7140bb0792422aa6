"""The descriptor, and the shipped data, in the eyes of the frictionless library."""

import json
import warnings

import pytest

from generator.shipped import BY_KEY, DOMAINS
from smcm.cohort.descriptors import read_schema
from smcm.design.study_file import shipped_study
from smcm.errors import UnknownValueError
from smcm.paths import SYNTHETIC
from smcm.report.frictionless import DESCRIPTOR, descriptor_files

WRITTEN = descriptor_files(shipped_study())
FILES = {name: json.loads(text) for name, text in WRITTEN.items()}
PACKAGE = FILES[DESCRIPTOR]
FIELDS = [
    pytest.param(field, id=f"{resource['name']}.{field['name']}")
    for resource in PACKAGE["resources"]
    for field in FILES[resource["schema"]]["fields"]
]


@pytest.fixture(scope="module")
def frictionless():
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore")
        return pytest.importorskip("frictionless")


def inlined(resource):
    """One resource with its schema in place, as the library wants it."""
    return resource | {"schema": FILES[resource["schema"]]}


@pytest.mark.filterwarnings("ignore")
def test_the_shipped_tables_are_valid_for_frictionless(frictionless):
    descriptor = PACKAGE | {"resources": [inlined(r) for r in PACKAGE["resources"]]}
    package = frictionless.Package.from_descriptor(descriptor, basepath=str(SYNTHETIC))
    report = package.validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "note"])[:5]


@pytest.mark.parametrize("field", FIELDS)
def test_every_column_is_described(field):
    assert field["title"]
    assert field["description"].endswith(".")
    assert isinstance(field["constraints"]["required"], bool)
    assert field.get("unit") or field["type"] == "string"
    codes = [category["value"] for category in field.get("categories", ())]
    assert not codes or codes == field["constraints"]["enum"]


def test_the_schema_agrees_with_the_design():
    schema = read_schema()
    assert {table.name for table in schema.items} == set(BY_KEY)
    for key, instrument in BY_KEY.items():
        table = schema.table(key)
        assert table.answers == instrument.columns
        months = tuple(float(code) for code in table.column("month").codes)
        assert months == instrument.months
        lows = {int(table.column(name).minimum) for name in table.answers}
        assert lows == {instrument.low}
    items = [item for domain in DOMAINS for item in domain.items]
    assert list(schema.table("fidelity").column("item").codes) == items


def test_an_unknown_table_is_refused():
    with pytest.raises(UnknownValueError, match="clients"):
        read_schema().table("client")
