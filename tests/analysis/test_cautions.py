"""What `mediate` warns of: two-valued variables, few draws, errors that are none."""

import json

import numpy as np
import pandas as pd
import pytest

from smcm import mediate, mediate_pooled, process_text
from smcm.errors import ModelWarning
from smcm.process.json import process_json
from smcm.stats.draw_limits import INTERVALS, draws_needed, percentile_ranks
from smcm.stats.ols import STANDARD_ERRORS

PARTS = {"x": "x", "m": "m", "y": "y"}
QUICK = {"n_boot": 200, "seed": 1}
PROCESS = "reproduces PROCESS output"


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(3)
    frame = pd.DataFrame(rng.normal(size=(120, 3)), columns=["x", "c", "m2"])
    frame["m"] = 0.5 * frame["x"] + rng.normal(size=120)
    frame["y"] = frame["m"] + frame["c"] + rng.normal(size=120)
    return frame


def split(frame, *names, low=0.0, high=1.0):
    cut = {name: np.where(frame[name] > 0.0, high, low) for name in names}
    return frame.assign(**cut)


def fit(frame, **options):
    return mediate(frame, **PARTS | QUICK | options)


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize("m", ["m", ["m", "m2"]])
def test_an_ordinary_model_has_no_warning(data, m):
    result = fit(data, m=m)
    assert result.cautions == result.parts.notes == ()
    assert PROCESS in result.to_process_text()
    assert process_json(result)["warnings"] == process_json(result)["notes"] == []


@pytest.mark.parametrize("m", ["m", ["m", "m2"]])
@pytest.mark.parametrize("values", [(0.0, 1.0), (1.0, 2.0), (-3.0, 0.5)])
def test_an_outcome_of_two_values_is_no_process_output(data, m, values):
    frame = split(data, "y", low=values[0], high=values[1])
    with pytest.warns(ModelWarning, match="y has two values") as caught:
        result = fit(frame, m=m)
    text = words(process_text(result))
    (sentence,) = process_json(result)["warnings"]
    assert sentence == str(caught[0].message)
    assert caught[0].filename == __file__
    for said in ("linear probability model", "log-odds", "not PROCESS output"):
        assert said in sentence
        assert said in text or said in sentence
    assert words(sentence) in text
    assert PROCESS not in text
    assert "standardized indirect effect(s)" not in text
    terms = {row["term"] for row in process_json(result)["terms"]}
    assert {"a", "total", "indirect"} & terms
    assert not [term for term in terms if "_ps" in term or "_cs" in term]


def test_a_linear_probability_model_gives_differences_in_proportions(data):
    frame = split(data, "x", "y")
    with pytest.warns(ModelWarning, match="y has two values"):
        result = fit(frame)
    shares = frame.groupby("x")["y"].mean()
    assert result.total == pytest.approx(shares[1.0] - shares[0.0], rel=1e-10)


@pytest.mark.parametrize("m", ["m", ["m2", "m"]])
def test_a_mediator_of_two_values_is_no_process_output(data, m):
    with pytest.warns(ModelWarning, match="m has two values") as caught:
        result = fit(split(data, "m"), m=m)
    text = words(process_text(result))
    assert len(caught) == 1
    assert "PROCESS stops for such a mediator; this is not PROCESS output" in text
    assert PROCESS not in text
    assert "Completely standardized" in text


@pytest.mark.parametrize("m", ["m", ["m", "m2"]])
def test_a_predictor_of_two_values_has_no_completely_standardized_effect(data, m):
    result = fit(split(data, "x"), m=m)
    text = words(process_text(result))
    assert result.cautions == ()
    assert PROCESS in text
    assert "Partially standardized indirect effect(s)" in text
    assert "Completely standardized indirect effect(s)" not in text
    (note,) = process_json(result)["notes"]
    assert note in text
    assert not [term for term in result.tidy()["term"] if "_cs" in term]


def test_three_values_and_a_gap_are_no_two_values(data):
    three = data.assign(y=np.resize([0.0, 1.0, 2.0], 120))
    assert fit(three).cautions == ()
    third = split(data, "y")
    third.loc[0, "y"] = 2.0
    assert fit(third).cautions == ()
    third.loc[0, ["y", "m"]] = 2.0, np.nan  # the only other value is in no case used
    with pytest.warns(ModelWarning, match="y has two values"):
        fit(third)


def test_pooled_models_warn_as_single_ones(data):
    sets = [split(data.assign(y=data["y"] + k / 10), "y", "x") for k in range(3)]
    with pytest.warns(ModelWarning, match="y has two values"):
        found = mediate_pooled(sets, **PARTS, **QUICK)
    assert not found.tidy()["term"].str.contains("_ps|_cs").any()
    with pytest.warns(ModelWarning, match=r"99.9% limits of the indirect effects"):
        mediate_pooled([data, data], **PARTS, **QUICK, level=0.999)
    assert mediate_pooled([data, data], **PARTS, **QUICK).cautions == ()


@pytest.mark.parametrize("ci", INTERVALS)
@pytest.mark.parametrize("m", ["m", ["m", "m2"]])
def test_limits_at_the_ends_of_the_draws_are_warned_of(data, ci, m):
    with pytest.warns(ModelWarning, match="cannot be trusted") as caught:
        result = fit(data, m=m, n_boot=100, level=0.999, ci=ci)
    low, high = result.limits()
    draws = result.draws.indirect
    assert (low, high) == (draws.min(), draws.max())
    assert "at least 3,000 bootstrap samples" in str(caught[0].message)
    assert words(str(caught[0].message)) in words(result.to_process_text())


@pytest.mark.filterwarnings("ignore::smcm.errors.ModelWarning")
def test_bias_corrected_limits_are_warned_of_just_where_they_reach_an_end(data):
    at_end = []
    for seed in range(30):
        result = fit(data, n_boot=100, ci="bc", seed=seed)
        ends = []
        for term in ("indirect", "indirect_ps", "indirect_cs"):
            draws, (low, high) = getattr(result.draws, term), result.limits(term)
            ends += [low == draws.min(), high == draws.max()]
        at_end.append(any(ends))
        warned = any("Take more bootstrap samples" in one for one in result.cautions)
        assert warned == at_end[-1]
    assert 0 < sum(at_end) < 30


@pytest.mark.parametrize(
    ("level", "least"), [(0.9, 30), (0.95, 60), (0.99, 300), (0.999, 3000)]
)
def test_least_draws_leave_one_beyond_each_limit(level, least):
    assert draws_needed(level) == least
    low, high = percentile_ranks(least, level)
    assert (low, high) == (2, least - 1)
    assert percentile_ranks(least - 1, level)[0] == 1


@pytest.mark.parametrize("se", STANDARD_ERRORS)
@pytest.mark.parametrize("m", ["m", ["m", "m2"]])
def test_a_covariate_true_of_one_case_has_a_row_without_a_robust_error(data, se, m):
    frame = data.assign(rare=np.arange(120) == 7)
    options = {"se": se, "m": m, "covariates": ["rare", "c"]}
    if se == "classical":
        assert fit(frame, **options).cautions == ()
        return
    with pytest.warns(ModelWarning, match="standard error exists for rare: ") as caught:
        result = fit(frame, **options)
    assert len(caught) == 1
    rows = process_json(result)["models"]["outcome"]["coefficients"]
    lacking = {row["variable"] for row in rows if row["se"] is None}
    assert lacking == {"rare"}
    assert all(row["t"] is row["p"] is None for row in rows if row["se"] is None)
    line = next(
        one for one in process_text(result).split("\n") if one.startswith("rare")
    )
    assert line.split()[2:] == [".", ".", ".", ".", "."]


def test_a_covariate_true_of_one_cluster_has_no_cluster_robust_error(data):
    team = np.arange(120) % 10
    frame = data.assign(team=team, rare=team == 3)
    with pytest.warns(ModelWarning, match="exists for rare: .* on one cluster alone"):
        result = fit(frame, se="cr2", cluster="team", covariates=["rare"])
    assert np.isfinite(result.row("a")["p"])


def test_a_predictor_without_a_robust_error_is_not_pooled(data):
    frame = data.assign(x=np.where(np.arange(120) == 7, 1.0, 0.0))
    with pytest.raises(ValueError, match=r"error of 'a' .* take classical errors"):
        mediate_pooled([frame, frame], **PARTS, **QUICK, se="hc3")


def test_the_command_says_it_once_in_text_and_json(data, tmp_path):
    from click.testing import CliRunner  # noqa: PLC0415

    from smcm.cli.main import main  # noqa: PLC0415

    file = tmp_path / "data.csv"
    split(data, "y").to_csv(file, index=False)
    call = ["mediate", str(file), *"--x x --m m --y y --n-boot 200".split()]  # noqa: SIM905
    plain = CliRunner().invoke(main, call)
    assert (plain.exit_code, plain.stderr) == (0, "")
    assert plain.stdout.count("Warning: ") == 1
    found = json.loads(CliRunner().invoke(main, [*call, "--json"]).stdout)
    assert "linear probability model" in found["warnings"][0]
