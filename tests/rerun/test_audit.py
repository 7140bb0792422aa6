"""``smcm audit``: findings leave with 0, bad files with 2."""

import json

import pytest

BAD = "claim,quantity,printed\nx,estimte,0.1\nx,p,ns\n"


def test_without_a_file_the_article_is_audited(smcm):
    result = smcm("audit")
    assert result.exit_code == 0
    assert "cannot all hold as printed" in result.stdout
    assert result.stdout == smcm("audit", "article").stdout
    found = json.loads(smcm("audit", "--json").stdout)
    assert found["counts"]["cannot"] == 4


def test_the_example_can_be_audited_at_once(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(smcm("audit", "--example").stdout, encoding="utf-8")
    result = smcm("audit", path)
    assert result.exit_code == 0
    assert "5 claims of mine.csv" in result.stdout
    assert json.loads(smcm("audit", path, "--json").stdout)["source"] == "mine.csv"


def test_quantities_are_listed_with_what_they_mean(smcm):
    text = smcm("audit", "--quantities").stdout
    assert "  eta2 " in text
    assert "partial eta squared" in text


def test_a_bad_file_is_refused_with_every_fault(smcm, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(BAD, encoding="utf-8")
    for options in ((), ("--json",)):
        result = smcm("audit", path, *options)
        assert result.exit_code == 2
        assert result.stdout == ""
        for words in ("2 faults", "line 2", "line 3", "'estimte'", "Write estimate"):
            assert words in result.stderr
        assert "Traceback" not in result.output


@pytest.mark.parametrize("where", ["no-such.csv", "."])
def test_a_file_that_is_not_there(refuse, where):
    assert "path of a CSV file" in refuse("audit", where)


def test_a_misspelt_option_gets_the_right_one(refuse):
    assert "--example" in refuse("audit", "--exmaple")


def test_help_says_how_json_is_laid_out(smcm):
    page = " ".join(smcm("audit", "--help").stdout.split())
    for words in (
        "feasible_low",
        "instead_printed",
        "exit code is 0",
        "claim, quantity",
    ):
        assert words in page
