"""What students hand in, read from tables of any kind, and kept until the next time.

Whatever cannot be read is told with its cure, and keeps nobody else from being graded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from smcm.cohort.sheets import Sheet, read_sheet
from smcm.errors import Fault
from smcm.report.csv_text import csv_text
from smcm.shown import shown
from smcm.teach.handouts import SENTENCES
from smcm.teach.key_file import Key
from smcm.teach.roster import STUDENT, column_of, folded

QUESTION, ANSWER = "question", "answer"
LOST = "?\N{REPLACEMENT CHARACTER}"  # in the place of letters that a program lost
Given = dict[str, dict[str, str]]  # answers by student and question, none of them blank


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was found in the files of a class.

    Attributes
    ----------
    given : dict
        Answers by student and question, of those who gave any.
    faults : list of Fault
        What was not read.
    again : list of (str, str)
        Students of whom an earlier row or file was set aside, and the later file.
    """

    given: Given = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    again: list[tuple[str, str]] = field(default_factory=list)


def read_answers(files: Mapping[str, bytes], key: Key) -> HandedIn:
    """Read answers from one file or many; of two hand-ins the later one counts.

    Parameters
    ----------
    files : mapping of str to bytes
        Tables by name, the earliest first, either with the columns student, question
        and answer, or with a column student and one for each question.
    key : mapping
        See `read_keys`.
    """
    found = HandedIn()
    students = {folded(student): student for student in key}
    names = (*(q.name for q in next(iter(key.values()))), SENTENCES)
    for name, content in files.items():
        sheet = read_sheet(name, content)
        odd = {line for line, _ in sheet.odd if not sheet.encoding}
        faults = [fault for fault in sheet.faults if fault.line not in odd]
        faults += _header_faults(sheet, names)
        if sheet.header and not faults:
            of_file: Given = {}
            faults += _read(sheet, students, names, of_file, found)
            found.again.extend((one, name) for one in of_file if one in found.given)
            found.given.update(joined(found.given, of_file))
        found.faults.extend(dict.fromkeys(faults))
    return found


def joined(earlier: Given, later: Given) -> Given:
    """Add later answers; each replaces the earlier one to its question alone."""
    added = {one: earlier.get(one, {}) | answers for one, answers in later.items()}
    return earlier | added


def _read(
    sheet: Sheet,
    students: Mapping[str, str],
    names: tuple[str, ...],
    into: Given,
    found: HandedIn,
) -> Iterator[Fault]:
    """Sort the answers of a table by student; give the rows that belong to nobody."""
    unknown = set()
    for line, written, question, answer in _cells(sheet, names):
        student = recognized(written, students)
        if not answer or (student is None and written in unknown):
            continue
        if student is None:
            unknown.add(written)
            yield _unknown(sheet.file, line, written, students)
        elif question not in names:
            yield _no_question(sheet.file, line, question, names)
        else:
            before = into.setdefault(student, {}).get(question, answer)
            into[student][question] = answer
            if before != answer and (student, sheet.file) not in found.again:
                found.again.append((student, sheet.file))


def recognized(written: str, students: Mapping[str, str]) -> str | None:
    """Find who is meant, also where a program took UTF-8 for another encoding."""
    known = students.get(folded(written))
    for encoding in ("cp1252", "latin-1", "mac-roman"):
        try:
            again = written.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        known = known or students.get(folded(again))
    return known


def _cells(sheet: Sheet, names: tuple[str, ...]) -> Iterator[tuple[int, str, str, str]]:
    """Give line, student, question and answer, whichever shape a table has."""
    at = {name: column_of(sheet, name) for name in (STUDENT, QUESTION, ANSWER, *names)}
    long = at[QUESTION] is not None
    for line, cells in zip(sheet.lines, sheet.rows, strict=True):
        by = {name: cells[k].strip() for name, k in at.items() if k is not None}
        if long:
            yield line, by[STUDENT], by[QUESTION].casefold(), by[ANSWER]
        else:
            yield from ((line, by[STUDENT], q, by[q]) for q in names if q in by)


def _header_faults(sheet: Sheet, names: tuple[str, ...]) -> Iterator[Fault]:
    heads = (STUDENT, QUESTION, ANSWER, *names)
    there = {name for name in heads if column_of(sheet, name) is not None}
    long = (STUDENT, QUESTION, ANSWER)
    wide = (STUDENT, *(name for name in names if name != SENTENCES))
    if sheet.header and not there.issuperset(long) and not there.issuperset(wide):
        yield Fault(
            file=sheet.file,
            line=sheet.header_line,
            value=", ".join(sheet.header),
            rule=f"Answers stand in the columns {', '.join(long)}, or in {STUDENT} and "
            f"one column for each of {', '.join(wide[1:])}.",
            cure="Give the columns these names.",
        )


def _unknown(file: str, line: int, student: str, students: Mapping[str, str]) -> Fault:
    near = get_close_matches(folded(student), students, n=1)
    offer = f"Did you mean {shown(students[near[0]])}? " if near else ""
    lost = any(sign in student for sign in LOST)
    why = " A program lost letters when it saved the file." if lost else ""
    return Fault(
        file=file,
        line=line,
        column=STUDENT,
        value=student,
        rule=f"Nobody of this name is in the class.{why}",
        cure=f"{offer}Mend the name in this file, or delete its rows.",
    )


def _no_question(file: str, line: int, question: str, names: tuple[str, ...]) -> Fault:
    near = get_close_matches(question, names, n=1)
    offer = f"Did you mean {shown(near[0])}? " if near else ""
    return Fault(
        file=file,
        line=line,
        column=QUESTION,
        value=question,
        rule=f"The questions are {', '.join(names)}.",
        cure=f"{offer}Mend the name of the question.",
    )


def kept_answers(given: Mapping[str, Mapping[str, str]]) -> bytes:
    """Write what was handed in, so that the next time it is still there."""
    rows = [
        {STUDENT: student, QUESTION: question, ANSWER: answer}
        for student, of in given.items()
        for question, answer in of.items()
    ]
    return csv_text(rows, (STUDENT, QUESTION, ANSWER)).encode("utf-8-sig")
