"""How a number of ours is written where the article printed one."""

import dataclasses
from decimal import Decimal

import pytest

from smcm.errors import UnknownValueError
from smcm.published import MINUS, Printed, Published


def printed(text, relation="=", **fields):
    digits = text.strip("<>≤≥%$").replace(",", "").replace(MINUS, "-")
    digits = f"0{digits}" if digits.startswith(".") else digits
    blank = dict.fromkeys(Printed.__dataclass_fields__, "")
    point = digits.partition(".")[2]
    made = {"text": text, "value": digits, "decimals": len(point), "kind": "compare"}
    return Printed(**blank | made | {"relation": relation} | fields)


@pytest.mark.parametrize(
    ("like", "number", "expected"),
    [
        ("0.07", 0.0664, "0.07"),
        ("0.10", 0.1, "0.10"),
        (".07", 0.0664, ".07"),
        (".07", 1.5, "1.50"),
        ("1.43", -1.434, f"{MINUS}1.43"),
        (f"{MINUS}8.75", -8.754, f"{MINUS}8.75"),
        (f"{MINUS}.75", -0.754, f"{MINUS}.75"),
        ("0.07", -0.001, "0.00"),
        ("11.6%", 11.598, "11.6%"),
        ("1%", 0.8, "1%"),
        ("5,000", 4999.6, "5,000"),
        ("5,000", 1234567.0, "1,234,567"),
        ("311", 310.5, "311"),
        ("2", 2.5, "3"),
        ("0.1", 0.25, "0.3"),
        ("0.1", -0.25, f"{MINUS}0.3"),
        ("0.01", 0.125, "0.13"),
    ],
)
def test_written_as_the_printed_one(like, number, expected):
    assert printed(like).written(number) == expected


def test_halves_are_those_of_the_number_as_stored():
    """2.675 is stored a little below its half, 0.125 on it."""
    assert printed("0.01").written(2.675) == "2.67"
    assert printed("0.01").written(0.375) == "0.38"


@pytest.mark.parametrize(
    ("number", "expected"),
    [(0.0009999, "<.001"), (1e-30, "<.001"), (0.001, ".001"), (0.2, ".200")],
)
def test_a_bound_that_is_kept_is_printed(number, expected):
    entry = printed("<.001", "<")
    assert entry.written(number) == expected
    assert entry.agrees(number) == (expected == "<.001")


@pytest.mark.parametrize("text", ["0.07", "0.10", "40.3", "311", "1%", "<.001"])
def test_agreement_is_the_same_characters(text):
    entry = printed(text, "<" if text.startswith("<") else "=")
    low, high = (float(end) for end in entry.interval)
    middle = (low + high) / 2
    if entry.relation == "=":
        assert entry.agrees(middle)
        assert entry.agrees(low + 1e-9)
        assert not entry.agrees(high + 1e-9)
        assert not entry.agrees(low - 1e-9)
    else:
        assert entry.agrees(low)


def test_interval_is_half_a_digit_each_side():
    assert printed("0.10").interval == (Decimal("0.095"), Decimal("0.105"))
    assert printed("311").interval == (Decimal("310.5"), Decimal("311.5"))


def test_every_comparable_number_agrees_with_itself(published):
    for entry in published.of_kind("compare"):
        number = float(entry.value)
        inside = number - 1e-6 if entry.relation == "<" else number
        assert entry.written(inside) == entry.text, entry.key


def test_every_comparable_number_tells_a_last_digit_apart(published):
    for entry in published.of_kind("compare"):
        step = 10.0 ** -(entry.decimals or 0)
        assert not entry.agrees(float(entry.value) + step), entry.key


def test_keys_are_unique_and_kinds_are_known(published):
    kinds = {entry.kind for entry in published.by_key.values()}
    assert kinds == {"compare", "pattern", "design", "literature", "derived"}
    for key, entry in published.by_key.items():
        assert key == entry.key
        assert entry.place
        assert entry.meaning
    parts = [list(published.of_kind(kind)) for kind in kinds]
    assert sum(map(len, parts)) == len(published.by_key)


def test_unknown_key_offers_the_nearest(published):
    with pytest.raises(UnknownValueError, match=r"Did you mean 't1\.age\.mean'"):
        published["t1.age.men"]


def test_a_number_is_read_as_a_number(published):
    entry = published["da.boot"]
    assert "," in entry.text
    assert published.number("da.boot") == float(entry.text.replace(",", ""))


def test_reading_again_gives_the_same(published):
    assert Published.read() == published
    assert dataclasses.is_dataclass(Published)
