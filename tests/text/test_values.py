"""Strings from data are shown as they are, wherever they stand, and do nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from smcm.text import Text

HOSTILE = (
    "{{ 7 * 7 }}",
    "{% if x %}",
    "{## gone ##}",
    "{#name}",
    "<script>alert(1)</script>",
    "<b>bold</b>",
    "&amp;",
    "*em* **strong** _em_ __strong__",
    "`code` ``code``",
    "{cite}`bell2002`",
    "[a](b.html) ![i](i.png)",
    "$x$ $$y$$",
    "# heading",
    "- item",
    "1. item",
    "+ item",
    "> quote",
    "a | b",
    "::: note",
    ":a: b",
    "~~gone~~",
    "text[^1]",
    "line\n\nparagraph",
    "line\n# heading",
    "https://example.org",
    "a@b.org",
    "back\\slash \\* end\\",
    "term\n: definition",
    "% comment",
    "+++ {}",
    "(label)=",
    "---",
    "===",
    "***",
    "    indented",
    "\ttab",
)
PLACES = (
    "{{ name }}",
    "Of {{ name }}, some.",
    "- {{ name }}",
    "| a | b |\n|---|---|\n| {{ name }} | c |",
)
EXTENSIONS = [
    *("amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist"),
    *("dollarmath", "fieldlist", "smartquotes", "tasklist", "substitution"),
]
PLAIN = {"text", "inline", "paragraph_open", "paragraph_close", "softbreak"}


def parser():
    return create_md_parser(
        MdParserConfig(enable_extensions=EXTENSIONS), DocutilsRenderer
    )


def kinds(text):
    """What MyST makes of a text, apart from words."""
    found = []
    for token in parser().parse(text):
        found += [token.type, *(child.type for child in token.children or ())]
    return [kind for kind in found if kind != "text"]


def shown(text):
    return "".join(
        child.content
        for token in parser().parse(text)
        for child in token.children or ()
        if child.type in ("text", "text_special")
    )


def filled(place, name):
    return Text().filled(place, "book/results.md", {"name": name})


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_does_nothing(place, name):
    assert kinds(filled(place, name)) == kinds(filled(place, "harmless"))


@given(
    st.text(alphabet=st.sampled_from("\\`*_{}[]<>()#+-.!|~^$%&:=@'\"1 a\n"), min_size=1)
)
def test_any_signs_are_shown_as_they_are(name):
    told = filled("Of {{ name }}, some.", name)
    assert not set(kinds(told)) - PLAIN - {"text_special"}
    plainly = str.maketrans("“”‘’", "\"\"''")
    expected = f"Of {' '.join(name.split())}, some."
    assert "".join(shown(told).translate(plainly).split()).replace("–", "--").replace(
        "—", "---"
    ).replace("…", "...") == "".join(expected.split())
