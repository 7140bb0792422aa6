"""What a fitted model shows of itself: a line, a table, a page and a picture."""

import re

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from bs4 import BeautifulSoup

import smcm
from smcm.analysis.pooled_result import R2_TERMS

N = 120
ODD = '<b>t</b> | "x"\x1b[31m'


@pytest.fixture(scope="module")
def frame():
    rng = np.random.default_rng(5)
    x, age = rng.normal(size=(2, N))
    m1, m2 = 0.5 * x + rng.normal(size=(2, N))
    y = 0.4 * m1 - 0.2 * x + 0.1 * age + rng.normal(size=N)
    both = (x > 0).astype(float)
    columns = {"x": x, "m1": m1, "m2": m2, "y": y, "age": age, "both": both}
    return pd.DataFrame({**columns, ODD: x, "team": np.arange(N) % 12})


def fit(frame, **more):
    parts = {"x": "x", "m": "m1", "y": "y", "covariates": ["age"], "n_boot": 200}
    return smcm.mediate(frame, seed=3, **{**parts, **more})


def pool(sets, **more):
    return smcm.mediate_pooled(sets, x="x", m="m1", y="y", n_boot=200, **more)


@pytest.fixture(scope="module")
def results(frame):
    sets = [frame, frame.assign(m1=frame["m1"] + 0.01)]
    return {
        "one": fit(frame),
        "several": fit(frame, m=["m1", "m2"]),
        "two values": fit(frame, x="both"),
        "clusters": fit(frame, se="cr2", cluster="team"),
        "pooled": pool(sets),
        "percentiles": pool(sets, method="mi_boot"),
        "odd names": fit(frame, x=ODD),
    }


KINDS = (
    *("one", "several", "two values", "clusters"),
    *("pooled", "percentiles", "odd names"),
)


@pytest.mark.parametrize("kind", KINDS)
def test_the_line_is_short_and_has_the_effect(results, kind):
    result = results[kind]
    line = repr(result)
    assert line.isprintable()
    assert len(line) < 200
    assert line.startswith(type(result).__name__)
    estimate = float(re.search(r"ab = ([−\d.]+)", line)[1].replace("−", "-"))
    assert estimate == pytest.approx(result.term("indirect").estimate, abs=0.0005)


def rows(result):
    page = BeautifulSoup(result._repr_html_(), "html.parser")
    return [[cell.text for cell in row.find_all("td")] for row in page.select("tr")][1:]


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_has_a_row_for_every_effect(results, kind):
    result = results[kind]
    effects = [name for name in result.names if name not in R2_TERMS]
    shown = rows(result)
    assert len(shown) == len(effects)
    assert len({row[0] for row in shown}) == len(effects)
    for (_, estimate, se, *_), name in zip(shown, effects, strict=True):
        term = result.term(name)
        assert number(estimate) == pytest.approx(term.estimate, abs=0.0005)
        assert number(se) == pytest.approx(term.se, abs=0.0005)


def number(text):
    return float(text.replace("−", "-"))


def test_paths_are_those_of_statsmodels(results, frame):
    def slopes(y, *names):
        return sm.OLS(frame[y], sm.add_constant(frame[list(names)])).fit()

    to_m, to_y = slopes("m1", "x", "age"), slopes("y", "m1", "x", "age")
    expected = [to_m.params["x"], to_y.params["m1"], to_y.params["x"]]
    errors = [to_m.bse["x"], to_y.bse["m1"], to_y.bse["x"]]
    shown = rows(results["one"])[:3]
    assert [number(row[1]) for row in shown] == pytest.approx(expected, abs=0.0005)
    assert [number(row[2]) for row in shown] == pytest.approx(errors, abs=0.0005)


@pytest.mark.parametrize("kind", KINDS)
def test_the_summary_begins_with_what_was_found(results, kind):
    result = results[kind]
    low, high = result.limits()
    verb = "includes" if low <= 0 <= high else "excludes"
    first, *rest = result.summary().splitlines()
    assert first == f"The 95% interval of the indirect effect {verb} zero."
    assert all(line.isprintable() and len(line) <= 100 for line in rest)


def test_the_summary_says_what_was_left_out(frame):
    gaps = frame.assign(again=frame["age"], m1=frame["m1"].where(frame.index >= 4))
    text = fit(gaps, covariates=["age", "again"]).summary()
    assert re.search(r"Rows with a missing value, left out: 4\.", text)
    assert re.search(r"so left out: again\.", text)


def test_cautions_are_shown(frame):
    with pytest.warns(smcm.errors.ModelWarning, match="too few draws"):
        result = fit(frame, n_boot=100, level=0.99)
    assert result.cautions
    summary = " ".join(result.summary().split())
    assert all(caution in summary for caution in result.cautions)


def test_names_from_data_are_text(results):
    page = BeautifulSoup(results["odd names"]._repr_html_(), "html.parser")
    assert not page.find_all("b")
    assert "\x1b" not in str(page)
    assert "<b>t</b>" in page.find("td").text


@pytest.mark.parametrize("kind", KINDS)
def test_the_picture_is_drawn_alike_twice(results, kind):
    plates = [results[kind].plot() for _ in range(2)]
    assert plates[0].to_bytes("svg") == plates[1].to_bytes("svg")
    letters = {text.get_text() for text in plates[0].figure.findobj(match=is_text)}
    shown = f"{results[kind].term('direct').estimate:.3f}".replace("-", "−")
    assert f"c′ {shown}" in letters


def is_text(artist):
    return hasattr(artist, "get_text")


def test_draws_are_shown_where_there_are_some(results):
    panels = {kind: len(results[kind].plot().figure.axes) for kind in KINDS}
    assert panels == {
        kind: 1 + bool(results[kind].indirect_draws.size) for kind in KINDS
    }


def test_an_unknown_option_is_refused_with_the_nearest(frame):
    with pytest.raises(TypeError, match=r"no option 'covariate'\. Did you mean 'cov"):
        fit(frame, covariate=["age"])


def test_long_names_are_shortened_in_their_boxes(frame):
    long = "a_name_of_more_than_thirty_letters"
    figure = fit(frame.rename(columns={"x": long}), x=long).plot().figure
    (text,) = {
        t.get_text() for t in figure.findobj(is_text) if t.get_text().startswith("a_n")
    }
    assert text.endswith("…")
    assert all(len(line) <= 12 for line in text.splitlines())
