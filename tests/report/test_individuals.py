"""The figures that show single clients are those that the page for authors lists.

Every figure of the package is drawn twice, of invented clients and of the same clients
as if they were real.
"""

import ast
import re
from dataclasses import fields, replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.text import Text

from generator.shipped import SCORE_COLUMNS
from smcm.analysis.nesting import dependent_variables
from smcm.audit import figures as audit_figures
from smcm.chapters.coding import check_facts, coding_facts
from smcm.chapters.coding import figures as coding_figures
from smcm.chapters.coding.coding import describe_coding
from smcm.chapters.coding.model_checks import check_details, equation_for, grouped
from smcm.chapters.coding.tables import equations
from smcm.chapters.confounding import figures as confounding_figures
from smcm.chapters.confounding.confounding import describe_confounding
from smcm.chapters.missing import figures as missing_figures
from smcm.chapters.missing.figures import imputation_densities, imputation_traces
from smcm.chapters.missing.figures.densities import decimals, density
from smcm.chapters.missing.figures.traces import score_places
from smcm.chapters.multiverse import figures as multiverse_figures
from smcm.chapters.multiverse.exposures import other_exposures
from smcm.chapters.nesting import figures as nesting_figures
from smcm.chapters.nesting.nested import describe_nested
from smcm.chapters.power import figures as power_figures
from smcm.chapters.reciprocity import figures as reciprocity_figures
from smcm.chapters.reciprocity.cross_lagged import cross_lagged
from smcm.chapters.your_data import tutorial
from smcm.cohort.imputation import impute_cohort
from smcm.design.study_file import shipped_study
from smcm.paths import ROOT
from smcm.report.figure_files import plates
from smcm.report.figures.missing import missingness_map
from smcm.report.figures.missing_patterns import scores_by_wave, shown_patterns
from smcm.report.figures.outcomes import outcomes_over_time
from smcm.report.format import bare, spelled
from smcm.report.of_clients import of_clients
from smcm.stats.small_counts import FEWEST_CLIENTS
from tests.filled import about, filled

EQUATIONS = dependent_variables(shipped_study())
OF_CLIENTS = of_clients(shipped_study())
A_MARK_EACH = ("fig-missing", *(f"fig-checks-{key}" for key in EQUATIONS))
LISTED = {name for found in OF_CLIENTS for name in found.names}


def marks(figure):
    """The most marks of one kind, or rows of an image or a map, that a figure draws."""
    counts = [0]
    for ax in figure.axes:
        counts += [len(image.get_array()) for image in ax.images]
        if ax.containers and ax.yaxis_inverted():  # bars in rows from the top
            counts.append(round(abs(np.diff(ax.get_ylim())[0])))
        for artist in ax.get_children():
            if isinstance(artist, PathCollection):
                counts.append(len(artist.get_offsets()))
            if isinstance(artist, Line2D) and artist.get_marker() not in ("None", ""):
                counts.append(len(artist.get_xdata()))
    return max(counts)


def points(figure):
    """The numbers of points of the lines that a figure draws."""
    return {
        len(artist.get_xdata())
        for ax in figure.axes
        for artist in ax.get_children()
        if isinstance(artist, Line2D)
    }


def content(plate):
    """All that a figure draws and says, to tell two of them apart."""
    found = [plate.alt, None if plate.frame is None else plate.frame.to_csv()]
    for ax in plate.figure.axes:
        found += [ax.get_xlim(), ax.get_ylim()]
        for artist in ax.get_children():
            if isinstance(artist, Line2D):
                found.append(artist.get_xydata().tolist())
            if isinstance(artist, PathCollection):
                found.append(artist.get_offsets().tolist())
            if isinstance(artist, Text):
                found.append(artist.get_text())
    return found


def draw_all(study, found, fixed):
    """Draw every figure that follows from clients; `fixed` does not know whose."""
    plates_here = (
        *plates(study),
        *(coding_figures.model_checks(study, key) for key in EQUATIONS),
        reciprocity_figures.cross_lagged(cross_lagged(study.frame, study.design)),
        multiverse_figures.domain_effects(found["exposures"]),
        multiverse_figures.dose_curves(found["exposures"]),
        nesting_figures.false_alarms(found["nested"]),
        missing_figures.imputation_densities(found["imputed"]),
        missing_figures.imputation_traces(found["imputed"]),
        coding_figures.left_out_effects(found["coding"]),
        confounding_figures.rho_curves(found["confounding"]),
        confounding_figures.robustness_dots(found["confounding"]),
        *fixed,
    )
    return {plate.name: plate for plate in plates_here}


@pytest.fixture(scope="module")
def found(study, imputed):
    """What takes long and does not follow from whose data they are."""
    return {
        "exposures": other_exposures(study, windows=(30, 180)),
        "nested": describe_nested(study, 200),
        "imputed": imputed,
        "coding": describe_coding(study),
        "confounding": describe_confounding(study),
    }


def of_study(result, study):
    """The same result, which knows another study or another cohort."""
    names = {field.name for field in fields(result)}
    given = {"study": study, "cohort": study.cohort}
    return replace(result, **{k: v for k, v in given.items() if k in names})


@pytest.fixture(scope="module")
def imputed(cohort):
    return impute_cohort(cohort, n_imputations=2, iterations=2)


@pytest.fixture(scope="module")
def fixed(plan, pooled, universes):
    """Figures of estimates, which are given no clients."""
    return (
        audit_figures.audit_intervals(),
        *(multiverse_figures.multiverse_curve(universes, h) for h in (9, 18)),
        missing_figures.pooled_effects(pooled),
        multiverse_figures.multiverse_sites(universes),
        power_figures.power_curves(plan),
        power_figures.power_trade(plan.traded),
    )


@pytest.fixture(scope="module")
def drawn(study, found, fixed):
    return draw_all(study, found, fixed)


@pytest.fixture(scope="module")
def real(study):
    return replace(study, cohort=replace(study.cohort, synthetic=False))


@pytest.fixture(scope="module")
def drawn_of_real(real, found, fixed):
    return draw_all(
        real, {name: of_study(one, real) for name, one in found.items()}, fixed
    )


def test_the_figures_that_real_data_show_otherwise_are_those_that_are_listed(
    drawn, drawn_of_real
):
    assert drawn.keys() == drawn_of_real.keys()
    changed = {
        name
        for name, plate in drawn.items()
        if content(plate) != content(drawn_of_real[name])
    }
    assert changed == LISTED


def test_the_listed_figures_and_no_others_have_a_mark_for_each_client(study, drawn):
    found = {name for name, plate in drawn.items() if marks(plate.figure) >= study.n}
    assert found == set(A_MARK_EACH)
    assert found < LISTED


def test_no_figure_of_real_data_has_a_mark_or_a_row_for_each_client(
    study, drawn_of_real
):
    for name, plate in drawn_of_real.items():
        if name == "fig-missing":  # a place for each client, in bands that follow
            continue
        assert marks(plate.figure) < study.n / 2, name
        assert study.n not in points(plate.figure), name
        assert plate.frame is None or len(plate.frame) != study.n, name


def test_groups_and_patterns_of_real_data_have_enough_clients(real, study):
    own = equation_for(study, EQUATIONS[0]).influence
    x, y = grouped(own.fitted, own.cook, FEWEST_CLIENTS)
    assert len(x) == len(y) <= own.n // FEWEST_CLIENTS
    assert own.fitted.min() < x.min() < x.max() < own.fitted.max()
    assert np.average(x) == pytest.approx(own.fitted.mean(), rel=0.01)
    assert y.max() < own.cook.max()
    counts = missingness_map(real).frame["clients"]
    assert counts.min() >= FEWEST_CLIENTS
    assert counts.sum() == study.n
    kept = shown_patterns(real)
    assert len(kept) == counts.iloc[:-1].sum()


def test_a_few_clients_with_rare_patterns_are_joined_by_the_next_pattern(real):
    observed = real.observed.copy()
    observed[list(SCORE_COLUMNS)] = 1.0
    observed.loc[observed.index[:4], "pgi_9"] = np.nan
    observed.loc[observed.index[4:24], "ths_9"] = np.nan
    shown = shown_patterns(replace(real, observed=observed))
    assert len(shown) == len(observed) - 24
    assert not shown.any()


def test_no_few_clients_of_other_patterns_lack_a_score(real):
    observed = real.observed.copy()
    observed[list(SCORE_COLUMNS)] = 1.0
    observed.loc[observed.index[:30], "ths_9"] = np.nan
    observed.loc[observed.index[30:60], "pgi_9"] = np.nan
    observed.loc[observed.index[60:75], ["qoli20_9", "pgi_18"]] = np.nan
    for k in range(4):  # four rare patterns, which have three clients without THS
        rare = ["mcas_9", *(["ths_9"] if k < 1 else ["rprs_4.5"])]
        row = observed.index[80 + 3 * k : 83 + 3 * k]
        observed.loc[row, [*rare, f"{('qoli20', 'pgi', 'ths', 'mcas')[k]}_18"]] = np.nan
    shown = shown_patterns(replace(real, observed=observed))
    lacking = observed.isna()
    columns = [
        scale.score_column(month) for month, scale in scores_by_wave(real.design)
    ]
    rest = lacking[columns].sum().to_numpy() - shown.sum(axis=0)
    assert len(shown) > 200
    fewer = {name for name, n in zip(columns, rest, strict=True) if 0 < n < 10}
    assert not [name for name in fewer if lacking[name].sum() >= FEWEST_CLIENTS]


def test_bands_of_the_map_are_as_high_as_their_clients_are_many(drawn_of_real):
    figure = drawn_of_real["fig-missing"].figure
    bands = [
        bar.get_height()
        for ax in figure.axes
        if ax.yaxis_inverted()
        for held in ax.containers
        for bar in held
    ]
    assert min(bands) >= FEWEST_CLIENTS


def extremes(study):
    """The lowest and the highest score of a client, where it is no round number."""
    found = study.frame.select_dtypes("number").agg(["min", "max"]).to_numpy().ravel()
    return {x for x in found.round(6) if x != round(x, 1)}


def given(plate):
    """All numbers of a figure's CSV."""
    frame = plate.frame if plate.frame is not None else pd.DataFrame()
    return set(frame.select_dtypes("number").to_numpy(float).round(6).ravel())


def test_no_figure_of_real_data_gives_the_score_of_an_extreme_client(
    study, drawn_of_real
):
    told = extremes(study)
    assert len(told) > 4
    assert not [n for n, plate in drawn_of_real.items() if told & given(plate)]


def scores_behind(imputed, title):
    name = next(
        n for *_, n, words in score_places(imputed.cohort.design) if words == title
    )
    return imputed.observed_values(name)


def test_curves_of_real_data_end_where_enough_clients_lie_beyond(
    drawn, drawn_of_real, imputed
):
    kept = drawn_of_real["fig-densities"].frame.groupby("score")
    assert len(kept) == len(SCORE_COLUMNS)
    for title, rows in kept:
        scores = scores_behind(imputed, title)
        assert (scores <= rows["at"].min()).sum() >= FEWEST_CLIENTS, title
        assert (scores >= rows["at"].max()).sum() >= FEWEST_CLIENTS, title
        digits = decimals(scores)
        assert rows["observed"].tolist() == rows["observed"].round(digits).tolist()
    whole = drawn["fig-densities"].frame.groupby("score")
    assert (
        sum((scores_behind(imputed, t) <= rows["at"].min()).sum() for t, rows in whole)
        < 4
    )


def test_a_client_more_adds_less_than_the_last_digit_of_a_density(imputed):
    scores = imputed.observed_values("qoli20_0")
    own = np.append(scores, scores[:1])
    place = scores[:1]
    added = density(own, place) * own.size - density(scores, place) * scores.size
    step = 10.0 ** -decimals(scores)
    assert 0.0 < added[0] / own.size < step < 0.2 * density(scores, place)[0]


@pytest.mark.parametrize(
    ("n", "bands"), [(200, 2), (101, 2), (100, 1), (41, 1), (40, 0)]
)
def test_percentiles_of_real_data_have_enough_clients_beyond(real, n, bands):
    few = replace(real, frame=real.frame.iloc[:n])
    plate = outcomes_over_time(few)
    names = [name for name in plate.frame if name.startswith("percentile")]
    assert len(names) == 2 * bands
    for name in names:
        share = int(name.split()[1])
        values = np.arange(n)
        end = np.percentile(values, share)
        beyond = (values < end) if share < 50 else (values > end)
        assert beyond.sum() >= FEWEST_CLIENTS
    told = plate.frame[names].to_numpy(float)
    assert (told == told.round(1)).all()
    assert ("middle" in plate.alt) == bool(bands)
    drawn = [len(ax.collections) for ax in plate.figure.axes]
    assert len(set(drawn)) == 1
    keys = [text.get_text() for text in plate.figure.findobj(Text)]
    assert len([words for words in keys if "middle" in words]) == bands


FEW = 3  # clients who lack a score


@pytest.fixture
def lacking_few(imputed):
    """Imputed scores of people of whom a few lack one score."""
    names = imputed.model.scores
    place = names.index("ths_9")
    observed = np.where(np.isnan(imputed.observed), imputed.scores[0], imputed.observed)
    for k, name in enumerate(names):  # of the others, many or none
        if name not in {"ths_9", "qoli20_0", "pgi_0"}:
            observed[20:60, k] = np.nan
    observed[:FEW, place] = np.nan
    return replace(imputed, observed=observed)


def test_imputed_scores_of_a_few_people_are_in_no_figure_and_no_table(
    lacking_few, real
):
    people = replace(lacking_few, cohort=real.cohort)
    title = "THS, month 9"
    shown = {}
    for one in (lacking_few, people):
        traces, curves = (
            draw(one) for draw in (imputation_traces, imputation_densities)
        )
        own = curves.frame[curves.frame["score"] == title]
        shown[one.cohort.real] = (
            title in set(traces.frame["score"]),
            f"{title}:" in traces.alt,
            f"{title}:" in curves.alt,
            marks(curves.figure) == FEW * len(one.scores),
        )
        assert own["imputed"].isna().all()
        assert len(own)
    assert shown == {False: (True,) * 4, True: (False,) * 4}
    assert "ths_9" in people.withheld_scores()
    assert "ths_18" not in people.withheld_scores()
    assert not lacking_few.withheld_scores()


def calls_that_draw():
    """Names of all functions of the package that give a figure."""
    return {
        node.name
        for path in (ROOT / "smcm").rglob("*.py")
        if "figures" in path.relative_to(ROOT).with_suffix("").parts
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and node.returns is not None
        and ast.unparse(node.returns) == "Plate"
    }


def test_every_figure_of_the_package_was_looked_at(drawn):
    # of runs, and of a single model: estimates without clients
    elsewhere = {"specification_curve", "effect_curve", "picture"}
    assert elsewhere & calls_that_draw()
    assert len(calls_that_draw() - elsewhere) == len(
        {
            re.sub(r"(fig-checks|fig-paths|fig-multiverse(?=-\d)).*", r"\1", name)
            for name in drawn
        }
    )


def test_the_page_lists_them():
    body = tutorial.figures_of_clients(shipped_study(), FEWEST_CLIENTS).body
    text = " ".join(body["Figure"])
    for found in OF_CLIENTS:
        assert found.beside in text
    assert len(body) == len(OF_CLIENTS)
    assert text.count("model checks") == 1
    assert f"{spelled(len(EQUATIONS)).capitalize()} figures of model checks" in text


def test_no_client_decides_a_table_or_a_sentence_of_real_data(study, real):
    kept = {}
    for one in (study, real):
        checks = check_details(one)
        parts = {
            "coding": coding_facts(describe_coding(one)),
            "checks": check_facts(checks),
        }
        text = filled("coding", **about(one), **parts)
        kept[one.cohort.real] = (text, equations(checks).body, checks)
    text, body, checks = kept[False]
    real_text, real_body, _ = kept[True]
    assert {"Leverage", "Cook", "DFBETAS", "Decisive"} == set(body) - set(real_body)
    pd.testing.assert_frame_equal(real_body, body[list(real_body)])
    largest = bare(max(one.detail.influence.cook.max() for one in checks), 3)
    assert largest in text
    assert largest not in real_text
    assert "such client" in text
    assert "such client" not in real_text
    assert "the usual limit of 1" in real_text
