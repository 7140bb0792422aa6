"""Who the clients are, the gaps in their scores, and how these were filled."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smcm.analysis.characteristics import Moments
from smcm.analysis.study import Study
from smcm.cohort.imputation_model import imputation_model
from smcm.report.words import TITLES
from smcm.stats.predictors import VALUES_PER_PREDICTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measured characteristic; mean and SD are None where nobody was asked."""

    n: int
    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Missing scale scores.

    Attributes
    ----------
    count, cells, complete : int
        Missing scores, all scores, clients without a gap.
    share : float
        Of the scores, 0 to 1.
    most : str
        The score with most of them.
    most_share : float
        Of that score, 0 to 1.
    """

    count: int
    cells: int
    complete: int
    share: float
    most: str
    most_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Whether the answers leave room for all predictors of the imputation.

    Attributes
    ----------
    answers : int
        Asked for each predictor of a column.
    gaps, short, outer : int
        Columns with gaps; of these, those with fewer answers; of these, those imputed
        also without some scores or covariates.
    """

    answers: int
    gaps: int
    short: int
    outer: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    """The clients of an edition.

    Attributes
    ----------
    shares : mapping of str to float or None
        By the key of a category, 0 to 1; None where nobody was asked.
    age, ace : Measured
        Years, and adverse childhood experiences.
    sites : tuple of int
        Clients of each site.
    gaps : Gaps
    completion : {"frozen", "live", "pooled"}
        Which completed data set is analysed.
    room : Room
    """

    shares: Mapping[str, float | None]
    age: Measured
    ace: Measured
    sites: tuple[int, ...]
    gaps: Gaps
    completion: str
    room: Room


def client_facts(study: Study) -> Clients:
    """Gather them."""
    table = study.characteristics
    moments = {found.column: found for found in table.measured}
    return Clients(
        shares={
            line.level.key: None
            if line.block.column in table.unrecorded
            else line.percent / 100.0
            for line in table.counts
        },
        age=_measured(moments["age"]),
        ace=_measured(moments["ace"]),
        sites=tuple(line.n for line in table.sites),
        gaps=_gaps(study),
        completion=study.completion,
        room=_room(study),
    )


def _measured(found: Moments) -> Measured:
    return Measured(n=found.n, mean=found.mean, sd=found.sd)


def _gaps(study: Study) -> Gaps:
    missing = study.missing
    column, most = max(missing.by_score.items(), key=lambda item: item[1])
    return Gaps(
        count=missing.count,
        cells=missing.cells,
        complete=missing.complete,
        share=missing.percent / 100.0,
        most=TITLES[column],
        most_share=most / missing.n,
    )


def _room(study: Study) -> Room:
    model = imputation_model(study.cohort)
    items = [item for block in model.blocks for item in block.items]
    outside = ~np.isin(np.arange(model.values.shape[1]), items)
    return Room(
        answers=VALUES_PER_PREDICTOR,
        gaps=int(np.isnan(model.values).any(axis=0).sum()),
        short=int(model.left_out.any(axis=1).sum()),
        outer=int((model.left_out & outside).any(axis=1).sum()),
    )
