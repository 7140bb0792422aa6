"""Numbers in print, whatever the number."""

from decimal import Decimal
from math import isfinite, nextafter

from hypothesis import given
from hypothesis import strategies as st

from smcm.published import Printed
from smcm.report import format as fmt
from tests.properties.strategies import finite, numbers

places = st.integers(0, 6)
shares = st.floats(0.0, 1.0)


def read(text):
    return Decimal(text.replace(fmt.MINUS, "-").replace(",", ""))


def printed(text, decimals):
    nothing = dict.fromkeys(("unit", "df", "n", "scale", "month", "place"), "")
    return Printed(
        key="any",
        text=text,
        relation="=",
        decimals=decimals,
        value=text.replace(fmt.MINUS, "-").replace(",", ""),
        kind="compare",
        meaning="",
        **nothing,
    )


@given(finite, places)
def test_a_number_reads_back_within_half_a_unit(value, decimals):
    text = fmt.number(value, decimals)
    half = Decimal(5).scaleb(-decimals - 1)
    error = abs(Decimal(value).copy_abs() - read(text).copy_abs())
    assert error.normalize() <= half or Decimal(value).adjusted() > 25
    assert "-" not in text


@given(finite, places)
def test_a_sign_is_only_before_what_is_not_zero(value, decimals):
    text = fmt.number(value, decimals)
    assert text.startswith(fmt.MINUS) == (read(text) < 0)
    opposite = fmt.number(-value, decimals)
    assert opposite.removeprefix(fmt.MINUS) == text.removeprefix(fmt.MINUS)


@given(numbers, numbers, places)
def test_print_keeps_the_order_of_numbers(first, second, decimals):
    less, more = sorted((first, second))
    assert read(fmt.number(less, decimals)) <= read(fmt.number(more, decimals))


@given(numbers, places)
def test_what_is_printed_prints_the_same_again(value, decimals):
    text = fmt.number(value, decimals)
    assert fmt.number(float(read(text)), decimals) == text or abs(value) > 1e9


@given(numbers, places)
def test_without_the_zero_it_is_the_same_number(value, decimals):
    text = fmt.bare(value, decimals)
    assert read(text) == read(fmt.number(value, decimals))
    assert "0." not in text[:3] or text.lstrip(fmt.MINUS)[0] != "0"


@given(shares)
def test_a_small_p_is_a_bound_and_no_p_is_zero(p):
    text = fmt.p_value(p)
    assert text.startswith("<") == (p < fmt.LEAST_P)
    assert read(text.removeprefix("<")) >= Decimal("0.001")


@given(st.sampled_from([0.01, 0.05, 0.001, 0.0125, 0.1]), st.integers(-60, 60))
def test_p_as_printed_lies_on_its_side_of_the_level(level, digits):
    """A part of the level apart that shrinks down to the smallest double there is."""
    for step in (2.0**-digits, -(2.0**-digits)):
        p = level + level * step
        if not 0.0 <= p <= 1.0:
            continue
        for text in (fmt.p_value(p, level), fmt.p_short(p, level)):
            bound, side = read(text.removeprefix("<")), Decimal(str(level))
            if text.startswith("<"):
                assert p < bound <= side
            elif p != level:
                assert (bound < side, bound > side) == (p < level, p > level)
            else:
                assert bound == side


@given(numbers, places)
def test_a_table_and_the_comparison_with_print_write_alike(value, decimals):
    text = fmt.number(value, decimals)
    assert printed(text, decimals).written(value) == text
    assert printed(text, decimals).agrees(value)


@given(st.integers(-99_999, 99_999), st.integers(1, 3), st.integers(-3, 3))
def test_agreement_with_print_is_the_interval_of_rounding(digits, decimals, ulps):
    """Also a few doubles beside the edges, where halves are decided."""
    entry = printed(fmt.number(digits / 10**decimals, decimals), decimals)
    for edge in entry.interval:
        value = float(edge)
        for _ in range(abs(ulps)):
            value = nextafter(value, float("inf") if ulps > 0 else float("-inf"))
        low, high = (abs(e) for e in entry.interval)
        low, high = min(low, high), max(low, high)
        inside = low <= abs(Decimal(value)) < high
        if digits and isfinite(value):
            assert entry.agrees(value) == inside


@given(st.lists(st.sampled_from(["a", "b", "c d"]), min_size=1, max_size=6))
def test_a_list_in_words_names_everything_once(words):
    text = fmt.listed(words)
    parts = text.replace(", and ", ", ").replace(" and ", ", ").split(", ")
    assert parts == words
