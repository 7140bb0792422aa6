"""Bootstrap samples of clients, each imputed anew."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from smcm.cohort.frame import analysis_frame
from smcm.cohort.resample_matrix import SWEEPS, imputed_columns, resample_matrix
from smcm.cohort.tables import Cohort
from smcm.errors import UnknownValueError
from smcm.stats.resample import ResamplingPlan, rows_of

LEVELS = tuple(SWEEPS)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImputedResamples:
    """What `smcm.mediate_pooled` takes for ``method="boot_mi"``.

    Clients are resampled from the whole cohort. A client drawn twice is imputed twice,
    and which column predicts which is kept from the cohort itself. On the level of
    ``"scores"`` the 14 scale scores stand for their items. On that of ``"items"`` the
    items are imputed and then scored, as in
    `smcm.cohort.imputation.impute_cohort` but with three sweeps, which takes several
    times as long. Every chain begins anew: if it went on from the imputed cohort, the
    samples would begin from the same answers and differ too little.

    Attributes
    ----------
    cohort : Cohort
    window_days : int
    clients : tuple of str
        Clients that stay in the frames, after imputing.
    level : str
        One of `LEVELS`.

    Raises
    ------
    UnknownValueError
        No such level.
    """

    cohort: Cohort
    window_days: int
    clients: tuple[str, ...]
    level: str = "scores"

    def __post_init__(self) -> None:
        """Refuse a level that there is not."""
        if self.level not in LEVELS:
            raise UnknownValueError.for_choice("level", self.level, LEVELS)

    @property
    def n_cases(self) -> int:
        """Clients that are drawn from."""
        return self.cohort.n

    def resamples(
        self, plan: ResamplingPlan, n_sets: int
    ) -> Iterator[tuple[pd.DataFrame, ...]]:
        """Yield the completed frames of one sample after the other.

        Parameters
        ----------
        plan : ResamplingPlan
            Of the cohort's clients.
        n_sets : int
            Completed data sets of each sample, M.
        """
        matrix = resample_matrix(self.cohort, self.level)
        names = imputed_columns(self.cohort.design)
        frame = self._frame(matrix.clients)
        stays = frame["client_id"].isin(list(self.clients)).to_numpy()
        seeds = np.random.SeedSequence(plan.seed).spawn(plan.n_samples)
        with threadpool_limits(limits=1, user_api="blas"):
            for first, counts in plan.chunks():
                for k, count in enumerate(counts):
                    rows, sets = matrix.impute(
                        plan, rows_of(count), seeds[first + k], n_sets
                    )
                    drawn = frame.iloc[rows[stays[rows]]].reset_index(drop=True)
                    yield tuple(_filled(drawn, one[stays[rows]], names) for one in sets)

    def _frame(self, clients: tuple[str, ...]) -> pd.DataFrame:
        """Lay out the columns that are never imputed, a row a client of `clients`."""
        names = list(self.cohort.design.score_columns)
        empty = pd.DataFrame(np.nan, pd.Index(clients, name="client_id"), names)
        frame = analysis_frame(self.cohort, empty, self.window_days)
        ordered = frame.set_index("client_id").loc[list(clients)].reset_index()
        return ordered.drop(columns=imputed_columns(self.cohort.design))


def _filled(
    frame: pd.DataFrame, values: NDArray[np.float64], names: list[str]
) -> pd.DataFrame:
    """Join completed scores and covariates, shape (n, 21)."""
    return pd.concat([frame, pd.DataFrame(values, columns=names)], axis=1)
