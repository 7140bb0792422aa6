"""The matrix that is imputed, and what predicts what in it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from smcm.cohort.exposure import fidelity_exposure
from smcm.cohort.frame import baseline_frame
from smcm.cohort.scoring import score
from smcm.cohort.tables import Cohort
from smcm.design.instruments import INSTRUMENTS, Instrument
from smcm.design.schedule import ALLIANCE_MONTHS, MAIN_WINDOW, label
from smcm.stats.chain_plan import PassiveMean
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
    predictors : ndarray of bool, shape (p, p)
        Row: target; column: predictor.
    wanted : ndarray of bool, shape (p, p)
        The same before predictors went for which a target has too few values.
    """

    clients: tuple[str, ...]
    names: tuple[str, ...]
    values: NDArray[np.float64]
    blocks: tuple[Block, ...]
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
        return tuple(
            PassiveMean(column=block.score, parts=block.items)
            for block in self.blocks
            if block.items
        )


def imputation_model(cohort: Cohort) -> ImputationModel:
    """Lay out a cohort for imputation.

    The fidelity columns are those of the main window whatever a run's own window
    is, so all windows are analysed on the same sets. Team indicators carry site as
    well, because every team belongs to one site.

    The Patient-Generated Index stands as its score. Its areas are the client's own,
    chosen anew at each interview, so an area's number means nothing across clients,
    and neither a regression nor a donor could be found for it.
    """
    clients = tuple(cohort.clients["client_id"])
    table = _outer_columns(cohort)
    blocks = []
    for month, instrument in _schedule():
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
    wanted = _predictors(values, blocks)
    return ImputationModel(
        clients=clients,
        names=tuple(table),
        values=values,
        blocks=tuple(blocks),
        predictors=leave_room(wanted, values, _turns(len(table), blocks)),
        wanted=wanted,
    )


def _schedule() -> list[tuple[float, Instrument]]:
    """Every questionnaire at every interview that carries it, in time order."""
    given = [(month, scale) for scale in INSTRUMENTS for month in scale.months]
    return sorted(given, key=lambda one: one[0])


def _outer_columns(cohort: Cohort) -> dict[str, NDArray[np.float64]]:
    """Covariates, fidelity at both times, and an indicator per team but the first."""
    baseline = baseline_frame(cohort)
    exposure = fidelity_exposure(cohort, MAIN_WINDOW)
    table = {name: baseline[name].to_numpy(dtype=np.float64) for name in COVARIATES}
    for month in ALLIANCE_MONTHS:
        fidelity = exposure.mean(month).reindex(baseline.index)
        table[f"fidelity_{label(month)}"] = fidelity.to_numpy(dtype=np.float64)
    team = baseline["team"].to_numpy()
    for name in sorted(set(team))[1:]:
        table[f"team_{name}"] = (team == name).astype(np.float64)
    return table


def _answers(
    cohort: Cohort, instrument: Instrument, month: float, clients: tuple[str, ...]
) -> NDArray[np.float64]:
    """One questionnaire at one interview, shape (n, columns); NaN where unanswered."""
    answers = cohort.items[instrument.key]
    at_month = answers[answers["month"] == month].set_index("client_id")
    columns = at_month[list(instrument.columns)]
    return columns.reindex(pd.Index(clients)).to_numpy(dtype=np.float64)


def _predictors(values: NDArray[np.float64], blocks: list[Block]) -> Mask:
    """Say which column predicts which.

    Every column is predicted by the covariates, fidelity, team, and the scores of
    all other questionnaires and times: what the analyses relate, the imputation
    relates. An item is also predicted by all other items of its questionnaire at
    that interview, never by their mean; without them the items of a questionnaire
    that was missed would be imputed as if they had nothing in common. The items of
    the same questionnaire at other interviews come in by correlation and usable
    cases (`smcm.stats.predictors.quick_predictors`).
    """
    in_block = np.full(values.shape[1], -1)
    scale = np.full(values.shape[1], -1)
    for number, block in enumerate(blocks):
        in_block[list(block.items)] = number
        scale[list(block.items)] = INSTRUMENTS.index(block.instrument)
    item = in_block >= 0
    same_scale = item & (scale[:, None] == scale)
    same_block = item & (in_block[:, None] == in_block)
    chosen: Mask = (same_scale & quick_predictors(values)) | same_block
    chosen |= ~item
    for block in blocks:
        chosen[list(block.items), block.score] = False
    np.fill_diagonal(chosen, False)
    return chosen


def _turns(n_columns: int, blocks: list[Block]) -> tuple[Mask, Mask]:
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
