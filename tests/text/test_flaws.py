"""A text that is not finished is seen to be so."""

import pytest

from tests.text.flaws import flaws


@pytest.mark.parametrize(
    "text",
    [
        "Of nan clients, some.",
        "It is None.",
        "Up to inf points.",
        "It ended..",
        "It ended ., and",
        "At 9 months\n.",
        "Some ( in two models).",
        "Some () of them.",
        "One, , two.",
        "One; .",
        "Of {{ name }}, some.",
        "Ranges from one to\n5. A score is",
    ],
)
def test_a_flaw_is_found(text):
    assert len(flaws(f"# Title\n\n{text}\n", "")) >= 1


@pytest.mark.parametrize(
    "text",
    [
        "None of the eight models, 1,311 in all; p=.012.",
        "See {numref}`tab-a` ({math}`a..b`), and [there](../x.md).",
        "1. An item of the source.",
        "```{code-cell} python\nNone .\n```\n",
        ":::{note}\n:class: x\n\nA finding.\n:::",
        "One … two.",
    ],
)
def test_a_finished_text_has_none(text):
    assert flaws(f"# Title\n\n{text}\n", text) == []


def test_a_caption_is_read_too():
    shown = "mystnb:\n  figure:\n    caption: >-\n      A nan.\n"
    assert flaws(f"```{{code-cell}} python\n---\n{shown}---\nplot()\n```\n", "")
