"""The teams that clients belong to."""

import numpy as np

from smcm.analysis.study import Study
from smcm.stats.cluster_robust import FEWEST_CLUSTERS, Codes


def team_codes(study: Study) -> Codes:
    """Give the team of every client as a number from 0, in the order of names."""
    names = study.frame[study.design.exposure.level].astype(str).to_numpy()
    codes: Codes = np.unique(names, return_inverse=True)[1]
    return codes


def enough_teams(study: Study) -> bool:
    """Whether inference over teams can be tried for every model."""
    parts = study.by_clients()
    return all(int(team_codes(part).max()) + 1 >= FEWEST_CLUSTERS for part in parts)
