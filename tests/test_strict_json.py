"""JSON that could be read in two ways, or by nobody, is refused in a few words."""

import json

import pytest

from smcm.strict_json import DEEPEST, JsonError, read_json

pytestmark = pytest.mark.fault("files of data that are no text tables")

WRONG = [
    (b"", "Expecting value"),
    (b"{", "line 1"),
    (b'{"a": 1,\n"a": 2}', "the key 'a' twice in one object"),
    (b'{"a": NaN}', "NaN, which JSON does not have"),
    (b"[Infinity]", "Infinity, which JSON does not have"),
    (b"[-Infinity]", "-Infinity, which JSON does not have"),
    (b"[1e999]", "'1e999', which is out of range"),
    (b"1" * 5000, "a number of 5000 characters"),
    (b"[" * 100_000, f"more than {DEEPEST} levels"),
    (b"\n" + b'{"a":' * 100_000, f"line 2: more than {DEEPEST} levels"),
    (b'"\\ud800"', "half of a surrogate pair"),
    (b'{"\\udfff": 1}', "half of a surrogate pair"),
    (b'"\xed\xa0\x80"', "not UTF-8"),
    (b'{\n"a": "\xff"}', "line 2: not UTF-8"),
    ('{"a": 1}'.encode("utf-16"), "not UTF-8"),
    (b'"a\x00b"', "control character"),
    (b"{} {}", "Extra data"),
]


@pytest.mark.parametrize(("content", "said"), WRONG, ids=lambda v: repr(v)[:40])
def test_what_is_no_plain_json_is_refused(content, said):
    with pytest.raises(JsonError) as caught:
        read_json(content)
    assert said in str(caught.value)
    assert len(str(caught.value)) < 120


def test_more_bytes_than_allowed_are_not_parsed():
    with pytest.raises(JsonError, match="more than 10 bytes"):
        read_json(b" " * 11, 10)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_plain_json_reads_as_it_does_elsewhere(mark):
    found = {"a": [1, -2.5, 1e300, True, None, 'é 😀 [[[ \\ " }'], "b": {}}
    text = json.dumps(found).encode()
    assert read_json(mark + text) == json.loads(text)
    assert read_json(json.dumps(found, ensure_ascii=False).encode()) == found
    assert read_json(b"[" * DEEPEST + b"]" * DEEPEST) == json.loads(
        "[" * DEEPEST + "]" * DEEPEST
    )
