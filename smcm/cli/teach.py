"""``smcm teach``: homework with other data for each student, and its grades."""

from pathlib import Path

import click

from smcm.cli.path_options import Place
from smcm.errors import SmcmError, UnknownValueError, nearest
from smcm.parameters import SYNTHETIC
from smcm.rerun.outputs import require_writable
from smcm.rerun.progress import counted
from smcm.rerun.saying import say
from smcm.shown import shown, visible

LONGEST = 40  # characters of the name of a homework


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
    default="mediated",
    show_default=True,
    help="What causes what in the data; see above.",
)
@click.option(
    "--out", required=True, type=Place(Path, made=True), help="Folder to write to."
)
def class_(roster: Path, homework: str, world: str, out: Path) -> None:
    """Write data, questions and a form for each student, and keep the keys.

    ROSTER is a text table (CSV) with a column student: usernames or numbers. Other
    columns are not looked at. In the folder DIR of --out, hand out students/NAME to
    each student and keep instructor/: the secret, keys.csv, truths.csv, moodle.xml (a
    bank of Cloze questions with the data attached) and nbgrader.ipynb.

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
    from smcm.teach.roster import read_roster  # noqa: PLC0415
    from smcm.teach.worlds import require_world  # noqa: PLC0415

    require_world(world)
    listed = read_roster(roster)
    folder, about = ClassFolder(place), handouts.Homework(homework, world)
    secret = folder.begin(about)
    before = folder.students()
    students = tuple(dict.fromkeys((*before, *listed)))
    given = []
    with counted(len(students), "Drawing") as step:
        for student in students:
            given.append(assign(world, secret, homework, student))
            folder.hand_out(student, handouts.student_files(about, given[-1]))
            step()
    folder.keep(handouts.instructor_files(about, given))
    new = len(students) - len(before)
    say(f"{len(students):,} students, {new:,} of them new, in {visible(str(place))}.")
    say("Hand out the folders in students/; keep instructor/ to yourself.")


@teach.command(short_help="Grade what students handed in.")
@click.argument("folder", metavar="DIR", type=Place(Path))
@click.argument("answers", type=Place(Path))
def grade(folder: Path, answers: Path) -> None:
    """Grade the answers of a class, with a reason where one is wrong.

    DIR is a folder that `smcm teach class` has written. ANSWERS is a CSV file with the
    columns student, question and answer, or student and a column for each question; or
    a folder of such files, those in its folders too. Answers may have a decimal comma.
    The instructor's folder receives grades.csv, slips.csv (how many made which mistake,
    for the next class) and feedback/NAME.txt for each student.

    \b
    Example:
      smcm teach grade week3 handed-in
    """  # noqa: D301 (click reads the sign)
    from smcm.cli.class_folder import ClassFolder, answer_files  # noqa: PLC0415
    from smcm.teach import grading  # noqa: PLC0415

    within = ClassFolder(require_writable(folder, SYNTHETIC, named="DIR"))
    keys = within.keys()
    graded = grading.grade(grading.read_answers(answer_files(answers), keys), keys)
    within.keep(grading.grade_files(graded))
    marks = [mark for of in graded.values() for mark in of]
    silent = sum(not any(mark.given for mark in of) for of in graded.values())
    right = sum(mark.right for mark in marks)
    say(
        f"{len(graded):,} students, {silent:,} without any answer; {right:,} of "
        f"{len(marks):,} answers are right."
    )
    say(f"Grades, slips and feedback: {visible(str(within.own))}")


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
    from smcm.teach.handouts import key_text  # noqa: PLC0415

    keys = ClassFolder(folder).keys()
    if student not in keys:
        raise UnknownValueError(
            f"STUDENT is {shown(student)}; nobody of this name is in the class."
            f"{nearest(student, keys)}"
        )
    say(key_text(keys[student]))


def _require_name(homework: str) -> None:
    plain = homework.replace("-", "").replace("_", "")
    if not plain.isalnum() or not homework.isascii() or len(homework) > LONGEST:
        raise SmcmError(
            f"--homework is {shown(homework)}; expected at most {LONGEST} letters, "
            "digits, - and _."
        )
