"""Pages whose counts nobody reads say the same whoever the clients are."""

import re
from dataclasses import replace

import pytest

from smcm.chapters.your_data.facts import folder_facts
from smcm.paths import ROOT
from smcm.report.facts.edition import data_facts
from smcm.rerun.contents import read_chapters
from smcm.rerun.imports import Sources
from tests.claimed_counts import SAME_FOR_ALL
from tests.disclosed import real
from tests.filled import filled

READS = "smcm.cohort.loading"
WITH_DATA = {"book/codebook", "book/your-data"}  # they say whose data these are
TAKEN = re.compile(r"\bcohort\b(?!\.design\b|\.fewest_clients\b|\s*=| import)")


@pytest.fixture(scope="module")
def passed_over():
    found = read_chapters(ROOT)
    return {n: one for n, one in found.items() if SAME_FOR_ALL.match(f"{n} |")}


def test_their_chapters_read_no_clients(passed_over):
    sources = Sources.on_disk()
    reading = {n for n, one in passed_over.items() if READS in sources.behind(one.code)}
    assert reading == WITH_DATA
    assert len(passed_over) > 10
    assert READS in sources.behind(read_chapters(ROOT)["book/results"].code)


def test_two_say_whose_data_these_are_and_no_more(passed_over, cohort, second):
    said = []
    for clients in (cohort, second):
        own = real(clients, statement="Ours.", design=cohort.design)
        facts = {"data": data_facts(own), "folder": folder_facts(own)}
        said.append([filled(name.removeprefix("book/"), **facts) for name in WITH_DATA])
    assert said[0] == said[1]
    for name in WITH_DATA:
        for line in passed_over[name].code.splitlines():
            assert not TAKEN.search(line) or "prepare" in line or "data_facts" in line


def test_they_do_not_say_the_same_under_another_limit(cohort):
    low, high = (
        filled("your-data", data=data_facts(own), folder=folder_facts(own))
        for own in (real(cohort), replace(real(cohort), fewest_clients=25))
    )
    assert low != high
