"""No text of the data, of a name or of an error reaches a terminal as it is."""

import json
import re

import click
import pytest
from click.testing import CliRunner

from smcm import load_cohort
from smcm.cli import main as cli
from smcm.cli.main import Program, main
from smcm.errors import BuildError, FailedRunsError, SmcmError
from smcm.rerun import progress
from tests.cohort.small import write_small

pytestmark = pytest.mark.fault("control characters in texts")

NASTY = "a\x1b]0;owned\x07\x1b[31mred\x9b2J\u202etxt\u2066\u200b\x7fz"
SEEN = "a\x1b]0;owned\x07\x1b[31mred\x9b2Jtxt\x7fz"  # what nobody sees is not read
UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)
MODEL = ("--m", "m", "--y", "y", "--n-boot", "100")
ROWS = [(k % 7, (k * k) % 11, (3 * k + k * k) % 13) for k in range(40)]


def clean(result):
    """Whether only printable text has come out; the JSON of a program too."""
    assert "Traceback" not in result.output
    assert not UNSEEN.search(result.output), ascii(result.output)
    assert result.output
    return result


@pytest.fixture
def cases(tmp_path):
    """A file with a nasty name, nasty columns and cells."""
    path = tmp_path / f"{NASTY}\nFake: line.csv"
    lines = [f"{NASTY},m,y,group", *(f"{x},{m},{y},{NASTY}" for x, m, y in ROWS)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_mediate(smcm, cases):
    result = clean(smcm("mediate", cases, "--x", NASTY, *MODEL))
    assert result.exit_code == 0
    assert r"\x1b]0;owned\x07" in result.output
    assert "\nFake" not in result.output
    bad = clean(smcm("mediate", cases, "--x", NASTY, "--covariate", "group", *MODEL))
    assert bad.exit_code == 2
    assert r"\x1b" in bad.output
    for words in (("--x", f"{NASTY}k"), ("--x", NASTY, "--ci", NASTY)):
        assert clean(smcm("mediate", cases, *words, *MODEL)).exit_code == 2


def test_mediate_as_json_is_read_back_as_it_was(smcm, cases):
    result = clean(smcm("mediate", cases, "--x", NASTY, *MODEL, "--json"))
    assert SEEN in json.loads(result.stdout)["file"]["missing"]


def test_audit(smcm, tmp_path):
    path = tmp_path / f"{NASTY}\nFake: line.csv"
    claim = f'"{NASTY}\nFake: line"'
    path.write_text(
        f"claim,quantity,printed,part\n{claim},percent,51%,{NASTY}\n{claim},n,3,\n",
        encoding="utf-8",
    )
    for words in ((), ("--json",)):
        result = clean(smcm("audit", path, *words))
        assert result.exit_code == 0
        assert "\nFake" not in result.output
    path.write_text(f"claim,quantity,printed\n{claim},{NASTY},3\n", encoding="utf-8")
    assert clean(smcm("audit", path)).exit_code == 2


@pytest.fixture
def folder(tmp_path):
    """A sound folder with a nasty name, statement and ids."""
    made = write_small(tmp_path / f"{NASTY}\nFake: line")
    made.add_manifest(synthetic=False, statement=f"{NASTY}\n# Heading\n\nmore")
    return made


def test_check_of_a_sound_folder(smcm, folder):
    result = clean(smcm("check", folder.path))
    assert "\nFake" not in result.output
    assert "\n# Heading" not in result.output


@pytest.mark.parametrize("file", ["clients.csv", "fidelity.csv", "rprs.csv"])
def test_check_of_a_folder_with_faults(file, smcm, folder):
    header = folder.rows(file)[0]
    for name in header[1:]:
        folder.put(file, 2, name, f"{NASTY}\nFake: line")
    folder.put(file, 1, header[-1], NASTY)
    for words in (("check", folder.path), ("study", "--data", folder.path)):
        result = clean(smcm(*words))
        assert result.exit_code == 2
        assert "\nFake" not in result.output


def test_scan_names_what_it_finds(smcm, folder, tmp_path):
    code = f"C{NASTY} 1"
    folder.put("clients.csv", 2, "client_id", code)
    book = tmp_path / "book"
    book.mkdir()
    (book / f"{NASTY}.html").write_text(f"<p>{SEEN} {code}</p>", encoding="utf-8")
    (book / f"{NASTY}.docx").write_bytes(b"PK\x03\x04 damaged")
    result = clean(smcm("scan", book, "--data", folder.path))
    assert "Not vouched for" in result.output
    assert "code of a client" in result.output
    assert clean(smcm("scan", book, "--data", tmp_path / NASTY)).exit_code == 2


def test_teach_names_students_and_answers(smcm, tmp_path):
    roster, out = tmp_path / f"{NASTY}.csv", tmp_path / "class"
    roster.write_text(f"student\n{NASTY}\n", encoding="utf-8")
    words = ("teach", "class", roster, "--homework", "h", "--out", out)
    assert clean(smcm(*words)).exit_code == 2
    roster.write_text("student\nada\n", encoding="utf-8")
    assert clean(smcm(*words)).exit_code == 0
    answers = tmp_path / f"{NASTY} answers.csv"
    text = f"student,question,answer\n{NASTY},a,{NASTY}\n"
    answers.write_text(text, encoding="utf-8")
    assert clean(smcm("teach", "grade", out, answers)).exit_code == 2
    assert clean(smcm("teach", "show", out, NASTY)).exit_code == 2
    answers.write_text(f"student,question,answer\nada,a,{NASTY}\n", encoding="utf-8")
    assert clean(smcm("teach", "grade", out, answers)).exit_code == 0
    told = (out / "instructor" / "feedback" / "ada.txt").read_text(encoding="utf-8")
    assert not UNSEEN.search(told)


def test_a_cohort_says_what_it_is_on_one_line(folder):
    cohort = load_cohort(folder.path)
    for text in (cohort.name, cohort.statement):
        assert text.isprintable()
        assert r"\x1b[31mred" in text


@pytest.mark.parametrize(
    "words",
    [
        (f"--{NASTY}",),
        (NASTY,),
        ("check", NASTY),
        ("check", "synthetic", NASTY),
        ("audit", NASTY),
        ("audit", f"--{NASTY}"),
        ("study", "--site", NASTY),
        ("study", "--data", NASTY),
        ("study", "--seed", NASTY),
        ("printed", "--reading", NASTY),
        ("book", "--data", NASTY),
        ("rerun", "--grid", NASTY),
        ("rerun", "--chapter", NASTY),
        ("rerun", "--shard", NASTY),
        ("rerun", "--site", NASTY),
        ("power", "--a", NASTY, "--b", ".1"),
        ("power", "--a", ".1", "--b", ".1", "--method", NASTY),
    ],
    ids=lambda words: ascii(words[0])[:12],
)
def test_what_was_typed(words, smcm):
    assert clean(smcm(*words)).exit_code == 2


def test_a_folder_that_is_made(smcm, tmp_path):
    assert clean(smcm("new", tmp_path / NASTY)).exit_code == 2
    made = tmp_path / "a\u202eb"  # of marks of direction a name may consist
    assert clean(smcm("new", made)).exit_code == 0
    assert made.is_dir()


def test_a_grid_file(refuse, tmp_path):
    path = tmp_path / "runs.yml"
    path.write_text(json.dumps({"site": [NASTY], NASTY: [1]}), encoding="utf-8")
    assert not UNSEEN.search(refuse("rerun", "--grid", path))


@pytest.mark.parametrize(
    "error",
    [SmcmError(NASTY), BuildError(NASTY), FailedRunsError(NASTY), OSError(5, NASTY)],
    ids=lambda error: type(error).__name__,
)
def test_what_an_error_says(error):
    @click.command()
    def fails():
        raise error

    program = Program("smcm", commands={"fails": fails})
    result = clean(CliRunner().invoke(program, ["fails"]))
    failed = isinstance(error, FailedRunsError)
    assert result.exit_code == (cli.FAILED if failed else cli.BAD_INPUT)


def test_what_a_chapter_says_when_it_fails(capsys):
    lines = progress.Lines(3)
    lines.ended(NASTY, f"ValueError: {NASTY}\nFake: line")
    lines.lost(NASTY)

    class Bar:
        said = ""

        def write(self, text, file):  # noqa: ARG002 (as tqdm calls it)
            self.said += text

        def update(self):
            pass

        def set_postfix_str(self, text):
            self.said += text

    bar = Bar()
    shown = progress.Bar(bar)
    shown.begun(NASTY)
    shown.ended(NASTY, f"ValueError: {NASTY}\nFake: line")
    for text in (capsys.readouterr().err, bar.said):
        assert r"\x1b[31mred" in text
        assert not UNSEEN.search(text)
        assert "\nFake" not in text


def test_every_command_is_tried_here():
    tried = {"mediate", "audit", "check", "study", "printed", "book", "rerun"}
    tried |= {"scan", "teach"}
    assert set(main.commands) == tried | {"power", "new"}
