"""The benchmark programs run, and the version by hand draws what the engine draws."""

import csv
import shutil
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks import growth, peers, teach
from benchmarks.children import NotThereError, parsed, run
from benchmarks.measured import COLUMNS, Spent, timed, write
from benchmarks.mediation import batched, gathered, looped, plan_rows, study_columns
from benchmarks.peers import QUICK, Target
from benchmarks.tasks import limit_errors, limits_apart
from smcm.chapters.validation.speed import Timing
from smcm.paths import ROOT
from smcm.stats.resample import ResamplingPlan

SAME = 1e-10  # in SDs of the draws: the same sums in another order
TINY = peers.Sizes(
    n_boot=200,
    part=100,
    lavaan=(5, 10),
    simulated=2,
    replications=1,
    ours=1,
    theirs=1,
)


def made(**changes):
    base = {"task": "t", "program": "p", "version": "", "n": 1, "models": 1}
    base |= {"resamples": 1, "share": 1.0, "repeats": 1, "seconds": 1.0, "wall": 1.0}
    return Timing(**(base | changes))


def test_the_versions_by_hand_draw_what_the_engine_draws():
    values, models, run_ = study_columns()
    plan = ResamplingPlan(len(values), 300, run_.seed)
    engine, rows = batched(values, models, plan), plan_rows(plan)
    spread = engine.std(axis=1, keepdims=True)
    np.testing.assert_array_less(
        np.abs(gathered(values, models, rows) - engine) / spread, SAME
    )
    few = looped(values, models[:2], rows[:20])
    np.testing.assert_array_less(np.abs(few - engine[:2, :20]) / spread[:2], SAME)


def test_our_side_runs_at_small_sizes_without_the_others(tmp_path, capsys):
    bench = peers.Bench(TINY, peers.prepare(tmp_path, TINY.n_boot))
    bench.attempt("peak", lambda: [growth.peak(100, 2)])
    for task in (peers.ONE, peers.EIGHT):
        bench.models(task, peers=False)
    bench.power(peers=False)
    bench.attempt("growth", lambda: [growth.cost(growth.BY_CASES, 100, 200, 2, 1)])
    assert bench.missing == []
    assert {row.program for row in bench.rows if row.task == peers.EIGHT} == {
        *(peers.OURS, peers.BCA, "smcm, draws alone", peers.BY_HAND, peers.PRODUCT)
    }
    hand = [row for row in bench.rows if row.program == peers.BY_HAND]
    assert all(row.limits_apart < 1e-6 for row in hand)
    peers.table(bench.rows, bench.rows[0])
    assert "eight models, NumPy by hand" in capsys.readouterr().out
    write(bench.rows, tmp_path / "speed.csv")
    with (tmp_path / "speed.csv").open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    assert len(kept) == len(bench.rows)
    assert tuple(kept[0]) == COLUMNS
    one = (tmp_path / "one.csv").read_text(encoding="utf-8").splitlines()
    assert len(one) == 2
    assert "v_pgi_18" in one[1]


def test_a_program_that_is_not_there_is_told_and_the_rest_goes_on(tmp_path, capsys):
    bench = peers.Bench(QUICK, peers.prepare(tmp_path, 100))

    def lost():
        return run([sys.executable, "-c", "raise SystemExit('no such library')"])

    bench.attempt("a program", lost)
    bench.attempt("another", lambda: [made()])
    assert bench.missing == ["a program: no such library"]
    assert len(bench.rows) == 1
    assert "not timed: no such library" in capsys.readouterr().out
    with pytest.raises(NotThereError, match="no time"):
        run([sys.executable, "-c", "print('version 1')"])


def test_an_answer_is_read_line_by_line():
    answer = parsed(
        "version 2.2, R\ntime 3 4\ntime 1 2\nnoise\ntime 2 9\nmodel 1 NA 3 4 5\n"
    )
    assert answer.spent == Spent(2.0, 4.0, 3)
    assert answer.version == "2.2, R"
    np.testing.assert_array_equal(answer.models, [[1.0, np.nan, 3.0, 4.0, 5.0]])
    assert answer.spent.of(0.5) == Spent(4.0, 8.0, 3)


def test_a_class_is_timed_against_plain_fits():
    told = CliRunner().invoke(
        teach.compare, ["--students", "2"], catch_exceptions=False
    )
    assert told.output.startswith("2 students: ")
    assert told.output.rstrip().endswith(f"at most {teach.MOST:g}")


def test_a_target_is_told_met_or_not():
    rows = [made(program="slow", seconds=30.0), made(program="quick", seconds=0.5)]
    assert Target("t", "slow", "quick", 60).told(rows).endswith("at least 60: met")
    assert Target("t", "slow", "quick", 61).told(rows).endswith("at least 61: NOT MET")
    most = Target("t", "slow", "quick", 59, most=True)
    assert most.told(rows).endswith("at most 59: NOT MET")
    assert Target("t", "none", "quick", 1).told(rows).endswith("not measured")


def test_medians_are_of_the_repeats():
    result, spent = timed(lambda: 7, 3)
    assert result == 7
    assert spent.repeats == 3
    assert spent.wall >= 0.0


def test_errors_of_the_limits_are_those_of_repeated_bootstraps():
    rng = np.random.default_rng(1)
    draws = rng.normal(size=(400, 5000))
    seen = np.quantile(draws, [0.025, 0.975], axis=1).std(axis=1)
    found = np.mean([limit_errors(row) for row in draws[:50]], axis=0)
    np.testing.assert_allclose(found, seen, rtol=0.15)


def test_a_limit_is_as_far_away_as_its_error_says(tmp_path):
    (result,) = peers.our_side(peers.prepare(tmp_path, 1000), peers.ONE, 1)[1]
    draws = result.draws.indirect
    low, high = result.limits()
    assert limits_apart((result,), [(0, 0, 0, low, high)], draws.size) == 0.0
    away = (0, 0, 0, low, high + 2.0 * limit_errors(draws)[1])
    assert limits_apart((result,), [away], draws.size) == pytest.approx(2**0.5)


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R")
def test_boot_in_r_finds_the_same_paths(tmp_path):
    data = peers.prepare(tmp_path, 200)
    script = ROOT / "benchmarks" / "peer_programs.R"
    given = (tmp_path / "data.csv", data.file(peers.ONE), "200", "1")
    command = ["Rscript", "--vanilla", str(script), "boot", *map(str, given)]
    there = subprocess.run(
        ["Rscript", "-e", "library(boot)"], capture_output=True, check=False
    )
    if there.returncode:
        pytest.skip("needs the package boot")
    answer = run(command)
    results = peers.our_side(data, peers.ONE, 1)[1]
    assert peers.estimates_apart(results, answer.models) < 1e-8
