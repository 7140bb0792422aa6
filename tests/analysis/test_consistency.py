"""What the printed numbers say about each other, without any data."""

import dataclasses
from decimal import Decimal

import pytest

from smcm.article.consistency import printed_findings
from smcm.published import Published


def with_texts(published, **texts):
    entries = {
        key: dataclasses.replace(entry, text=texts[key], value=texts[key])
        if key in texts
        else entry
        for key, entry in published.by_key.items()
    }
    return Published(entries)


def test_a_flagged_coefficient_is_off_the_centre_of_its_limits(published):
    """Scan every rounding of the three numbers on a fine grid."""
    findings = printed_findings(published)
    stems = [
        key.rpartition(".")[0]
        for key in published.by_key
        if key.startswith(("a.", "b.")) and key.endswith(".lo")
    ]
    assert len(stems) == 7
    for stem in stems:
        key = f"{stem}.{stem[0]}"
        entry = published[key]
        ends = [published[f"{stem}.{end}"].interval for end in ("lo", "hi")]
        grid = [
            [low + (high - low) * Decimal(k) / 50 for k in range(1, 50)]
            for low, high in ends
        ]
        centres = [(low + high) / 2 for low in grid[0] for high in grid[1]]
        possible = any(entry.interval[0] < c < entry.interval[1] for c in centres)
        assert possible == (key not in findings)


def test_a_coefficient_moved_off_centre_is_found(published):
    findings = printed_findings(with_texts(published, **{"b.PGI.18.b": "0.25"}))
    assert findings["b.PGI.18.b"].rule is None
    assert "at least one of the three numbers must be wrong" in (
        findings["b.PGI.18.b"].reason
    )


def test_a_coefficient_moved_to_the_centre_is_no_longer_found(published):
    key = "b.QOLI-20.18.b"
    assert key in printed_findings(published)
    low, high = (published.number(f"b.QOLI-20.18.{end}") for end in ("lo", "hi"))
    moved = with_texts(published, **{key: f"{(low + high) / 2:.2f}"})
    assert key not in printed_findings(moved)


def test_indirect_effects_are_not_checked_for_symmetry(published):
    """A percentile interval need not be symmetric."""
    assert not [key for key in printed_findings(published) if key.startswith("ab.")]


def test_percentages_that_follow_from_all_clients_are_no_finding(published):
    total = published.number("t1.n")
    findings = printed_findings(published)
    for key, entry in published.by_key.items():
        if key.startswith("t1.") and key.endswith(".pct"):
            count = published.number(key.replace(".pct", ".n"))
            assert entry.agrees(100 * count / total) == (key not in findings)


def test_a_rule_is_named_only_where_it_gives_the_whole_block(published):
    for key, finding in printed_findings(published).items():
        if finding.rule is None:
            continue
        block = ".".join(key.split(".")[:2])
        stems = [k.removesuffix(".pct") for k in published.by_key if k.endswith(".pct")]
        counts = {
            stem: published.number(f"{stem}.n")
            for stem in stems
            if stem.startswith(block)
        }
        listed = sum(counts.values())
        for stem, count in counts.items():
            assert published[f"{stem}.pct"].agrees(100 * count / listed)
        assert f"{listed:g}" in finding.rule


@pytest.mark.parametrize("text", ["12", "99"])
def test_a_percentage_that_nothing_gives_is_found(published, text):
    key = "t1.housed.pct"
    assert key not in printed_findings(published)
    finding = printed_findings(with_texts(published, **{key: text}))[key]
    assert finding.rule is None
    assert text in finding.reason
