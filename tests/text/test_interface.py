"""The page on the Python interface: every public name, and examples that hold."""

import doctest
import re

import pytest

import smcm
from smcm.paths import BOOK

PAGE = BOOK / "python.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = "\n".join(
    re.findall(r"^```python\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
)
NAMED = re.findall(r"^\.\. auto(?:class|function):: (\w+)$", TEXT, re.MULTILINE)


def test_the_page_has_every_public_name_once():
    assert sorted(NAMED) == sorted(smcm.__all__)


@pytest.mark.parametrize("name", smcm.__all__)
def test_every_name_has_an_example(name):
    own = getattr(smcm, name).__doc__ or ""
    called = re.compile(rf"^(>>>|\.\.\.) .*\b{name}\b", re.MULTILINE)
    assert called.search(EXAMPLES) or called.search(
        re.sub(r"^ +", "", own, flags=re.MULTILINE)
    )


def test_every_member_named_exists():
    pairs = re.findall(r"autoclass:: (\w+)\n   :members: (.+)", TEXT)
    assert pairs
    for name, members in pairs:
        assert [
            m for m in members.split(", ") if not hasattr(getattr(smcm, name), m)
        ] == []


def test_the_examples_of_the_page_hold():
    examples = doctest.DocTestParser().get_doctest(
        EXAMPLES, {}, PAGE.name, str(PAGE), 0
    )
    assert len(examples.examples) > len(smcm.__all__)
    assert doctest.DocTestRunner().run(examples).failed == 0
