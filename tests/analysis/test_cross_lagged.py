"""The path model against lavaan and sandwich in R, and the published regressions."""

from dataclasses import replace

import numpy as np
import pytest

from smcm.chapters.reciprocity import figures as reciprocity_figures
from smcm.chapters.reciprocity import reciprocity_facts
from smcm.chapters.reciprocity import tables as reciprocity_tables
from smcm.chapters.reciprocity.cross_lagged import (
    BACK,
    FORWARD,
    cross_lagged,
    steps_of,
    tidy,
)
from smcm.design.study_file import shipped_study
from smcm.text.filters import count_of
from tests.filled import about, filled

DESIGN = shipped_study()
OUTCOMES = DESIGN.outcomes
SAME = 1e-9  # relative; both are QR
OPTIMUM = 1e-8  # absolute, in SDs; lavaan searches for what is solved here


@pytest.fixture(scope="module")
def found(frame):
    return {1: cross_lagged(frame, DESIGN), 0: cross_lagged(frame, DESIGN, ())}


def test_paths_and_robust_errors_are_those_of_r(found, oracle, compare):
    kept = oracle("cross_lagged")
    for adjusted, equations in found.items():
        rows = kept[kept["adjusted"] == adjusted]
        assert [one.outcome.key for one in equations] == list(rows["outcome"])
        how = {"script": "cross_lagged"}
        ours = [one.estimate for one in equations]
        what = "cross-lagged paths (lm)"
        compare(ours, rows["estimate"], source="R", what=what, rel=SAME, **how)
        fits = [one.fit for one in equations]
        ours = [[fit.se[1] for fit in fits], [fit.p[1] for fit in fits]]
        what = "cross-lagged paths, HC3"
        theirs = [rows["se"], rows["p"]]
        compare(ours, theirs, source="sandwich", what=what, rel=1e-8, **how)
        assert [fit.df for fit in fits] == list(rows["df"])
        ours = [one.standardized for one in equations]
        what = "cross-lagged paths (path model)"
        compare(ours, rows["lavaan"], source="lavaan", what=what, abs=OPTIMUM, **how)


def test_each_measure_follows_the_last_of_either_before_it():
    for outcome in OUTCOMES:
        found = [
            (s.month, s.cross_month, s.own_month)
            for s in steps_of(outcome, DESIGN.mediator)
        ]
        assert found == [
            (4.5, 0.0, None),
            (9.0, 4.5, 0.0),
            (13.5, 9.0, 4.5),
            (18.0, 13.5, 9.0),
        ]
        directions = [s.direction for s in steps_of(outcome, DESIGN.mediator)]
        assert directions == [BACK, FORWARD, BACK, FORWARD]


def test_standardized_paths_are_paths_of_standardized_columns(frame, found):
    columns = frame.select_dtypes("number").columns
    scaled = frame.copy()
    scaled[columns] = (frame[columns] - frame[columns].mean()) / frame[columns].std()
    for one, other in zip(found[1], cross_lagged(scaled, DESIGN), strict=True):
        assert other.estimate == pytest.approx(one.standardized, rel=1e-9)
        assert other.fit.se[1] == pytest.approx(one.se_standardized, rel=1e-9)
        assert other.p == pytest.approx(one.p, rel=1e-7)


def test_tidy_has_a_row_an_equation(found):
    rows = tidy(found[1])
    assert len(rows) == 16
    inside = (rows["ci_low"] < rows["estimate"]) & (rows["estimate"] < rows["ci_high"])
    assert inside.all()
    significant = rows["p"] < 0.05
    assert (((rows["ci_low"] > 0) | (rows["ci_high"] < 0)) == significant).all()


def test_one_site_loses_a_column_and_keeps_the_path(frame):
    largest = frame["site"].mode()[0]
    for one in cross_lagged(frame[frame["site"] == largest], DESIGN):
        assert np.isfinite(one.standardized)
        assert one.se_standardized > 0


@pytest.fixture(scope="module")
def record(study, found):
    return reciprocity_facts(study, found[1], found[0])


def test_chapter_shows_what_was_computed(study, found, record):
    paths = found[1]
    said = filled("reciprocity", **about(study), reciprocity=record)
    count = sum(one.p < 0.05 for one in paths if one.step.direction == FORWARD)
    assert f"{count_of(count, 8)} paths from the alliance to a later outcome" in said
    assert len(reciprocity_tables.cross_lagged(study, paths).body) == len(OUTCOMES) * 4
    for one in paths:
        assert one.outcome.short in reciprocity_figures.cross_lagged(paths).alt


def test_facts_compare_with_the_published_regressions(study, found, record):
    published = {m.outcome.short for m in study.reciprocity if m.p < 0.05}
    here = {
        one.outcome
        for one in record.paths
        if one.adjusted and not one.forward and one.significant
    }
    assert set(record.lost) == published - here
    assert set(record.gained) == here - published
    for path, one, bare in zip(record.paths, found[1], found[0], strict=True):
        assert path.turned == ((one.p < 0.05) != (bare.p < 0.05))
        assert path.moved == abs(one.standardized - bare.standardized)


@pytest.mark.parametrize(
    ("lost", "gained", "words"),
    [
        ((), (), "Adjusting for the earlier alliance changes no conclusion at .05."),
        (("PGI",), (), "the path from PGI is no longer significant at .05."),
        ((), ("PGI", "THS"), "the paths from PGI and THS become significant at .05."),
        (
            ("PGI",),
            ("THS",),
            "from PGI is no longer significant at .05, and the path from THS becomes",
        ),
    ],
)
def test_chapter_says_which_conclusions_of_the_regressions_change(
    study, record, lost, gained, words
):
    other = replace(record, lost=lost, gained=gained)
    assert words in filled("reciprocity", **about(study), reciprocity=other)


@pytest.mark.parametrize(
    ("forward", "back", "words"),
    [
        (True, True, "consistent with effects in both directions"),
        (True, False, "Only paths in the direction that the mediation models assume"),
        (False, True, "Only paths in the direction that the mediation models do not"),
        (False, False, "No path is significant in either direction"),
    ],
)
def test_chapter_says_in_which_direction_paths_are_found(
    study, record, forward, back, words
):
    paths = tuple(
        replace(path, significant=forward if path.forward else back)
        for path in record.paths
    )
    said = filled(
        "reciprocity", **about(study), reciprocity=replace(record, paths=paths)
    )
    assert words in said
