"""The matrix that is imputed, and what predicts what in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.cohort.exposure import fidelity_exposure
from smcm.cohort.frame import baseline_frame
from smcm.cohort.scoring import score
from smcm.cohort.tables import Cohort
from smcm.design.study import Instrument, StudyDesign, label
from smcm.stats.chain_plan import ChainSpec, PassiveMean
from smcm.stats.chained import with_means
from smcm.stats.predictors import Mask, leave_room, only_needed, quick_predictors

COVARIATES = (
    "age",
    "female",
    "housed",
    "employed",
    "education",
    "ace",
    "hospitalized",
)
TEAM = "team_"  # begins the name of an indicator
LEAST_ANSWERED = 0.125  # of a questionnaire's items; with fewer it counts as missed


@dataclass(frozen=True, slots=True)
class Block:
    """One questionnaire at one interview: its place among the matrix's columns.

    Attributes
    ----------
    instrument : Instrument
    month : float
    items : tuple of int
        Its item columns, in order; none for the index whose areas are the client's.
    score : int
        The column of its score, or of the mean of its items.
    """

    instrument: Instrument
    month: float
    items: tuple[int, ...]
    score: int


@dataclass(frozen=True, slots=True)
class ImputationModel:
    """What `impute_cohort` hands to the chained equations.

    Attributes
    ----------
    clients : tuple of str
        Rows.
    names : tuple of str
        Columns: covariates, fidelity, team indicators, then block by block the
        items, each block followed by its mean. Items are named with the month, for
        example ``"ths_3_18"``; means and scores as scores are, ``"ths_18"``.
    values : ndarray, shape (n, p)
        NaN where missing.
    blocks : tuple of Block
    scores : tuple of str
        Scores of the blocks, in the order of the study.
    teams : tuple of int
        The team indicators, whose coefficients are random effects.
    predictors : ndarray of bool, shape (p, p)
        Row: target; column: predictor.
    wanted : ndarray of bool, shape (p, p)
        The same before predictors went for which a target has too few values.
    """

    clients: tuple[str, ...]
    names: tuple[str, ...]
    values: NDArray[np.float64]
    blocks: tuple[Block, ...]
    scores: tuple[str, ...]
    teams: tuple[int, ...]
    predictors: Mask
    wanted: Mask

    @property
    def left_out(self) -> Mask:
        """Predictors that went for lack of values, shape (p, p); row: target."""
        gone: Mask = self.wanted & ~self.predictors
        return only_needed(gone, self.values)

    @property
    def means(self) -> tuple[PassiveMean, ...]:
        """The passive columns: the mean of every block that has items."""
        return _means(self.blocks)

    def chain(self, iterations: int) -> ChainSpec:
        """Say how the matrix is imputed."""
        return ChainSpec(
            predictors=self.predictors,
            means=self.means,
            random=self.teams,
            iterations=iterations,
        )

    def with_values(self, values: NDArray[np.float64]) -> "ImputationModel":
        """Lay out other values in the same columns; predictors are chosen from them."""
        return _model(self.clients, self.names, values, self.blocks, self.scores)


@lru_cache(maxsize=4)  # cohorts; whoever asks for that of one shares it
def imputation_model(cohort: Cohort) -> ImputationModel:
    """Lay out a cohort for imputation.

    The fidelity columns are those of the main window whatever a run's own window
    is, so all windows are analysed on the same sets. Team indicators carry site as
    well, because every team belongs to one site. They have random effects: with a
    coefficient for each team, the noise of so many coefficients would weaken the path
    from the alliance to the outcomes, and without teams the team variance of the
    imputed scores would be too small for errors that are robust to clustering.

    The Patient-Generated Index stands as its score. Its areas are the client's own,
    chosen anew at each interview, so an area's number means nothing across clients,
    and neither a regression nor a donor could be found for it.
    """
    clients = tuple(cohort.clients["client_id"])
    table = _outer_columns(cohort)
    blocks = []
    for month, instrument in _schedule(cohort.design):
        answers = _answers(cohort, instrument, month, clients)
        first = len(table)
        name = instrument.score_column(month)
        if instrument.rule == "weighted":
            table[name] = score(instrument, answers)
        else:
            table |= {
                f"{item}_{label(month)}": answers[:, place]
                for place, item in enumerate(instrument.columns)
            }
            table[name] = answers.mean(axis=1)
        last = len(table) - 1
        blocks.append(Block(instrument, month, tuple(range(first, last)), last))
    values = np.column_stack(list(table.values()))
    scores = cohort.design.score_columns
    return _model(clients, tuple(table), values, tuple(blocks), scores)


def _model(
    clients: tuple[str, ...],
    names: tuple[str, ...],
    values: NDArray[np.float64],
    blocks: tuple[Block, ...],
    scores: tuple[str, ...],
) -> ImputationModel:
    """Choose the predictors of a matrix that has been laid out."""
    teams = tuple(k for k, name in enumerate(names) if name.startswith(TEAM))
    wanted = _predictors(values, blocks)
    fixed = wanted.copy()
    fixed[:, list(teams)] = False  # random effects take next to no degrees of freedom
    held = with_means(values, _means(blocks))
    return ImputationModel(
        clients=clients,
        names=names,
        values=values,
        blocks=blocks,
        scores=scores,
        teams=teams,
        predictors=leave_room(fixed, held, _turns(len(names), blocks))
        | (wanted & ~fixed),
        wanted=wanted,
    )


def _means(blocks: Sequence[Block]) -> tuple[PassiveMean, ...]:
    """Name the mean of every block that has items.

    From an eighth of the answers on, imputing the others one by one is the better way:
    in simulations a donor's answers beside half of a client's own bias the path from
    the questionnaire to an outcome by a sixth, and answers imputed from one or two
    others bias it as much as those of a donor, and the path to it more.
    """
    return tuple(
        PassiveMean(
            column=block.score,
            parts=block.items,
            least=ceil(LEAST_ANSWERED * len(block.items)),
        )
        for block in blocks
        if block.items
    )


def _schedule(design: StudyDesign) -> list[tuple[float, Instrument]]:
    """Every questionnaire at every interview that carries it, in time order."""
    given = [(month, scale) for scale in design.instruments for month in scale.months]
    return sorted(given, key=lambda one: one[0])


def _outer_columns(cohort: Cohort) -> dict[str, NDArray[np.float64]]:
    """Covariates, fidelity at both times, and an indicator of every team."""
    baseline = baseline_frame(cohort)
    exposure = fidelity_exposure(cohort, cohort.design.exposure.windows[0])
    table = {name: baseline[name].to_numpy(dtype=np.float64) for name in COVARIATES}
    for month in cohort.design.mediator.months:
        fidelity = exposure.mean(month).reindex(baseline.index)
        table[f"fidelity_{label(month)}"] = fidelity.to_numpy(dtype=np.float64)
    team = baseline["team"].to_numpy()
    names = sorted(set(team))
    for name in names if len(names) > 1 else ():
        table[f"{TEAM}{name}"] = (team == name).astype(np.float64)
    return table


def _answers(
    cohort: Cohort, instrument: Instrument, month: float, clients: tuple[str, ...]
) -> NDArray[np.float64]:
    """One questionnaire at one interview, shape (n, columns); NaN where unanswered."""
    answers = cohort.items[instrument.key]
    at_month = answers[answers["month"] == month].set_index("client_id")
    columns = at_month[list(instrument.columns)]
    return columns.reindex(pd.Index(clients)).to_numpy(dtype=np.float64)


def _predictors(values: NDArray[np.float64], blocks: Sequence[Block]) -> Mask:
    """Say which column predicts which.

    Every column is predicted by the covariates, fidelity, team, and the scores of
    all other questionnaires and times: what the analyses relate, the imputation
    relates. An item is also predicted by all other items of its questionnaire at
    that interview, never by their mean. The items of the same questionnaire at other
    interviews come in by correlation and usable cases
    (`smcm.stats.predictors.quick_predictors`). The mean of a questionnaire, by which a
    missed one is imputed, has no item among its predictors.
    """
    in_block = np.full(values.shape[1], -1)
    scale = np.full(values.shape[1], -1)
    scales = list(dict.fromkeys(block.instrument for block in blocks))
    for number, block in enumerate(blocks):
        in_block[list(block.items)] = number
        scale[list(block.items)] = scales.index(block.instrument)
    item = in_block >= 0
    same_scale = item & (scale[:, None] == scale)
    same_block = item & (in_block[:, None] == in_block)
    chosen: Mask = (same_scale & quick_predictors(values)) | same_block
    chosen |= ~item
    for block in blocks:
        chosen[list(block.items), block.score] = False
    np.fill_diagonal(chosen, False)
    return chosen


def _turns(n_columns: int, blocks: Sequence[Block]) -> tuple[Mask, Mask]:
    """Which predictors may go first, and which next, where values are too few.

    First items of other interviews, whose scores stay; then what is no item. The
    other items of a questionnaire at the same interview never go.
    """
    item = np.zeros((n_columns, n_columns), dtype=bool)
    own = item.copy()
    for block in blocks:
        item[:, list(block.items)] = True
        own[np.ix_(block.items, block.items)] = True
    return item & ~own, ~item
