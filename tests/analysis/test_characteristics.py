"""Table 1 against plain counting."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from smcm.analysis.characteristics import describe_clients
from smcm.article.printed_blocks import level_names
from smcm.design.characteristics import blocks, measured
from smcm.published import Published


def test_every_count_is_a_count(study, cohort):
    table = cohort.clients
    for line in study.characteristics.counts:
        n = sum(value == line.level.value for value in table[line.block.column])
        assert line.n == n
        assert line.percent == pytest.approx(100 * n / len(table))


def test_every_block_and_level_has_a_line(study):
    lines = [
        (line.block.name, line.level.value) for line in study.characteristics.counts
    ]
    declared = [
        (block.name, level.value)
        for block in blocks(study.design)
        for level in block.levels
    ]
    assert lines == declared


def test_every_level_that_is_shown_is_printed_and_the_other_way_round(study):
    """The file says which values Table 1 shows; they are those of the article."""
    printed = {
        key.removeprefix("t1.").removesuffix(".pct")
        for key in Published.read().by_key
        if key.startswith("t1.") and key.endswith(".pct") and ".site." not in key
    }
    assert set(level_names(study.design)) == printed


def test_listed_are_the_clients_at_the_listed_levels(study, cohort):
    for line in study.characteristics.counts:
        values = [level.value for level in line.block.levels]
        assert line.listed == cohort.clients[line.block.column].isin(values).sum()
        assert line.percent_of_listed >= line.percent


def test_sites_share_the_clients_out(study):
    sites = study.characteristics.sites
    assert sum(line.n for line in sites) == study.n
    assert sum(line.percent for line in sites) == pytest.approx(100.0)
    assert [line.level.value for line in sites] == sorted(x.level.value for x in sites)


def test_means_and_sds_are_numpy_s(study, cohort):
    for moments, (column, name) in zip(
        study.characteristics.measured, measured(study.design), strict=True
    ):
        values = cohort.clients[column].to_numpy()
        assert (moments.column, moments.name) == (column, name)
        assert moments.mean == pytest.approx(values.mean())
        assert moments.sd == pytest.approx(values.std(ddof=1))
        assert moments.n == len(values)


def test_only_the_asked_for_clients_are_described(cohort):
    some = pd.Index(cohort.clients["client_id"][:40])
    table = describe_clients(cohort, some)
    assert table.n == 40
    assert sum(line.n for line in table.sites) == 40
    assert all(line.n for line in table.sites)


def test_a_missing_value_counts_nowhere(cohort):
    clients = cohort.clients.copy()
    clients.loc[:9, ["age", "gender", "education"]] = np.nan
    gappy = dataclasses.replace(cohort, clients=clients)
    everyone = pd.Index(clients["client_id"])
    table = describe_clients(gappy, everyone)
    assert table.measured[0].n == len(clients) - 10
    assert np.isfinite(table.measured[0].mean)
    for line in table.counts:
        n = (clients[line.block.column] == line.level.value).sum()
        assert (line.n, line.total) == (n, len(clients))


def test_no_listed_client_gives_no_percentage(cohort):
    clients = cohort.clients.assign(gender="another")
    table = describe_clients(
        dataclasses.replace(cohort, clients=clients), pd.Index(clients["client_id"])
    )
    assert np.isnan(table.counts[0].percent_of_listed)
