"""Printed against regenerated: a row each, none missing, exceptions with reasons."""

import csv
import dataclasses
from dataclasses import replace

import pytest

from smcm.analysis.characteristics import describe_clients
from smcm.article.comparison import OTHER_COUNTS, STATUSES, WITHHELD, compare, counts
from smcm.article.consistency import printed_findings
from smcm.article.levels import stem_of_line
from smcm.article.stated import findings_in
from smcm.published import FILE, Published


@pytest.fixture(scope="module")
def rows(study, published):
    return compare(study, published)


@pytest.fixture
def altered(tmp_path):
    """Read the published file with some cells changed."""

    def read(**texts):
        with FILE.open(newline="", encoding="utf-8") as file:
            table = list(csv.DictReader(file))
        for row in table:
            if row["key"] in texts:
                row["printed"] = row["value"] = texts[row["key"]]
        path = tmp_path / "printed.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, table[0].keys(), lineterminator="\n")
            writer.writeheader()
            writer.writerows(table)
        return Published.read(path)

    return read


def test_every_number_and_finding_has_exactly_one_row(rows, published):
    keys = [row.printed.key for row in rows]
    assert keys == [entry.key for entry in published.of_kind("compare", "pattern")]
    assert len(keys) == len(set(keys))


def test_nothing_is_missing_and_nothing_differs_without_a_reason(rows):
    found = counts(rows)
    assert (found["missing"], found["differs"]) == (0, 0)
    assert sum(found.values()) == len(rows)
    assert tuple(found) == STATUSES


def test_equal_rows_print_the_same_characters(rows):
    for row in rows:
        if row.status == "equal" and row.held is None:
            assert row.regenerated == row.printed.text
            assert row.reason == ""


def test_what_cannot_hold_is_exactly_what_interval_arithmetic_says(rows, published):
    findings = printed_findings(published)
    assert {row.printed.key for row in rows if row.status == "cannot_hold"} == {
        key for key, finding in findings.items() if finding.rule is None
    }
    by_rule = {key for key, finding in findings.items() if finding.rule is not None}
    found = {row.printed.key for row in rows if row.status == "by_rule"}
    assert found == by_rule | {"pow.power"}


def test_exceptions_carry_their_reason(rows):
    for row in rows:
        assert bool(row.reason) == (row.status != "equal")
        if row.status == "by_rule":
            assert row.regenerated == row.printed.text
        if row.status == "cannot_hold":
            assert row.regenerated != row.printed.text


def test_findings_looked_for_are_those_printed(study, published):
    assert set(findings_in(study, published)) == {
        e.key for e in published.of_kind("pattern")
    }


NUDGED = ("t1.age.mean", "t2.QOLI-20.F", "ab.PGI.18.ab", "a.4.5.a", "rec.MCAS.F")


@pytest.mark.parametrize("key", NUDGED)
@pytest.mark.parametrize("steps", [-1, 1])
def test_a_last_digit_moved_is_seen(study, published, altered, key, steps):
    entry = published[key]
    moved = float(entry.value) + steps * 10.0**-entry.decimals
    other = altered(**{key: f"{moved:.{entry.decimals}f}"})
    (row,) = (row for row in compare(study, other) if row.printed.key == key)
    assert row.status in {"differs", "cannot_hold"}
    assert row.status == "differs" or key in printed_findings(other)
    assert row.regenerated == entry.text


def test_a_site_left_out_is_missing_and_says_so(study, published):
    first, *rest = study.characteristics.sites
    table = dataclasses.replace(study.characteristics, sites=tuple(rest))
    other = dataclasses.replace(study, characteristics=table)
    gone = [row for row in compare(other, published) if row.status == "missing"]
    key = f"t1.{stem_of_line(first)}"
    assert {row.printed.key for row in gone} == {f"{key}.n", f"{key}.pct"}
    for row in gone:
        assert row.reason == "This site is not in the run."
        assert (row.value, row.regenerated) == (None, "")


def with_value(icc, value):
    """The same clusters with such mean squares that the share is another one."""
    between = (1.0 + value * (icc.mean_size - 1.0)) / (1.0 - value)
    changed = dataclasses.replace(icc, between=between, within=1.0)
    assert abs(changed.value - value) < 1e-12
    return changed


def test_a_finding_that_does_not_hold_differs(study, published):
    icc = study.nesting.icc
    high = {key: with_value(found, 0.2) for key, found in icc.items()}
    nesting = dataclasses.replace(study.nesting, icc=high)
    changed = dataclasses.replace(study, nesting=nesting)
    (row,) = (r for r in compare(changed, published) if r.printed.key == "icc.lo")
    assert row.status == "differs"
    assert row.regenerated == "does not hold"


def test_a_number_that_no_rule_gives_differs(study, published):
    """The rule of the listed categories excuses one percentage and not any."""
    key = "t1.gender.female.pct"
    lines = tuple(
        dataclasses.replace(line, n=line.n + 30, listed=line.listed + 30)
        if f"t1.{stem_of_line(line)}.pct" == key
        else line
        for line in study.characteristics.counts
    )
    table = dataclasses.replace(study.characteristics, counts=lines)
    changed = dataclasses.replace(study, characteristics=table)
    (row,) = (r for r in compare(changed, published) if r.printed.key == key)
    assert row.status == "differs"


def test_the_run_of_the_study_comes_out_with_six_exceptions(rows):
    found = counts(rows)
    assert (found["cannot_hold"], found["by_rule"]) == (3, 3)


def test_other_clients_are_not_explained_by_printed_counts(study, published):
    """A reason speaks of the article's counts only where the run has them too."""
    concerned = {k for k, f in printed_findings(published).items() if f.counts}
    assert concerned
    table = dataclasses.replace(study.characteristics, n=study.n - 1)
    other = dataclasses.replace(study, characteristics=table)
    for row in compare(other, published):
        if row.printed.key in concerned and row.status != "equal":
            assert row.status == "differs"
            assert row.reason == OTHER_COUNTS


def test_what_holds_of_printed_numbers_alone_holds_for_any_run(study, published):
    alone = {k for k, f in printed_findings(published).items() if not f.counts}
    table = dataclasses.replace(study.characteristics, n=study.n - 1)
    other = dataclasses.replace(study, characteristics=table)
    impossible = {
        row.printed.key
        for row in compare(other, published)
        if row.status == "cannot_hold"
    }
    assert impossible == alone


def test_a_withheld_count_is_called_so_and_not_absent(study, published):
    clients = replace(study.cohort, synthetic=False, shipped=False)
    table = describe_clients(clients, study.observed.index)
    own = replace(study, cohort=clients, characteristics=table)
    reasons = {row.printed.key: row.reason for row in compare(own, published)}
    hidden = {f"t1.{stem_of_line(line)}.n" for line in table.counts if line.n is None}
    assert hidden
    assert {key for key, why in reasons.items() if why == WITHHELD} >= hidden
    assert "t1.gender.male.n" in hidden
    assert "follow" in reasons["t1.gender.male.pct"]
