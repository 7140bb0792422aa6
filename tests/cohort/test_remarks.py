"""What `smcm check` asks about a sound folder, and that it asks nothing in vain."""

import numpy as np
import pytest

from generator.design import second_design
from generator.effects import SECOND_EFFECTS
from generator.second import generate_second
from smcm import load_cohort
from smcm.analysis.exposure_remarks import exposure_remarks
from smcm.cohort.overview import column_summaries
from smcm.cohort.remarks import remarks_on
from smcm.report.check_text import sound_text
from tests.cohort.folders import Copied, plant_gaps

SEEDS = (1, 2, 3, 4, 5, 6)


def remarks(cohort):
    return (*remarks_on(cohort), *exposure_remarks(cohort))


@pytest.fixture
def own(second_folder, tmp_path):
    return Copied(second_folder, tmp_path / "own")


def asked(folder):
    """Text of each remark by file and column."""
    found = remarks(load_cohort(folder.path))
    return {(one.file, one.column): one.text for one in found}


def test_nothing_is_asked_of_the_shipped_and_the_second_cohort(cohort, second):
    assert remarks(cohort) == ()
    assert remarks(second) == ()
    assert sound_text("mine", cohort).endswith("No remarks.")


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_asked_of_other_clients_of_the_same_kind(seed, tmp_path):
    generate_second(tmp_path / "data", second_design(seed), SECOND_EFFECTS)
    assert remarks(load_cohort(tmp_path / "data")) == ()


def test_reversed_items_are_named(own):
    for item in ("rprs_05", "rprs_11", "rprs_20"):
        own.change("rprs", lambda t, i=item: t.assign(**{i: turned(t[i], 5)}))
    found = asked(own)
    assert {column for _, column in found} == {"rprs_05", "rprs_11", "rprs_20"}
    assert "not yet reversed" in found["rprs.csv", "rprs_05"]


def turned(answers, total):
    return answers.map(lambda a: str(total - int(a)) if a else "")


def test_the_correlation_is_numpy_s(own):
    own.change("ths", lambda t: t.assign(ths_3=turned(t["ths_3"], 9)))
    ((_, text),) = asked(own).items()
    answers = load_cohort(own.path).items["ths"].filter(like="ths_")
    rest = answers.drop(columns="ths_3").mean(axis=1)
    known = answers["ths_3"].notna() & rest.notna()
    r = np.corrcoef(answers["ths_3"][known], rest[known])[0, 1]
    assert f"r = {r:.2f} in {known.sum()} rows" in text


def test_a_scale_that_never_reaches_its_end(own):
    def lowered(table):
        names = list(table.columns[2:])
        return table.assign(**{n: table[n].replace("4", "3") for n in names})

    own.change("rprs", lowered)
    text = asked(own)["rprs.csv", "rprs_01 to rprs_24"]
    assert "the highest answer, 4, was never given" in text
    assert "run from 1 to 3" in text


def test_blanks_single_levels_and_education(own):
    own.put("clients", "gender", "", slice(0, 31))
    own.put("clients", "ace", "")
    own.put("clients", "housed", "1")
    table = own.table("clients")
    own.put("clients", "education", "2", table["education"].isin(["1", "4"]))
    found = asked(own)
    assert "blank for 32 of 180 clients" in found["clients.csv", "gender"]
    assert "fitted without it" in found["clients.csv", "ace"]
    assert "is 1 for 180 of 180" in found["clients.csv", "housed"]
    assert "level 1 or 4" in found["clients.csv", "education"]


def test_rows_with_one_answer_to_all_items(own):
    table = own.table("ths")
    for column in table.columns[2:]:
        own.put("ths", column, "5", slice(0, len(table) // 15))
    assert "have one answer to all items" in asked(own)["ths.csv", ""]


def test_days_that_look_like_months(own):
    days = own.table("clients")["entry"].str[:8]
    own.change("clients", lambda t: t.assign(entry=days + "05"))
    assert "first 12 days of a month" in asked(own)["clients.csv", "entry"]


def test_clients_without_exposure_and_items_not_rated_are_counted(own):
    plant_gaps(own)
    texts = [one.text for one in exposure_remarks(load_cohort(own.path))]
    assert "stay out of the models of 9 months" in texts[0]
    assert "(T03)" in texts[1]
    assert "1 of 49 assessments cannot be used" in texts[2]
    assert "6 of 1519 items were not rated" in texts[3]


def test_every_column_is_summed_up(second, second_folder):
    own = Copied.__new__(Copied)
    own.path = second_folder
    found = {(one.file, one.column): one for one in column_summaries(second)}
    for name in ("clients", "teams", "fidelity", "interviews", "rprs", "pgi"):
        table = own.table(name)
        for column in table:
            one = found[f"{name}.csv", column]
            cells = table[column][table[column] != ""]
            assert (one.n, one.blank) == (len(cells), (table[column] == "").sum())
            if one.mean is not None:
                assert one.mean == pytest.approx(cells.astype(float).mean())
            if one.levels:
                assert sum(n for _, n in one.levels) == len(cells)
