"""Values in messages are short, on one line, and no terminal obeys them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smcm.rerun.saying import short_lines, visible_json
from smcm.shown import (
    MOST,
    MOST_OF_LINE,
    cut,
    named,
    sentence,
    shown,
    visible,
    visible_lines,
)

# escape, C1, DEL, line ends of all kinds, direction, zero width, tags, half a pair
NASTY = (
    *("\x1b[31m", "\x9b31m", "\x07", "\x7f", "\r", "\n", "\t", "\x85", "\x00"),
    *("\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\u2029"),
    *("\U000e0041", "\udcff"),
)
PLAIN = "Équipe 3 — “naïve”, 1\u202f000 €, 東京, a\u00a0b, e\u0301"


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
@pytest.mark.parametrize("write", [visible, named, sentence, shown, visible_json])
def test_what_nobody_sees_stands_as_an_escape(nasty, write):
    text = write(f"a{nasty}b")
    if write is visible_json and nasty == "\n":
        return
    assert text.replace("\u00a0", " ").isprintable()
    assert nasty not in text
    assert "\\" in text


def test_what_everybody_reads_stays():
    assert visible(PLAIN) == named(PLAIN) == visible_json(PLAIN) == PLAIN


def test_ends_of_lines_stay_between_lines_only():
    assert visible_lines("a\x1b\nb\r\nc") == "a\\x1b\nb\\r\nc"


@given(st.text())
def test_json_is_read_back_as_it_was(text):
    written = visible_json(json.dumps([text], ensure_ascii=False, indent=1))
    assert json.loads(written) == [text]


@pytest.mark.parametrize("value", ["a" * 200_000, ["a" * 200_000], b"\x00" * 200_000])
def test_an_overlong_value_is_cut_and_its_length_told(value):
    text = shown(value)
    assert len(text) < MOST + 60
    assert "characters)" in text


def test_numbers_of_any_length():
    assert len(shown(10**5000)) < MOST
    assert shown(120) == "120"


def test_names_sentences_and_lines_are_cut():
    assert cut("a" * 300).endswith("… (300 characters)")
    assert len(named("a" * 300)) < MOST + 60
    assert len(sentence("a" * 9000)) < MOST_OF_LINE + 60
    first, second = short_lines(f"short\n{'a' * 8999}.").split("\n")
    assert first == "short"
    assert len(second) < MOST_OF_LINE + 60
    assert second.endswith("a.")
