"""Grades from what students handed in, with a reason where an answer is wrong."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from math import isfinite

from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import DataError, Fault
from smcm.report.csv_text import csv_text
from smcm.shown import named, shown
from smcm.teach.handouts import Key
from smcm.teach.keys import Question
from smcm.teach.roster import STUDENT, column_of

NONE, NO_NUMBER = "no answer", "this is not a number"
SLIPS = ("question", "why it is wrong", "students")
FAR = "this is near no number that we know"
Given = Mapping[str, Mapping[str, str]]  # answers by student and question


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer, graded.

    Attributes
    ----------
    question : Question
    given : str
        As it was handed in; empty where nothing was.
    right : bool
    why : str
        Why it is wrong; empty where it is right.
    """

    question: Question
    given: str
    right: bool
    why: str


def mark(question: Question, given: str) -> Mark:
    """Grade one answer, whose decimal sign is a point or a comma."""
    number = read_number(given)
    if not given.strip():
        return Mark(question, "", right=False, why=NONE)
    if number is None:
        return Mark(question, given, right=False, why=NO_NUMBER)
    if question.right(number):
        return Mark(question, given, right=True, why="")
    slip = question.slip(number)
    return Mark(question, given, right=False, why=slip.why if slip else FAR)


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


def read_answers(files: Mapping[str, bytes], key: Key) -> Given:
    """Read answers from one file or many.

    Parameters
    ----------
    files : mapping of str to bytes
        Tables by name, either with the columns student, question and answer, or with
        a column student and one for each question.
    key : mapping
        See `read_keys`.

    Raises
    ------
    DataError
        Every fault of every file at once: no such column, an unknown student, or one
        who answers a question twice and not alike.
    """
    faults: list[Fault] = []
    found: dict[str, dict[str, str]] = {}
    students = {student.casefold(): student for student in key}
    for name, content in files.items():
        sheet = read_sheet(name, content)
        faults += sheet.faults
        wrong = list(_header_faults(sheet, key))
        faults += wrong
        if wrong or not sheet.header:
            continue
        for line, student, question, answer in _cells(sheet, key):
            known = students.get(unicodedata.normalize("NFC", student).casefold())
            before = found.setdefault(known or "", {}).setdefault(question, answer)
            if known is None:
                faults.append(_unknown(name, line, student, students))
            elif before != answer:
                faults.append(_twice(name, line, question, before, answer))
    if faults:
        raise DataError(list(dict.fromkeys(faults)))
    return found


def _cells(sheet: Sheet, key: Key) -> Iterator[tuple[int, str, str, str]]:
    """Give line, student, question and answer, whichever shape a table has."""
    at = {name: column_of(sheet, name) for name in (STUDENT, "question", "answer")}
    questions = {q.name: column_of(sheet, q.name) for q in next(iter(key.values()))}
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        by = {name: cells[k].strip() for name, k in at.items() if k is not None}
        if "question" in by:
            yield line, by[STUDENT], by["question"].casefold(), by["answer"]
        else:
            for name, k in questions.items():
                if k is not None:
                    yield line, by[STUDENT], name, cells[k].strip()


def _header_faults(sheet: Sheet, key: Key) -> Iterator[Fault]:
    if not sheet.header:
        return
    names = [q.name for q in next(iter(key.values()))]
    there = {
        name: column_of(sheet, name) is not None
        for name in (STUDENT, "question", "answer", *names)
    }
    long = there["question"] and there["answer"]
    if not there[STUDENT] or not (long or any(there[name] for name in names)):
        yield Fault(
            file=sheet.file,
            line=sheet.header_line,
            value=", ".join(sheet.header),
            rule="Answers stand in the columns student, question and answer, or in "
            f"student and one column for each of {', '.join(names)}.",
            cure="Give the columns these names.",
        )


def _unknown(file: str, line: int, student: str, students: Mapping[str, str]) -> Fault:
    near = get_close_matches(student.casefold(), students, n=1)
    offer = f"Did you mean {shown(students[near[0]])}? " if near else ""
    return Fault(
        file=file,
        line=line,
        column=STUDENT,
        value=student,
        rule="Nobody of this name is in the class.",
        cure=f"{offer}Mend the name, or delete the row.",
    )


def _twice(file: str, line: int, question: str, before: str, answer: str) -> Fault:
    return Fault(
        file=file,
        line=line,
        column=question,
        value=answer,
        rule=f"This student has already answered {shown(before)} to this question.",
        cure="Keep the row that counts.",
    )


def grade(given: Given, key: Key) -> dict[str, tuple[Mark, ...]]:
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


def grade_files(graded: Mapping[str, Sequence[Mark]]) -> dict[str, bytes]:
    """Write grades, a table of slips for the next class, and a line for each answer."""
    grades = [
        {"student": student, "points": sum(m.right for m in marks), "of": len(marks)}
        | {m.question.name: "right" if m.right else m.why for m in marks}
        for student, marks in graded.items()
    ]
    slips = Counter(
        (m.question.name, m.why) for ms in graded.values() for m in ms if not m.right
    )
    common = sorted(slips.most_common(), key=lambda found: found[0][1] == NONE)
    told = [dict(zip(SLIPS, (*about, n), strict=True)) for about, n in common]
    return {
        "grades.csv": csv_text(grades).encode(),
        "slips.csv": csv_text(told, SLIPS).encode(),
        **{
            f"feedback/{student}.txt": feedback(marks).encode()
            for student, marks in graded.items()
        },
    }


def feedback(marks: Sequence[Mark]) -> str:
    """Tell one student what was right, and why the rest is not; no right number."""
    lines = [
        f"{m.question.text}: {named(m.given) or '–'}, {'right' if m.right else m.why}."
        for m in marks
    ]
    total = f"{sum(m.right for m in marks)} of {len(marks)} right."
    return "\n".join([*lines, total, ""])
