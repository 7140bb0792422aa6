"""Grades from what students handed in, with a reason where an answer is wrong."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from smcm.report.csv_text import csv_text
from smcm.shown import named
from smcm.teach.handouts import SENTENCES
from smcm.teach.key_file import Key
from smcm.teach.questions import COARSE, DECIMALS, Question

NONE, NO_NUMBER = "no answer", "this is not a number"
NOTHING = "nothing handed in"
FAR = "this is not the right number, nor one that a usual mistake leads to"
SLIPS = ("question", "why it is wrong", "students", "names")
WRITTEN = re.compile(r"[.,](\d*)$")  # the decimals of a number


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer, graded.

    Attributes
    ----------
    question : Question
    given : str
        As it was handed in; empty where nothing was.
    why : str
        Why it is wrong; empty where it is right.
    """

    question: Question
    given: str
    why: str

    @property
    def right(self) -> bool:
        """Whether it counts."""
        return not self.why


def mark(question: Question, given: str) -> Mark:
    """Grade one answer, whose decimal sign is a point or a comma."""
    return Mark(question, given.strip(), _why(question, given.strip()))


def _why(question: Question, given: str) -> str:
    """Say why an answer is wrong; "" where it is right."""
    number = read_number(given)
    if number is None:
        return NO_NUMBER if given else NONE
    if question.right(number):
        return ""
    if slip := question.slip(number):
        return slip.why
    decimals = WRITTEN.search(given)
    places = len(decimals[1]) if decimals else 0
    return COARSE if places < DECIMALS and number in question.coarse() else FAR


def read_number(text: str) -> float | None:
    """Read a number as students write it; None where it is none.

    Examples
    --------
    >>> read_number("−0,125"), read_number(" .5"), read_number("about 1")
    (-0.125, 0.5, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace("\N{MINUS SIGN}", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if isfinite(number) and "_" not in plain else None


def grade(
    given: Mapping[str, Mapping[str, str]], key: Key
) -> dict[str, tuple[Mark, ...]]:
    """Grade a class; who handed in nothing is in it.

    Returns
    -------
    dict of str to tuple of Mark
        By student, in the order of the keys.
    """
    return {
        student: tuple(mark(q, given.get(student, {}).get(q.name, "")) for q in asked)
        for student, asked in key.items()
    }


def grade_files(
    homework: str,
    graded: Mapping[str, Sequence[Mark]],
    given: Mapping[str, Mapping[str, str]],
) -> dict[str, bytes]:
    """Write grades, a table of slips for the next class, and a line for each answer.

    Parameters
    ----------
    homework : str
        Its name.
    graded, given : mapping
        See `grade`. Written answers, of which no grade is made, are listed.
    """
    grades = [
        {
            "student": student,
            "handed in": "yes" if student in given else "no",
            "points": sum(m.right for m in marks),
            "of": len(marks),
        }
        | {m.question.name: m.why or "right" for m in marks}
        for student, marks in graded.items()
    ]
    texts = [
        {"student": student, SENTENCES: of[SENTENCES]}
        for student, of in given.items()
        if SENTENCES in of
    ]
    tables = {
        "grades.csv": csv_text(grades),
        "slips.csv": csv_text(slip_table(graded, given), SLIPS),
    } | ({f"{SENTENCES}.csv": csv_text(texts)} if texts else {})
    return {name: text.encode("utf-8-sig") for name, text in tables.items()} | {
        f"feedback/{student}.txt": feedback(homework, student, marks).encode()
        for student, marks in graded.items()
    }


def slip_table(
    graded: Mapping[str, Sequence[Mark]], given: Mapping[str, Mapping[str, str]]
) -> list[dict[str, object]]:
    """Count mistakes, the commonest first; missing answers stand below them."""
    who: dict[tuple[str, str], list[str]] = {}
    for student, marks in graded.items():
        for m in marks if student in given else ():
            if not m.right:
                who.setdefault((m.question.name, m.why), []).append(student)
    found = sorted(who.items(), key=lambda item: (item[0][1] == NONE, -len(item[1])))
    absent = [student for student in graded if student not in given]
    found += [(("", NOTHING), absent)] if absent else []
    return [
        dict(zip(SLIPS, (*about, len(names), "; ".join(names)), strict=True))
        for about, names in found
    ]


def feedback(homework: str, student: str, marks: Sequence[Mark]) -> str:
    """Tell one student what was right, and why the rest is not; no right number."""
    lines = [
        f"{m.question.text}: {named(m.given) + ', ' if m.given else ''}"
        f"{m.why or 'right'}."
        for m in marks
    ]
    total = f"{sum(m.right for m in marks)} of {len(marks)} right."
    return "\n".join([f"Homework {homework}, {student}", "", *lines, total, ""])
