"""What stands typed in the chapters and in their macros."""

import re
from pathlib import Path

import pytest
from jinja2 import nodes

from smcm.paths import ROOT
from smcm.rerun.links import linked
from tests.text.sources import CHAPTERS, MACROS, file_of, parsed, text_alone, typed

SOURCES = [*CHAPTERS, *MACROS]
by_file = pytest.mark.parametrize("path", SOURCES, ids=file_of)
ROLE = re.compile(r"\{[\w:-]+\}`[^`]*`")
NOT_PROSE = (
    # examples, whose output tests/text/test_interface.py compares
    re.compile(r"^```python\n>>> .*?^```$", re.DOTALL | re.MULTILINE),
    re.compile(r"^```\{math\}.*?^```", re.DOTALL | re.MULTILINE),
    ROLE,
    re.compile(r"`[^`]*`"),  # code
    re.compile(r"\]\([^)]*\)"),  # where a link leads
    re.compile(r'[\w-]+="[-\d. MLAz]+"'),  # places and sizes in a drawing
)
NAMES_WITH_DIGITS = ("QOLI-20", "UTF-8", "CR2", "HC3", "2-1-1", "x86")
OF_SHIPPED_DATA = re.compile(r"synthetic|invented|calibrat|generator|no replication")


def read(path):
    return text_alone(path.read_text(encoding="utf-8"))


def digits(source):
    text = " ".join(typed(source))
    for pattern in NOT_PROSE:
        text = pattern.sub(" ", text)
    for name in NAMES_WITH_DIGITS:
        text = text.replace(name, " ")
    return [line for line in text.splitlines() if re.search(r"\d", line)]


@by_file
def test_no_number_is_typed(path):
    assert digits(read(path)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("in 4 models", True),
        ("{a}`4`", False),
        ("{{ printed['m.4'] }}", False),
        ("{{ '95%' if x else 'some' }}", True),
        ("{{ n | number(2) }}", False),
        ("{% if month == '9' %}a{% endif %}", False),
        ("{% if x %}at 9 months{% endif %}", True),
        ("{% macro m(x) %}9 {{ x }}{% endmacro %}", True),
    ],
)
def test_a_typed_number_would_be_found(source, found):
    assert bool(digits(source)) is found


def asks_for_the_data(node):
    """Whether a passage depends on whose data these are."""
    return isinstance(node, nodes.If) and any(
        isinstance(name, nodes.Name) and name.name == "data"
        for name in node.test.find_all(nodes.Name)
    )


@by_file
def test_what_holds_of_synthetic_data_alone_is_not_typed(path):
    text = " ".join(typed(read(path), [asks_for_the_data]))
    assert not OF_SHIPPED_DATA.search(ROLE.sub(" ", text))


@by_file
def test_links_lead_to_chapters(path):
    """In a book, a link to a chapter that is not there becomes its words."""
    name = path.relative_to(ROOT) if path in CHAPTERS else Path("book", path.name)
    page = name.with_suffix("").as_posix()
    targets = linked(path.read_text(encoding="utf-8"), page)
    assert not [name for name in targets if not (ROOT / f"{name}.md").is_file()]


@by_file
def test_a_template_can_be_parsed_and_reads_facts(path):
    names = {name.name for name in parsed(read(path)).find_all(nodes.Name)}
    assert names or "{{" not in read(path)
