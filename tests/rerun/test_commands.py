"""What each command prints and writes when all is well."""

import json
from dataclasses import fields

import pytest

from smcm.cli.options import flag
from smcm.parameters import RunParameters
from smcm.published import Published

SHORT = ("--n-boot", "200")


def test_help_teaches(smcm):
    text = smcm("--help").stdout
    for words in ("synthetic", "Examples:\n", "--help", "Methods", "Codebook"):
        assert words in text
    for command in ("new", "check", "study", "printed", "audit", "mediate", "book"):
        assert f"  {command} " in text
        page = smcm(command, "--help").stdout
        assert "Examples:\n    smcm " in page
        assert "\b" not in page
        assert max(map(len, page.splitlines())) <= 88


def test_the_options_of_a_run_are_the_fields_of_its_parameters(smcm):
    for command in ("study", "book", "printed"):
        page = " ".join(smcm(command, "--help").stdout.split())
        for item in fields(RunParameters):
            assert f"{flag(item.name)} " in page
            assert item.metadata["help"] in page
            assert f"[default: {item.default}]" in page


def test_version(smcm, pytestconfig):
    text = (pytestconfig.rootpath / "pyproject.toml").read_text(encoding="utf-8")
    assert f'version = "{smcm("--version").stdout.split()[1]}"' in text


def test_check_calls_the_shipped_cohort_sound(smcm, cohort):
    result = smcm("check")
    assert result.exit_code == 0
    assert "is sound" in result.stdout
    assert cohort.statement in result.stdout


def test_printed_has_a_row_for_every_number_and_finding(smcm):
    found = json.loads(smcm("printed", "--json").stdout)
    entries = {e.key: e for e in Published.read().of_kind("compare", "pattern")}
    assert [row["key"] for row in found["rows"]] == list(entries)
    assert found["counts"]["missing"] == 0
    assert sum(found["counts"].values()) == len(entries)
    for row in found["rows"]:
        assert set(row) == {"key", "printed", "regenerated", "status", "reason"}
        entry = entries[row["key"]]
        assert row["printed"] == (entry.text or entry.meaning)
        if row["status"] == "equal" and entry.kind == "compare":
            assert row["regenerated"] == entry.text
        if row["status"] != "equal":
            assert row["reason"]
    assert found["data"]["synthetic"] is True


def test_printed_as_text_ends_with_the_reasons_and_the_counts(smcm):
    found = json.loads(smcm("printed", "--json").stdout)
    text = smcm("printed").stdout
    listed, explained = text.split("Not equal:")
    for row in found["rows"]:
        assert f"\n{row['key']} " in listed
        assert (f"\n{row['key']}: " in explained) == (row["status"] != "equal")
    assert f"{found['counts']['equal']:,}  equal" in explained
    assert "Synthetic data" in explained


@pytest.mark.parametrize("columns", ["60", "80", "100", "200"])
def test_study_fits_a_terminal(smcm, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    text = smcm("study", *SHORT).stdout
    assert max(map(len, text.splitlines())) <= min(max(int(columns), 80), 100)
    for mark in (
        "**",
        "&emsp;",
        "`",
        "{numref}",
        "\N{MINUS SIGN}",
        "\N{NO-BREAK SPACE}",
    ):
        assert mark not in text
    for title in (
        "Characteristics of",
        "Indirect effects",
        "TABLE S10",
        "Synthetic data",
    ):
        assert title in text


def test_other_parameters_give_other_numbers_and_say_so(smcm):
    text = smcm("study", *SHORT, "--window-days", 90, "--site", "without-3").stdout
    assert "window-days 90, site without-3" in " ".join(text.split())
    assert "Site 3" not in text
    assert "90 days" in text
    assert text != smcm("study", *SHORT).stdout


def test_other_data_stand_beside_the_published_study(smcm, second_folder):
    text = smcm("printed", *SHORT, "--data", second_folder).stdout
    assert "Published study" in text
    assert "These data" in text
    assert "Numbers and findings of the published study:" in text
    assert "its numbers are for comparison" in text
    found = json.loads(
        smcm("printed", *SHORT, "--data", second_folder, "--json").stdout
    )
    assert found["data"]["name"] == "second"
    assert {"key", "printed", "regenerated", "status", "reason"} == set(
        found["rows"][0]
    )


def test_study_runs_on_other_data(smcm, second_folder, tmp_path):
    out = tmp_path / "results"
    text = smcm("study", *SHORT, "--data", second_folder, "--out", out).stdout
    assert "N=180" in text
    assert "Site 5" in text
    assert "Site 6" not in text
    assert json.loads((out / "results.json").read_text())["completion"] == "live"
