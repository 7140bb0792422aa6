"""What is handed out for one homework, and what the instructor keeps, as files."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from smcm.cohort.formulas import as_written
from smcm.errors import DataError, Fault
from smcm.report.csv_text import csv_text
from smcm.strict_json import read_json
from smcm.teach.keys import ASKED, DECIMALS, Assignment, Question, Slip
from smcm.teach.moodle import bank
from smcm.teach.notebook import notebook
from smcm.teach.worlds import COVARIATES, THREE, M, X, Y

STUDENTS, INSTRUCTOR = "students", "instructor"
ABOUT, KEYS, TRUTHS = "homework.json", "keys.csv", "truths.csv"
DATA, ANSWERS = "data.csv", "answers.csv"
RIGHT, SLIP = "right", "slip"
WHAT = "what is asked"
KEY_COLUMNS = ("student", "question", "kind", "value", "tolerance", "why")
Key = Mapping[str, tuple[Question, ...]]

TASK = """# {homework}

`{data}` describes {n} clients of {teams} teams. Does the working alliance between
client and case manager carry the effect of a team's fidelity on hope?

- `{x}`: fidelity of the client's team to the model, in points
- `{m}`: working alliance, in points (mediator)
- `{y}`: hope, in points (outcome)
- covariates in both equations: {covariates} (hope before)
- leave `team` out

Use any program. Write your answers into the column `answer` of `{answers}`, with
{decimals} decimals and a point or a comma, and hand in that file.

| question | what is asked |
|---|---|
{asked}

All paths are unstandardized. For the limits, take at least {resamples:,} bootstrap
samples.
{essay}"""
ESSAY = """
Then, in three sentences: which further data would tell whether the alliance acts on
hope, hope acts on the alliance, or something else raises both?
"""


@dataclass(frozen=True, slots=True)
class Homework:
    """What all students of one homework share.

    Attributes
    ----------
    name, world : str
    """

    name: str
    world: str

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
    blank = [
        {"student": given.student, "question": q.name, "answer": "", WHAT: q.text}
        for q in given.questions
    ]
    covariates = ", ".join(f"`{name}`" for name in COVARIATES)
    task = TASK.format(
        homework=homework.name,
        data=DATA,
        answers=ANSWERS,
        n=len(given.frame),
        teams=given.frame["team"].nunique(),
        x=X,
        m=M,
        y=Y,
        covariates=covariates,
        decimals=DECIMALS,
        resamples=ASKED,
        asked="\n".join(f"| {q.name} | {q.text} |" for q in given.questions),
        essay=ESSAY if homework.world == THREE else "",
    )
    return {
        DATA: data_of(given.frame),
        ANSWERS: csv_text(blank).encode(),
        "README.md": task.encode(),
    }


def instructor_files(
    homework: Homework, given: Sequence[Assignment]
) -> dict[str, bytes]:
    """Write what the instructor keeps: keys, truths, a bank for Moodle, a notebook."""
    files = [(one, data_of(one.frame)) for one in given]
    return {
        ABOUT: homework.to_json().encode(),
        KEYS: csv_text([row for one in given for row in _keys(one)]).encode(),
        TRUTHS: csv_text([_truth(one) for one in given]).encode(),
        "moodle.xml": bank(homework.name, files),
        "nbgrader.ipynb": notebook(homework.name, files),
    }


def data_of(frame: pd.DataFrame) -> bytes:
    """Write the data of a student, the same bytes on every system."""
    return csv_text(frame.to_dict("records")).encode()  # type: ignore[arg-type]


def _truth(one: Assignment) -> dict[str, object]:
    t = one.truth
    return {
        "student": one.student,
        "world": t.name,
        "cause": t.cause.value,
        "a": t.a,
        "b": t.true_b,
        "direct": t.true_direct,
        "indirect": t.true_indirect,
    }


def _keys(one: Assignment) -> Iterator[dict[str, object]]:
    for q in one.questions:
        about = {"student": one.student, "question": q.name}
        right = {"kind": RIGHT, "value": q.answer, "tolerance": q.tolerance}
        yield about | right | {"why": q.text}
        for slip in q.slips:
            wrong = {"kind": SLIP, "value": slip.value, "tolerance": None}
            yield about | wrong | {"why": slip.why}


def read_keys(content: bytes) -> Key:
    """Read the keys of a class back.

    Returns
    -------
    mapping of str to tuple of Question
        By student.

    Raises
    ------
    DataError
        The file was changed, so that it is no file of keys.
    """
    found: dict[str, dict[str, Question]] = {}
    try:
        rows = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""))
        if rows.fieldnames is None or tuple(rows.fieldnames) != KEY_COLUMNS:
            raise KeyError(KEY_COLUMNS)
        for row in rows:
            of_student = found.setdefault(as_written(row["student"]), {})
            name, value = row["question"], float(row["value"])
            if row["kind"] == RIGHT:
                reach = float(row["tolerance"])
                of_student[name] = Question(
                    name=name, text=row["why"], answer=value, tolerance=reach
                )
            else:
                q = of_student[name]
                slips = (*q.slips, Slip(value, row["why"]))
                of_student[name] = replace(q, slips=slips)
    except (ValueError, KeyError, TypeError) as error:
        rule = "This file holds the keys of the class; it was changed."
        cure = "Run smcm teach class with the same roster again; it writes the file."
        raise DataError([Fault(file=KEYS, rule=rule, cure=cure)]) from error
    return {student: tuple(of.values()) for student, of in found.items()}


def key_text(questions: Sequence[Question]) -> str:
    """Write a key for people: each answer, and the numbers of slips beneath."""
    lines = []
    for q in questions:
        reach = f"{q.tolerance:.4f}"
        lines.append(f"{q.answer:10.3f}  {q.name}: {q.text} (within {reach})")
        lines += [f"{slip.value:10.3f}    {slip.why}" for slip in q.slips]
    return "\n".join(lines)
