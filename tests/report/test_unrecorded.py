"""What nobody was asked is called unrecorded, and no sentence or table prints nan."""

import re

import pytest

from smcm.analysis.study import run_study
from smcm.article.printed_text import printed_text
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.paths import SYNTHETIC
from smcm.report.check_text import sound_text
from smcm.report.export import results_text
from smcm.report.study_text import study_text
from tests.cohort.folders import Copied
from tests.filled import facts_of, filled
from tests.shown import tables

NO_NUMBER = re.compile(r"\b(nan|NaN|inf|None|NaT)\b")
COLUMNS = ("age", "ace", "gender", "education", "ethnicity", "housed", "diagnosis")


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    folder = Copied(SYNTHETIC, tmp_path_factory.mktemp("unrecorded") / "data")
    known = set(folder.table("clients").columns)
    for column in known & set(COLUMNS):
        folder.put("clients", column, "")
    run = RunParameters(data=str(folder.path), n_boot=100, n_imputations=2)
    return run_study(load_cohort(folder.path), run)


def results(study):
    return filled("results", **facts_of(study))


def test_sentences_say_that_it_was_not_recorded(without):
    text = results(without)
    assert "Their age was not recorded." in text
    assert "Adverse childhood experiences were not recorded." in text
    assert "Of all clients, an unknown share were female" in text
    assert not NO_NUMBER.search(text)


def test_the_shipped_cohort_reads_as_before(study):
    text = results(study)
    assert re.search(r"Their mean age was \d\d\.\d years \(SD \d+\.\d\)\.", text)
    assert re.search(r"Of all clients, \d+% were female", text)


@pytest.mark.parametrize("name", ["characteristics", "participants", "measures"])
def test_tables_print_no_nan(without, name):
    body = getattr(tables, name)(without).body
    assert not NO_NUMBER.search(body.to_csv())


def test_texts_of_the_commands_print_no_nan(without):
    texts = (
        study_text(without),
        printed_text(without),
        sound_text("data", without.cohort),
        results_text(without),
    )
    for text in texts:
        assert not re.search(r"\b(nan|NaN|NaT)\b", text)
