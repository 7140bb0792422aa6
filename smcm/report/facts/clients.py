"""Who the clients are, the gaps in their scores, and how these were filled."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from smcm.analysis.characteristics import Moments, counted_elsewhere
from smcm.analysis.study import Study
from smcm.article.levels import stem_of_line
from smcm.cohort.imputation_model import imputation_model
from smcm.report.words import titles
from smcm.stats.predictors import VALUES_PER_PREDICTOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A measured characteristic.

    Mean and SD are None where nobody was asked, n where it is withheld.
    """

    n: int | None
    mean: float
    sd: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Missing scale scores.

    Attributes
    ----------
    count, cells, complete : int
        Missing scores, all scores, clients without a gap; here and below, None for
        what is withheld.
    share : float
        Of the scores, 0 to 1.
    most : str
        The score with most of them.
    most_share : float
        Of that score, 0 to 1.
    """

    count: int | None
    cells: int
    complete: int | None
    share: float | None
    most: str | None
    most_share: float | None


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
        By the key of a category, 0 to 1; None where nobody was asked, or where the
        count is withheld.
    unrecorded : tuple of str
        Keys of the categories of which nobody was asked.
    counted, withheld : bool
        Whether any category is counted, and whether some count is withheld.
    part : bool
        Whether they are some of real clients, who are counted in the edition with all
        sites alone.
    fewest : int
        Smallest count of clients that a page on real data shows.
    age, ace : Measured
        Years, and adverse childhood experiences.
    sites : tuple of int
        Clients of each site that is not too small to be counted alone.
    gaps : Gaps
    completion : {"frozen", "live", "pooled"}
        Which completed data set is analysed.
    room : Room
    """

    shares: Mapping[str, float | None]
    unrecorded: tuple[str, ...]
    counted: bool
    withheld: bool
    part: bool
    fewest: int
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
            stem_of_line(line): None
            if line.block.column in table.unrecorded or line.percent is None
            else line.percent / 100.0
            for line in table.counts
        },
        unrecorded=tuple(
            stem_of_line(line)
            for line in table.counts
            if line.block.column in table.unrecorded
        ),
        counted=table.counted,
        withheld=table.withheld,
        part=counted_elsewhere(study.cohort, study.n),
        fewest=study.cohort.fewest_clients,
        age=_measured(moments["age"]),
        ace=_measured(moments["ace"]),
        sites=tuple(line.n for line in table.sites if line.n and line.level.value),
        gaps=_gaps(study),
        completion=study.completion,
        room=_room(study),
    )


def _measured(found: Moments) -> Measured:
    return Measured(n=found.n, mean=found.mean, sd=found.sd)


def _gaps(study: Study) -> Gaps:
    missing = study.missing
    known = {name: n for name, n in missing.by_score.items() if n is not None}
    column = max(known, key=known.__getitem__, default=None)
    return Gaps(
        count=missing.count,
        cells=missing.cells,
        complete=missing.complete,
        share=None if missing.percent is None else missing.percent / 100.0,
        most=None if column is None else titles(study.design)[column],
        most_share=None if column is None else known[column] / missing.n,
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
