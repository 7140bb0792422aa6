"""A grid is every combination of what was listed, or a sentence that says why not."""

from dataclasses import replace

import pytest

from smcm.errors import ImpossibleRunError, OutOfRangeError
from smcm.parameters import RunParameters
from smcm.rerun.grid import Grid, default_grid
from tests.windows import WINDOWS_DAYS

SITES = (1, 2, 4)


def fits(_run):
    """Data that can carry anything."""


def too_few(run):
    if run.site in ("only-1", "without-4"):
        message = f"site {run.site!r} leaves 5 clients"
        raise ImpossibleRunError(message)


def slugs(grid, check=fits):
    runs, left_out = grid.runs("synthetic", SITES, check)
    return [run.slug for run in runs], left_out


def test_a_grid_is_the_product_of_its_axes_in_their_order():
    grid = Grid.of([{"window_days": (90, 180), "site": ("all", "without-each")}])
    assert slugs(grid)[0] == [
        f"w{window}-{site}"
        for window in ("090", "180")
        for site in ("all", "without-1", "without-2", "without-4")
    ]


def test_what_is_not_named_keeps_its_default():
    runs, _ = Grid.of([{"seed": (1, 2)}]).runs("synthetic", SITES, fits)
    assert [run.seed for run in runs] == [1, 2]
    assert {(run.window_days, run.site, run.n_boot) for run in runs} == {
        (RunParameters().window_days, "all", RunParameters().n_boot)
    }


def test_a_run_that_two_blocks_ask_for_is_made_once():
    blocks = [{"window_days": (90, 180)}, {"window_days": (180, 270)}]
    assert slugs(Grid.of(blocks))[0] == ["w090-all", "w180-all", "w270-all"]


def test_the_grid_of_a_book_keeps_what_its_run_says():
    run = RunParameters(window_days=90, site="only-2", seed=7, n_boot=200)
    runs, _ = default_grid(run, WINDOWS_DAYS).runs("synthetic", SITES, fits)
    own = [r for r in runs if r.reading == run.reading]
    assert len(own) == 3 * (1 + len(SITES))
    assert {(r.seed, r.n_boot) for r in runs} == {(7, 200)}
    assert {r.site for r in own} == {"all", *(f"without-{k}" for k in SITES)}


@pytest.mark.parametrize(
    ("reading", "other"), [("published", "defensible"), ("defensible", "published")]
)
def test_the_grid_of_a_book_has_its_own_run_in_the_other_analysis(reading, other):
    run = RunParameters(reading=reading, window_days=90, site="without-2")
    runs, _ = default_grid(run, WINDOWS_DAYS).runs("synthetic", SITES, fits)
    assert [r for r in runs if r.reading != reading] == [replace(run, reading=other)]


def test_the_other_analysis_of_one_imputation_pools_two():
    runs, _ = default_grid(RunParameters(n_imputations=1), WINDOWS_DAYS).runs(
        "x", SITES, fits
    )
    assert [r.n_imputations for r in runs if r.reading == "defensible"] == [2]


def test_the_other_analysis_is_left_out_where_the_data_are_too_few():
    def few(run):
        if run.reading == "defensible":
            message = "reading 'defensible' needs more teams"
            raise ImpossibleRunError(message)

    runs, left_out = default_grid(RunParameters(), WINDOWS_DAYS).runs(
        "synthetic", SITES, few
    )
    assert {r.reading for r in runs} == {"published"}
    assert left_out == ("Left out: reading 'defensible' needs more teams",)


def test_a_run_that_the_data_cannot_carry_is_left_out_with_its_reason():
    grid = Grid.of([{"site": ("all", "without-each", "only-each")}])
    found, left_out = slugs(grid, too_few)
    assert found == [
        *("w180-all", "w180-without-1", "w180-without-2"),
        *("w180-only-2", "w180-only-4"),
    ]
    assert left_out == (
        "Left out: site 'without-4' leaves 5 clients",
        "Left out: site 'only-1' leaves 5 clients",
    )


def test_the_same_run_asked_for_by_name_is_refused():
    with pytest.raises(ImpossibleRunError, match="only-1"):
        Grid.of([{"site": ("all", "only-1")}]).runs("synthetic", SITES, too_few)


def test_a_grid_of_which_nothing_is_left_says_so():
    with pytest.raises(ImpossibleRunError, match="No run of the grid is left"):
        Grid.of([{"site": ("only-each",)}]).runs("synthetic", (1,), too_few)


def test_a_grid_too_large_to_be_meant_is_refused():
    with pytest.raises(OutOfRangeError, match="combinations"):
        Grid.of([{"seed": tuple(range(200)), "n_boot": tuple(range(100, 200))}])


def test_blocks_that_are_too_many_together_are_refused():
    block = {"seed": tuple(range(6000))}
    with pytest.raises(OutOfRangeError, match="12000; expected at most"):
        Grid.of([block, block])
