"""The three rules for the df of pooled paths with cluster-robust errors."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from smcm import mediate_pooled
from smcm.chapters.missing import missing_facts
from smcm.chapters.missing import tables as missing_tables
from tests.filled import about, filled

EXACT = 1e-9


def chapter(pooled):
    """Fill in the chapter."""
    return filled("missing", **about(pooled.study), missing=missing_facts(pooled))


def test_each_rule_has_its_own_df_and_the_same_error(pooled):
    assert [one.model for one in pooled.by_team] == [o.model for o in pooled.models]
    for one in pooled.by_team:
        centre = {rule: (u.ci_low + u.ci_high) / 2.0 for rule, u in one.a.items()}
        assert len({round(value, 9) for value in centre.values()}) == 1
        for under in one.a.values():
            reach = (under.ci_high - under.ci_low) / 2.0
            se = reach / stats.t.ppf(0.975, under.df)
            t = centre["complete"] / se
            assert under.p == pytest.approx(
                2.0 * stats.t.sf(abs(t), under.df), rel=1e-6
            )
        assert one.a["barnard_rubin"].df < one.a["complete"].df < one.a["rubin"].df


def test_barnard_and_rubins_df_are_those_of_their_formula(pooled):
    """From the df by the two other rules and lambda, which Rubin's own df tell."""
    for one in pooled.by_team:
        complete, rubin = one.a["complete"].df, one.a["rubin"].df
        share = np.sqrt((pooled.m - 1) / rubin)
        observed = (complete + 1.0) / (complete + 3.0) * complete * (1.0 - share)
        theirs = 1.0 / (1.0 / rubin + 1.0 / observed)
        assert one.a["barnard_rubin"].df == pytest.approx(theirs, rel=EXACT)


def test_the_product_is_tested_with_the_df_of_both_paths(pooled):
    for one in pooled.by_team:
        p = [one.indirect[rule].p for rule in ("rubin", "complete", "barnard_rubin")]
        assert p == sorted(p)
        for under in one.indirect.values():
            if abs(under.p - 0.05) > 0.005:
                assert under.excludes_zero == (under.p < 0.05)


def test_identical_sets_miss_nothing_and_ask_for_no_more_sets(study):
    frame = study.frame
    options = {"x": "fidelity_13.5", "m": "rprs_13.5", "y": "pgi_18"}
    found = mediate_pooled(
        [frame] * 20, **options, covariates=["age"], se="cr2", cluster="team"
    )
    a = found.term("a")
    assert a.fmi == pytest.approx(0.0, abs=1e-20)
    assert a.df == pytest.approx(
        a.complete_df * (a.complete_df + 1) / (a.complete_df + 3)
    )
    assert a.rubin_df > 1e20
    assert (found.advised_m, found.advice) == (1, "")


def test_table_and_sentences_follow(pooled):
    body = missing_tables.pooled_df(pooled).body
    assert len(body) == 2 * len(pooled.models)
    found = {
        rule: (
            sum(one.a[rule].p < 0.05 for one in pooled.by_team),
            sum(one.indirect[rule].p < 0.05 for one in pooled.by_team),
        )
        for rule in ("complete", "barnard_rubin", "rubin")
    }
    said = "all three rules lead to the same conclusions" in chapter(pooled)
    assert said == (len(set(found.values())) == 1)


def test_the_text_follows_what_is_significant_by_each_rule(pooled):
    strong = tuple(
        replace(one, a=one.a | {"rubin": replace(one.a["rubin"], p=0.001)})
        for one in pooled.by_team
    )
    text = chapter(replace(pooled, by_team=strong))
    assert "and in eight with Rubin's own" in text


def test_too_few_teams_are_said(pooled):
    none = replace(pooled, by_team=())
    said = "This edition has too few teams"
    assert said in chapter(none)
    assert said not in chapter(pooled)
    assert len(missing_tables.pooled_df(none).body) == 1
