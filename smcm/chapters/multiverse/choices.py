"""The choices, and the sites to leave out, that the data of a run allow."""

import numpy as np

from smcm.analysis.feasibility import selected_clients
from smcm.chapters.multiverse.axes import (
    CATEGORIES,
    CR2,
    FROZEN,
    ONE_SET,
    POOLED,
    Axis,
    axes,
)
from smcm.chapters.multiverse.data import Sets, completed_sets
from smcm.cohort.exposure import FROM_ENTRY, fidelity_exposure
from smcm.cohort.tables import Cohort
from smcm.parameters import ALL_SITES, WINDOWS_DAYS, RunParameters

LEAST_CLUSTERS = 4  # for cluster-robust standard errors


def possible_axes(cohort: Cohort, run: RunParameters) -> tuple[Axis, ...]:
    """List the choices that the data of a run allow.

    Options without meaning there are omitted: categories of a single site,
    cluster-robust errors with too few teams, and exposure since entry where a client
    has none or where it equals that of a fixed window.
    """
    sets = completed_sets(cohort, run, (run.window_days,))
    others = [days for days in WINDOWS_DAYS if days != run.window_days]
    found = axes(
        windows=(run.window_days, *others, *_from_entry(cohort, run)),
        schemes=(*([FROZEN] * len(sets.frozen)), ONE_SET, POOLED),
    )
    dropped = {
        "site": () if np.unique(sets.site).size > 1 else (CATEGORIES,),
        "interval": () if _teams(sets) >= LEAST_CLUSTERS else (CR2,),
    }
    return tuple(
        Axis(
            axis.key,
            axis.title,
            tuple(v for v in axis.levels if v not in dropped.get(axis.key, ())),
        )
        for axis in found
    )


def _from_entry(cohort: Cohort, run: RunParameters) -> tuple[str, ...]:
    """Exposure since entry, if every client has one and no fixed window equals it."""
    clients = selected_clients(cohort, run)
    own = fidelity_exposure(cohort, FROM_ENTRY).means.loc[clients].to_numpy()
    windows = (fidelity_exposure(cohort, days).means for days in WINDOWS_DAYS)
    same = any(np.allclose(own, means.loc[clients], rtol=0.0) for means in windows)
    return () if same or np.isnan(own).any() else (FROM_ENTRY,)


def _teams(sets: Sets) -> int:
    """Count the teams of the models with the fewest."""
    return min(int(np.unique(part.team).size) for _, part in sets.by_clients())


def sites_to_leave_out(cohort: Cohort, run: RunParameters) -> tuple[int, ...]:
    """Sites whose influence can be checked by leaving them out, by code.

    None where a run has one site, or leaves one out itself. A site without which too
    few teams remain for errors by team stays, if the run has such errors.
    """
    sets = completed_sets(cohort, run, (run.window_days,))
    codes = [int(code) for code in np.unique(sets.site)]
    if len(codes) < 2 or run.site != ALL_SITES:
        return ()
    least = LEAST_CLUSTERS if _teams(sets) >= LEAST_CLUSTERS else 1
    return tuple(c for c in codes if _teams(sets.without_site(c)) >= least)
