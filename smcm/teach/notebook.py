"""A notebook for nbgrader: one for the class, graded by the file that it stands beside.

It is written as JSON of the notebook format 4.5 (nbformat, to which the tests hold
it), so that no package is needed; its cells carry nbgrader's metadata, version 3. The
hidden tests know the files that were handed out by digests of their values;
nbgrader takes them out of what students get.
"""

import hashlib
import json
from collections.abc import Sequence
from pprint import pformat
from typing import Any

import pandas as pd

from smcm.teach.keys import Assignment
from smcm.teach.questions import Question
from smcm.teach.task import AIM, COLUMNS, READ_BY, RULES, THREE_SENTENCES, listed

FIRST = """# {name}

Put your `data.csv` beside this notebook. {aim}

{columns}

{rules}"""
ANSWER = """# {text}
### BEGIN SOLUTION
{name} = None
### END SOLUTION"""
READ = """import pandas as pd

data = pd.read_csv("data.csv")
data.head()"""
HANDED_OUT = """assert data.shape == ({rows}, {columns})
### BEGIN HIDDEN TESTS
import hashlib

KEYS = {keys}
values = (pd.read_csv("data.csv") * 100).round().astype("int64").to_numpy().tolist()
digest = hashlib.sha256(str(values).encode()).hexdigest()
assert digest in KEYS, "this data.csv is none that was handed out"
key = KEYS[digest]
### END HIDDEN TESTS"""
TEST = """assert isinstance({name}, (int, float)), "{name} is to be a number"
### BEGIN HIDDEN TESTS
answer, tolerance = key["{name}"]
assert abs({name} - answer) <= tolerance
### END HIDDEN TESTS"""


def notebook(name: str, given: Sequence[Assignment], *, written: bool) -> bytes:
    """Write the instructor's notebook, from which nbgrader makes the students'.

    Parameters
    ----------
    name : str
        Of the homework.
    given : sequence of Assignment
    written : bool
        Whether a cell for three sentences stands at the end.
    """
    one = given[0]
    keys = {
        digest(each.frame): {q.name: (q.answer, q.tolerance) for q in each.questions}
        for each in given
    }
    first = FIRST.format(
        name=name, aim=AIM, columns=listed(COLUMNS), rules=listed(RULES)
    )
    rows, columns = one.frame.shape
    handed_out = HANDED_OUT.format(rows=rows, columns=columns, keys=pformat(keys))
    cells = [
        _cell("task", first, kind="markdown", locked=True),
        _cell("read", READ, locked=True),
        _cell("handed-out", handed_out, grade=True, points=0),
    ]
    for question in one.questions:
        cells += _of(question)
    if written:
        text = f"{THREE_SENTENCES} {READ_BY}"
        cells.append(
            _cell(
                "sentences", text, kind="markdown", grade=True, solution=True, points=0
            )
        )
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    book = {"cells": cells, "metadata": about, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, indent=1, ensure_ascii=False).encode() + b"\n"


def digest(frame: pd.DataFrame) -> str:
    """Tell a file by its values, whatever a program made of its ends of lines.

    They are compared in hundredths, as whole numbers.
    """
    values = (frame * 100).round().astype("int64").to_numpy().tolist()
    return hashlib.sha256(str(values).encode()).hexdigest()


def _of(question: Question) -> list[dict[str, Any]]:
    """Where a number is to be found, and the cell that grades it."""
    answer = ANSWER.format(text=question.text, name=question.name)
    test = TEST.format(name=question.name)
    return [
        _cell(question.name, answer, solution=True),
        _cell(f"{question.name}-test", test, grade=True),
    ]


def _cell(
    name: str,
    source: str,
    *,
    kind: str = "code",
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: int = 1,
) -> dict[str, Any]:
    """Write a cell, and what nbgrader does with it."""
    about: dict[str, Any] = {"schema_version": 3, "grade_id": name, "task": False}
    locked = locked or (grade and not solution)
    about |= {"grade": grade, "solution": solution, "locked": locked}
    about |= {"points": points} if grade else {}
    cell = {"id": name, "cell_type": kind, "metadata": {"nbgrader": about}}
    code: dict[str, Any] = {"outputs": [], "execution_count": None}
    return cell | {"source": source} | (code if kind == "code" else {})
