"""What each stage of the generator promises, on its own."""

import numpy as np
import pytest

from generator.areas import make_areas
from generator.calendar import make_calendar
from generator.clusters import Clusters
from generator.covariates import make_characteristics
from generator.design import published_design
from generator.exposure import window_weights
from generator.fidelity_items import draw_items, total
from generator.gaps import make_gaps
from generator.goals import Goals
from generator.items import allocate, cronbach_alpha, make_items
from generator.layout import (
    BACKGROUND,
    COLUMNS,
    GRID,
    N_BACKGROUND,
    N_SCORES,
    PLACE,
)
from generator.linear import derive, step_effects
from generator.printed import Printed
from generator.rounding import round_scores
from generator.shipped import EIGHT_MODELS, MCAS, PGI, RPRS, SCORE_COLUMNS
from generator.statistics import Moments, regenerate
from generator.targets import make_targets
from smcm.stats.mediation import fit_paths

FLOATING = 1e-9  # sums of a few hundred products in double precision
FIRST_ORDER = 0.02  # share by which a single step may differ from its prediction


@pytest.fixture(scope="module")
def printed():
    return Printed.load()


@pytest.fixture(scope="module")
def design(printed):
    return published_design(printed)


@pytest.fixture(scope="module")
def calendar(design):
    return make_calendar(design)


@pytest.fixture(scope="module")
def scores():
    rng = np.random.default_rng(5)
    shape = (311, N_SCORES)
    middle, width = (GRID.low + GRID.high) / 2, (GRID.high - GRID.low) / 8
    common = rng.normal(size=(311, 1))
    return GRID.clip(middle + width * (0.6 * common + 0.8 * rng.normal(size=shape)))


@pytest.fixture(scope="module")
def background():
    return np.random.default_rng(6).normal(size=(311, N_BACKGROUND))


def test_first_and_last_entry_occur(design, calendar):
    entry = calendar.interview[:, 0]
    assert (entry.min(), entry.max()) == (0, design.last_entry_day)


def test_assessments_come_in_order(design, calendar):
    assert all((np.diff(days) > 0).all() for days in calendar.assessment)
    counts = {days.size for days in calendar.assessment}
    assert design.dropout_assessments in counts


def test_window_weights_equal_the_day_by_day_mean(calendar):
    weights = window_weights(calendar)["fid180_13.5"]
    assert weights.sum(axis=1) == pytest.approx(1)
    totals = np.random.default_rng(1).uniform(20, 38, weights.shape[1])
    first = np.cumsum([0] + [days.size for days in calendar.assessment])
    for client in range(0, 311, 40):
        team = calendar.team[client]
        days = calendar.assessment[team]
        end = calendar.interview[client, 3]
        window = np.arange(max(end - 180, days[0]), end)
        own = totals[first[team] : first[team + 1]]
        by_day = np.interp(window, days, own).mean()
        assert weights[client] @ totals == pytest.approx(by_day, abs=FLOATING)


def test_fidelity_items_have_the_total():
    rng = np.random.default_rng(2)
    wanted = np.round(rng.uniform(17, 38, 14) * 60) / 60
    items = draw_items(rng, np.arange(14), wanted)
    assert total(items) == pytest.approx(wanted, abs=FLOATING)


def test_characteristics_have_the_printed_counts(design, printed, calendar):
    exposure = np.random.default_rng(3).normal(size=design.n_clients)
    table = make_characteristics(design, printed, calendar, exposure)
    assert (table["gender"] == "female").sum() == printed.count("t1.gender.female.n")
    assert (table["language"] == "french").sum() == printed.count("t1.lang.french.n")
    assert table["housed"].sum() == printed.count("t1.housed.n")
    low, high = printed.interval("t1.age.sd")
    assert low <= table["age"].std() < high


def test_moment_statistics_equal_the_regressions(scores, background):
    data = np.hstack([background, scores])
    found = regenerate(Moments.of(data))
    for model in EIGHT_MODELS:
        spec = model.spec(180)
        x, m, y = (data[:, PLACE[name]] for name in (spec.x, spec.m, spec.y))
        covariates = data[:, [PLACE[name] for name in spec.covariates]]
        paths = fit_paths(x, m, y, covariates)
        assert found[f"a.{model.key}"] == pytest.approx(paths.a, abs=FLOATING)
        assert found[f"b.{model.key}"] == pytest.approx(paths.b, abs=FLOATING)
        assert found[f"cs.{model.key}"] == pytest.approx(
            paths.indirect_cs, abs=FLOATING
        )


def test_predicted_steps_are_the_steps(scores, background, printed):
    goals = Goals.of(
        make_targets(printed), printed, background, Clusters.of(np.arange(311) % 63)
    )
    place, client = SCORE_COLUMNS.index("qoli20_9"), 17
    effect = step_effects(goals, derive(goals, scores), scores, place, 1)[:, client]
    moved = scores.copy()
    moved[client, place] += GRID.step[place]
    true = goals.values(moved) - goals.values(scores)
    assert effect == pytest.approx(true, abs=FIRST_ORDER * np.abs(true).max())


def test_rounding_keeps_sums_and_stays_on_the_grid(scores, background):
    whole = np.round((scores.mean(axis=0) - GRID.low) * 311 / GRID.step)
    scores = scores + (GRID.low + whole * GRID.step / 311 - scores.mean(axis=0))
    clusters = Clusters.of(np.arange(311) % 63)
    rounded = round_scores(scores, background, clusters, np.random.default_rng(4))
    steps = (rounded - GRID.low) / GRID.step
    assert steps == pytest.approx(np.round(steps), abs=1e-6)
    assert rounded.sum(axis=0) == pytest.approx(scores.sum(axis=0), abs=1e-6)
    assert np.abs(rounded - scores).max() < GRID.step.max()


def test_allocated_answers_add_up_and_stay_on_the_scale():
    rng = np.random.default_rng(7)
    sums = rng.integers(MCAS.minimum, MCAS.maximum, 200, endpoint=True)
    answers = allocate(rng.normal(size=(200, MCAS.n_items)), sums, MCAS)
    assert (answers.sum(axis=1) == sums).all()
    assert MCAS.low <= answers.min() <= answers.max() <= MCAS.high


def test_alpha_is_that_of_the_literature(scores):
    on_grid = GRID.low + GRID.steps(scores) * GRID.step
    answers = make_items(on_grid, RPRS, np.random.default_rng(8))
    assert all(0.94 < cronbach_alpha(items) < 0.99 for items in answers.values())


def test_the_index_is_exact(scores):
    on_grid = GRID.low + GRID.steps(scores) * GRID.step
    for month, (ratings, points) in make_areas(
        on_grid, np.random.default_rng(9)
    ).items():
        place = SCORE_COLUMNS.index(PGI.score_column(month))
        index = (np.maximum(ratings, 0) * points).sum(axis=1) / 6
        assert index == pytest.approx(on_grid[:, place], abs=FLOATING)


def test_gaps_are_exactly_as_many(design, background, scores):
    data = np.hstack([background, scores])
    gaps = make_gaps(design, data)
    assert (~gaps.answered).sum() == design.missing_scores
    assert gaps.held[:, 0].all()
    assert len(COLUMNS) == len(BACKGROUND) + N_SCORES
