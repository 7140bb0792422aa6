"""Completed data sets as frames that the analyses read."""

from collections.abc import Sequence

import pandas as pd

from smcm.cohort.frame import analysis_frame
from smcm.cohort.imputed_sets import Imputations


def imputed_frames(
    imputed: Imputations, window_days: int, clients: Sequence[str] | None = None
) -> tuple[pd.DataFrame, ...]:
    """Lay out every completed data set as the analyses read it.

    Parameters
    ----------
    imputed : Imputations
    window_days : int
        Window of ``fidelity_4.5`` and ``fidelity_13.5``.
    clients : sequence of str, optional
        Clients to keep; all by default.

    Returns
    -------
    tuple of DataFrame
        See `smcm.cohort.frame.analysis_frame`; the same rows in every set.
    """
    first = analysis_frame(imputed.cohort, imputed.frame(0), window_days)
    kept = slice(None) if clients is None else first["client_id"].isin(list(clients))
    frames = []
    for k in range(imputed.n_imputations):
        frame = first.copy()
        for found in (imputed.frame(k), imputed.covariates(k)):
            frame[list(found.columns)] = found.loc[frame["client_id"]].to_numpy()
        frames.append(frame.loc[kept].reset_index(drop=True))
    return tuple(frames)
