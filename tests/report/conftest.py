"""Grids of runs with something odd about each."""

from dataclasses import replace

import pytest


def replace_run(record, **changes):
    return replace(record, run=replace(record.run, **changes))


def with_effects(record, factor):
    """The same run, every indirect effect multiplied."""
    models = tuple(
        replace(
            found,
            terms={
                term: given
                if not term.startswith("indirect")
                else replace(
                    given,
                    estimate=factor * given.estimate,
                    ci_low=min(factor * given.ci_low, factor * given.ci_high),
                    ci_high=max(factor * given.ci_low, factor * given.ci_high),
                )
                for term, given in found.terms.items()
            },
        )
        for found in record.models
    )
    return replace(record, models=models)


def with_conclusions(record, mediated):
    models = tuple(replace(found, mediated=mediated) for found in record.models)
    return replace(record, models=models)


@pytest.fixture(scope="session")
def seeds(runs):
    return tuple(replace_run(runs[0], seed=k) for k in range(1, 31))


@pytest.fixture(scope="session")
def grids(runs, seeds):
    """What the page must read right for, by what is odd about it."""
    return {
        "windows and sites": runs,
        "one run": runs[:1],
        "one window": runs[:3],
        "all sites": runs[::3],
        "seeds": seeds,
        "another reading": (
            *runs,
            *(replace_run(r, reading="defensible") for r in runs),
        ),
        "one site": tuple(
            replace_run(r, site=f"only-{k}") for k, r in enumerate(runs, 1)
        ),
        "negative": tuple(with_effects(record, -1.0) for record in runs),
        "mixed signs": (with_effects(runs[0], -1.0), *runs[1:]),
        "no mediation": tuple(with_conclusions(record, False) for record in runs),
        "all mediated": tuple(with_conclusions(record, True) for record in runs),
        "many": tuple(replace_run(runs[k % 6], seed=k) for k in range(300)),
    }


GRIDS = (
    *("windows and sites", "one run", "one window", "all sites", "seeds"),
    *("another reading", "one site", "negative", "mixed signs", "no mediation"),
    *("all mediated", "many"),
)


@pytest.fixture(params=GRIDS)
def grid(request, grids):
    """Each of the grids, one after the other."""
    return grids[request.param]
