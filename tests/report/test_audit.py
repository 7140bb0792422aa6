"""An audit in words, as JSON, as tables and as a figure."""

import json
import math
import random
import re

import pytest

from smcm.audit import figures as audit_figures
from smcm.audit import lesson as audit_lesson
from smcm.audit import tables as audit_tables
from smcm.audit import words as audit_words
from smcm.audit.example import EXAMPLE, quantity_list
from smcm.audit.printed_file import printed_statistics
from smcm.audit.rules import RULES
from smcm.audit.text import FORMAT, audit_json, audit_text, the_article
from smcm.errors import DataError
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import QUANTITIES

NUMBER = {"quantity", "part", "printed", "place", "instead_printed"} | {
    f"{stem}{end}" for stem in ("", "feasible_", "instead_") for end in ("low", "high")
}


@pytest.fixture(scope="module")
def example():
    return printed_statistics("example.csv", EXAMPLE.encode())


def test_json_has_the_layout_that_the_help_tells(example):
    for statistics in (the_article(), example):
        found = audit_json(statistics, "here")
        assert json.loads(json.dumps(found, allow_nan=False)) == found
        assert list(found) == ["format", "source", "counts", "claims"]
        assert (found["format"], found["source"]) == (FORMAT, "here")
        assert sum(found["counts"].values()) == len(found["claims"])
        for claim in found["claims"]:
            assert set(claim) == {"claim", "verdict", "checks"}
            assert claim["verdict"] in found["counts"]
            for check in claim["checks"]:
                require_layout(check)


def require_layout(check):
    names = {"rule", "holds", "numbers", "implied", "totals", "notes"}
    names |= {"conditions", "settled_by"}
    assert set(check) == names
    assert check["rule"] in RULES
    assert check["holds"] in (True, False, None)
    for number in check["numbers"]:
        assert set(number) == NUMBER
        ends = [v for k, v in number.items() if k.endswith(("low", "high"))]
        assert all(end is None or isinstance(end, float) for end in ends)
        if check["holds"] is False:
            assert number["feasible_low"] is number["feasible_high"] is None
    for box in check["implied"].values():
        assert set(box) == {"low", "high"}


def test_a_range_of_what_cannot_hold_is_null_and_what_would_do_is_not(example):
    found = audit_json(example, "here")
    claims = {claim["claim"]: claim for claim in found["claims"]}
    unread, check = claims["Indirect effect"]["checks"]
    assert (unread["rule"], unread["holds"]) == ("coefficient", None)
    ab = check["numbers"][-1]
    assert (ab["printed"], ab["feasible_low"]) == ("0.18", None)
    assert ab["instead_low"] == pytest.approx(0.495 * 0.295)
    assert ab["instead_printed"] == ["0.15"]


def test_the_example_shows_both_results(example):
    counts = audit_json(example, "here")["counts"]
    assert counts["cannot"] == 2
    assert counts["holds"] >= 3


@pytest.mark.parametrize("width", [80, 100])
def test_the_text_says_all_and_accuses_nobody(example, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    for statistics in (the_article(), example):
        text = audit_text(statistics, "a file")
        assert max(map(len, text.splitlines())) <= width
        for statistic in statistics:
            assert statistic.claim in " ".join(text.split())
        assert "innocent" in text
        assert not re.search(
            r"wrong|error|fraud|fabricat|suspicious|impossible|nan|inf\b", text
        )


ODD = ("0", "0.00", "1", "-1.00", "<.001", ">.05", "999999999", "100", "0.5", "95")


@pytest.mark.parametrize("seed", range(60))
def test_no_odd_table_stops_the_audit(seed):
    """Whatever single rows are read, together they get a verdict in both forms."""
    draw = random.Random(seed)
    header, rows = "claim,quantity,part,printed", []
    for name, quantity in QUANTITIES.items():
        for part in ("one", "two") if quantity.parts else ("",):
            row = f"c,{name},{part},{draw.choice(ODD)}"
            try:
                printed_statistics("f", f"{header}\n{row}\n".encode())
            except DataError:
                continue
            rows.append(row)
    some = draw.sample(rows, k=draw.randint(2, len(rows)))
    try:
        statistics = printed_statistics("f", "\n".join([header, *some]).encode())
    except DataError:  # limits that have changed places
        return
    json.dumps(audit_json(statistics, "f"), allow_nan=False)
    assert audit_text(statistics, "f")


def test_those_that_cannot_hold_come_first(example):
    text = audit_text(example, "a file")
    assert text.index("Satisfaction: inc") < text.index("Effect of training: con")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.12345, 0.2, "0.1235 to 0.2000"),
        (15.976, 18.563, "15.98 to 18.56"),
        (10.0, 10.0, "10"),
        (-math.inf, 2.0, "2.000 or less"),
        (2.0, math.inf, "2.000 or more"),
        (-math.inf, math.inf, "anything"),
        (-0.5, -0.25, "−0.5000 to −0.2500"),
    ],
)
def test_ranges_are_written_for_readers(low, high, text):
    assert audit_words.implied_range(Interval(low, high)) == text


def test_the_tables_show_every_claim_and_what_is_remarkable():
    claims = dict.fromkeys(s.claim for s in the_article())
    assert list(audit_tables.audit().body["Claim"]) == list(claims)
    findings = audit_tables.audit_findings().body
    assert set(findings["Claim"]) < set(claims)
    assert all(findings["What would be consistent"])
    shown = audit_tables.audit().body.set_index("Claim")["Result"]
    assert {c for c, v in shown.items() if "inconsistent" in v} <= set(
        findings["Claim"]
    )


def test_the_figure_says_what_it_shows():
    plate = audit_figures.audit_intervals()
    assert plate.name == "fig-audit"
    assert plate.to_bytes() == audit_figures.audit_intervals().to_bytes()
    for statistic in the_article():
        if statistic.quantity.name in ("estimate", "ab"):
            assert f"printed {statistic.number.text}" in plate.alt


def test_the_lesson_shows_file_outcome_and_names():
    assert audit_lesson.example_file().text in EXAMPLE
    assert "inconsistent as printed" in audit_lesson.example_audit().text
    assert set(QUANTITIES) <= set(audit_lesson.columns().text.split())
    assert quantity_list() in audit_lesson.columns().text
