"""The figures show the study's numbers, all of them legibly, and the same each time."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from scipy import stats

from smcm.analysis.study import run_study
from smcm.audit import figures as audit_figures
from smcm.chapters.missing import figures as missing_figures
from smcm.chapters.missing.figures.densities import density
from smcm.chapters.missing.figures.traces import draw_trace, score_places
from smcm.cohort.imputation import impute_cohort
from smcm.errors import UnknownValueError
from smcm.parameters import RunParameters
from smcm.report import palette
from smcm.report.figures import fidelity, outcomes
from smcm.report.figures.bootstrap import draw_bootstrap
from smcm.report.figures.boxes import lay_sheet
from smcm.report.figures.fidelity_window import example_window
from smcm.report.figures.forest import draw_forest
from smcm.report.figures.missing_patterns import sorted_gaps
from smcm.report.figures.paths import draw_path_diagram
from smcm.report.format import bare, number
from smcm.report.vector import MOST_ACROSS, PIXELS, POINTS
from tests.shown import figures

OF_STUDY = {
    "fig-model": figures.mediation_diagram,
    "fig-paths-9": lambda study: figures.path_diagrams(study, 9),
    "fig-paths-18": lambda study: figures.path_diagrams(study, 18),
    "fig-fidelity": figures.fidelity_over_time,
    "fig-missing": figures.missingness_map,
    "fig-bootstrap": figures.bootstrap_distribution,
    "fig-outcomes": figures.outcomes_over_time,
    "fig-indirect": figures.indirect_effects,
}
OF_IMPUTATIONS = {
    "fig-traces": missing_figures.imputation_traces,
    "fig-densities": missing_figures.imputation_densities,
}
EDITIONS = {
    "all": RunParameters(n_boot=200),
    "one site, 90 days": RunParameters(n_boot=200, site="only-4", window_days=90),
    "without a site": RunParameters(n_boot=200, site="without-3", window_days=270),
}
LEAST_PIXELS = 11.0
PHONE = 342 / 96  # inches of a page that a phone 390 pixels wide has for a figure
MOST_GROWN = 1.25  # of the natural size, in figures.css
TOUCHING = 1.5  # pixels by which two texts may meet: glyph boxes carry side bearings


@pytest.fixture(scope="module", params=EDITIONS, ids=list(EDITIONS))
def edition(request, cohort):
    return run_study(cohort, EDITIONS[request.param])


@pytest.fixture(scope="module")
def imputations(cohort):
    return impute_cohort(cohort, n_imputations=2, iterations=2)


@pytest.fixture
def ax():
    return Figure().subplots()


def written(part):
    """Texts that are seen, with their boxes in pixels; ticks out of view are not."""
    renderer = FigureCanvasAgg(part.get_figure(root=True)).get_renderer()
    found = list(part.texts)
    for ax in part.axes:
        found += [*ax.texts, ax.title, ax._left_title]
        for axis in (ax.xaxis, ax.yaxis, *(c.xaxis for c in ax.child_axes)):
            low, high = sorted(axis.get_view_interval())
            found += [axis.label] if ax.axison else []
            found += [
                label
                for tick in axis.get_major_ticks()
                if low <= tick.get_loc() <= high and ax.axison
                for label in (tick.label1, tick.label2)
            ]
    for box in part.legends:
        found += [box.get_title(), *box.get_texts()]
    seen = {text for text in found if text.get_visible() and text.get_text()}
    return [(text, text.get_window_extent(renderer)) for text in seen]


def require_legible(plate):
    """Every panel holds its words, which are large enough on a phone and apart."""
    plate.figure.draw_without_rendering()
    parts = [part for part in plate.figure.subfigs if part.get_visible()]
    assert parts
    for part in parts:
        texts = written(part)
        assert texts
        room, dots = part.bbox, plate.figure.dpi
        most = min(room.width, dots * MOST_ACROSS / POINTS)
        for text, box in texts:
            shown = text.get_fontsize() * min(PHONE * dots / most, MOST_GROWN) / POINTS
            assert shown * PIXELS >= LEAST_PIXELS, text
            assert text.get_alpha() in (None, 1.0), text
            assert room.x0 <= box.x0 < box.x1 <= room.x0 + most, text
            assert room.y0 <= box.y0 < box.y1 <= room.y1, text
        require_apart(texts)


def require_apart(texts):
    for k, (text, box) in enumerate(texts):
        for other, its in texts[k + 1 :]:
            across = min(box.x1, its.x1) - max(box.x0, its.x0)
            along = min(box.y1, its.y1) - max(box.y0, its.y0)
            assert min(across, along) <= TOUCHING, (text, other)


def test_a_sheet_has_its_size_and_makes_no_ticks(ax):
    lay_sheet(ax, 3.0, 2.0)
    assert (ax.get_xlim(), ax.get_ylim()) == ((0.0, 3.0), (0.0, 2.0))
    assert not ax.xaxis.get_major_ticks()
    assert not ax.yaxis.get_major_ticks()


@pytest.mark.parametrize("name", OF_STUDY)
def test_a_figure_is_named_described_and_legible_in_every_edition(name, edition):
    plate = OF_STUDY[name](edition)
    assert plate.name == name
    assert len(plate.alt) > 100
    assert "nan" not in plate.alt
    assert plate.figure.get_facecolor() == (1.0, 1.0, 1.0, 1.0)
    require_legible(plate)


@pytest.mark.parametrize("name", OF_IMPUTATIONS)
def test_the_figures_of_the_imputation_are_legible(name, imputations):
    plate = OF_IMPUTATIONS[name](imputations)
    assert plate.name == name
    assert "nan" not in plate.alt
    require_legible(plate)


def test_the_trace_of_a_single_score_says_why_it_has_no_spread(imputations):
    plate, trace = missing_figures.imputation_traces(imputations), imputations.trace
    shown = {name for *_, name, _ in score_places(imputations.cohort.design)}
    alone = [name for name in shown & {*trace.names} if not trace.of(name)[1].any()]
    said = [text.get_text() for text, _ in written(plate.figure)]
    assert len(alone) == said.count("a single score") >= 1
    assert not any("0.04" in words for words in said)


def test_the_figure_of_the_audit_is_legible():
    plate = audit_figures.audit_intervals()
    assert "nan" not in plate.alt
    require_legible(plate)


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_drawing_anew_gives_the_same_bytes(study, kind):
    plate = figures.indirect_effects(study)
    assert plate.to_bytes(kind) == plate.to_bytes(kind)
    assert plate.to_bytes(kind) == figures.indirect_effects(study).to_bytes(kind)


def test_a_file_says_what_it_shows_and_what_data_it_rests_on(study):
    plate = figures.mediation_diagram(study)
    text = plate.to_bytes("svg", study.cohort.statement).decode()
    assert study.cohort.statement in text
    assert plate.alt in text


def test_arrows_are_dashed_where_a_path_misses_its_level(study, ax):
    for result in study.models:
        ax.clear()
        draw_path_diagram(result, ax)
        arrows = [p for p in ax.patches if isinstance(p, FancyArrowPatch)]
        solid = [arrow.get_linestyle() == "-" for arrow in arrows]
        assert solid == [
            result.a_significant,
            result.b_significant,
            result.direct_significant,
        ]
        shown = {text.get_text() for text in ax.texts}
        assert bare(result.mediation.paths.b_standardized) in shown
        assert f"({number(result.mediation.direct)})" in shown


def test_a_horizon_without_models_is_refused(study):
    with pytest.raises(UnknownValueError, match="12"):
        figures.path_diagrams(study, 12)


def test_markers_of_the_forest_plot_are_filled_where_mediated(study, ax):
    draw_forest(study.models, ax)
    points = [line for line in ax.lines if line.get_marker() == "o"]
    filled = [to_hex(p.get_markerfacecolor()) != palette.PAPER for p in points]
    assert filled == [result.mediated for result in study.models]
    at = [float(point.get_xdata()[0]) for point in points]
    assert at == [result.mediation.paths.indirect_cs for result in study.models]


def test_the_histogram_holds_every_draw(study, ax):
    result = study.models[0]
    draw_bootstrap(result, ax)
    assert ax.patches[0].get_data().values.sum() == study.run.n_boot
    marked = [float(line.get_xdata()[0]) for line in ax.lines]
    assert marked == [0.0, result.mediation.indirect, *result.mediation.limits()]


def test_the_thick_line_has_the_mean_of_the_exposure(study, ax):
    window = example_window(study)
    fidelity.draw_fidelity(study, ax)
    thick = max(ax.lines, key=lambda line: line.get_linewidth())
    days = thick.get_ydata()
    assert len(days) == study.run.window_days
    assert np.mean(days) == pytest.approx(window.mean, rel=1e-12)


def test_there_is_a_line_for_each_team_of_the_run(edition, ax):
    fidelity.draw_fidelity(edition, ax)
    dotted = [line for line in ax.lines if line.get_marker() != "None"]
    assert len(dotted) == edition.frame["team"].nunique()


def test_a_site_keeps_its_colour_when_another_leaves(edition, study):
    colours = []
    for one in (study, edition):
        key = fidelity.fidelity_over_time(one).figure.subfigs[-1]
        lines = key.legends[0].get_lines()
        colours.append({line.get_label(): line.get_color() for line in lines})
    assert colours[1].items() <= colours[0].items()


def test_the_map_holds_every_gap_once(study):
    gaps = sorted_gaps(study)
    assert gaps.sum() == study.missing.count
    counts = gaps.sum(axis=1)
    assert (np.diff(counts) >= 0).all()


def test_intervals_of_means_are_students(study):
    course = next(outcomes.all_courses(study))
    values = course.scores.iloc[:, 0]
    low, high = stats.t.interval(
        outcomes.COVERAGE, len(values) - 1, values.mean(), values.sem()
    )
    reach = outcomes.mean_reach(course.occasions, len(values))[0]
    assert reach == pytest.approx((high - low) / 2, rel=1e-12)


def test_a_trace_has_a_line_for_each_set(ax):
    draw_trace(np.arange(15.0).reshape(5, 3), ax, "Mean")
    segments = [line for one in ax.collections for line in one.get_segments()]
    assert [len(line) for line in segments] == [5, 5, 5]
    assert segments[1][:, 1].tolist() == [1.0, 4.0, 7.0, 10.0, 13.0]


def test_a_density_is_scipys_with_silvermans_width():
    values = np.random.default_rng(4).normal(50.0, 10.0, 80)
    at = np.linspace(20.0, 80.0, 7)
    spread = min(values.std(ddof=1), np.ptp(np.percentile(values, (25, 75))) / 1.34)
    share = 0.9 * spread * 80**-0.2 / values.std(ddof=1)
    theirs = stats.gaussian_kde(values, bw_method=share)(at)
    assert density(values, at) == pytest.approx(theirs, rel=1e-10)


def test_a_density_of_equal_scores_is_finite():
    assert np.isfinite(density(np.full(12, 30.0), np.linspace(0.0, 60.0, 9))).all()


@pytest.mark.parametrize("colour", [*palette.SERIES, palette.QUIET, palette.INK])
def test_colours_stand_out_on_paper(colour):
    shares = np.array(to_rgb(colour))
    linear = np.where(
        shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4
    )
    luminance = linear @ (0.2126, 0.7152, 0.0722)
    assert 1.05 / (luminance + 0.05) >= 3.0  # WCAG 2.2, 1.4.11
