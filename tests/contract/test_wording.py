"""Words and phrases that no text of the project uses, each with a plainer one.

Text is what chapters, macros, captions, tables, messages, help and docstrings say. Code
in backquotes, names of parameters, JSON keys and CSV columns are not text: ``reading``
and ``verdict`` are names that files and commands of earlier releases have.
"""

import ast
import posixpath
import re

import pytest

from smcm.paths import ROOT
from tests.text.sources import CHAPTERS, MACROS, file_of, text_alone, typed

MODULES = sorted((ROOT / "smcm").rglob("*.py"))
GUIDES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "smcm").rglob("*.md")),  # handed out with homework
    ROOT / "data" / "synthetic" / "README.md",
]

# what to find (white space is one blank), what to write, and an example
HABITS = (
    (r"lea?(?:ve|ves|ving|ft) (?:zero|0) out", "exclude zero", "It leaves zero out."),
    (r"h[eo]ld(?:s|ing)? (?:zero|0)\b", "include zero", "It holds zero."),
    (
        r"(?:tell|told)(?:s|ing)? [^.;:]{0,40}\bfrom (?:zero|0)\b",
        "differ significantly from zero",
        "No effect can be told from zero.",
    ),
    (r"clear(?:s|ed|ing)? zero", "exclude zero", "Its interval clears zero."),
    (
        r"(?:keep|kept|miss)(?:s|es|ed|ing)? (?:its|their|the) (?:usual )?levels?\b",
        "be (not) significant at the level that applies",
        "A path misses its level.",
    ),
    (
        r"sides? of (?:its|the|their) level",
        "significance",
        "It changes sides of its level.",
    ),
    (r"verdicts?\b", "conclusion, result", "The verdict is the same."),
    (r"roads?\b", "path, mechanism", "The road through the alliance."),
    (r"c[oa]mes? anew", "be newly significant", "One path comes anew."),
    (
        r"know(?:s|ing)?(?: of)? (?:the |their )?(?:teams?|clusters?)\b",
        "robust to clustering by team",
        "Errors that know of the teams.",
    ),
    (r"knowing of", "robust to, allowing for", "Errors knowing of clusters."),
    (r"(?:sets|data|it) knows? less", "hold less information", "The sets know less."),
    (
        r"(?:published|defensible|either|whichever|both|two|the study's) readings?\b",
        "analysis",
        "The defensible reading pools.",
    ),
    (
        r"what is said of clients",
        "no statement refers to",
        "What is said of clients here.",
    ),
    (
        r"(?:paths?(?: \w)?|effects?|mediation|findings?|conclusions?)"
        r" (?:still |also )?stands?\b"
        r"(?! (?:in for|on|for|beside|under|at)\b)",
        "be significant, hold",
        "Path a stands in two models.",
    ),
    (r"likeness", "similarity, correlation", "The likeness of clients."),
    (
        r"with its like\b|whose like\b",
        "comparable covariate",
        "A covariate whose like.",
    ),
    (
        r"for strangers|but its shadow|return journey",
        "say it plainly",
        "For strangers.",
    ),
    (r"hangs? on\b", "depend on", "It hangs on the choices."),
    (r"yardstick", "benchmark", "A common yardstick."),
    (r"what bec[ao]mes? of clients", "client outcomes", "What became of clients."),
    (r"the other way (?:a)?round", "in the reverse direction", "The other way round."),
    (r"effect,? in all\b(?! [\w#])", "total effect", "The effect in all."),
    (
        r"takes? in (?:\d|#|all|the) ?\w* ?clients",
        "include",
        "It takes in 311 clients.",
    ),
    (r"rules? of thumb wants?", "the rule of thumb is", "A rule of thumb wants sets."),
    (
        r"(?:clients|teams|members) (?:are |were )?drawn\b",
        "resample",
        "Clients are drawn with replacement.",
    ),
    (
        r"(?:conclusions?|results?|significance|signs?) (?:turns?|flips?)\b",
        "change",
        "The conclusion turns.",
    ),
    (
        r"to the last bit (?:were|was|is|are)\b",
        "put the subject first",
        "To the last bit were.",
    ),
    (r"speaks? against leaning", "the limits of", "What speaks against leaning on it."),
    (r"lead to follow", "hypothesis", "It is a lead to follow."),
    (r"told in other words", "paraphrase", "Told in other words."),
    (
        r"what nobody measured|why believe these|run it on your data"
        r"|can the printed numbers hold",
        "the title that the chapter has",
        "See “Run it on your data”.",
    ),
    (r"slips? of one key", "typing error", "A slip of one key."),
    (
        r"(?:^|(?<=[.?!] ))(?:In|Of|Between|Among|Within|Under) (?:[\w#-]+ ){1,4}"
        r"(?:were|lies?) (?:[\d#]|(?:none|all|one|two|no)\b)",
        "put the subject first",
        "In stable housing were 81%.",
    ),
)
FOUND = [
    (re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE), instead)
    for pattern, instead, _ in HABITS
]
NOT_TEXT = (
    re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE),
    re.compile(r"``[^`]*``|\{[\w:-]+\}`[^`]*`|`[^`]*`"),  # code, roles
    re.compile(r"\]\([^)]*\)"),  # where a link leads
    re.compile(r"^ *(?:\w+, )*\w+ : .*$", re.MULTILINE),  # parameters of a docstring
)
NAME = re.compile(r"[a-z_][\w./-]*")
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
STATEMENT = re.compile(r"\{%.*?%\}|\{##.*?##\}", re.DOTALL)


def habits(text):
    """Give what of a text should be said otherwise, each with the plainer words."""
    for pattern in NOT_TEXT:
        text = pattern.sub(" ", text)
    text = " ".join(text.split())
    return [
        f"“{match[0]}”: write “{instead}”"
        for pattern, instead in FOUND
        for match in pattern.finditer(text)
    ]


def template_text(source):
    """Give a template's sentences, ``#`` for every value, and words of expressions."""
    text = text_alone(source)
    sentences = EXPRESSION.sub("#", STATEMENT.sub(" ", text))
    return [sentences, *typed(text)]


def python_text(source):
    """Give every string of a module, docstrings too, that is not a mere name."""
    for node in ast.walk(ast.parse(source)):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and not NAME.fullmatch(text):
            yield text


def found(path, texts):
    name = path.relative_to(ROOT).as_posix()
    source = path.read_text(encoding="utf-8")
    return sorted(
        {f"{name}: {habit}" for text in texts(source) for habit in habits(text)}
    )


@pytest.mark.parametrize("path", [*CHAPTERS, *MACROS], ids=file_of)
def test_chapters_use_the_terms_of_the_field(path):
    assert found(path, template_text) == []


def test_messages_tables_help_and_docstrings_do():
    assert [line for path in MODULES for line in found(path, python_text)] == []


@pytest.mark.parametrize("path", [*CHAPTERS, *MACROS], ids=file_of)
def test_a_set_whose_gaps_are_filled_is_a_completed_data_set(path):
    text = " ".join(template_text(path.read_text(encoding="utf-8")))
    assert not re.search(r"\bcompleted\s+sets?\b", text, re.IGNORECASE)


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.name)
def test_guides_do(path):
    assert found(path, lambda source: [source]) == []


@pytest.mark.parametrize(
    ("example", "instead"), [(example, instead) for _, instead, example in HABITS]
)
def test_each_is_found(example, instead):
    assert any(f"write “{instead}”" in habit for habit in habits(f"First. {example}"))


@pytest.mark.parametrize(
    "text",
    [
        "The ``verdict`` of a claim, and `--reading defensible`.",
        "    likeness : mapping of str to Likeness",
        "A reading of fidelity.",
        "In all eight models, the interval excludes zero.",
        "One number stands for an interval; a path stands for a hypothesis.",
        "Broadly, abroad.",
    ],
)
def test_names_and_other_senses_are_not(text):
    assert habits(text) == []


@pytest.mark.parametrize(
    "source",
    [
        "Its\nverdict.",
        "{{ 'the verdict' if x }}",
        "{% if x %}\nIn stable housing were {{ n | whole }}.\n{% endif %}",
        "```{code-cell} python\n---\nmystnb:\n  figure:\n    caption: >-\n"
        "      The verdict.\n---\nx\n```\n",
    ],
)
def test_every_part_of_a_template_is_looked_at(source):
    assert [habit for text in template_text(source) for habit in habits(text)]


@pytest.mark.parametrize(
    "source", ['"""The verdict."""', 'f"{x} verdict: {y}"', 'f("Verdict")']
)
def test_every_string_of_a_module_is_looked_at(source):
    assert [habit for text in python_text(source) for habit in habits(text)]


LINK = re.compile(r"\[([A-Z][^\]]*)\]\(([\w./-]+\.md)(?:#[^)]*)?\)")


def titles_otherwise(text, titles, folder=""):
    """Give the links to chapters that name them by another title than their own."""
    links = [
        (" ".join(words.split()), posixpath.normpath(posixpath.join(folder, file)))
        for words, file in LINK.findall(text)
    ]
    return [(text, file) for text, file in links if titles.get(file, text) != text]


@pytest.fixture(scope="module")
def titles():
    heading = re.compile(r"^# (.+)$", re.MULTILINE)
    texts = {
        file_of(path): text_alone(path.read_text(encoding="utf-8")) for path in CHAPTERS
    }
    return {name: heading.search(text)[1] for name, text in texts.items()}


@pytest.mark.parametrize("path", [*CHAPTERS, *MACROS], ids=file_of)
def test_links_name_chapters_by_their_titles(path, titles):
    folder = posixpath.dirname(file_of(path)) if path in CHAPTERS else ""
    assert titles_otherwise(path.read_text("utf-8"), titles, folder) == []


def test_another_title_would_be_found():
    titles = {"power.md": "Power and sample size"}
    assert titles_otherwise("[What is needed](power.md)", titles)
    assert titles_otherwise("[What is needed](../power.md)", titles, "lessons")
    assert not titles_otherwise("[What is needed](power.md)", titles, "lessons")
    assert not titles_otherwise("[Power and sample size](power.md)", titles)
    assert not titles_otherwise("the [chapter on power](power.md#a)", titles)
