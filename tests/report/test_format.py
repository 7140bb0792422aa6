"""How numbers look in print."""

import math
from html.parser import HTMLParser

import numpy as np
import pytest

from smcm.report import format as fmt
from smcm.report.format import MINUS


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.0664, 2, "0.07"),
        (-0.0664, 2, f"{MINUS}0.07"),
        (-0.001, 2, "0.00"),
        (0.0, 2, "0.00"),
        (-0.0, 0, "0"),
        (1234.5678, 1, "1,234.6"),
        (-1234567.0, 0, f"{MINUS}1,234,567"),
        (12.5, 0, "13"),
        (13.5, 0, "14"),
        (-12.5, 0, f"{MINUS}13"),
        (0.125, 2, "0.13"),
        (2.675, 2, "2.67"),  # stored a little below its half
        (999.996, 2, "1,000.00"),
        (np.float64(1.5), 1, "1.5"),
        (np.int64(1500), 0, "1,500"),
        (1e-320, 3, "0.000"),
        (1e30, 2, "1,000,000,000,000,000,019,884,624,838,656.00"),
        (-(2.0**100), 0, f"{MINUS}1,267,650,600,228,229,401,496,703,205,376"),
        (float("nan"), 2, "nan"),
        (float("-inf"), 2, f"{MINUS}inf"),
    ],
)
def test_number(value, decimals, expected):
    assert fmt.number(value, decimals) == expected


@pytest.mark.parametrize("entry_like", ["0.07", "11.6%", "5,000", "40.3"])
def test_halves_are_those_of_the_comparison_with_print(published, entry_like):
    """On halves above all; a table and `smcm printed` would else disagree."""
    entry = next(e for e in published.by_key.values() if e.text == entry_like)
    decimals = entry.decimals or 0
    suffix = "%" if entry_like.endswith("%") else ""
    values = [k / 8 for k in range(-80, 81)] + [0.375, 1e4 + 0.5, 0.045]
    for value in values:
        ours = fmt.number(value, decimals) + suffix
        assert ours == entry.written(value)


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.07, 2, ".07"),
        (-0.75, 2, f"{MINUS}.75"),
        (1.0, 2, "1.00"),
        (0.999, 2, "1.00"),
        (10.5, 1, "10.5"),
        (0.0, 2, ".00"),
        (20.5, 1, "20.5"),
    ],
)
def test_bare(value, decimals, expected):
    assert fmt.bare(value, decimals) == expected


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (0.0498, ".0498"),
        (0.0502, ".0502"),
        (0.05, ".050"),
        (0.049999, ".049999"),
        (0.0099, ".0099"),
        (0.0104, ".0104"),
        (0.0494, ".049"),
    ],
)
def test_p_beside_a_level_shows_its_side(p, expected):
    assert fmt.p_value(p) == fmt.p_short(p) == expected
    assert fmt.p_phrase(p) == f"p={expected}"


def test_p_beside_a_level_of_ones_own():
    assert fmt.p_value(0.0998, 0.1) == ".0998"
    assert fmt.p_short(0.1004, 0.1) == ".1004"
    assert fmt.p_value(0.0002, 0.0005) == "<.0005"
    assert fmt.without_zero(fmt.beside(0.04996, (0.05,), 3)) == ".04996"


@pytest.mark.parametrize(
    ("p", "expected"),
    [
        (0.0009999, "<.001"),
        (0.0, "<.001"),
        (0.001, ".001"),
        (0.0494, ".049"),
        (0.0496, ".0496"),
        (0.2, ".200"),
        (0.9999, "1.000"),
        (1.0, "1.000"),
    ],
)
def test_p_value(p, expected):
    assert fmt.p_value(p) == expected
    assert fmt.p_phrase(p) == (f"p{expected}" if p < 0.001 else f"p={expected}")


def test_percent_whole_and_interval():
    assert fmt.percent(11.598, 1) == "11.6%"
    assert fmt.percent(50.0) == "50%"
    assert fmt.whole(5000) == "5,000"
    assert fmt.limits(-0.5, 0.25) == f"{MINUS}0.50 to 0.25"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "zero"),
        (8, "eight"),
        (20, "twenty"),
        (21, "21"),
        (1500, "1,500"),
        (-1, None),
    ],
)
def test_spelled(count, expected):
    assert fmt.spelled(count) == (expected or f"{MINUS}1")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], "none"),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b, and c"),
        (iter("ab"), "a and b"),
    ],
)
def test_listed(words, expected):
    assert fmt.listed(words) == expected


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "a | b",
    "two\nlines",
    "two\r\nlines",
    "</td></tr>",
    "&lt;",
    "<!-- -->",
    "\\| \\",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_data_string_stays_one_cell_of_text(text):
    shown = fmt.cell(text)
    assert "<" not in shown
    assert "\n" not in shown
    assert "\r" not in shown
    assert columns(f"| {shown} | next |") == 2


def columns(line):
    """Cells of a row as a Markdown reader splits it: at bars without a backslash."""
    count, skip = -1, False
    for character in line:
        if skip:
            skip = False
        elif character == "\\":
            skip = True
        elif character == "|":
            count += 1
    return count


@pytest.mark.parametrize("text", ["plain", "O'Brien & sons", "Québec", "α < β"])
def test_a_reader_sees_the_data_string_again(text):
    seen = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = seen.append
    parser.feed(fmt.cell(text))
    parser.close()
    assert "".join(seen) == text


def test_no_number_reads_as_a_negative_zero():
    for decimals in range(4):
        for power in range(1, 12):
            text = fmt.number(-(10.0**-power), decimals)
            assert text.startswith(MINUS) == any(c in "123456789" for c in text)
    assert math.copysign(1, -0.0) == -1


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (0.0049, 2, "0.005"),
        (-0.0049, 2, f"{MINUS}0.005"),
        (0.0051, 2, "0.01"),
        (0.004, 3, "0.004"),
        (-0.0004, 3, f"{MINUS}0.0004"),
        (0.00003, 2, "0.00003"),
        (4e-7, 2, "4 × 10⁻⁷"),
        (-4e-7, 3, f"{MINUS}4 × 10⁻⁷"),
        (0.0, 2, "0.00"),
        (-0.0, 3, "0.000"),
        (0.2, 2, "0.20"),
        (float("nan"), 2, "nan"),
        (float("inf"), 2, "inf"),
    ],
)
def test_a_limit_shows_its_side_of_zero(value, decimals, expected):
    assert fmt.limit(value, decimals) == expected
    assert fmt.limit(value, decimals, fmt.bare) == expected.replace("0.", ".", 1)


def test_a_limit_has_no_more_decimals_than_its_side_needs():
    for value in np.random.default_rng(1).normal(0.0, 0.02, 2000):
        shown = fmt.limit(value)
        places = len(shown.partition(".")[2])
        if "×" in shown:
            assert abs(value) < 0.5 / 10**fmt.MOST_DECIMALS
            continue
        read = float(shown.replace(MINUS, "-"))
        assert read == pytest.approx(value, abs=0.5000001 / 10**places)
        assert (read > 0.0) == (value > 0.0)
        fewer = [round(value, d) for d in range(2, places)]
        assert not any(fewer)


def test_each_end_of_an_interval_has_its_own_decimals():
    assert fmt.limits(0.0031, 0.0988) == "0.003 to 0.10"
    assert fmt.limits(-0.0004, 0.0988, 3, fmt.bare) == f"{MINUS}.0004 to .099"
    assert fmt.with_limits(0.041, 0.0031, 0.0988) == "0.04 (0.003 to 0.10)"
