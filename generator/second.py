"""A second cohort: other clients, other effects, more gaps, made in seconds.

It runs through the stages of the first but for those that serve calibration: there is
no solving for moments, no choice among samples and no search on the grid.
"""

from pathlib import Path

from generator.calendar import make_calendar
from generator.design import CohortDesign
from generator.effects import Effects, effects_of
from generator.exposure import window_weights
from generator.fidelity import draw_fidelity
from generator.layout import EXPOSURES
from generator.pipeline import Background, lay_out, make_answers
from generator.progress import stage
from generator.shipped import EIGHT_MODELS
from generator.simple_clients import draw_characteristics
from generator.simple_scores import draw_scores
from generator.writing import Label, write_folder

TRUTHS = "instructor.md"
README = """\
# A second synthetic cohort

{statement}

It serves to try the analysis on data of another size, and to teach: the true effects
are known to whoever generated it, and stand in `{truths}` alone. Take that file out
before you pass the folder on.

## The gaps

{missing} of {cells} scale scores are missing, {percent:.1f}%. Whether an interview is
missed depends on what was known before it, never on the answers that are lost.
"""
INSTRUCTOR = """\
# What was put into this cohort

Keep this file to yourself: it says what estimates are compared with.

Points of the alliance per point of fidelity (a), points of the outcome per point of
the alliance (b), points of the outcome per point of fidelity at equal alliance
(direct), and the product of the first two (indirect).

| model | a | b | direct | indirect |
|---|---:|---:|---:|---:|
{rows}

An estimate departs from them by chance, as in any sample, and a little because answers
end at the ends of their scales.

Seed {seed}; `python -m generator --design second --seed {seed} --out DIR` makes the
same folder again, and another seed gives other clients and other effects.
"""


def generate_second(
    folder: Path,
    design: CohortDesign,
    effects: Effects | None = None,
    *,
    completed: bool = False,
) -> None:
    """Make a cohort with known effects and write it.

    Parameters
    ----------
    effects : Effects, optional
        By default those of the design's seed.
    completed : bool
        Also write the answers as they were before the gaps were cut; an analysis then
        takes them and imputes nothing.
    """
    effects = effects or effects_of(design.seed)
    background = draw_background(design)
    with stage("Scores and items", 2) as advance:
        scores = draw_scores(
            effects, background.matrix, background.calendar, design.rng("scores")
        )
        advance("scores")
        answers = make_answers(design, scores)
        advance("items")
    with stage("Gaps and files") as advance:
        laid_out = lay_out(design, background, answers, scores)
        tables = {
            name: table
            for name, table in laid_out.items()
            if completed or "/" not in name
        }
        write_folder(folder, tables, design, simulated_label(design, effects))
        advance(str(folder))


def draw_background(design: CohortDesign) -> Background:
    """Stages 1 to 3 without their aims: calendar, fidelity, characteristics."""
    with stage("Calendar, fidelity, clients", 3) as advance:
        calendar = make_calendar(design)
        weights = window_weights(calendar)
        advance("calendar")
        assessments = draw_fidelity(design, calendar)
        windows = [weights[name] @ assessments.totals for name in EXPOSURES]
        advance("fidelity")
        characteristics = draw_characteristics(design, calendar)
        advance("clients")
    return Background.of(calendar, assessments, characteristics, windows)


def simulated_label(design: CohortDesign, effects: Effects) -> Label:
    """Say that the clients are invented, and which effects were put in."""
    statement = (
        f"Synthetic data: {design.n_clients} invented clients with effects that were "
        "chosen beforehand and are unlike the article’s. Nothing in them was fitted "
        "to the published study, and they are evidence for nothing."
    )
    return Label(
        title="Second synthetic cohort, simulated with known effects",
        statement=statement,
        seed_is_public=False,
        texts={
            "README.md": _readme(statement, design),
            TRUTHS: _truths(design, effects),
        },
    )


def _readme(statement: str, design: CohortDesign) -> str:
    return README.format(
        statement=statement,
        truths=TRUTHS,
        missing=design.missing_scores,
        cells=design.n_scores,
        percent=100 * design.missing_scores / design.n_scores,
    )


def _truths(design: CohortDesign, effects: Effects) -> str:
    rows = [
        f"| {model.title} | {_numbers(effects.of(model))} |" for model in EIGHT_MODELS
    ]
    return INSTRUCTOR.format(rows="\n".join(rows), seed=design.seed)


def _numbers(effects: dict[str, float]) -> str:
    return " | ".join(f"{value:.3f}" for value in effects.values())
