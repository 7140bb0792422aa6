"""The second cohort: other sizes, known effects, a quarter missing, no calibration."""

import json
import re
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.__main__ import main
from generator.design import second_design
from generator.effects import SECOND_EFFECTS, SPREAD, effects_of
from generator.layout import GRID, PLACE
from generator.second import TRUTHS, draw_background, generate_second
from generator.shipped import EIGHT_MODELS
from generator.simple_scores import draw_scores
from smcm.analysis.study import run_study
from smcm.cohort.checking import check_folder
from smcm.cohort.loading import load_cohort
from smcm.parameters import RunParameters
from smcm.paths import SYNTHETIC
from smcm.report import format as fmt
from smcm.stats.mediation import fit_paths

TERMS = ("a", "b", "direct")
# 24 estimates of one sample: 3.5 standard errors are passed once in 90 such samples;
# the errors of least squares are somewhat small here, since teams share a little.
FEW_ERRORS = 3.5
SAMPLES = 60
# 24 means over 60 samples, in standard errors of the mean.
MEAN_ERRORS = 4.0


@pytest.fixture(scope="module")
def manifest(second_folder):
    return json.loads((second_folder / "manifest.json").read_text(encoding="utf-8"))


def test_it_passes_the_check(second_folder):
    assert check_folder(second_folder) == ()


def test_it_has_other_sizes_than_the_study(second, cohort):
    assert (second.n, len(second.teams)) == (180, 9)
    assert second.teams["site"].nunique() == 5
    assert second.n != cohort.n
    assert second.completed is None


def test_a_quarter_of_the_scale_scores_is_missing(second_study):
    assert fmt.percent(second_study.missing.percent, 1) == "25.0%"
    assert second_study.completion == "live"


def test_it_says_that_it_is_synthetic_and_claims_no_calibration(manifest, second):
    assert manifest["synthetic"] is True
    assert second.synthetic
    assert not second.calibrated
    assert second.statement == manifest["statement"]
    assert "invented" in second.statement
    assert "calibrat" not in json.dumps(manifest)


def test_the_effects_put_in_stand_in_the_file_of_the_instructor_alone(second_folder):
    design = second_design()
    true = effects_of(design.seed)
    kept = (second_folder / TRUTHS).read_text(encoding="utf-8")
    shown = "".join(
        path.read_text(encoding="utf-8")
        for path in second_folder.iterdir()
        if path.is_file() and path.suffix != ".csv" and path.name != TRUTHS
    )
    for model in EIGHT_MODELS:
        numbers = [f"{value:.3f}" for value in true.of(model).values()]
        assert f"| {model.title} | {' | '.join(numbers)} |" in kept
    assert str(design.seed) in kept
    assert not re.search(r"-?\b\d\.\d\d\b", shown)
    assert str(design.seed) not in shown
    manifest = json.loads((second_folder / "manifest.json").read_text("utf-8"))
    assert not {"effects", "seed"} & set(manifest)


def test_effects_follow_the_seed_and_keep_their_signs():
    first, other = effects_of(1).by_model(), effects_of(2).by_model()
    usual = SECOND_EFFECTS.by_model()
    assert first == effects_of(1).by_model() != other
    for key, effects in usual.items():
        for term, value in effects.items():
            assert np.sign(first[key][term]) == np.sign(value)
        assert abs(first[key]["b"] / effects["b"] - 1 if effects["b"] else 0) <= SPREAD


def test_the_effects_are_unlike_the_articles(study):
    true = SECOND_EFFECTS.by_model()
    assert {0.0} < {effects["a"] for effects in true.values()}
    assert min(e["direct"] for e in true.values()) < 0 < true["ths_9"]["indirect"]
    assert true["pgi_9"]["indirect"] < 0 < study.model("pgi_18").mediation.indirect


def test_the_analysis_of_complete_data_finds_them(tmp_path):
    generate_second(tmp_path / "full", second_design(), completed=True)
    run = RunParameters(data=str(tmp_path / "full"), n_boot=200)
    study = run_study(load_cohort(run), run)
    assert study.completion == "frozen"
    effects = effects_of(second_design().seed)
    for result in study.models:
        true = effects.of(result.model)
        for term in TERMS:
            row = result.mediation.row(term)
            error = (row["estimate"] - true[term]) / row["se"]
            assert abs(error) < FEW_ERRORS, (result.model.key, term)


def test_on_average_over_samples_the_estimates_are_the_effects():
    background = draw_background(second_design())
    found = {}
    for seed in range(SAMPLES):
        rng = np.random.default_rng(seed)
        matrix = background.matrix
        scores = draw_scores(SECOND_EFFECTS, matrix, background.calendar, rng)
        data = np.hstack([matrix, scores])
        for model in EIGHT_MODELS:
            spec = model.spec(180)
            x, m, y = (data[:, PLACE[name]] for name in (spec.x, spec.m, spec.y))
            covariates = data[:, [PLACE[name] for name in spec.covariates]]
            paths = fit_paths(x, m, y, covariates)
            row = [getattr(paths, term) for term in TERMS]
            found.setdefault(model.key, []).append(row)
    for model in EIGHT_MODELS:
        estimates = np.array(found[model.key])
        error = estimates.std(axis=0, ddof=1) / np.sqrt(SAMPLES)
        true = [SECOND_EFFECTS.of(model)[term] for term in TERMS]
        assert (np.abs(estimates.mean(axis=0) - true) < MEAN_ERRORS * error).all()


def test_scores_lie_on_the_grid():
    background = draw_background(second_design())
    rng = np.random.default_rng(1)
    scores = draw_scores(SECOND_EFFECTS, background.matrix, background.calendar, rng)
    on_grid = GRID.low + GRID.steps(scores) * GRID.step
    np.testing.assert_allclose(scores, on_grid, atol=1e-9)


def test_the_same_seed_makes_the_same_files_and_another_seed_others(
    second_folder, tmp_path
):
    generate_second(tmp_path / "same", second_design())
    generate_second(tmp_path / "other", second_design(seed=7))
    for file in ("clients.csv", "fidelity.csv", "ths.csv", "manifest.json"):
        ours = (second_folder / file).read_bytes()
        assert (tmp_path / "same" / file).read_bytes() == ours
        assert (tmp_path / "other" / file).read_bytes() != ours
    assert check_folder(tmp_path / "other") == ()


def test_a_single_site_can_be_generated(tmp_path):
    design = replace(
        second_design(),
        site_sizes=(60,),
        teams_per_site=(3,),
        dropout_team=1,
        missing_scores=210,
    )
    generate_second(tmp_path / "one", design)
    assert check_folder(tmp_path / "one") == ()
    assert pd.read_csv(tmp_path / "one" / "teams.csv")["site"].unique() == [1]


def run_program(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["generator", *map(str, words)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code


def test_help_teaches(monkeypatch, capsys):
    assert run_program(monkeypatch, "--help") == 0
    text = capsys.readouterr().out
    for words in ("second", "effects", "examples:", "smcm check", "--seed", "seconds"):
        assert words in text


@pytest.mark.parametrize("place", [None, SYNTHETIC.parent])
def test_it_writes_over_nothing(monkeypatch, capsys, place):
    where = ["--out", place] if place else []
    assert run_program(monkeypatch, "--design", "second", *where) == 2
    assert "folder" in capsys.readouterr().err
