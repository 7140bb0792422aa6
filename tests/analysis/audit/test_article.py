"""The article's own numbers: no text is typed, and the findings come out."""

import math

import pytest

from smcm.article.consistency import printed_findings
from smcm.audit.article import STATED, article_statistics, coefficient_claim
from smcm.audit.audit import audit, verdict_counts
from smcm.audit.rules_d import AS_PRINTED, DIFFERENCE


@pytest.fixture(scope="module")
def found(published):
    return {one.claim.name: one for one in audit(article_statistics(published))}


def number(check, name):
    return next(n for n in check.numbers if n.statistic.quantity.name == name)


def test_every_text_is_one_of_the_printed_file(published):
    texts = {e.text for e in published.by_key.values()}
    texts |= {e.df for e in published.by_key.values()} | {"3"}  # pairs of 3 interviews
    statistics = article_statistics(published)
    assert {s.number.text for s in statistics if s.place != "stated"} <= texts
    assert {s.quantity.name for s in statistics if s.place == "stated"} == set(STATED)


def test_every_claim_is_checked_and_four_cannot_all_hold(found):
    counts = verdict_counts(list(found.values()))
    assert counts == {"holds": 48, "holds_if": 0, "cannot": 4, "unchecked": 0}
    assert [name for name, one in found.items() if one.verdict == "cannot"] == [
        "Gender",
        "Language",
        "Path b, QOLI-20 at 18 months",
        "Indirect effect, PGI at 18 months",
    ]


def test_the_conditions_of_the_article_show_in_its_other_numbers(found, published):
    """Why they may be stated: other paths and blocks hold only so."""
    paths = [one for name, one in found.items() if name.startswith("Path")]
    assert sum(one.verdict == "holds" for one in paths) == len(paths) - 1
    n = published.number("t1.n")
    for name in ("Education", "Ethnocultural identity"):
        claim = found[name].claim
        assert sum(c.number.value for c in claim.all("count")) < n
        assert found[name].verdict == "holds"
    sites = found["Agency site"].claim
    cut = [
        math.floor(100 * count.number.value / n) != percent.number.value
        for count, percent in zip(sites.all("count"), sites.all("percent"), strict=True)
    ]
    assert any(cut)


def test_unstated_the_same_numbers_are_said_to_hold_only_if(published):
    numbers = [s for s in article_statistics(published) if s.place != "stated"]
    verdicts = {one.claim.name: one.verdict for one in audit(numbers)}
    assert verdicts["Gender"] == "holds_if"
    assert verdicts["Path b, QOLI-20 at 18 months"] == "holds_if"


def test_what_the_comparison_calls_impossible_is_found_here(found, published):
    for key, finding in printed_findings(published).items():
        claim = {
            "t1.gender": "Gender",
            "t1.lang": "Language",
        }.get(".".join(key.split(".")[:2]))
        claim = claim or coefficient_claim(key.rpartition(".")[0])
        assert found[claim].verdict == "cannot"
        assert (finding.rule is not None) == (claim == "Gender")


def test_the_coefficient_whose_numbers_part(found, check_of):
    """By hand: centre below .150; p and limits agree for .143 to .1494."""
    check = check_of(found["Path b, QOLI-20 at 18 months"], "coefficient")
    movable = {n.statistic.quantity.name: n for n in check.movable}
    assert set(movable) == {"estimate", "ci_high"}
    left = movable["estimate"].instead
    assert (left.low, left.high) == (
        pytest.approx(0.1430, abs=5e-5),
        pytest.approx(0.1494, abs=5e-5),
    )
    text = movable["ci_high"].statistic.number
    assert text.written(movable["ci_high"].instead) == ("0.28", "0.29")


def test_the_product_that_its_factors_do_not_reach(found, check_of):
    check = check_of(found["Indirect effect, PGI at 18 months"], "product")
    assert number(check, "ab").instead.low > 0.125
    assert number(check, "a").instead.high == pytest.approx(0.125 / 0.205)


def test_the_p_that_only_just_fits(found, check_of):
    check = check_of(found["RPRS, change"], "test")
    t = number(check, "t")
    assert check.holds
    assert t.feasible.high == pytest.approx(1.42557, abs=1e-5)
    assert t.share == pytest.approx(0.0565, abs=1e-3)
    assert check.room < 0.1


def test_the_d_of_fidelity_is_not_dz_and_needs_unrounded_numbers(found, check_of):
    check = check_of(found["Fidelity, change"], "d")
    assert check.notes == (AS_PRINTED,)
    size = number(check, "d").statistic.interval
    assert not check.implied["d dz"].meets(size)
    assert check.implied["d pooled"].meets(size)
    assert check.implied[DIFFERENCE].high == pytest.approx(1.563, abs=5e-4)
    paired = check_of(found["Fidelity, change"], "paired")
    correlation = paired.implied["correlation"]
    assert correlation.low == pytest.approx(0.684, abs=1e-3)
    assert correlation.high == pytest.approx(0.766, abs=1e-3)


def test_what_the_numbers_imply(found, check_of, published):
    for stem, scale in (("rec.QOLI-20", "QOLI-20"), ("rec.MCAS", "MCAS")):
        claim = found[f"Reciprocal model, {scale}"]
        predictors = check_of(claim, "df").implied["predictors"].low
        df = published.number(f"{stem}.df2")
        assert predictors == published.number("t1.n") - df - 1
    change = check_of(found["Reciprocal model, MCAS"], "r2_change").implied["r2_change"]
    assert published["rec.d.max"].agrees(100 * change.low)
    assert published["rec.d.max"].agrees(100 * change.high)
