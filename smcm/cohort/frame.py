"""The scored file that every analysis reads: one row per client."""

import pandas as pd

from smcm.cohort.exposure import fidelity_exposure
from smcm.cohort.tables import Cohort
from smcm.design.study import label

FROM_CLIENTS = ("age", "employed", "housed", "hospitalized", "education", "ace")
NOT_KNOWN = 0.0
ORDER = (
    "team",
    "case_manager",
    "entry",
    "age",
    "female",
    "housed",
    "employed",
    "education",
    "ace",
    "site",
    "hospitalized",
)


def baseline_frame(cohort: Cohort) -> pd.DataFrame:
    """Team, case manager, site and covariates of every client.

    Returns
    -------
    DataFrame
        Index client_id; columns `ORDER`. ``female`` is 1 for female and 0 for every
        other answer; ``site`` is the site's code as one number, as the study had it. A
        covariate that is blank for every client is `NOT_KNOWN` for every client, and
        drops out of the models as any other constant does.
    """
    clients = cohort.clients.set_index("client_id")
    frame = clients[["team", "case_manager", "entry", *FROM_CLIENTS]].copy()
    gender = clients["gender"]
    frame["female"] = (gender == "female").astype(float).where(gender.notna())
    sites = cohort.teams.set_index("team")["site"]
    frame["site"] = clients["team"].map(sites)
    numbers = list(ORDER[3:])
    frame[numbers] = frame[numbers].astype(float)
    frame[list(blank_covariates(cohort))] = NOT_KNOWN
    return frame[list(ORDER)]


def blank_covariates(cohort: Cohort) -> tuple[str, ...]:
    """Name the covariates that are blank for every client."""
    columns = {name: name for name in FROM_CLIENTS} | {"female": "gender"}
    blank = cohort.clients[list(columns.values())].isna().all()
    return tuple(name for name, column in columns.items() if blank[column])


def exposure_frame(cohort: Cohort) -> pd.DataFrame:
    """Window means of fidelity for every window length of the study.

    Returns
    -------
    DataFrame
        Index client_id; columns such as ``fid180_4.5``, in points of the total.
    """
    columns = {}
    for window in cohort.design.exposure.windows:
        exposure = fidelity_exposure(cohort, window)
        for month in cohort.design.mediator.months:
            columns[f"fid{window}_{label(month)}"] = exposure.mean(month)
    return pd.DataFrame(columns)


def analysis_frame(
    cohort: Cohort, scores: pd.DataFrame, window_days: int
) -> pd.DataFrame:
    """Join covariates, fidelity and scores.

    Parameters
    ----------
    cohort : Cohort
    scores : DataFrame
        Index client_id; the 14 scale scores of one completed (or gappy) set.
    window_days : int
        The run's window, whose means also stand as ``fidelity_4.5`` and
        ``fidelity_13.5``.

    Returns
    -------
    DataFrame
        One row per client, ``client_id`` as first column.
    """
    exposure = exposure_frame(cohort)
    for month in cohort.design.mediator.months:
        name = label(month)
        exposure[f"fidelity_{name}"] = exposure[f"fid{window_days}_{name}"]
    frame = baseline_frame(cohort).join(exposure).join(scores)
    return frame.reset_index()
