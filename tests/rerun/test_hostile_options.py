"""Hostile values for every option of every command: one sentence, and nothing after."""

import click
import pytest

from smcm.cli.main import main
from smcm.cli.options import Number
from smcm.cli.path_options import Place
from smcm.rerun import books

pytestmark = pytest.mark.fault("a command typed wrongly")

NUMBERS = (
    *("", " ", "nan", "inf", "-inf", "-1", "-0.0", "0", "1e-300", "-1e-300", "1e300"),
    *("1e-310", "0.9999999999999999", "1000000000000", "9" * 5000, "10_0", "٣", "0x10"),
    *("1e9999", "1,0", "--", "\N{MINUS SIGN}1", "1 000", "NULL", "½"),
)
PATHS = ("", " ", "~nosuchuser/x", "~nosuchuser", "a\0b", "n" * 300, "d/" * 3000)
UNMADE = ("a\nb", "a\x1b[31mb", "a\rb")  # refused where a folder would get the name
VALID = {  # what makes the rest of a command line right, and quick
    "power": ("--a", ".4", "--b", ".4", "--method", "joint"),
    "mediate": ("FILE", "--x", "dose", "--m", "trust", "--y", "hope"),
    "new": ("FOLDER",),
}
WITH = {
    ("power", "icc"): ("--team-size", "20"),
    ("power", "team_size"): ("--icc", ".05"),
    ("power", "team_covariates"): ("--icc", ".05", "--team-size", "20"),
    ("power", "direct"): ("--standardized",),
    ("power", "replications"): ("--n", "30", "--method", "bootstrap"),
    ("power", "resamples"): ("--n", "30", "--method", "bootstrap"),
}


def parameters(*kinds):
    return [
        pytest.param(name, parameter, id=f"{name} {parameter.opts[0]}")
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter.type, kinds)
    ]


@pytest.fixture(autouse=True)
def _nothing_runs(monkeypatch):
    """Stop before a study, a simulation or a chapter; what is typed is looked at."""

    def stop(*_given, **_more):
        raise click.exceptions.Exit(0)

    monkeypatch.setattr(books, "carry_out", stop)
    monkeypatch.setattr("smcm.run_study", stop)
    monkeypatch.setattr("smcm.stats.power.simulated_power", stop, raising=False)
    monkeypatch.setattr("smcm.cli.power_grid.answer_all", _answered)


def _answered(questions, *_where):
    """Compute what is computed, and simulate nothing."""
    from smcm.stats.power_question import answer  # noqa: PLC0415

    if any(question.how.method == "bootstrap" for question in questions):
        raise click.exceptions.Exit(0)
    return [answer(question) for question in questions]


@pytest.fixture
def call(smcm, file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def run(name, parameter, value):
        words = [
            {"FILE": str(file), "FOLDER": str(tmp_path / "new")}.get(word, word)
            for word in (*VALID.get(name, ()), *WITH.get((name, parameter.name), ()))
        ]
        if isinstance(parameter, click.Argument):
            words = [*words[1:], "--", value]
        else:
            flag = parameter.opts[0]
            if flag in words:
                del words[words.index(flag) : words.index(flag) + 2]
            words += [f"{flag}={value}"]
        return smcm(name, *words)  # a warning is an error, as in every test

    return run


def require_a_sentence(result):
    assert result.exception is None or isinstance(result.exception, SystemExit), (
        result.exception
    )
    assert "Traceback" not in result.output
    assert "Warning:" not in result.stderr
    assert result.exit_code in (0, 2)
    if result.exit_code == 2:
        assert result.stdout == ""
        assert result.stderr.count("Error: ") == 1
        assert result.stderr.strip().endswith((".", "?"))


@pytest.mark.parametrize(("name", "parameter"), parameters(Number))
def test_a_number(call, name, parameter):
    for value in NUMBERS:
        require_a_sentence(call(name, parameter, value))


@pytest.mark.parametrize("option", ["--a", "--b", "--n"])
def test_a_list_of_numbers(call, option):
    parameter = next(p for p in main.commands["power"].params if option in p.opts)
    for value in (*NUMBERS, ",", ".1,,.2", "1e-300,.2"):
        require_a_sentence(call("power", parameter, value))


@pytest.mark.parametrize(("name", "parameter"), parameters(Place))
def test_a_path(call, name, parameter, tmp_path):
    values = (*PATHS, *(UNMADE if parameter.type.made else ()))
    for value in values:
        result = call(name, parameter, value)
        assert result.exit_code == 2, value
        require_a_sentence(result)
        assert list(tmp_path.iterdir()) == [], value


def test_every_path_is_read_by_one_type():
    """No command reads a path in a way of its own."""
    others = [
        (name, parameter.name)
        for name, command in main.commands.items()
        for parameter in command.params
        if isinstance(parameter.type, (click.Path, click.File))
        or (
            parameter.metavar in ("FILE", "DIR", "[FILE]")
            and not isinstance(parameter.type, Place)
        )
    ]
    assert others == []


@pytest.mark.parametrize(
    "address",
    ["", " ", "garbage", "tcp://", "tcp://127.0.0.1:x", "foo://x:1", "inproc://1/2"],
)
def test_a_cluster_that_is_none(monkeypatch, smcm, address):
    pytest.importorskip("distributed")
    monkeypatch.undo()
    result = smcm(
        "power", "--a", ".4", "--b", ".4", "--method", "joint", "--dask", address
    )
    assert result.exit_code == 2
    assert "where no scheduler answers" in result.stderr
    require_a_sentence(result)
