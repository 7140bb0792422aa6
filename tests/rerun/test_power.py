"""`smcm power`: what it finds, in every form, alone and in a grid, and refusals."""

import csv
import io
import json

import pytest

from smcm.cli import power_grid
from smcm.cli.power_grid import answer_all
from smcm.cli.power_options import METHODS
from smcm.stats import power_methods
from smcm.stats.power_exact import joint_power
from smcm.stats.power_methods import Simulation
from smcm.stats.power_question import PowerQuestion

PATHS = ("--a", ".3", "--b", ".4")
TEAMS = ("--icc", ".2", "--team-size", "25")
QUICK = ("--replications", "100", "--resamples", "100")


def answers(smcm, *words):
    result = smcm("power", *words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["answers"]


def test_methods_of_the_options_are_those_that_there_are():
    assert METHODS == power_methods.METHODS


def test_cases_found_have_the_power_asked_for(smcm):
    (found,) = answers(smcm, *PATHS, "--method", "joint", "--power", ".9")
    n = found["n"]
    assert found["power"] == joint_power(0.3, 0.4, n) >= 0.9
    assert joint_power(0.3, 0.4, n - 1) < 0.9
    assert (found["n_low"], found["n_high"], found["standard_error"]) == (n, n, 0.0)


def test_numbers_of_fritz_and_mackinnon_are_near(smcm, published):
    """The default command; the statistics have a sharper test of their own."""
    for key in ("small", "mid"):
        path = published.number(f"fm.b.{key}")
        (found,) = answers(smcm, "--a", path, "--b", path)
        assert found["n"] == pytest.approx(published.number(f"fm.n.{key}"), rel=0.06)
        assert found["n_low"] <= found["n"] <= found["n_high"]


def test_level_is_alpha_from_the_other_side(smcm):
    exact = (*PATHS, "--method", "montecarlo", "--n", "90")
    (one,) = answers(smcm, *exact, "--alpha", ".1")
    (other,) = answers(smcm, *exact, "--level", ".9")
    assert one == other
    assert one["power"] > answers(smcm, *exact)[0]["power"]


def test_direct_effect_counts_where_variables_are_standardized(smcm):
    exact = (*PATHS, "--method", "joint", "--n", "90", "--standardized")
    (without,) = answers(smcm, *exact)
    (more,) = answers(smcm, *exact, "--direct", ".4")
    assert more["power"] > without["power"]


def test_teams_take_more_cases(smcm):
    exact = (*PATHS, "--method", "joint")
    (alone,) = answers(smcm, *exact)
    (teams,) = answers(smcm, *exact, "--icc", ".05", "--team-size", "21")
    assert alone["n"] < teams["n"] == 21 * teams["teams"]
    (stricter,) = answers(
        smcm, *exact, "--icc", ".05", "--team-size", "21", "--team-covariates", "2"
    )
    assert stricter["teams"] == teams["teams"] + 2


@pytest.mark.parametrize(
    ("paths", "design", "most"),
    [
        (("--a", ".4", "--b", ".9"), ("--n", "200", *TEAMS), 0.443),
        (
            ("--a", ".5", "--b", ".9"),
            ("--n", "120", "--icc", ".1", "--team-size", "20"),
            0.68,
        ),
    ],
)
def test_power_in_few_teams_is_below_that_of_a_alone(smcm, paths, design, most):
    """`most`: of the test of a by team means, simulated 4,000 times elsewhere."""
    for method in ("joint", "montecarlo"):
        (found,) = answers(smcm, *paths, *design, "--method", method)
        assert most - 0.15 < found["power"] <= most
        assert found["basis"] == "approximate"
    (usual,) = answers(smcm, *paths, *design)
    assert usual["method"] == "joint"


def test_text_says_exact_only_where_there_are_no_teams(smcm):
    exact = (*PATHS, "--method", "joint,montecarlo")
    for more in ((), ("--n", "200")):
        alone = smcm("power", *exact, *more).stdout
        teams = smcm("power", *exact, *more, *TEAMS).stdout
        assert "exact" in alone
        assert "approximate" not in alone
        assert "interval is approximate" in " ".join(teams.split())
        assert "is exact." not in " ".join(teams.split())
        assert "Teams" in teams


@pytest.mark.parametrize("n", [200, 201, 210, 224])
def test_clients_left_over_are_spread_over_whole_teams(smcm, n):
    words = ("--a", ".4", "--b", ".9", "--n", str(n), *TEAMS)
    (found,) = answers(smcm, *words)
    assert (found["n"], found["teams"]) == (n, 8)
    text = " ".join(smcm("power", *words).stdout.split())
    assert ("spread over the whole teams" in text) == (n > 200)


def test_bootstrap_of_teams_is_simulated_as_such(smcm):
    words = ("--a", ".3", "--b", ".3", "--icc", ".05", "--team-size", "10")
    both = (*words, "--n", "300", "--method", "bootstrap,joint", "--resamples", "400")
    bootstrap, joint = answers(smcm, *both)
    assert (bootstrap["basis"], bootstrap["teams"]) == ("simulated", 30)
    assert bootstrap["power"] == pytest.approx(joint["power"], abs=0.06)
    text = " ".join(smcm("power", *both).stdout.split())
    assert "The bootstrap resamples whole teams" in text


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("more", "floor"), [((), "20 cases"), (TEAMS, "3 teams, 75 cases")]
)
def test_a_search_that_ends_at_its_floor_says_so(smcm, method, more, floor):
    strong = ("--a", "40", "--b", "40", "--method", method, *more, *QUICK)
    if more and method == "bootstrap":
        floor = "20 teams, 500 cases"
    (found,) = answers(smcm, *strong)
    assert found["at_floor"] is True
    text = " ".join(smcm("power", *strong).stdout.split())
    assert f"{found['n']} or fewer" in text
    assert f"the search starts at {floor}, where power already exceeds .80" in text
    (weaker,) = answers(smcm, *PATHS, "--method", method, *more, *QUICK)
    assert weaker["at_floor"] is False


def test_lists_are_combined_in_order(smcm):
    lists = ("--a", ".2,.3", "--b", ".4,.5", "--method", "joint,montecarlo")
    found = answers(smcm, *lists, "--n", "80,120")
    keys = [(row["a"], row["b"], row["n"], row["method"]) for row in found]
    assert keys == [
        (a, b, n, method)
        for a in (0.2, 0.3)
        for b in (0.4, 0.5)
        for n in (80, 120)
        for method in ("joint", "montecarlo")
    ]


def test_csv_holds_the_rows_of_the_json(smcm):
    words = (*PATHS, "--method", "bootstrap,joint", "--n", "60", *QUICK)
    result = smcm("power", *words, "--csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    for row, other in zip(rows, answers(smcm, *words), strict=True):
        for name in ("target", "teams", "at_floor"):
            assert row.pop(name) == ""
            assert other.pop(name) is None
        assert row == {name: str(value) for name, value in other.items()}


def test_text_says_what_was_found(smcm):
    (found,) = answers(smcm, *PATHS, *QUICK)
    text = smcm("power", *PATHS, *QUICK).stdout
    assert f" {found['n']} " in text
    assert f"{found['n_low']} to {found['n_high']}" in text
    assert "100 samples of 100 resamples, seed 20141009" in text
    text = smcm("power", *PATHS, "--icc", ".1", "--team-size", "11").stdout
    assert "multiplies the variance of a by 2.00 and that of b by 1.10." in " ".join(
        text.split()
    )


def test_processes_find_what_one_finds(monkeypatch):
    how = Simulation(n_replications=100, n_boot=100, seed=3)
    questions = [PowerQuestion(a=0.4, b=0.4, n=n, how=how) for n in (50, 60, 70)]
    alone = answer_all(questions, workers=1, dask=None)
    monkeypatch.setattr(power_grid, "PATIENCE", 0.0)
    assert answer_all(questions, workers=2, dask=None) == alone


@pytest.mark.fault("a command typed wrongly")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--a", "x"), "--a is 'x'; expected numbers separated by commas"),
        (("--a", ".1,,.2"), "'' is not a number"),
        (("--b", "nan"), "--b is 'nan'; expected paths from -1000 to 1000"),
        (("--b", "0"), "--b is 0.0; expected a path other than 0"),
        (("--n", "19"), "--n is 19; expected from 20 to 20000"),
        (("--n", "20001"), "for the bootstrap, which is simulated"),
        (("--n", "1e3"), "'1e3' is not one"),
        (("--n", "-50"), "expected whole numbers"),
        (("--method", "bootstap"), "Did you mean 'bootstrap'?"),
        (("--power", "1"), "--power is 1.0; expected a share above 0.05 and below 1"),
        (("--power", ".05"), "--power is 0.05"),
        (("--power", ".8", "--n", "90"), "give only one"),
        (("--alpha", "0"), "--alpha is 0.0; expected a share between 0 and 1"),
        (("--level", "95"), "--level is 95.0"),
        (("--alpha", ".05", "--level", ".95"), "give only one"),
        (("--icc", "-1", "--team-size", "5"), "--icc is -1.0"),
        (("--icc", ".1"), "without --team-size"),
        (("--team-size", "20"), "without --icc"),
        (("--team-size", "0", "--icc", ".1"), "--team-size is 0.0"),
        (("--n", "70", *TEAMS), "--n is 70; expected at least 75, which is 3 teams of"),
        (("--n", "20", *TEAMS), "20 clients are 0 whole teams"),
        (
            ("--n", "200", *TEAMS, "--method", "bootstrap"),
            "expected at least 500, which is 20 teams of 25",
        ),
        (
            ("--n", "200", *TEAMS, "--team-covariates", "7"),
            "at least 250, which is 10 teams",
        ),
        (("--team-covariates", "1"), "without --icc and --team-size"),
        ((*TEAMS, "--team-covariates", "-1"), "--team-covariates is -1"),
        (("--icc", ".1", "--team-size", "1e9"), "--team-size is 1000000000.0"),
        (("--direct", ".2"), "--standardized"),
        (("--a", "1", "--standardized"), "--a is 1.0"),
        (("--b", ".99", "--direct", ".3", "--standardized"), "--b is 0.99"),
        (("--replications", "0"), "--replications is 0"),
        (("--resamples", "99"), "--resamples is 99; expected from 100"),
        (("--resamples", "499", "--alpha", ".01"), "from 500"),
        (("--seed", "-1"), "--seed is -1"),
        (("--json", "--csv"), "give only one"),
        (("--workers", "0"), "--workers is 0"),
        (("--workers", "2", "--dask", "tcp://x:1"), "a cluster; give only one"),
        (("--dask", "nowhere"), "no scheduler answers"),
        (("--a", ".001"), "20000 cases for the bootstrap"),
        (("--reps", "9"), "--re"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_what_cannot_be_asked_is_refused(refuse, words, said):
    given = dict(zip(PATHS[::2], PATHS[1::2], strict=True))
    extra = list(words)
    for name in ("--a", "--b"):
        if name in extra:
            at = extra.index(name)
            given[name] = extra[at + 1]
            del extra[at : at + 2]
    both = [word for pair in given.items() for word in pair]
    assert said in refuse("power", *both, *QUICK, *extra)


@pytest.mark.fault("a command typed wrongly")
def test_all_faults_are_said_at_once(refuse):
    said = refuse("power", "--a", "x", "--b", ".2", "--n", "5", "--icc", "3")
    for part in (
        "4 things to mend",
        "--a is",
        "--n is 5",
        "--icc is 3.0",
        "clients per team",
    ):
        assert part in said


def test_too_many_cells_are_refused(refuse):
    many = ",".join(f".{k:04d}" for k in range(1, 200))
    said = refuse("power", "--a", many, "--b", many, "--method", "joint")
    assert "combine to 39601 cells" in said
