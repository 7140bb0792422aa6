"""Two hundred wrong calls of `smcm rerun`: a sentence each, and no kernel."""

import random
from dataclasses import fields
from difflib import get_close_matches

import pytest

from smcm.errors import UnknownValueError
from smcm.parameters import RunParameters
from smcm.rerun import books
from smcm.rerun.cluster import DaskPool
from tests.rerun.test_process import PROBE, SLOW, run

pytestmark = pytest.mark.fault("a command typed wrongly")

NAMES = [item.name for item in fields(RunParameters)]
LETTERS = "abcdefghijklmnopqrstuvwxyz_"
WRONG_NAMES = 125
VALUES = (
    *(("--window-days", value) for value in ("120", "0", "-90", "90.0", "ninety", "")),
    *(("--window-days", value) for value in ("90,", ",90", "90;180", "90 180", "9e1")),
    *(("--window-days", value) for value in ("90,91", "1_80", "٩٠", "0x5a", "90,180,")),
    *(("--site", value) for value in ("3", "withot-3", "only-", "only-0", "ALL", "")),
    *(("--site", value) for value in ("all,", "without-each,", "each", "without-Each")),
    *(("--site", value) for value in ("only-1", "without-9", "only-9", "without--1")),
    *(("--reading", value) for value in ("publshed", "published,x", "")),
    *(("--n-boot", value) for value in ("99", "5,000", "1e4", "1000001", "-1", "x")),
    *(("--n-imputations", value) for value in ("0", "1001", "twenty", "-2")),
    *(("--seed", value) for value in ("-1", "4294967296", "1.0", "now", "1,-1")),
    *(("--chapter", value) for value in ("reslts", "book/results", "", "references")),
    *(("--shard", value) for value in ("0/2", "3/2", "1", "1/0", "a/b", "1/2/3")),
    *(("--workers", value) for value in ("0", "-1", "two", "1.5")),
    *(("--data", value) for value in ("synthetik", "/no/such/folder", "")),
    *(("--grid", value) for value in ("/no/such/file.yml", "/")),
    ("--dask", "tcp://127.0.0.1:1"),
    ("--window-days", "__import__('os').system('true')"),
    ("--site", "all\nimport os"),
)
CODE = (
    "import os",
    "x=1;seed",
    "__import__('os').system('true')",
    "seed\nimport os",
    "seed: int",
    "lambda: 0",
    "data; print(1)",
    "{seed}",
)


@pytest.fixture(autouse=True)
def _no_kernel(monkeypatch):
    """Fail where anything is about to be executed."""

    def started(*_given):
        pytest.fail("something was executed")

    monkeypatch.setattr(books, "carry_out", started)


def misspelt():
    """Names with a letter dropped, doubled, swapped or replaced; none is right."""
    rng = random.Random(20141009)
    found = set()
    while len(found) < WRONG_NAMES:
        name = rng.choice([n for n in NAMES if n != "data"])
        at = rng.randrange(len(name) - 1)
        wrong = rng.choice(
            [
                name[:at] + name[at + 1 :],
                name[: at + 1] + name[at:],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
                name[:at] + rng.choice(LETTERS) + name[at + 1 :],
            ]
        )
        if wrong not in NAMES:
            found.add(wrong)
    return sorted(found)


def test_there_are_two_hundred_of_them():
    assert len(VALUES) + len(misspelt()) + len(CODE) >= 200


@pytest.mark.parametrize(("option", "value"), VALUES, ids=repr)
def test_a_value_that_no_run_can_have(refuse, monkeypatch, option, value):
    monkeypatch.setattr(DaskPool, "PATIENCE", 1)  # nobody answers
    sentence = refuse("rerun", "--no-book", option, value)
    assert option.lstrip("-").split("-")[0] in sentence


@pytest.mark.parametrize("name", misspelt())
def test_a_name_that_there_is_not_gets_the_nearest(name):
    with pytest.raises(UnknownValueError) as caught:
        RunParameters.from_mapping({name: 1})
    near = get_close_matches(name, NAMES, n=1)
    assert near
    assert f"Did you mean {near[0]!r}?" in str(caught.value)


@pytest.mark.parametrize("name", CODE)
def test_a_name_carries_no_code(name, tmp_path, refuse):
    with pytest.raises(UnknownValueError, match="parameter is"):
        RunParameters.from_mapping({name: 1})
    path = tmp_path / "runs.yml"
    path.write_text(f"{name!r}: [1]\n", encoding="utf-8")
    assert "runs.yml" in refuse("rerun", "--no-book", "--grid", path)


def test_a_file_and_options_do_not_go_together(refuse, tmp_path):
    path = tmp_path / "runs.yml"
    path.write_text("seed: [1]\n", encoding="utf-8")
    sentence = refuse("rerun", "--grid", path, "--window-days", "90")
    assert "--window-days" in sentence


def test_a_folder_of_something_else_is_left_alone(refuse, tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    assert "other files" in refuse("rerun", "--no-book", "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    "wrong", [("--window-days", "0"), ("--sites", "all"), ("--site", "withuot-3")]
)
def test_a_refusal_loads_no_package_that_takes_long(wrong):
    ended = run("rerun", *wrong, code=PROBE)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr
    loaded = ended.stdout.split("LOADED")[1].split()
    assert not {*SLOW, "numpy", "scipy"} & set(loaded)
