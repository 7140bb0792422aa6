"""The text of chapters: what it lets through, what it refuses, and where it says so."""

import pytest

from smcm.errors import BuildError
from smcm.report import format as fmt
from smcm.text import Text

FACTS = {
    "n": 1311,
    "p": 0.0004,
    "share": 0.24,
    "names": ["QOLI-20", "PGI"],
    "models": [
        {"title": "A", "a": {"low": -0.1, "high": 0.3, "significant": True}},
        {"title": "B", "a": {"low": 0.001, "high": 0.3, "significant": False}},
    ],
    "none": None,
    "record": {"items": 3, "keys": 4, "empty": {}},
}
CHAPTER = "book/results.md"


@pytest.fixture(scope="module")
def text():
    return Text()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("{{ n | whole }}", "1,311"),
        ("{{ p | p }}", fmt.p_phrase(FACTS["p"])),
        ("{{ share | share }}", "24%"),
        ("{{ names | listed }}", "QOLI-20 and PGI"),
        ("{{ models | selectattr('a.significant') | of(models) }}", "one of the two"),
        ("{{ models | map(attribute='title') | listed }}", "A and B"),
        ("{{ (models | first).a | limits }}", fmt.limits(-0.1, 0.3)),
        ("{{ record.items | whole }} {{ record.keys | whole }}", "3 4"),
        ("{{ 'some' if record.empty else 'nothing' }}", "nothing"),
        ("{{ models | counted('model') }}", "two models"),
        ("{{ models | one('is', 'are') }}", "are"),
        (
            "{% macro m(x) %}\n({{ x.title }})\n{% endmacro %}"
            "{{ models | each(m) | listed }}.",
            "(A) and (B).",
        ),
        (
            "{% macro m() %}\n{% if n %}\nas many\n  as\n{% endif %}\n{{ n | whole }}\n"
            "{% endmacro %}caption: {{ m() }}.",
            "caption: as many as 1,311.",
        ),
        (
            "{% macro m() %}\n::: note\nOne\n\ntwo.\n:::\n{% endmacro %}{{ m() }}",
            "::: note\nOne\n\ntwo.\n:::",
        ),
        ("(x)={#name} y", "(x)={#name} y"),
        ("a{## a comment ##}b", "ab"),
    ],
)
def test_facts_are_written(text, source, told):
    assert text.filled(source, CHAPTER, FACTS) == told


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ n }}", "needs a filter that writes it"),
        ("{{ names }}", "needs a filter that writes it"),
        ("{{ none }}", "needs a filter that writes it"),
        ("{{ 5 }}", "needs a filter that writes it"),
        ("{{ nn | whole }}", "there is no 'nn'"),
        ("{{ record.item | whole }}", "there is no 'item'"),
        ("{{ record.item | whole }}", "Did you mean 'items'?"),
        ("{{ models | selectattr('a.sig') | of(models) }}", "there is no 'sig'"),
        ("{{ models | map(attribute='titel') | listed }}", "there is no 'titel'"),
        ("{{ n | rounded }}", "rounded"),
        ("{% if n %}", "Unexpected end"),
        ("{{ names[0].upper() }}", "there is no 'upper'"),
        ("{{ names[0]._text }}", "'_text'"),
        ("{{ ''.__class__ }}", "'__class__'"),
        ("{{ range(3) | list }}", "there is no 'range'"),
        ("{{ none | number }}", "must be real number"),
        ("{% from 'nowhere.j2' import x %}", "nowhere.j2"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(text, source, said):
    with pytest.raises(BuildError) as error:
        text.filled(f"one\n\n{source}\n", CHAPTER, FACTS)
    assert str(error.value).startswith(f"{CHAPTER}, line 3: ") or "line 4" in str(
        error.value
    )
    assert said in str(error.value)


def test_a_fault_in_a_macro_names_both_places(tmp_path):
    (tmp_path / "few.j2").write_text("{% macro m() %}\n\n{{ n }}\n{% endmacro %}\n")
    source = '{% from "few.j2" import m with context %}\n{{ m() }}\n'
    with pytest.raises(BuildError) as error:
        Text(tmp_path).filled(source, CHAPTER, FACTS)
    assert str(error.value).startswith(f"{CHAPTER}, line 2, in ")
    assert "few.j2, line 3: 1311 needs a filter" in str(error.value)
