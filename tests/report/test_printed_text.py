"""The comparison with print is counted, and single printed numbers are discussed."""

from dataclasses import replace

import pytest

from smcm import run_study
from smcm.article.comparison import compare
from smcm.chapters.printed import printed_facts
from smcm.errors import BuildError
from smcm.published import Published
from smcm.report.facts.comparison import comparison_facts
from smcm.report.facts.study import study_facts
from smcm.text import Text
from smcm.text.printed import printed_facts as numbers_in_print
from tests.filled import about, filled


def printed(study):
    return filled(
        "printed",
        **about(study),
        study=study_facts(study),
        comparison=comparison_facts(study),
        details=printed_facts(study),
    )


@pytest.fixture(scope="module")
def shipped(study):
    return printed(study)


def test_every_row_is_counted_once(study, shipped):
    held = comparison_facts(study)
    statuses = [row.status for row in compare(study, Published.read())]
    assert held.n == len(statuses)
    assert held.equal + held.by_rule + held.cannot_hold == (
        held.n - held.differs - held.missing
    )
    assert f"compares {held.n} numbers and findings" in shipped
    assert f"{statuses.count('equal')} are equal" in shipped


def test_an_edition_says_whether_it_keeps_the_settings(study, shipped, cohort):
    assert "has the settings of the study" in shipped
    other = run_study(cohort, replace(study.run, site="without-3"))
    assert "are not those behind the printed numbers" in printed(other)


def test_the_defensible_analysis_is_compared_as_another_one(study, cohort):
    run = replace(study.run, reading="defensible", n_imputations=3, n_boot=500)
    said = printed(run_study(cohort, run))
    assert "with those of a different analysis" in said
    assert "is not that of the article" in said


def test_agreement_of_simulated_data_means_nothing(second_study):
    said = printed(second_study)
    assert "“second”" in said
    assert "calibrated" not in said


def test_the_printed_limits_and_estimate_of_path_b_do_not_fit(study):
    held = printed_facts(study)
    stated = float(Published.read()["b.QOLI-20.18.b"].value)
    assert not held.b_centre.low <= stated <= held.b_centre.high


def test_the_printed_paths_and_their_product_do_not_fit(study):
    held, published = printed_facts(study), Published.read()
    one, other = (float(published[k].value) for k in ("a.13.5.a", "b.PGI.18.b"))
    assert held.ab_product.low < one * other < held.ab_product.high
    stated = float(published["ab.PGI.18.ab"].value)
    assert not held.ab_product.low <= stated <= held.ab_product.high


def test_the_article_is_quoted_as_printed():
    published = Published.read()
    for key, text in numbers_in_print()["printed"].items():
        entry = published[key]
        assert text in {entry.text, entry.text.lower(), entry.value}


def test_an_unknown_printed_number_is_refused_by_file_and_line():
    source = 'One\n\n{{ printed["m.n"] }} and {{ printed["m.nn"] }}\n'
    with pytest.raises(BuildError, match=r"book/x\.md, line 3: .*'m\.nn'"):
        Text().filled(source, "book/x.md", numbers_in_print())
    known = source.replace("m.nn", "m.teams")
    assert Text().filled(known, "book/x.md", numbers_in_print()).startswith("One")
