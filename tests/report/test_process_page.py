"""The page in the format of PROCESS: its commands, its output and its sentences."""

import re
import shlex
from dataclasses import replace

import pytest
from click.testing import CliRunner

from smcm.analysis.study import run_study
from smcm.chapters.process import listings, process_facts
from smcm.chapters.process.model import SEEDS, shown_model
from smcm.cli.main import main
from smcm.parameters import RunParameters
from smcm.report.format import number
from smcm.report.rows import write_rows
from tests.filled import about, filled

STUDIES = ("study", "second_study", "of_one_site")


@pytest.fixture(scope="module")
def of_one_site(cohort):
    return run_study(cohort, RunParameters(site="only-5", n_boot=100, window_days=90))


@pytest.fixture(scope="module")
def found(study):
    return shown_model(study)


def words(listing):
    """Words of a command, joined where a line ends with the shell's sign."""
    return shlex.split(listing.text.replace("\\\n", " "))


def test_the_command_shown_prints_the_output_shown(study, found, tmp_path):
    folder = tmp_path / listings.FOLDER
    folder.mkdir()
    write_rows(study, folder)
    said = words(listings.commands_of_smcm(found))
    command = said[said.index("mediate") :]
    command[1] = str(tmp_path / command[1])
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 0, done.output
    shown = list(filter(None, listings.output(found).text.splitlines()))
    printed = [line for line in done.output.splitlines() if line in shown]
    assert printed == shown


def test_the_first_command_names_what_differs_from_the_defaults(found):
    run = RunParameters(site="without-3", n_boot=200, data="/home/me/my-study")
    said = listings.commands_of_smcm(replace(found, run=run)).text.splitlines()[0]
    assert said == "smcm study --data DATA --site without-3 --n-boot 200 --rows rows"


def test_spss_r_and_smcm_get_the_same_variables(found):
    spec = found.fit.spec
    spss = listings.command_of_spss(found).text
    parts = dict(re.findall(r"/?(\w+)=([^/]+?)\s*(?=/|\.$)", " ".join(spss.split())))
    assert (parts["y"], parts["x"], parts["m"]) == (spec.y, spec.x, spec.m)
    assert tuple(parts["cov"].split()) == spec.covariates
    in_r = " ".join(listings.command_of_r(found).text.split())
    quoted = re.findall(r'"([^"]+)"', in_r)
    assert quoted[1:] == [spec.y, spec.x, spec.m, *spec.covariates]
    for name in ("boot", "seed", "model", "total", "stand"):
        assert re.search(rf"\b{name} = (\d+)", in_r)[1] == parts[name]
    assert in_r.count("(") == in_r.count(")")


@pytest.mark.parametrize("which", STUDIES)
def test_the_text_points_at_numbers_of_the_output(which, request):
    shown = shown_model(request.getfixturevalue(which))
    facts, output = process_facts(shown), listings.output(shown).text
    to_m, to_y, total = output.split("Outcome Variable: ")[1:]
    assert to_m.startswith(facts.m)
    assert to_y.startswith(facts.y)
    for block, name, effect in (
        (to_m, facts.x, facts.a),
        (to_y, facts.m, facts.b),
        (to_y, facts.x, facts.direct),
        (total, facts.x, facts.total),
        (total, facts.m, facts.indirect),
    ):
        line = re.search(rf"^{re.escape(name)} .*$", block, re.MULTILINE)[0].split()
        ends = (effect.estimate, effect.low, effect.high)
        expected = [number(value, 4).replace("−", "-") for value in ends]
        assert [line[1], *line[-2:]] == expected


@pytest.mark.parametrize("which", STUDIES)
def test_the_text_is_finished(which, request):
    shown = request.getfixturevalue(which)
    facts = process_facts(shown_model(shown))
    text = filled("process", **about(shown), process=facts)
    assert not re.search(r"\bnan\b|\binf\b|\{\{", text)
    assert facts.title in text


def test_the_regressions_are_those_of_the_study_and_the_draws_are_not(found):
    before = found.of_study.mediation
    for name in ("a", "b", "direct", "total"):
        assert found.fit.term(name) == before.term(name)
    assert found.fit.limits() != before.limits()


def test_a_seed_that_r_does_not_take_becomes_one_that_it_takes(study):
    run = replace(study.run, seed=2**32 - 1)
    assert shown_model(replace(study, run=run)).fit.seed == (2**32 - 1) % SEEDS
