"""What README and CONTRIBUTING name is there: files, commands, options and floors."""

import re
import shlex

import click
import pytest

from smcm.cli.main import main
from smcm.paths import ROOT

GUIDES = ("README.md", "CONTRIBUTING.md")
CODE = re.compile(r"`([^`]+)`", re.DOTALL)
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)
COMMENT = re.compile(r"(?:^|\s)#.*")
FILE = re.compile(r"[\w.*-]+(?:/[\w.*-]+)*/?")
ENDS = (
    *(".py", ".md", ".toml", ".txt", ".in", ".csv"),
    *(".js", ".css", ".R", ".bib", ".yml", ".cff"),
)
PLACEHOLDER = re.compile(r"\b(?:NAME|DIR|FILE|DATA|COLUMN)\b")
MADE = ("_build", ".venv", "smcm/data/", "instructor.md")  # by commands and by setup.py
HOLDING = re.compile(r"`([\w]+)`\s+(?:in|of)\s+`([\w/.]+\.py)`")
WHERE = ("smcm", "tests", "benchmarks")  # of a file that is named without its folder


def text_of(guide):
    return (ROOT / guide).read_text(encoding="utf-8")


def code_in(text):
    """Give the lines of blocks, and what stands between backquotes."""
    for block in BLOCK.findall(text):
        yield from (COMMENT.sub("", line).strip() for line in block.splitlines())
    for words in CODE.findall(BLOCK.sub("", text)):
        yield " ".join(words.split())


def named_files(text):
    """Give the paths that are named, without placeholders and what commands make."""
    return [
        code
        for code in code_in(text)
        if FILE.fullmatch(code)
        and ("/" in code or code.endswith(ENDS))
        and not code.startswith(MADE)
        and not PLACEHOLDER.search(code)
    ]


def is_there(file):
    if "/" in file or (ROOT / file).exists():
        return any(ROOT.glob(file.rstrip("/")))
    return any(path for name in WHERE for path in (ROOT / name).rglob(file))


def commands(text, *begins):
    """Give the words of commands that begin in one of some ways, without these."""
    for code in code_in(text):
        for begin in begins:
            if code.startswith(f"{begin} "):
                yield shlex.split(code.removeprefix(begin))


def unknown_words(words, group=main):
    """Give the commands and options of `smcm` that there are not."""
    command = group
    for word in words:
        if isinstance(command, click.Group) and not word.startswith("-"):
            if word == "COMMAND":
                return []
            if word not in command.commands:
                return [word]
            command = command.commands[word]
    context = click.Context(command)
    known = {
        name
        for one in command.get_params(context)
        for name in (*one.opts, *one.secondary_opts)
    }
    return [word for word in words if word.startswith("--") and word not in known]


def source_of(module):
    """Give the text of a program; of a package, that of all its modules."""
    stem = ROOT / module.replace(".", "/")
    files = sorted(stem.glob("*.py")) if stem.is_dir() else [stem.with_suffix(".py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize("guide", GUIDES)
def test_every_file_is_there(guide):
    files = named_files(text_of(guide))
    assert len(files) > 8
    assert [file for file in files if not is_there(file)] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_smcm_takes_what_it_is_given(guide):
    found = list(commands(text_of(guide), "smcm", ".venv/bin/smcm"))
    assert found
    assert [words for words in found if unknown_words(words)] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_every_target_of_make_is_there(guide):
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {words[0] for words in commands(text_of(guide), "make")}
    assert named
    assert named <= targets


@pytest.mark.parametrize("guide", GUIDES)
def test_every_program_is_there_with_its_options(guide):
    found = list(commands(text_of(guide), "python -m"))
    assert found
    for module, *words in found:
        source = source_of(module)
        assert "__main__" in source or (ROOT / module / "__main__.py").exists()
        options = [word for word in words if word.startswith("--")]
        assert [name for name in options if f'"{name}"' not in source] == []


def test_every_name_is_in_the_file_that_is_said_to_hold_it():
    pairs = HOLDING.findall(text_of("CONTRIBUTING.md"))
    assert pairs
    for name, file in pairs:
        paths = [p for where in WHERE for p in ROOT.glob(f"{where}/**/{file}")]
        texts = [
            path.read_text(encoding="utf-8") for path in (*paths, *ROOT.glob(file))
        ]
        assert any(re.search(rf"\b{name}\b", text) for text in texts), name


def test_the_table_of_floors_names_all_of_the_package():
    table = text_of("CONTRIBUTING.md").partition("| floor |")[2].partition("\n\n")[0]
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    named = re.findall(r"`(\w+)`", " ".join(rows))
    held = {
        path.stem
        for path in (ROOT / "smcm").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert sorted(named) == sorted({name for name in held if name[0] != "_"})


def test_the_steps_of_an_execution_name_modules_that_carry_them_out():
    steps = text_of("CONTRIBUTING.md").partition("in `smcm/rerun/`:")[2]
    named = re.findall(r"`([a-z]\w+)`", steps.partition("\n\nA section")[0])
    assert len(named) > 8
    modules = {path.stem for path in (ROOT / "smcm" / "rerun").glob("*.py")}
    assert set(named) <= modules


@pytest.mark.parametrize(
    "words", [["mediat"], ["mediate", "--mm"], ["teach", "clas"], ["book", "--datum"]]
)
def test_a_slip_in_a_command_is_found(words):
    assert unknown_words(words)


def test_a_file_that_is_gone_is_found():
    text = "See `smcm/gone.py`, `gone.py` and `smcm/chapters/NAME/`."
    assert named_files(text) == ["smcm/gone.py", "gone.py"]
    assert not any(map(is_there, named_files(text)))
