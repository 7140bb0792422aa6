"""A bank of questions for Moodle: one cloze question a file, its data attached.

The format is Moodle's own XML with embedded answers (Cloze), as its documentation
describes them: of several answers the first that fits counts, so the right one stands
first. No import into a real Moodle was possible where this was written.
"""

import base64
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from smcm.teach.keys import ASKED, DECIMALS, Assignment, Question
from smcm.teach.worlds import COVARIATES, M, X, Y

ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in '\\~#}"/'})
BODY = (
    '<p>Your data: <a href="@@PLUGINFILE@@/{file}">{file}</a>. Does {m} carry the '
    "effect of {x} on {y}? Covariates in both equations: {covariates}. Answer "
    "with {decimals} decimals; take at least {resamples:,} bootstrap samples.</p>"
    "<ol>{gaps}</ol>"
)
TRUE = (
    "<p>What made these data: {cause}. Paths put in: a = {a:.3f}, b = {b:.3f}, "
    "c' = {direct:.3f}; true indirect effect {indirect:.3f}.</p>"
)


def bank(category: str, given: Iterable[tuple[Assignment, bytes]]) -> bytes:
    """Write a bank from which a quiz takes a random question.

    Parameters
    ----------
    category : str
    given : iterable of (Assignment, bytes)
        Each with its file; questions are numbered and name no student.
    """
    quiz = ET.Element("quiz")
    head = ET.SubElement(quiz, "question", type="category")
    _text(ET.SubElement(head, "category"), f"$course$/top/{category}")
    for number, (one, data) in enumerate(given, 1):
        name = f"{category}-{number:03d}"
        _question(ET.SubElement(quiz, "question", type="cloze"), name, one, data)
    ET.indent(quiz)
    written: bytes = ET.tostring(quiz, encoding="utf-8", xml_declaration=True)
    return written


def _question(at: ET.Element, name: str, one: Assignment, data: bytes) -> None:
    _text(ET.SubElement(at, "name"), name)
    body = ET.SubElement(at, "questiontext", format="html")
    gaps = "".join(f"<li>{q.text}: {gap(q)}</li>" for q in one.questions)
    _text(
        body,
        BODY.format(
            file=f"{name}.csv",
            x=X,
            m=M,
            y=Y,
            covariates=", ".join(COVARIATES),
            decimals=DECIMALS,
            resamples=ASKED,
            gaps=gaps,
        ),
    )
    file = ET.SubElement(body, "file", name=f"{name}.csv", path="/", encoding="base64")
    file.text = base64.b64encode(data).decode()
    t = one.truth
    paths = {"a": t.a, "b": t.true_b, "direct": t.true_direct}
    true = TRUE.format(cause=t.cause.value, indirect=t.true_indirect, **paths)
    _text(ET.SubElement(at, "generalfeedback", format="html"), true)
    ET.SubElement(at, "penalty").text = "0.1"
    ET.SubElement(at, "idnumber").text = name


def gap(question: Question) -> str:
    """Write the gap of one number, each slip an answer of its own with its reason."""
    reach = f"{question.tolerance:.6f}"
    parts = [f"={question.answer:.6f}:{reach}#Right."]
    parts += [
        f"{slip.value:.6f}:{reach}#{f'Not quite: {slip.why}.'.translate(ESCAPED)}"
        for slip in question.slips
        if not question.right(slip.value)
    ]
    return "{1:NUMERICAL:" + "~".join(parts) + "}"


def _text(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "text").text = text
