"""The page for sceptics says what the tests have kept, and nothing of its own."""

import csv
import re

import pytest

from smcm.chapters.validation import tables as validation_tables
from smcm.chapters.validation import validation_facts
from smcm.chapters.validation.validation import REPRODUCED, read_outside
from smcm.paths import VALIDATION
from smcm.report import format as fmt
from tests.filled import filled

SOURCES = {
    *("NIST", "R", "boot", "clubSandwich", "lavaan", "lme4", "mice", "psych", "pwr"),
    "sandwich",
}
LEAST_NUMBERS = 300
SEARCHED = (
    "REML",
    "random intercepts",
    "between and within teams",
    "latent means",  # lavaan searches, and stops within its own tolerance
    "three mediators in parallel",
    "by search",
    "Shapiro",  # its p is approximated, by polynomials that programs round
)
PRINTED = "as printed"  # by a program, with the few digits of its output


@pytest.fixture(scope="module")
def rows():
    path = VALIDATION / "comparisons.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def said():
    return chapter()


def chapter(folder=VALIDATION):
    return filled("validation", validation=validation_facts(folder))


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (7.1e-12, "8 × 10⁻¹²"), (1e-8, "1 × 10⁻⁸"), (9.7e-9, "1 × 10⁻⁸")],
)
def test_a_distance_is_rounded_up(value, text):
    assert fmt.magnitude(value) == text


def test_numbers_are_those_kept_and_enough(rows, said):
    total = sum(int(row["n"]) for row in rows)
    assert sum(part.n for part in read_outside()) == total >= LEAST_NUMBERS
    assert f"{fmt.whole(total)} numbers computed by others" in said
    assert {part.source for part in read_outside()} >= SOURCES


def test_the_farthest_of_a_kind_is_the_farthest_of_its_tests(rows):
    for part in read_outside():
        key = (part.source, part.what, part.measure)
        own = [
            float(row["largest"])
            for row in rows
            if (row["source"], row["what"], row["measure"]) == key
        ]
        assert part.largest == max(own) <= part.tolerance


def test_estimates_agree_to_eight_digits_but_for_hard_data_and_searches():
    """A program that searches for its estimate stops within its own tolerance."""
    for part in read_outside():
        coarse = part.source == "NIST" or PRINTED in part.source
        if part.measure in ("relative", "absolute") and not coarse:
            searched = any(words in part.what for words in SEARCHED)
            assert part.tolerance <= (1e-4 if searched else 1e-8), part


def test_every_source_has_its_rows_and_the_sum_stands_last():
    body = validation_tables.outside().body
    assert {text.split()[0] for text in body["Source"]} >= SOURCES
    counts = [int(text.replace(",", "")) for text in body["Numbers"]]
    assert sum(counts[:-1]) == counts[-1]


def test_certified_sets_stand_each_on_a_row():
    body = validation_tables.nist().body.set_index("Data set")["Digits that agree"]
    assert float(body["Norris, coefficients"]) > 8
    assert body["Wampler1, errors"] == "exactly zero"


def test_faults_add_up(said):
    printed = validation_tables.faults().body["Tests"]
    counts = [int(text.replace(",", "")) for text in printed]
    assert sum(counts[:-1]) == counts[-1]
    assert f"{fmt.whole(counts[-1])} tests plant faults" in said


def test_every_sentence_is_finished(said):
    assert not re.search(r"\bnan\b|\binf\b|\bNone\b| \.|\.\.", said)


def test_what_came_out_the_same_is_told_as_kept(tmp_path, said):
    path = VALIDATION / REPRODUCED
    with path.open(encoding="utf-8", newline="") as file:
        kept = {row["what"]: row for row in csv.DictReader(file)}
    assert set(kept) == {"workers", "threads", "kernels", "cells", "files"}
    farthest = max(float(row["largest"]) for row in kept.values())
    assert f"more than {fmt.magnitude(farthest)} of itself" in said
    for what in ("workers", "threads", "kernels"):
        assert fmt.listed(kept[what]["ways"].split("; ")) in said
    for what, words in (("cells", "imputed cells"), ("files", "files in two builds")):
        assert f"{fmt.whole(int(kept[what]['n']))} {words}" in said
    assert len(validation_tables.reproduced().body) == len(kept)
    for path in VALIDATION.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    exact = "what,ways,n,largest\nthreads,1; 2,10,0.0\n"
    (tmp_path / REPRODUCED).write_text(exact, encoding="utf-8")
    assert "1 and 2 threads of linear algebra; all numbers were" in chapter(tmp_path)
    (tmp_path / REPRODUCED).unlink()
    assert chapter(tmp_path).count("is not recorded with this edition") == 2
