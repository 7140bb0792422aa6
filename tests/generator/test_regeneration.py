"""The generator makes a cohort again that prints as the article does."""

import json

import pytest

from generator.design import published_design
from generator.pipeline import generate
from generator.printed import Printed
from smcm.analysis.study import run_study
from smcm.article.comparison import compare, counts
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.published import Published

MOST_DIFFERING = 0  # of the numbers and findings that can hold as printed


@pytest.mark.regeneration
def test_a_cohort_made_again_prints_as_published(tmp_path):
    printed = Printed.load()
    design = published_design(printed)
    generate(tmp_path / "cohort", design, printed)
    manifest = json.loads((tmp_path / "cohort" / "manifest.json").read_text())
    assert manifest["seed"] == design.seed
    folder = str(tmp_path / "cohort")
    study = run_study(load_cohort(folder), RunParameters(data=folder))
    found = counts(compare(study, Published.read()))
    assert found["differs"] + found["missing"] <= MOST_DIFFERING
