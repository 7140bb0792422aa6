"""Pooling with cluster-robust errors: clubSandwich, and the multiverse's way."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from generator.shipped import EIGHT_MODELS, SHARED_COVARIATES
from smcm import RunParameters, mediate_pooled
from smcm.analysis.mediation_data import Resampling
from smcm.analysis.pooled_mediation import pool_all
from smcm.chapters.multiverse.axes import CATEGORIES, CR2, POOLED
from smcm.chapters.multiverse.choices import possible_axes
from smcm.chapters.multiverse.multiverse import explore
from smcm.cohort.imputation import impute_cohort
from smcm.cohort.imputed_frames import imputed_frames
from smcm.errors import DegenerateDataError, UnknownValueError
from smcm.stats.draw_limits import percentile_limits
from tests.outside import REFERENCE

KEPT = 1e-8
RUN = RunParameters(n_boot=2000, n_imputations=3)


def with_categories(frames, columns=("site", "education")):
    """A column for every level but the lowest, and the names of all that came."""
    levels = {c: sorted(set().union(*(f[c] for f in frames)))[1:] for c in columns}
    names = [f"{c} {level:g}" for c in columns for level in levels[c]]
    coded = [
        f.assign(
            **{
                f"{c} {level:g}": (f[c] == level).astype(float)
                for c in columns
                for level in levels[c]
            }
        )
        for f in frames
    ]
    return coded, names


@pytest.fixture(scope="module")
def sets(cohort):
    frame = pd.read_csv(REFERENCE / "pool_sets.csv")
    frame["team"] = frame["client_id"].map(
        cohort.clients.set_index("client_id")["team"]
    )
    frames = [one.reset_index(drop=True) for _, one in frame.groupby("set")]
    return with_categories(frames)


def pooled(sets, outcome="pgi", **options):
    frames, names = sets
    rest = [c for c in SHARED_COVARIATES if c not in ("site", "education")]
    roles = {"x": "fidelity_13.5", "m": "rprs_13.5", "y": f"{outcome}_18"}
    given = {"se": "cr2", "cluster": "team", "n_boot": 1000, "seed": 5} | options
    covariates = [*rest, *names, f"{outcome}_0"]
    return mediate_pooled(frames, **roles, covariates=covariates, **given)


@pytest.mark.parametrize("outcome", ["qoli20", "pgi", "ths", "mcas"])
def test_paths_are_those_of_clubsandwich_under_rubins_rules(
    sets, outcome, oracle, compare
):
    kept = oracle("pool_cr2").set_index(["model", "equation", "term"])
    found = pooled(sets, outcome).terms
    for term, equation, column in (
        ("a", "to_mediator", "fidelity_13.5"),
        ("b", "to_outcome", "rprs_13.5"),
        ("direct", "to_outcome", "fidelity_13.5"),
        ("total", "to_total", "fidelity_13.5"),
    ):
        theirs = kept.loc[(f"{outcome}_18", equation, column)]
        ours = found[term]
        compare(
            [ours.estimate, ours.se, ours.df, ours.p, ours.ci_low, ours.fmi],
            theirs[["estimate", "se", "df", "p", "low", "fmi"]].to_numpy(),
            source="clubSandwich",
            script="pool_cr2",
            rel=KEPT,
            what="pooled path with errors by team",
        )


def test_the_product_is_drawn_from_students_t_of_the_pooled_paths(sets):
    found = pooled(sets, n_boot=200_000)
    rng = np.random.default_rng(1)
    draws = 1.0
    for term in (found.term("a"), found.term("b")):
        draws = draws * (term.estimate + term.se * rng.standard_t(term.df, 200_000))
    mine, theirs = found.limits(), percentile_limits(draws)
    assert mine == pytest.approx(theirs, rel=0.03)
    plain = pooled(sets, se="classical", cluster=None)
    assert found.indirect == pytest.approx(plain.indirect, rel=1e-12)
    assert found.term("a").df < 5.0
    assert plain.term("a").df > 50.0
    low, high = percentile_limits(found.draws)
    assert (low, high) == found.limits()


def test_the_multiverse_gives_the_same_intervals(cohort):
    wanted = {
        "window": (180,),
        "covariates": ("all",),
        "site": (CATEGORIES,),
        "education": (CATEGORIES,),
        "scheme": (POOLED,),
        "interval": (CR2,),
    }
    axes = possible_axes(cohort, RUN)
    chosen = tuple(replace(axis, levels=wanted[axis.key]) for axis in axes)
    theirs = explore(cohort, RUN, chosen, ())
    imputed = impute_cohort(cohort, n_imputations=3, seed=RUN.seed)
    frames, names = with_categories(imputed_frames(imputed, 180))
    shared = [c for c in SHARED_COVARIATES if c not in ("site", "education")]
    specs = []
    for model in EIGHT_MODELS:
        spec = model.spec(180)
        covariates = (*shared, *names, spec.covariates[-1])
        specs.append(replace(spec, covariates=covariates))
    options = Resampling(
        n_boot=RUN.n_boot,
        seed=RUN.seed,
        level=0.95,
        se="cr2",
        ci="percentile",
        stream="numpy",
        cluster="team",
    )
    for k, found in enumerate(pool_all(frames, specs, "rubin_mc", options)):
        low, high = theirs.low[k].item(), theirs.high[k].item()
        ours = found.limits()
        unit = low / ours[0]
        assert high / ours[1] == pytest.approx(unit, rel=1e-8)
        assert unit == pytest.approx(
            found.term("indirect_cs").ci_low / ours[0], rel=0.1
        )


def test_what_clusters_cannot_carry_is_refused(sets):
    frames, names = sets
    with pytest.raises(UnknownValueError, match="cluster"):
        pooled(sets, cluster=None)
    moved = [frames[0], frames[1].assign(team=frames[1]["team"][::-1].to_numpy())]
    with pytest.raises(DegenerateDataError, match=r"'team' of set 2"):
        pooled((moved, names))
    two = [one.assign(team=np.arange(len(one)) % 2) for one in frames]
    with pytest.raises(DegenerateDataError, match="at least 3 clusters"):
        pooled((two, names))
