"""What a rerun may change, and two hundred things it may not."""

import re
from dataclasses import asdict, fields

import numpy as np
import pytest

from smcm.errors import OutOfRangeError, SmcmError, UnknownValueError
from smcm.parameters import READINGS, RunParameters
from tests.windows import WINDOWS_DAYS

NAMES = tuple(item.name for item in fields(RunParameters))
NUMBERS = ("window_days", "n_boot", "n_imputations", "seed")
TEXTS = ("data", "site", "reading")


def misspelled(name):
    """Names one slip away."""
    yield name + "s"
    yield name[:-1]
    yield name.replace("_", "-") if "_" in name else name + "_"
    yield name[0] + name
    yield name[1:]
    yield name.upper()
    yield name.title()
    if len(name) > 4:
        yield name[:2] + name[3] + name[2] + name[4:]


WRONG_NAMES = [
    (slip, name) for name in NAMES for slip in misspelled(name) if slip not in NAMES
]
FOREIGN_NAMES = ("", "x", "bootstrap", "__class__", "alpha", "42", "DROP TABLE")
WRONG_TYPES = [
    (name, value)
    for name in NUMBERS
    for value in (None, "180", 180.0, True, [180], (), {}, 180j, b"180", np.int64(180))
] + [
    (name, value)
    for name in TEXTS
    for value in (None, 1, 1.5, True, ["all"], (), {}, b"all", float("nan"), object())
]
WRONG_WINDOWS = (0, -1, -90, -180, -270, -(10**30), 3661, 10_000, 18_000, 10**30)
WRONG_SITES = (
    *("", " ", "All", "ALL", "all ", " all", "al", "alle", "none", "only", "without"),
    *("only-", "without-", "only3", "only 3", "only_3", "Only-3", "onl-3", "witout-3"),
    *("only--3", "only-3.0", "only-3-4", "only-three", "without-3,4", "3", "-3"),
    *("only-3\n", "\nonly-3", "without-3; rm -rf /", "../all", "only-3 ", "only-$3"),
)
WRONG_READINGS = (
    *("", "Published", "PUBLISHED", "published ", "publishd", "publish", "defensibel"),
    *("defensable", "both", "all", "defensible,published", "none", "1"),
)
WRONG_SIZES = [
    *(("n_boot", size) for size in (-1, 0, 1, 99, 1_000_001, 10**12, -5000)),
    *(("n_imputations", size) for size in (-1, 0, 1001, 10**9)),
    *(("seed", seed) for seed in (-1, -(2**31), 2**32, 10**20)),
]
CASES = [
    *(({wrong: RunParameters.__dataclass_fields__[name].default}, name)
      for wrong, name in WRONG_NAMES),
    *(({name: "?"}, None) for name in FOREIGN_NAMES),
    *(({name: value}, None) for name, value in WRONG_TYPES),
    *(({"window_days": days}, None) for days in WRONG_WINDOWS),
    *(({"site": site}, None) for site in WRONG_SITES),
    *(({"reading": reading}, None) for reading in WRONG_READINGS),
    *(({name: value}, None) for name, value in WRONG_SIZES),
    ({"data": ""}, None),
]  # fmt: skip


def test_there_are_two_hundred():
    assert len(CASES) >= 200


def named(case):
    """Give a name that is the same in every process."""
    return re.sub(r" at 0x\w+", "", repr(case))[:40]


@pytest.mark.parametrize(("given", "nearest"), CASES, ids=named)
def test_a_wrong_parameter_is_refused_by_name(given, nearest):
    ((name, value),) = given.items()
    with pytest.raises(SmcmError) as refused:
        RunParameters.from_mapping(given)
    said = str(refused.value)
    assert "expected" in said
    assert repr(value) in said or repr(name) in said
    if name in NAMES:
        assert said.startswith(f"{name} is {value!r}; expected ")
    if nearest is not None:
        assert f"Did you mean {nearest!r}?" in said


@pytest.mark.parametrize(
    ("name", "given", "nearest"),
    [
        ("reading", "publishd", "published"),
        ("reading", "defensable", "defensible"),
        ("reading", "PUBLISHED", "published"),
        ("site", "alle", "all"),
        ("site", "without-three", "without-K"),
    ],
)
def test_a_wrong_choice_offers_the_nearest(name, given, nearest):
    with pytest.raises(UnknownValueError, match=f"Did you mean '{nearest}'"):
        RunParameters(**{name: given})


def test_range_is_named_where_a_number_is_outside():
    with pytest.raises(OutOfRangeError, match="from 100 to 1000000"):
        RunParameters(n_boot=50)


@pytest.mark.parametrize("window", WINDOWS_DAYS)
@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize("site", ["all", "only-1", "without-3", "without-12"])
def test_every_right_combination_is_taken(window, reading, site):
    run = RunParameters(window_days=window, reading=reading, site=site)
    assert RunParameters.from_mapping(asdict(run)) == run


def test_site_rule_is_read_apart():
    assert RunParameters().site_rule == ("all", None)
    assert RunParameters(site="only-2").site_rule == ("only", 2)
    assert RunParameters(site="without-13").site_rule == ("without", 13)


def test_slug_names_what_differs_and_tells_runs_apart():
    runs = [
        RunParameters(),
        RunParameters(window_days=90),
        RunParameters(site="without-3"),
        RunParameters(seed=1),
        RunParameters(n_boot=200),
        RunParameters(n_boot=200, seed=1),
        RunParameters(reading="defensible"),
    ]
    slugs = [run.slug for run in runs]
    assert len(set(slugs)) == len(runs)
    assert slugs[0] == "w180-all"
    for slug in slugs:
        assert re.fullmatch(r"[a-z0-9-]+", slug)


def test_defaults_are_the_article_s(published):
    run = RunParameters()
    assert run.window_days == published.number("da.win.main")
    assert run.n_boot == published.number("da.boot")
    others = {published.number("da.win.short"), published.number("da.win.long")}
    assert set(WINDOWS_DAYS) == {run.window_days, *others}


def test_every_parameter_says_what_it_is():
    for item in fields(RunParameters):
        assert len(item.metadata["help"]) > 10


def test_parameters_do_not_change():
    with pytest.raises(AttributeError):
        RunParameters().seed = 2
