"""What is kept of the comparisons is of today's tests, and no row is left over.

That the numbers of a row are right is checked by the fixture `compare` of its own test.
"""

import ast
import csv
import subprocess
import sys

import pytest

from smcm.paths import ROOT
from tests.conftest import STALE
from tests.outside import FAULTS, Comparing, read_kept, same


def test_every_row_is_of_a_test_that_there_is():
    for path, names in functions_by_path().items():
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        there = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
        assert names <= there, STALE


def functions_by_path():
    found = {}
    for row in read_kept():
        path, _, name = row.test.partition("::")
        found.setdefault(path, set()).add(name.partition("[")[0])
    return found


def test_faults_are_counted_as_pytest_collects_them():
    holding = [
        str(path)
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if "pytest.mark.fault" in path.read_text(encoding="utf-8")
    ]
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-m", "fault"]
    done = subprocess.run(
        [*command, *holding], cwd=ROOT, capture_output=True, text=True, check=True
    )
    collected = sum("::" in line for line in done.stdout.splitlines())
    with FAULTS.open(encoding="utf-8", newline="") as file:
        kept = sum(int(row["tests"]) for row in csv.DictReader(file))
    assert collected == kept, STALE


def compared(ours, theirs, **how):
    comparing = Comparing("a test")
    comparing(ours, theirs, source="NIST", what="numbers", **how)
    return comparing.found


def test_numbers_are_counted_and_the_farthest_is_kept():
    comparing = Comparing("a test")
    for theirs in ([2.0, 4.0, float("nan")], [5.0, 5.0, 5.0]):
        ours = [theirs[0] * 1.01, *theirs[1:]]
        comparing(ours, theirs, source="NIST", what="numbers", rel=0.1)
    (found,) = comparing.found.values()
    assert found.n == 5
    assert found.largest == pytest.approx(0.01)


@pytest.mark.parametrize(
    ("ours", "how"),
    [
        (1.2, {"rel": 0.1}),
        (1.2, {"abs": 0.1}),
        (1.2, {"errors": 0.1, "within": 1.5}),
        (float("nan"), {"abs": 9.0}),
    ],
)
def test_what_lies_too_far_fails(ours, how):
    with pytest.raises(AssertionError):
        compared(ours, 1.0, **how)
    with pytest.raises(AssertionError):
        compared(1e-9, 0.0, rel=0.1)


@pytest.mark.parametrize(
    ("now", "agrees"), [(3e-9, True), (3e-7, False), (2e-14, False)]
)
def test_kept_output_may_differ_by_rounding_and_no_more(now, agrees):
    found, kept = (compared(1.0 + e, 1.0, abs=1e-6) for e in (now, 1e-10))
    assert same(found, kept) is agrees
    assert same(compared(1.0, 1.0, abs=1e-6), compared(1.0 + 4e-13, 1.0, abs=1e-6))
    assert not same(found, {})
    assert not same(found, compared(1.0 + now, 1.0, abs=1e-5))
