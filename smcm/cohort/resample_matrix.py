"""The matrix that is imputed in every bootstrap sample of clients."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smcm.cohort.imputation_model import COVARIATES, ImputationModel, imputation_model
from smcm.cohort.imputed_sets import block_scores
from smcm.cohort.tables import Cohort
from smcm.design.study import StudyDesign
from smcm.errors import DegenerateDataError
from smcm.stats.chain_plan import ChainSpec, check_chain, check_room, plan_chain
from smcm.stats.chained import run_chains, with_means
from smcm.stats.predictors import leave_room
from smcm.stats.resample import ResamplingPlan, rows_of

Array = NDArray[np.float64]
Rows = NDArray[np.intp]
SWEEPS = {"scores": 5, "items": 3}
MOST_DRAWS = 20  # of a sample, until one can be imputed


@dataclass(frozen=True, slots=True, kw_only=True)
class ResampleMatrix:
    """What is imputed in a sample, and how.

    Attributes
    ----------
    values : ndarray, shape (n, p)
        NaN where missing.
    names, clients : tuple of str
        Columns and rows.
    scores : tuple of str
        Scores of the study, in order.
    spec : ChainSpec
    model : ImputationModel or None
        By which completed items are scored; None where scores are imputed.
    """

    values: Array
    names: tuple[str, ...]
    clients: tuple[str, ...]
    scores: tuple[str, ...]
    spec: ChainSpec
    model: ImputationModel | None = None

    def impute(
        self,
        plan: ResamplingPlan,
        rows: Rows,
        seed: np.random.SeedSequence,
        n_sets: int,
    ) -> tuple[Rows, Array]:
        """Complete one sample; return its rows and its `imputed_columns`.

        A sample in which some column has too few values is drawn again.
        """
        for drawn in range(MOST_DRAWS):
            start = with_means(self.values[rows], self.spec.means)
            chain = plan_chain(start, self.spec)
            try:
                check_chain(start, self.spec, self.names)
                check_room(chain, self.names)
            except DegenerateDataError:
                rows = rows_of(plan.replacements(1, drawn)[0])
                continue
            sets, _ = run_chains(start, chain, self.spec, seed.spawn(n_sets))
            return rows, self._scored(sets)
        raise DegenerateDataError(
            f"None of {MOST_DRAWS} bootstrap samples of the clients could be imputed; "
            "more cases are needed."
        )

    def _scored(self, sets: Array) -> Array:
        """Give the `imputed_columns` of completed data sets, shape (m, n, 21)."""
        covariates = sets[:, :, [self.names.index(name) for name in COVARIATES]]
        scores = (
            sets[:, :, [self.names.index(name) for name in self.scores]]
            if self.model is None
            else block_scores(self.model, sets)
        )
        return np.concatenate([scores, covariates], axis=2)


def imputed_columns(design: StudyDesign) -> list[str]:
    """List the columns of a completed sample: scores, then covariates."""
    return [*design.score_columns, *COVARIATES]


def resample_matrix(cohort: Cohort, level: str) -> ResampleMatrix:
    """Lay out a cohort for the imputation of its samples.

    Parameters
    ----------
    cohort : Cohort
    level : {"scores", "items"}
    """
    model = imputation_model(cohort)
    if level == "items":
        return ResampleMatrix(
            values=model.values,
            names=model.names,
            clients=model.clients,
            scores=model.scores,
            spec=model.chain(SWEEPS[level]),
            model=model,
        )
    first = min(min((*block.items, block.score)) for block in model.blocks)
    outer = list(range(first))  # covariates, fidelity and teams come before the blocks
    values = np.column_stack(
        [model.values[:, outer], block_scores(model, model.values)]
    )
    wanted = ~np.eye(values.shape[1], dtype=bool)
    fixed = wanted.copy()
    fixed[:, list(model.teams)] = False
    return ResampleMatrix(
        values=values,
        names=(*(model.names[k] for k in outer), *model.scores),
        clients=model.clients,
        scores=model.scores,
        spec=ChainSpec(
            predictors=leave_room(fixed, values, (fixed,)) | (wanted & ~fixed),
            random=model.teams,
            iterations=SWEEPS[level],
        ),
    )
