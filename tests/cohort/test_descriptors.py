"""Tables derived from the study file are those that the typed descriptor holds."""

from dataclasses import replace

import pytest

from smcm.cohort.descriptors import schema_of
from smcm.cohort.schema import read_schema
from smcm.design.study_file import shipped_study

TYPED, DERIVED = read_schema().tables, schema_of(shipped_study()).tables


@pytest.mark.parametrize(("typed", "derived"), [*zip(TYPED, DERIVED, strict=True)])
def test_derived_rules_and_words_equal_the_typed_ones(typed, derived):
    counted = tuple(
        replace(c, description=c.description.replace("The six sum", "The areas sum"))
        for c in typed.columns
    )
    assert derived == replace(typed, columns=counted)
