"""``smcm teach``: homework with other data for each student, and its grades."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smcm.cli.path_options import Place
from smcm.errors import DataError, SmcmError, UnknownValueError, nearest
from smcm.parameters import SYNTHETIC
from smcm.rerun.outputs import require_writable
from smcm.rerun.progress import counted
from smcm.rerun.saying import remark, say
from smcm.shown import named, shown, visible

if TYPE_CHECKING:
    from smcm.teach.answers import HandedIn

LONGEST = 40  # characters of the name of a homework
DEFAULT_WORLD = "mediated"
FAILED = 1  # exit code: something could not be read, the rest is done


@click.group(short_help="Hand out and grade homework on data of each student's own.")
def teach() -> None:
    """Hand out homework with other data for each student, and grade it.

    Students need no smcm: each gets a data file, the questions and a form. The files
    follow from a secret in the folder of the instructor, who alone can make the keys.

    \b
    Examples:
      smcm teach class roster.csv --homework week3 --out week3
      smcm teach grade week3 handed-in
      smcm teach show week3 ada
    """  # noqa: D301 (click reads the sign)


@teach.command("class", short_help="Write the files of a class.")
@click.argument("roster", type=Place(Path))
@click.option("--homework", required=True, help="Its name, such as week3.")
@click.option(
    "--world",
    help="What causes what in the data; see above.  [default: that of the folder, or "
    "mediated]",
)
@click.option(
    "--column", default="student", show_default=True, help="Of ROSTER, with the names."
)
@click.option(
    "--out", required=True, type=Place(Path, made=True), help="Folder to write to."
)
def class_(
    roster: Path, homework: str, world: str | None, column: str, out: Path
) -> None:
    """Write data, questions and a form for each student, and keep the keys.

    ROSTER is a text table (CSV) with a column student: usernames or numbers. Other
    columns are not looked at. In the folder DIR of --out, hand out students/NAME to
    each student and keep instructor/: the secret, the keys, the truths, and the same
    homework for Moodle or nbgrader; README.md there says what each file is for.

    Run it again with a longer roster for students who come late; the files of the
    others stay as they are. Files that exist are never overwritten in students/.

    \b
    Worlds:
      mediated    fidelity acts on hope through the alliance
      confounded  the same output: a trait that was not measured raises both
      reversed    the same output: hope raises the alliance
      three       each student has one of these three
      suppressed  direct and indirect effect have opposite signs
      clustered   clients of one team are alike

    \b
    Examples:
      smcm teach class roster.csv --homework week3 --out week3
      smcm teach class roster.csv --homework final --world three --out final
    """  # noqa: D301 (click reads the sign)
    place = require_writable(out, SYNTHETIC)
    _require_name(homework)
    from smcm.cli.class_folder import ClassFolder  # noqa: PLC0415
    from smcm.teach import handouts  # noqa: PLC0415
    from smcm.teach.keys import assign  # noqa: PLC0415
    from smcm.teach.roster import folded, read_roster  # noqa: PLC0415
    from smcm.teach.worlds import require_world  # noqa: PLC0415

    folder = ClassFolder(place)
    held = folder.about()
    world = world or (held.world if held else DEFAULT_WORLD)
    require_world(world)
    listed = read_roster(roster, column)
    about = handouts.Homework(homework, world)
    secret = folder.begin(about)
    before = folder.students()
    known = {folded(student) for student in before}
    students = (*before, *(one for one in listed if folded(one) not in known))
    given = []
    with counted(len(students), "Drawing") as step:
        for student in students:
            given.append(assign(world, secret, homework, student))
            folder.hand_out(student, handouts.student_files(about, given[-1]))
            step()
    folder.keep(handouts.instructor_files(about, given, len(before)))
    new = len(students) - len(before)
    say(f"{len(students):,} students, {new:,} of them new, in {visible(str(place))}.")
    say(
        "Hand out the folders in students/; keep instructor/ to yourself, whose "
        "README.md says what is what."
    )


@teach.command(short_help="Grade what students handed in.")
@click.argument("folder", metavar="DIR", type=Place(Path))
@click.argument("answers", type=Place(Path))
def grade(folder: Path, answers: Path) -> None:
    """Grade the answers of a class, with a reason where one is wrong.

    DIR is a folder that `smcm teach class` has written. ANSWERS is a CSV file with the
    columns student, question and answer, or student and a column for each question; or
    a folder of such files, those in its folders too. Answers may have a decimal comma.
    What was handed in before is kept; a later answer replaces the earlier one to the
    same question.
    The instructor's folder receives grades.csv, slips.csv (how many made which mistake,
    for the next class) and feedback/NAME.txt for each student. Exit code 1 says that
    some files or rows could not be read; all others are graded then.

    \b
    Example:
      smcm teach grade week3 handed-in
    """  # noqa: D301 (click reads the sign)
    from smcm.cli.class_folder import (  # noqa: PLC0415
        HANDED_IN,
        ClassFolder,
        answer_files,
    )
    from smcm.teach.answers import joined, kept_answers, read_answers  # noqa: PLC0415
    from smcm.teach.grading import grade as graded_of  # noqa: PLC0415
    from smcm.teach.grading import grade_files  # noqa: PLC0415

    within = ClassFolder(require_writable(folder, SYNTHETIC, named="DIR"))
    key, earlier = within.keys(), within.handed_in()
    files, others = answer_files(answers)
    now = read_answers(files, key)
    if now.faults and not now.given:
        raise DataError(now.faults)
    given = joined(earlier, now.given)
    graded = graded_of(given, key)
    told = within.about()
    within.keep(grade_files(told.name if told else "", graded, given))
    within.keep({HANDED_IN: kept_answers(given)})
    _tell_hand_ins(now, earlier, others)
    marks = [mark for of in graded.values() for mark in of]
    absent = [named(student) for student in graded if student not in given]
    say(
        f"{len(graded):,} students, {len(absent):,} without any answer; "
        f"{sum(mark.right for mark in marks):,} of {len(marks):,} answers are right."
    )
    if absent and len(given) > 0:
        say(f"Without any answer: {'; '.join(absent)}.")
    say(f"Grades, slips and feedback: {visible(str(within.own))}")
    if now.faults:
        remark(f"Everything else is graded. {DataError(now.faults)}")
        click.get_current_context().exit(FAILED)


def _tell_hand_ins(
    now: "HandedIn", earlier: Mapping[str, object], others: Sequence[str]
) -> None:
    """Say whose answers were replaced or kept, and which files nobody has read."""
    replaced = len(earlier.keys() & now.given.keys())
    say(
        f"Handed in now: {len(now.given):,}, of which {replaced:,} again; kept from "
        f"before: {len(earlier) - replaced:,}."
    )
    for student, file in now.again:
        say(f"{named(student)} answered more than once; the later counts: {file}")
    if others:
        noun = "file" if len(others) == 1 else "files"
        say(f"{len(others):,} {noun} not read: {'; '.join(map(named, others))}")


@teach.command(short_help="Show the key of one student's file.")
@click.argument("folder", metavar="DIR", type=Place(Path))
@click.argument("student")
def show(folder: Path, student: str) -> None:
    """Show the answers of one student's file, and what usual slips lead to.

    \b
    Example:
      smcm teach show week3 ada
    """  # noqa: D301 (click reads the sign)
    from smcm.cli.class_folder import ClassFolder  # noqa: PLC0415
    from smcm.teach.key_file import key_text  # noqa: PLC0415
    from smcm.teach.roster import folded  # noqa: PLC0415

    keys = ClassFolder(folder).keys()
    known = {folded(one): one for one in keys}.get(folded(student))
    if known is None:
        raise UnknownValueError(
            f"STUDENT is {shown(student)}; nobody of this name is in the class."
            f"{nearest(student, keys)}"
        )
    say(key_text(keys[known]))


def _require_name(homework: str) -> None:
    plain = homework.replace("-", "").replace("_", "")
    if not plain.isalnum() or not homework.isascii() or len(homework) > LONGEST:
        raise SmcmError(
            f"--homework is {shown(homework)}; expected at most {LONGEST} letters, "
            "digits, - and _."
        )
