"""A study read back in words, and its tables written for other programs."""

import json
import tomllib

import pytest
from click.testing import CliRunner

from smcm.cli.main import main
from smcm.design.study_file import shipped_study, study_of
from smcm.report.frictionless import descriptor_files
from smcm.report.study_words import study_in_words
from tests.design.examples import SCORED, SEVERAL

SHIPPED = (
    "4 outcomes at 2 horizons make 8 models; exposure in windows of 90, 180, and "
    "270 days; 9 covariates; case managers in teams in sites."
)


def test_the_shipped_study_in_words():
    assert study_in_words(shipped_study()) == SHIPPED


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            SEVERAL,
            "2 outcomes at 2 horizons make 4 models; exposure in windows of 60 and 120 "
            "days; 3 covariates; units.",
        ),
        (
            SCORED,
            "1 outcome at 1 horizon makes 1 model; exposure measured once; "
            "2 covariates.",
        ),
    ],
)
def test_other_studies_in_words(text, words):
    assert study_in_words(study_of(tomllib.loads(text))) == words


def test_the_check_ends_with_the_study_and_writes_its_schemas(tmp_path):
    done = CliRunner().invoke(main, ["check", "--schema", str(tmp_path / "schemas")])
    assert done.exit_code == 0
    assert f"study.toml: {SHIPPED}" in done.output
    written = {p.name: p.read_text("utf-8") for p in (tmp_path / "schemas").iterdir()}
    assert written == descriptor_files(shipped_study())
    assert all(json.loads(text)["$schema"] for text in written.values())


def test_schemas_are_written_over_nothing(tmp_path):
    (tmp_path / "clients.csv").write_text("mine\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["check", "--schema", str(tmp_path)])
    assert done.exit_code != 0
    assert [p.name for p in tmp_path.iterdir()] == ["clients.csv"]
