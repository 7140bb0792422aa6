"""What `smcm check` calls sound runs: folders with all kinds of gaps, tried out."""

import numpy as np
import pytest

from smcm import RunParameters, load_cohort, run_study, selected_clients
from smcm.errors import DataError, ImpossibleRunError
from smcm.parameters import READINGS
from smcm.report.study_text import study_text
from tests.cohort.folders import ANSWERS, Copied

pytestmark = pytest.mark.fault("data or choices that carry no analysis")

CLIENTS = ("clients", "interviews", *ANSWERS)


def blank(name, column, rows=slice(None)):
    return lambda folder: folder.put(name, column, "", rows)


def same(name, column, value):
    return lambda folder: folder.put(name, column, value)


def never(name, month):
    return lambda folder: folder.drop(name, lambda t: t["month"] == month)


def one_scale(name, value):
    def change(folder):
        for column in folder.table(name).columns[2:]:
            folder.put(name, column, value)

    return change


def managers(codes):
    return lambda folder: folder.change(
        "clients", lambda t: t.assign(case_manager=codes(t))
    )


def rated_never(item):
    return lambda folder: folder.put(
        "fidelity", "score", "", folder.table("fidelity")["item"] == item
    )


def some_ratings(folder):
    share = np.random.default_rng(1).random(len(folder.table("fidelity")))
    folder.put("fidelity", "score", "", np.flatnonzero(share < 0.03))


def one_site(folder):
    folder.put("teams", "site", "1")


def few(n):
    def change(folder):
        kept = folder.table("clients")["client_id"][:n]
        for name in CLIENTS:
            folder.drop(name, lambda t: ~t["client_id"].isin(kept))

    return change


def left_early(folder):
    folder.drop("fidelity", lambda t: t["date"] >= "2020-03-30")


RUNS = {
    "a covariate blank throughout": blank("clients", "ace"),
    "gender blank throughout": blank("clients", "gender"),
    "a fidelity item never rated": rated_never("group_supervision_2"),
    "teams that left early": left_early,
    "one site": one_site,
    "education blank throughout": blank("clients", "education"),
    "one language": same("clients", "language", "french"),
    "everyone employed": same("clients", "employed", "1"),
    "one diagnosis": same("clients", "diagnosis", "other"),
    "a constant item": same("rprs", "rprs_05", "4"),
    "a manager a team": managers(lambda t: t["team"]),
    "some ratings blank": some_ratings,
    "a team never assessed": lambda f: f.drop("fidelity", lambda t: t["team"] == "T04"),
}
REFUSED = {
    "alliance never asked at 13.5": (never("rprs", "13.5"), "no row of month 13.5"),
    "an outcome never asked": (never("pgi", "18"), "no row of month 18"),
    "an item never asked": (blank("ths", "ths_3"), "ths_3"),
    "a covariate of three": (blank("clients", "ace", slice(3, None)), "ace"),
    "a constant scale": (one_scale("ths", "4"), "points for every client"),
    "a manager a client": (managers(lambda t: t["client_id"]), "case manager"),
    "flat fidelity": (same("fidelity", "score", "3"), "fidelity"),
    "a domain never rated": (rated_never("caseload_size_1"), "no client has an exp"),
    "few clients": (few(40), "too few"),
    "very few clients": (few(10), "leaves 10 clients"),
}


@pytest.fixture
def own(second_folder, tmp_path):
    return Copied(second_folder, tmp_path / "own")


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("reading", READINGS)
def test_a_sound_folder_runs(own, name, reading):
    RUNS[name](own)
    run = RunParameters(n_boot=100, n_imputations=2, reading=reading)
    text = study_text(run_study(load_cohort(own.path), run))
    assert "nan" not in text


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_run_is_refused_before_anything_is_computed(own, name):
    change, words = REFUSED[name]
    change(own)
    cohort = load_cohort(own.path)
    with pytest.raises((DataError, ImpossibleRunError), match=words):
        selected_clients(cohort, RunParameters())


def test_a_blank_covariate_is_named_beneath_the_models(own):
    blank("clients", "ace")(own)
    run = RunParameters(n_boot=100, n_imputations=2)
    study = run_study(load_cohort(own.path), run)
    words = " ".join(study_text(study).split())
    assert "adverse childhood experiences, which is blank for every client" in words
    assert all("ace" in r.mediation.dropped_columns for r in study.models)
