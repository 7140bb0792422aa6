"""A grid file says what it looks like, or a sentence says where it does not."""

import pytest

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.rerun.grid_file import MOST_BYTES, read_grid

LAUGHS = "a: &a [lol, lol]\nb: &b [*a, *a]\nsite: [*b, *b]\n"
REFUSED = [
    ("window_days: [90, 0]", "line 1, column 19: window_days is 0; expected a whole"),
    ("widnow_days: [90]", "line 1, column 1: parameter is 'widnow_days'"),
    ("widnow_days: [90]", "Did you mean 'window_days'?"),
    ("window_days: '90'", "whole number in plain digits"),
    ("window_days: []", "at least one value"),
    ("window_days:", "whole number"),
    ("site: withot-each", "Did you mean 'without-each'?"),
    ("site: no", "site is 'no'; expected one of all"),
    ("site: ~", "site is '~'; expected one of all"),
    ("reading: on", "reading is 'on'; expected one of published"),
    ("data: elsewhere", "expected one of window_days"),
    ("- 3", "line 1, column 3: 3; expected parameters with lists"),
    ("3", "expected parameters with lists"),
    ("[]", "expected parameters with lists"),
    ("", "expected parameters with lists"),
    ("# nothing\n", "expected parameters with lists"),
    ("window_days: [90", "line 1"),
    ("a: 1\n  b: 2", "line 2"),
    ("seed: 1\0", "no YAML"),
    ("seed: [1, 2]\nwindow_days: 90\nseed: 3\n", "line 3, column 1: seed is named"),
    ("seed: [1, 2]\nwindow_days: 90\nseed: 3\n", "line 1 has it too"),
    ("window_days: !!python/object/apply:os.system ['true']", "a tag (!)"),
    ("seed: !!timestamp 1", "a tag (!)"),
    ("seed: !!int '1'", "a tag (!)"),
    ("site: [[all]]", "is '[all]'; expected text"),
    ("site: {all: 1}", "is '{all: 1}'; expected text"),
    ("[90]: 1", "parameter is '[90]'"),
    ("seed: &s 1\nn_boot: *s", "an anchor (&)"),
    (LAUGHS, "an alias (*)"),
    ("seed: &a [*a]", "an alias (*)"),
    ("<<: {seed: 1}", "parameter is '<<'"),
    ("seed: 1\n---\nseed: 2", "line 2, column 1: a second document"),
    ("%YAML 1.1\n---\nseed: 1", "a directive (%)"),
    ("[" * 3000, "more than 5 levels"),
    ("- " * 3000 + "1", "more than 5 levels"),
    (f"seed: [{'1, ' * 20_001}1]", "more than 20000 values"),
    (f"seed: 1 {'#' * MOST_BYTES}", "one of more than 200,000 is not read"),
    (f"seed: {'9' * 5000}", "whole number"),
]
NO_PLAIN_NUMBERS = (
    *("010", "1:30", "1_00", "0x10", "0b11", "0o17", "1e2", "1.5", ".5", "1.", "+1"),
    *("- 1", "true", "yes", "no", "on", "off", "null", "~", "2014-10-09", "2014-13-45"),
    *(".inf", ".nan", "'1'", '"1"', "١", "1,000", "00", "-0x1", "99999999999999999999"),
)


def written(tmp_path, text):
    path = tmp_path / "runs.yml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(tmp_path, text):
    path = written(tmp_path, text)
    with pytest.raises(OutOfRangeError) as caught:
        read_grid(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_windows_of_another_study_are_told_with_their_places(tmp_path):
    path = written(tmp_path, "window_days: [90, 180]\n")
    assert read_grid(path, (180, 90)) == read_grid(path)
    with pytest.raises(OutOfRangeError) as caught:
        read_grid(path, (60, 120))
    for column, days in ((15, 90), (19, 180)):
        expected = f"column {column}: window_days is {days}; expected one of 60, 120."
        assert f"line 1, {expected}" in str(caught.value)


def test_a_file_may_hold_one_block_or_several(tmp_path):
    one = read_grid(written(tmp_path, "window_days: [90, 180]\nsite: all\n"))
    assert one.blocks == ({"window_days": (90, 180), "site": ("all",)},)
    two = "---\n- {window_days: 90}\n- {site: [only-2], seed: 7}  # one\n"
    assert read_grid(written(tmp_path, two)).blocks == (
        {"window_days": (90,)},
        {"site": ("only-2",), "seed": (7,)},
    )


def test_a_mark_of_byte_order_is_passed_over(tmp_path):
    path = tmp_path / "runs.yml"
    path.write_bytes(b"\xef\xbb\xbfseed: [0, 7]\r\n")
    assert read_grid(path).blocks == ({"seed": (0, 7)},)


@pytest.mark.fault("a command typed wrongly")
@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_a_file_that_cannot_be_is_refused_with_its_place(tmp_path, text, said):
    assert said in refused(tmp_path, text)


@pytest.mark.fault("a command typed wrongly")
@pytest.mark.parametrize("number", NO_PLAIN_NUMBERS)
def test_a_number_is_never_guessed(tmp_path, number):
    said = refused(tmp_path, f"window_days: [90]\nseed: {number}\n")
    assert "line 2, column" in said
    assert "seed is" in said or number == "- 1"


def test_all_faults_are_named_at_once(tmp_path):
    text = "window_days: [90, -1, -2]\nsead: 1\nn_boot:\n  - 010\n  - 200\n"
    said = refused(tmp_path, text)
    assert ": 4 things to mend:\n" in said
    for place in ("line 1, column 19", "line 1, column 23", "line 2, column 1"):
        assert place in said
    assert "line 4, column 5: n_boot is '010'; expected a whole number" in said


def test_a_file_that_is_not_utf_8_is_refused_with_its_line(tmp_path):
    path = tmp_path / "runs.yml"
    path.write_bytes("seed: 1\nsite: ‘all’\n".encode("cp1252"))
    with pytest.raises(OutOfRangeError, match="line 2: not UTF-8"):
        read_grid(path)


@pytest.mark.parametrize("name", ["none.yml", ".", "runs.yml/below"])
def test_a_file_that_is_not_there_is_refused(tmp_path, name):
    written(tmp_path, "seed: 1")
    with pytest.raises(UnknownValueError, match=r"there is no file|is a folder"):
        read_grid(tmp_path / name)
