"""The text of a model: PROCESS's blocks in its order and widths, and the numbers."""

import numpy as np
import pandas as pd
import pytest

import smcm
from smcm import mediate, process_text
from smcm.errors import ModelWarning
from smcm.process.json import process_json
from smcm.stats.draw_limits import INTERVALS
from smcm.stats.ols import STANDARD_ERRORS

CELLS = ("estimate", "se", "statistic", "p", "ci_low", "ci_high")
DRAWN = ("estimate", "se", "ci_low", "ci_high")


@pytest.fixture(scope="module")
def data():
    rng = np.random.default_rng(2)
    frame = pd.DataFrame(rng.normal(size=(120, 3)), columns=["dose", "age", "skill"])
    frame["trust"] = 0.5 * frame["dose"] + rng.normal(size=120)
    frame["hope"] = frame["trust"] - frame["skill"] + rng.normal(size=120)
    return frame


@pytest.fixture(scope="module")
def fit(data):
    def run(m="trust", frame=data, **options):
        options = {"covariates": ["age"], "n_boot": 200, "seed": 3} | options
        return mediate(frame, x="dose", m=m, y="hope", **options)

    return run


SEVERAL = ["trust", "skill"]


def block(text, heading):
    """Lines under a heading up to the next blank line."""
    lines = text.split("\n")
    start = lines.index(heading) + 1
    return lines[start : lines.index("", start)]


def cells(line, wide):
    """Numbers of a line whose label is `wide` and whose columns are ten wide."""
    rest = line[wide:]
    assert len(rest) % 10 == 0
    return [rest[k : k + 10] for k in range(0, len(rest), 10)]


def written(values):
    return [f"{value:z.4f}".rjust(10) for value in values]


def test_blocks_stand_in_the_order_of_process(fit):
    order = (
        *("Model : 4", "    Y : hope", "    X : dose", "    M : trust"),
        *("Covariates:", "Sample size: 120", "Random seed: 3"),
        *("Outcome Variable: trust", "Model Summary:", "Model:"),
        *("Outcome Variable: hope", "TOTAL EFFECT MODEL", "Outcome Variable: hope"),
        "TOTAL, DIRECT, AND INDIRECT EFFECTS OF X ON Y",
        *("Total effect of X on Y:", "Direct effect of X on Y:"),
        "\nIndirect effect(s) of X on Y:",
        "Partially standardized indirect effect(s) of X on Y:",
        "Completely standardized indirect effect(s) of X on Y:",
        *("ANALYSIS NOTES", "Level of confidence", "Number of bootstrap samples"),
    )
    text, at = fit().to_process_text(), 0
    for words in order:
        assert words in text[at:], words
        at = text.index(words, at) + len(words)


@pytest.mark.parametrize("m", ["trust", SEVERAL])
def test_the_method_is_the_function(fit, m):
    result = fit(m)
    assert result.to_process_text() == process_text(result) == smcm.process_text(result)
    assert "Data: my.csv" in process_text(result, {}, "my.csv")


def test_effects_are_the_rows_at_four_decimals_in_columns_of_ten(fit):
    result = fit()
    text = result.to_process_text()
    for term in ("total", "direct"):
        header, line = block(text, f"{term.capitalize()} effect of X on Y:")
        names = [cell.strip() for cell in cells(header, 1)]
        assert names == ["effect", "se", "t", "p", "LLCI", "ULCI"]
        row = result.row(term)
        assert cells(line, 1) == written(row[name] for name in CELLS)
    for heading, term in (
        ("Indirect", "indirect"),
        ("Partially standardized indirect", "indirect_ps"),
        ("Completely standardized indirect", "indirect_cs"),
    ):
        header, line = block(text, f"{heading} effect(s) of X on Y:")
        names = [cell.strip() for cell in cells(header, len("trust"))]
        assert names == ["Effect", "BootSE", "BootLLCI", "BootULCI"]
        assert line.startswith("trust ")
        row = result.row(term)
        assert cells(line, len("trust")) == written(row[name] for name in DRAWN)


def test_coefficients_stand_constant_x_mediators_covariates(fit):
    result = fit(SEVERAL)
    text = result.to_process_text().split("Outcome Variable: hope")[1]
    header, *lines = block(text, "Model:")
    wide = len("constant")
    assert [line[:wide].strip() for line in lines] == [
        *("constant", "dose", "trust", "skill", "age")
    ]
    assert len(header) == len(lines[0]) == wide + 60
    for name, line in zip(("dose", "trust", "skill"), lines[1:], strict=False):
        row = result.row("direct" if name == "dose" else f"b:{name}")
        assert cells(line, wide) == written(row[key] for key in CELLS)


def test_several_mediators_have_a_total_each_its_own_and_contrasts(fit):
    result = fit([*SEVERAL, "age"], covariates=())
    text = result.to_process_text()
    _, *lines = block(text, "Indirect effect(s) of X on Y:")
    labels = ["TOTAL", "trust", "skill", "age", "(C1)", "(C2)", "(C3)"]
    assert [line[:5].strip() for line in lines] == labels
    for line, term in zip(lines, list(result.drawn_terms)[:7], strict=True):
        row = result.row(term)
        assert cells(line, 5) == written(row[name] for name in DRAWN)
    assert block(text, "Specific indirect effect contrast definition(s):") == [
        *("(C1)  trust minus skill", "(C2)  trust minus age", "(C3)  skill minus age")
    ]
    _, *lines = block(text, "Completely standardized indirect effect(s) of X on Y:")
    assert [line[:5].strip() for line in lines] == labels[:4]
    assert "M1 : trust\n   M2 : skill\n   M3 : age" in text
    assert "Covariates" not in text.split("Sample size")[0]


@pytest.mark.parametrize("kind", STANDARD_ERRORS)
def test_kinds_of_error_are_named_where_they_stand(fit, kind):
    text = fit(se=kind).to_process_text()
    robust = kind != "classical"
    assert text.count(f"se({kind.upper()})") == (5 if robust else 0)
    assert text.count(f"F({kind.upper()})") == (3 if robust else 0)
    assert ("consistent under heteroscedasticity" in text) == robust


@pytest.mark.parametrize("ci", INTERVALS)
@pytest.mark.parametrize("stream", ["numpy", "r"])
def test_notes_say_what_was_drawn_and_read_off(fit, ci, stream):
    text = fit(ci=ci, stream=stream, level=0.9).to_process_text()
    kind = {"bc": "bias-corrected", "bca": "bias-corrected and accelerated"}
    assert f"samples for {kind.get(ci, ci)} bootstrap" in text
    assert ("R's set.seed and runif" in text) == (stream == "r")
    assert "output:\n  90\n" in text


def test_samples_that_were_dropped_replaced_or_guarded_are_counted(fit, data):
    rare = data.assign(rare=0.0, near=data["age"])
    rare.loc[[0, 1], ["rare", "near"]] = 3.0
    rare["near"] += 1e-4 * data["skill"]
    result = fit(frame=rare, covariates=["rare", "age", "near"])
    text = " ".join(result.to_process_text().split())
    counts = result.draws.n_dropped, result.draws.n_guarded
    assert min(counts) > 0
    assert f"In {counts[0]} samples a covariate was constant" in text
    assert f"{counts[1]} samples were so nearly collinear" in text
    kept = process_json(result)["resamples"]
    assert kept == {
        "covariate_dropped": counts[0],
        "drawn_again": 0,
        "by_qr": counts[1],
    }
    flat = rare.assign(trust=rare["rare"])
    with pytest.warns(ModelWarning, match="trust has two values"):
        found = fit(frame=flat)
    drawn = found.draws.n_replaced
    assert drawn > 0
    text = " ".join(found.to_process_text().split())
    assert f"{drawn} samples in which the predictor" in text


def test_numbers_too_small_for_four_decimals_keep_their_digits(fit, data):
    small = fit(frame=data.assign(dose=data["dose"] * 1e5))
    line = block(small.to_process_text(), "Indirect effect(s) of X on Y:")[1]
    assert f"{small.indirect:.1e}" in line
    large = fit(frame=data.assign(hope=data["hope"] * 1e6)).to_process_text()
    assert "," not in "".join(block(large, "Total effect of X on Y:"))


@pytest.mark.parametrize("m", ["trust", SEVERAL])
def test_an_exact_fit_is_said_of_its_equation_alone(fit, data, m):
    text = " ".join(
        fit(m, data.assign(hope=data["trust"] / 3)).to_process_text().split()
    )
    assert "The outcome model fits every case exactly" in text
    assert text.count("fits every case exactly") == 1
