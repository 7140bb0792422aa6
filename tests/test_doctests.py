"""The examples in the docstrings do what they say."""

import doctest
import importlib

import pytest

from smcm.paths import ROOT

PROMPT = ">>> "
FINDER = doctest.DocTestFinder(exclude_empty=True)
MODULES = tuple(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for path in sorted((ROOT / "smcm").rglob("*.py"))
    if PROMPT in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("module", MODULES)
def test_examples(module):
    found = FINDER.find(importlib.import_module(module))
    assert any(test.examples for test in found)
    for test in found:
        assert doctest.DocTestRunner().run(test).failed == 0, test.name


def test_mediate_has_an_example():
    assert "smcm.analysis.mediate" in MODULES
