"""A manifest that cannot be read is a fault with a sentence, whatever is in it."""

import json
import re

import pytest

from smcm.cohort.checking import check_folder
from smcm.cohort.manifest import LONGEST_STATEMENT
from smcm.paths import SYNTHETIC
from tests.cohort.folders import Copied

pytestmark = pytest.mark.fault("files of data that are no text tables")

SOUND = {"synthetic": False, "statement": "Follow-up of three teams."}
WRONG = [
    b"[" * 100_000,
    b'{"synthetic": ' + b"[" * 100_000,
    b'{"seed": ' + b"9" * 5000 + b', "synthetic": false, "statement": "a"}',
    b'{"synthetic": false, "statement": "\\ud83d"}',
    b'{"synthetic": false, "synthetic": true, "statement": "a"}',
    b'{"synthetic": false, "statement": "a", "x": NaN}',
    b'{"synthetic": false, "statement": "a", "x": 1e999}',
    json.dumps(SOUND | {"synthetic": "no"}).encode(),
    json.dumps(SOUND | {"synthetic": [[[1] * 1000]]}).encode(),
    json.dumps(SOUND | {"statement": {"a": 1}}).encode(),
    json.dumps(SOUND | {"statement": " "}).encode(),
    json.dumps(SOUND | {"statement": "a" * (LONGEST_STATEMENT + 1)}).encode(),
    json.dumps([SOUND]).encode(),
    json.dumps(SOUND).encode("utf-16"),
    json.dumps(SOUND | {"note": "a" * 2_000_000}).encode(),
    b"\xff\xfe",
    b"",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return Copied(SYNTHETIC, tmp_path_factory.mktemp("manifest") / "data").path


@pytest.mark.parametrize("content", WRONG, ids=lambda v: repr(v)[:50])
def test_check_names_the_manifest_and_the_cure(folder, smcm, content):
    (folder / "manifest.json").write_bytes(content)
    (fault,) = check_folder(folder)
    assert fault.file == "manifest.json"
    assert len(str(fault)) < 400
    result = smcm("check", folder)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "manifest.json" in result.stdout
    assert not re.search("Traceback|Error:", result.output)


def test_a_sound_manifest_with_a_mark_of_byte_order_is_read(folder):
    (folder / "manifest.json").write_bytes(b"\xef\xbb\xbf" + json.dumps(SOUND).encode())
    assert check_folder(folder) == ()
