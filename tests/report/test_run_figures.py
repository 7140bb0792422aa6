"""Specification curves hold the runs in order, legibly, whatever the grid."""

import pytest
from matplotlib.figure import Figure

from generator.shipped import EIGHT_MODELS, HORIZONS
from smcm.chapters.compare import figures as compare_figures
from smcm.chapters.compare.figures import specification
from smcm.chapters.compare.figures.choice_rows import choice_rows
from smcm.chapters.compare.figures.effect_curve import draw_curve
from smcm.errors import UnknownValueError
from smcm.report import choices
from smcm.report import format as fmt
from smcm.report.runs import varied
from tests.report.test_figures import require_legible


@pytest.mark.parametrize("horizon", HORIZONS)
def test_a_curve_is_legible_whatever_the_grid(grid, horizon):
    plate = compare_figures.specification_curve(grid, horizon)
    assert plate.name == f"fig-curve-{horizon:g}"
    whole = sum(record.run.site == "all" for record in grid)
    parts = {"all sites": whole, "some sites left out": len(grid) - whole}
    for name, count in parts.items():
        told = f"of {fmt.whole(count)} runs with {name}"
        assert (told in plate.alt) == (count > 0)
    require_legible(plate)


def test_a_horizon_without_models_is_refused(runs):
    with pytest.raises(UnknownValueError, match="12"):
        compare_figures.specification_curve(runs, 12)


def test_a_curve_has_the_runs_in_order_and_their_conclusions(runs):
    ax, model = Figure().subplots(), EIGHT_MODELS[0]
    ordered = specification.in_order(runs, model)
    draw_curve(ax, model, ordered, choices.main_run(runs))
    shown = {}
    for marker in ("o", "s"):
        line = next(line for line in ax.lines if line.get_marker() == marker)
        points = zip(line.get_xdata(), line.get_ydata(), strict=True)
        shown |= {int(x): (y, marker == "o") for x, y in points}
    values = [shown[k] for k in range(len(runs))]
    assert values == sorted(
        (
            record.model(model.key).terms["indirect_cs"].estimate,
            record.model(model.key).mediated,
        )
        for record in runs
    )
    main = next(line for line in ax.lines if line.get_marker() == "v")
    assert main.get_xdata() == [ordered.index(choices.main_run(runs))]
    assert not main.get_clip_on()  # whole, also at an end of the curve


def test_each_run_is_marked_once_for_each_parameter(runs):
    rows = choice_rows(runs)
    assert [row.label for row in rows] == [
        *("90 days", "180 days", "all sites", "without site 3", "without site 4"),
    ]
    for record in runs:
        made = [row.name for row in rows if row.marks(record)]
        assert made == list(varied(runs))


def test_many_values_share_a_row(seeds):
    assert choice_rows(seeds)[-1].label == "Seed: 30 values"


def test_too_many_runs_are_thinned_and_it_is_said(grids):
    many, model = grids["many"], EIGHT_MODELS[0]
    ordered = specification.in_order(many, model)
    drawn = specification.thinned(ordered, ordered[1])
    assert len(drawn) <= specification.MOST_RUNS + 2
    assert drawn[0] is ordered[0]
    assert drawn[1] is ordered[1]
    assert drawn[-1] is ordered[-1]
    legend = compare_figures.specification_curve(many, 9).figure.subfigs[-1].legends[0]
    assert legend.get_title().get_text().endswith("one in 3 is shown")
