"""The stages in their order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import pandas as pd

from generator import covariates, gaps, search, tables
from generator.areas import make_areas
from generator.calendar import Calendar, make_calendar
from generator.clusters import Clusters, icc_aims
from generator.design import CohortDesign
from generator.exposure import window_weights
from generator.fidelity import make_fidelity
from generator.fidelity_items import Assessments
from generator.goals import Goals
from generator.items import make_items
from generator.layout import EXPOSURES, Array, Whole
from generator.moments import PHASES, solve_moments
from generator.printed import Printed
from generator.progress import stage
from generator.rounding import round_scores
from generator.sampling import Sampler
from generator.score_model import ScoreModel
from generator.selection import Chooser, Effort, LimitGoals
from generator.shipped import INSTRUMENTS, PGI
from generator.targets import make_targets
from generator.writing import calibrated_label, write_folder


@dataclass(frozen=True, slots=True)
class Background:
    """What is fixed before any score is drawn.

    Attributes
    ----------
    matrix : ndarray, shape (n_clients, n_background)
        Covariates and fidelity windows, as in `layout.BACKGROUND`.
    """

    calendar: Calendar
    assessments: Assessments
    characteristics: pd.DataFrame
    matrix: Array

    @classmethod
    def of(
        cls,
        calendar: Calendar,
        assessments: Assessments,
        characteristics: pd.DataFrame,
        windows: list[Array],
    ) -> Self:
        """Put covariates and fidelity windows beside each other."""
        shared = covariates.covariate_matrix(characteristics, calendar)
        matrix = np.column_stack([shared, *windows])
        return cls(calendar, assessments, characteristics, matrix)


def generate(folder: Path, design: CohortDesign, printed: Printed) -> None:
    """Make a cohort and write it.

    Raises
    ------
    RuntimeError
        A stage did not reach its goals; nothing is written then.
    """
    background = make_background(design, printed)
    scores = make_scores(design, printed, background)
    with stage("Items") as advance:
        answers = make_answers(design, scores)
        advance("sums exact")
    with stage("Gaps and files") as advance:
        laid_out = lay_out(design, background, answers, scores)
        write_folder(folder, laid_out, design, calibrated_label(design.n_clients))
        advance(str(folder))


def make_background(design: CohortDesign, printed: Printed) -> Background:
    """Stages 1 to 3: calendar, fidelity, characteristics."""
    with stage("Calendar, fidelity, clients", 3) as advance:
        calendar = make_calendar(design)
        weights = window_weights(calendar)
        advance("calendar")
        assessments = make_fidelity(design, printed, calendar, weights)
        windows = [weights[name] @ assessments.totals for name in EXPOSURES]
        advance("fidelity")
        characteristics = covariates.make_characteristics(
            design, printed, calendar, windows[0]
        )
        advance("clients")
    return Background.of(calendar, assessments, characteristics, windows)


def make_scores(
    design: CohortDesign, printed: Printed, background: Background
) -> Array:
    """Stages 4 to 8: moments, samples, grid and search.

    Raises
    ------
    RuntimeError
        The search leaves a statistic outside its interval.
    """
    targets = make_targets(printed)
    clusters = Clusters.of(background.calendar.manager)
    values = background.matrix
    with stage("Moments", len(PHASES)) as advance:
        model = solve_moments(values, printed, targets, design.rng("moments"), advance)
    sample = _sample(design, printed, background, clusters, model)
    rounded = round_scores(sample, values, clusters, design.rng("rounding"))
    goals = Goals.of(targets, printed, values, clusters)
    with stage("Search on the grid", search.ROUNDS) as advance:
        scores, outside = search.search_grid(
            goals, rounded, design.rng("search"), advance
        )
    if outside:
        raise RuntimeError(f"{outside} statistics stayed outside their intervals.")
    return scores


def _sample(
    design: CohortDesign,
    printed: Printed,
    background: Background,
    clusters: Clusters,
    model: ScoreModel,
) -> Array:
    """Stages 5 and 6: draw samples, keep the one with the right bootstrap limits."""
    sampler = Sampler.of(
        model, background.matrix, background.calendar.team, clusters, icc_aims(printed)
    )
    chooser = Chooser(
        sampler,
        background.matrix,
        LimitGoals.of(printed),
        Effort(design.n_samples, design.n_variations),
    )
    with stage("Samples and their bootstrap", chooser.effort.total) as advance:
        return chooser.choose(lambda k: design.rng("sampling", k), advance)


def make_answers(design: CohortDesign, scores: Array) -> dict[str, dict[float, Whole]]:
    """Stage 9: answers to all items, by instrument and month."""
    answers = {}
    for part, instrument in enumerate(INSTRUMENTS):
        rng = design.rng("items", part)
        if instrument is PGI:
            areas = make_areas(scores, rng)
            answers[PGI.key] = {month: np.hstack(pair) for month, pair in areas.items()}
        else:
            answers[instrument.key] = make_items(scores, instrument, rng)
    return answers


def lay_out(
    design: CohortDesign,
    background: Background,
    answers: dict[str, dict[float, Whole]],
    scores: Array,
) -> tables.Tables:
    """Stages 10 and 11: cut the gaps and lay everything out."""
    calendar, characteristics = background.calendar, background.characteristics
    cut = gaps.make_gaps(design, np.hstack([background.matrix, scores]))
    return {
        "clients.csv": tables.clients_table(design, calendar, characteristics),
        "teams.csv": tables.teams_table(design, calendar),
        "fidelity.csv": tables.fidelity_table(design, calendar, background.assessments),
        "interviews.csv": tables.interviews_table(
            design, calendar, characteristics["language"], cut
        ),
        **tables.item_tables(design, calendar, answers, cut),
    }
