"""The teams that clients belong to, and the models that rest on the same clients."""

from dataclasses import replace

import numpy as np

from smcm.analysis.cases import shared_cases
from smcm.analysis.study import Study
from smcm.stats.cluster_robust import FEWEST_CLUSTERS, Codes


def team_codes(study: Study) -> Codes:
    """Give the team of every client as a number from 0, in the order of names."""
    names = study.frame[study.design.exposure.level].astype(str).to_numpy()
    codes: Codes = np.unique(names, return_inverse=True)[1]
    return codes


def parts_by_clients(study: Study) -> tuple[Study, ...]:
    """Split a study into those whose models rest on the same clients.

    Returns
    -------
    tuple of Study
        The study itself where every client has an exposure at both horizons; else
        one for each horizon, with its models and the clients that these rest on.
        Together they have the models in their order.
    """
    specs = [result.mediation.spec for result in study.models]
    groups = shared_cases(study.frame, specs)
    if len(groups) == 1 and groups[0].rows.all():
        return (study,)
    return tuple(
        replace(
            study,
            frame=study.frame[group.rows].reset_index(drop=True),
            windows={
                days: tuple(found[k] for k in group.models)
                for days, found in study.windows.items()
            },
        )
        for group in groups
    )


def enough_teams(study: Study) -> bool:
    """Whether inference over teams can be tried for every model."""
    parts = parts_by_clients(study)
    return all(int(team_codes(part).max()) + 1 >= FEWEST_CLUSTERS for part in parts)
