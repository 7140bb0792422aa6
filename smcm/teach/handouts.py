"""What is handed out for one homework, and what the instructor keeps, as files."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smcm.errors import DataError, Fault
from smcm.report.csv_text import csv_text
from smcm.strict_json import read_json
from smcm.teach.key_file import KEYS, key_file
from smcm.teach.keys import Assignment
from smcm.teach.moodle import bank, name_of
from smcm.teach.notebook import notebook
from smcm.teach.task import (
    AIM,
    COLUMNS,
    READ_BY,
    RULES,
    THREE_SENTENCES,
    listed,
    text_of,
)
from smcm.teach.worlds import THREE

STUDENTS, INSTRUCTOR = "students", "instructor"
ABOUT, TRUTHS = "homework.json", "truths.csv"
DATA, README, SENTENCES = "data.csv", "README.md", "sentences"
WHAT = "what is asked"


@dataclass(frozen=True, slots=True)
class Homework:
    """What all students of one homework share.

    Attributes
    ----------
    name, world : str
    """

    name: str
    world: str

    @property
    def written(self) -> bool:
        """Whether three sentences are asked for, which a person reads."""
        return self.world == THREE

    def to_json(self) -> str:
        """Write it for the instructor's folder."""
        told = {"homework": self.name, "world": self.world}
        return json.dumps(told, indent=1, ensure_ascii=False) + "\n"

    @classmethod
    def from_json(cls, content: bytes) -> "Homework":
        """Read it back.

        Raises
        ------
        DataError
            What stands there was not written by `to_json`.
        """
        try:
            told = read_json(content)
            return cls(str(told["homework"]), str(told["world"]))
        except (ValueError, KeyError, TypeError) as error:
            rule = "This file says which homework the folder holds; it was changed."
            cure = "Restore it, or write the class anew into an empty folder."
            raise DataError([Fault(file=ABOUT, rule=rule, cure=cure)]) from error


def student_files(homework: Homework, given: Assignment) -> dict[str, bytes]:
    """Write what one student gets: data, task and a form; no truth, no key, no seed.

    Returns
    -------
    dict of str to bytes
        By name.
    """
    asked = {q.name: q.text for q in given.questions}
    if homework.written:
        asked[SENTENCES] = f"{THREE_SENTENCES} {READ_BY}"
    blank = [
        {"student": given.student, "question": name, "answer": "", WHAT: text}
        for name, text in asked.items()
    ]
    answers = f"answers-{given.student}.csv"
    task = text_of("task").format(
        homework=homework.name,
        data=DATA,
        answers=answers,
        n=len(given.frame),
        teams=given.frame["team"].nunique(),
        aim=AIM,
        columns=listed(COLUMNS),
        rules=listed(RULES),
        asked="\n".join(f"| {name} | {text} |" for name, text in asked.items()),
    )
    return {
        DATA: data_of(given.frame),
        answers: csv_text(blank).encode("utf-8-sig"),
        README: task.encode(),
    }


def instructor_files(
    homework: Homework, given: Sequence[Assignment], before: int = 0
) -> dict[str, bytes]:
    """Write what the instructor keeps: keys, truths, a bank for Moodle, a notebook.

    Parameters
    ----------
    homework : Homework
    given : sequence of Assignment
    before : int
        How many of them there were; a bank of its own holds the others.
    """
    name, asks = homework.name, homework.written
    files = [(one, data_of(one.frame)) for one in given]
    truths = [_truth(one, name_of(name, k)) for k, one in enumerate(given, 1)]
    kept = {
        ABOUT: homework.to_json().encode(),
        README: text_of("guide").format(homework=name).encode(),
        KEYS: key_file(given),
        TRUTHS: csv_text(truths).encode("utf-8-sig"),
        "moodle.xml": bank(name, files, written=asks),
        "nbgrader.ipynb": notebook(name, given, written=asks),
    }
    if 0 < before < len(given):
        late = bank(name, files[before:], written=False, first=before + 1)
        kept["moodle-late.xml"] = late
    return kept


def data_of(frame: pd.DataFrame) -> bytes:
    """Write the data of a student, the same bytes on every system."""
    return csv_text(frame.to_dict("records")).encode()  # type: ignore[arg-type]


def _truth(one: Assignment, moodle: str) -> dict[str, object]:
    t = one.truth
    return {
        "student": one.student,
        "moodle": moodle,
        "world": t.name,
        "cause": t.cause.value,
        "a": t.a,
        "b": t.true_b,
        "direct": t.true_direct,
        "indirect": t.true_indirect,
    }
