"""What stands behind a printed text."""

import numpy as np
import pytest

from smcm.stats.audit.interval import Interval
from smcm.stats.audit.rounding import read_printed


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0.10", 0.095, 0.105),
        ("0.1", 0.05, 0.15),
        (".35", 0.345, 0.355),
        ("−8.75", -8.755, -8.745),
        ("-8.75", -8.755, -8.745),
        ("5,000", 4999.5, 5000.5),
        ("51%", 50.5, 51.5),
        ("311", 310.5, 311.5),
        ("<.001", -np.inf, 0.001),
        ("< 0.001", -np.inf, 0.001),
        ("≤6", -np.inf, 6),
        (">=32", 32, np.inf),
        ("= .03", 0.025, 0.035),
        ("<.000", -np.inf, 0.0005),
    ],
)
def test_digits_decide_the_precision(text, low, high):
    found = read_printed(text).interval
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ns",
        "0,35",
        "1.2.3",
        "1e5",
        "p<.05",
        "12 (3)",
        "−",
        ".",
        "1,00",
        "0,350",
        "01,350",
        "٣",
    ],
)
def test_what_is_no_printed_number_is_not_read(text):
    assert read_printed(text) is None


@pytest.mark.parametrize(
    ("like", "low", "high", "texts"),
    [
        ("0.16", 0.1430, 0.1494, ("0.14", "0.15")),
        (".16", 0.1430, 0.1494, (".14", ".15")),
        ("−8.75", -8.752, -8.749, ("-8.75",)),
        ("51", 49.8, 49.9, ("50",)),
        ("51", 0.0, 90.0, ()),
        ("51", 3.0, 2.0, ()),
        ("1", -np.inf, 1.0, ()),
    ],
)
def test_an_interval_is_written_in_the_style_of_a_text(like, low, high, texts):
    assert read_printed(like).written(Interval(low, high)) == texts


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2.31", 2.305, 2.32),
        ("-2.31", -2.32, -2.305),
        ("0.00", -0.01, 0.01),
        ("<.05", -np.inf, 0.05),
    ],
)
def test_digits_that_may_be_cut_off_leave_more_open(text, low, high):
    found = read_printed(text).cut
    assert (found.low, found.high) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("up", [True, False])
def test_a_rounded_number_can_have_been_itself(printed, up):
    rng = np.random.default_rng(3)
    for decimals in (0, 1, 2, 3):
        for value in np.append(rng.normal(scale=30, size=200), [0.125, 2.5, -0.5]):
            assert value in printed(value, decimals, up)
