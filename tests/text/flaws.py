"""Signs that a filled text is not finished."""

import re

from tests.text.sources import text_alone

NOT_PROSE = (
    re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE),
    re.compile(r"^:::.*$", re.MULTILINE),
    re.compile(r"^:class:.*$", re.MULTILINE),
    re.compile(r"\{[\w:-]+\}`[^`]*`"),  # a role
    re.compile(r"`[^`]*`"),
    re.compile(r"\]\([^)]*\)"),  # where a link leads
)
UNFINISHED = re.compile(
    r"\b(?:nan|inf|None(?! of)|True|False(?! positives))\b"
    r"|(?<!\.)\.\.(?!\.)|[,;:] ?[.,;](?: |$)|\.[,;]"  # doubled signs
    r"|[^ ] [.,;!?](?: |$)|\( | \)|\(\)"  # blanks where none belong
    r"|\{\{|\}\}|\{%|%\}|DataString|Undefined"
)
ITEM = re.compile(r"^ *\d+[.)] .*$", re.MULTILINE)  # opens a list


def flaws(filled, source):
    """Give what is unfinished in the text of a chapter, with some words around it."""
    text = text_alone(filled)
    found = [line for line in ITEM.findall(text) if line not in source]
    for pattern in NOT_PROSE:
        text = pattern.sub("X", text)
    for paragraph in re.split(r"\n\s*\n", text):
        words = " ".join(paragraph.split())
        found += [_around(words, match) for match in UNFINISHED.finditer(words)]
    return found


def _around(words, match):
    return f"…{words[max(match.start() - 60, 0) : match.end() + 30]}…"
