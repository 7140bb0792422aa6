"""A bank of questions for Moodle: one cloze question a file, its data attached.

The format is Moodle's own XML with embedded answers (Cloze), as its documentation
describes them and its importer reads them: of several answers the first that fits
counts, so the right one stands first; an answer without a percentage counts nothing,
and its feedback is shown all the same. No import into a real Moodle was possible where
this was written.
"""

import base64
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from smcm.teach.keys import Assignment
from smcm.teach.questions import COARSE, Question, Slip
from smcm.teach.task import AIM, COLUMNS, READ_BY, RULES, THREE_SENTENCES, listed_html

ESCAPED = str.maketrans({"#": r"\#", "}": r"\}", "~": "&#126;"})  # all that is undone
LEAST = 1e-6  # tolerance of a number with few decimals, which is given as it is
BODY = (
    '<p>Your data: <a href="@@PLUGINFILE@@/{file}">{file}</a>. {aim}</p>{columns}'
    "{rules}<ol>{gaps}</ol>"
)


def bank(
    category: str,
    given: Iterable[tuple[Assignment, bytes]],
    *,
    written: bool,
    first: int = 1,
) -> bytes:
    """Write a bank from which a quiz takes a random question; it tells no truth.

    Parameters
    ----------
    category : str
    given : iterable of (Assignment, bytes)
        Each with its file; questions are numbered and name no student.
    written : bool
        Whether a question for three sentences stands at the end.
    first : int
        Number of the first question.
    """
    quiz = ET.Element("quiz")
    head = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(head, "category"), f"$course$/top/{category}")
    for number, (one, data) in enumerate(given, first):
        name = name_of(category, number)
        _question(ET.SubElement(quiz, "question", type="cloze"), name, one, data)
    if written:
        essay = ET.SubElement(quiz, "question", type="essay")
        _text(ET.SubElement(essay, "name"), f"{category}-sentences")
        body = ET.SubElement(essay, "questiontext", format="html")
        _text(body, f"<p>{THREE_SENTENCES} {READ_BY}</p>")
        ET.SubElement(essay, "defaultgrade").text = "0"
    ET.indent(quiz)
    whole: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return whole


def name_of(category: str, number: int) -> str:
    """Name a question."""
    return f"{category}-{number:03d}"


def _question(at: ET.Element, name: str, one: Assignment, data: bytes) -> None:
    _text(ET.SubElement(at, "name"), name)
    body = ET.SubElement(at, "questiontext", format="html")
    gaps = "".join(f"<li>{q.text}: {gap(q)}</li>" for q in one.questions)
    _text(
        body,
        BODY.format(
            file=f"{name}.csv",
            aim=AIM,
            columns=listed_html(COLUMNS),
            rules=listed_html(RULES),
            gaps=gaps,
        ),
    )
    file = ET.SubElement(body, "file", name=f"{name}.csv", path="/", encoding="base64")
    file.text = base64.b64encode(data).decode()
    ET.SubElement(at, "penalty").text = "0.1"
    ET.SubElement(at, "idnumber").text = name


def gap(question: Question) -> str:
    """Write the gap of one number, each mistake as an answer with its reason."""
    right = f"={question.answer:.6f}:{question.tolerance:.6f}#Right."
    wrong = [slip for slip in question.slips if not question.right(slip.value)]
    wrong += [Slip(value, COARSE, LEAST) for value in question.coarse()]
    parts = [
        f"{slip.value:.6f}:{slip.reach:.6f}#"
        f"{f'Not quite: {slip.why}.'.translate(ESCAPED)}"
        for slip in wrong
    ]
    return "{1:NUMERICAL:" + "~".join([right, *parts]) + "}"


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text
