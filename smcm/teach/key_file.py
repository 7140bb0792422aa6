"""The file of keys: every answer, how far off one may be, and where slips lead."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from smcm.cohort.formulas import as_written
from smcm.errors import DataError, Fault
from smcm.report.csv_text import csv_text
from smcm.teach.keys import Assignment
from smcm.teach.questions import Question, Slip

KEYS = "keys.csv"
RIGHT, SLIP = "right", "slip"
KEY_COLUMNS = ("student", "question", "kind", "value", "tolerance", "why")
Key = Mapping[str, tuple[Question, ...]]


def key_file(given: Sequence[Assignment]) -> bytes:
    """Write the keys of a class."""
    rows = [row for one in given for row in _keys(one)]
    return csv_text(rows).encode("utf-8-sig")


def _keys(one: Assignment) -> Iterator[dict[str, object]]:
    for q in one.questions:
        about = {"student": one.student, "question": q.name}
        right = {"kind": RIGHT, "value": q.answer, "tolerance": q.tolerance}
        yield about | right | {"why": q.text}
        for slip in q.slips:
            wrong = {"kind": SLIP, "value": slip.value, "tolerance": slip.reach}
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
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        if rows.fieldnames is None or tuple(rows.fieldnames) != KEY_COLUMNS:
            raise KeyError(KEY_COLUMNS)
        for row in rows:
            of_student = found.setdefault(as_written(row["student"]), {})
            name, value = row["question"], float(row["value"])
            reach = float(row["tolerance"])
            if row["kind"] == RIGHT:
                of_student[name] = Question(
                    name=name, text=row["why"], answer=value, tolerance=reach
                )
            else:
                q = of_student[name]
                slips = (*q.slips, Slip(value, row["why"], reach))
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
