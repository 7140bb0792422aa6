"""Specification curves: the indirect effect of every run, ordered by its size."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.axes import Axes

from smcm.chapters.compare.figures.choice_rows import choice_rows, draw_choices
from smcm.chapters.compare.figures.effect_curve import (
    curve_keys,
    draw_curve,
    effect_of,
    mark_width,
)
from smcm.design.models import StudyModel
from smcm.design.study import label
from smcm.errors import UnknownValueError
from smcm.report import choices
from smcm.report.curve_panels import add_curve_key, curve_panels, share_scale
from smcm.report.format import bare, whole
from smcm.report.palette import FAINT, finished, heading
from smcm.report.runs import RunRecord
from smcm.report.show import Plate

MOST_RUNS = 120  # more cannot be told apart on a page and are thinned


def specification_curve(records: Sequence[RunRecord], horizon: float) -> Plate:
    """Draw all runs for each outcome of a horizon, with their choices below.

    The effects are completely standardized, so that outcomes on different scales can
    share an axis.

    Parameters
    ----------
    records : sequence of RunRecord
    horizon : float
        Month of the outcomes, 9 or 18.

    Raises
    ------
    UnknownValueError
        A horizon without models.
    """
    declared = choices.models_of(records)
    models = [model for model in declared if model.horizon == horizon]
    if not models:
        known = tuple(dict.fromkeys(model.horizon for model in declared))
        raise UnknownValueError.for_choice("horizon", horizon, known)
    rows, main = choice_rows(records), choices.main_run(records)
    figure, panels = curve_panels(len(rows))
    for model, (curve, beneath) in zip(models, panels, strict=True):
        drawn = thinned(in_order(records, model), main)
        mediated = [run.model(model.key).mediated for run in drawn]
        draw_curve(curve, model, drawn, main)
        heading(curve, model.outcome.short)
        draw_choices(
            beneath,
            rows,
            list(zip(drawn, mediated, strict=True)),
            mark_width(len(drawn)),
        )
        for ax in (curve, beneath):
            _share_columns(ax, drawn, main)
    effects = [effect_of(run, model) for run in records for model in models]
    ends = min(e.ci_low for e in effects), max(e.ci_high for e in effects)
    share_scale([curve for curve, _ in panels], *ends)
    name = "main run" if main is not None else ""
    add_curve_key(figure, _order_words(records), curve_keys(), name)
    alt = (
        f"Four specification curves, one for each outcome at {label(horizon)} months: "
        "the completely standardized indirect effect of every run with its interval, "
        "ordered by size, and below it a panel that marks the choices of each run. "
        + " ".join(_in_words(records, model) for model in models)
    )
    return finished(figure, alt, f"fig-curve-{label(horizon)}", _frame(records, models))


def in_order(records: Sequence[RunRecord], model: StudyModel) -> list[RunRecord]:
    """Sort the runs by the effect of a model, equal ones as they were given."""
    return sorted(records, key=lambda run: effect_of(run, model).estimate)


def thinned(ordered: Sequence[RunRecord], main: RunRecord | None) -> list[RunRecord]:
    """Keep every k-th run, both ends and the main run where there are too many."""
    step = _step(len(ordered))
    last = len(ordered) - 1
    return [
        run
        for k, run in enumerate(ordered)
        if k % step == 0 or k == last or run is main
    ]


def _step(count: int) -> int:
    return -(-count // MOST_RUNS)


def _share_columns(
    ax: Axes, drawn: Sequence[RunRecord], main: RunRecord | None
) -> None:
    """Give curve and choices the same columns, that of the main run shaded."""
    ax.set_xlim(-0.8, len(drawn) - 0.2)
    if main is not None:
        at = drawn.index(main)
        ax.axvspan(at - 0.5, at + 0.5, color=FAINT, linewidth=0, zorder=0)


def _frame(records: Sequence[RunRecord], models: Sequence[StudyModel]) -> pd.DataFrame:
    """All runs in the order of each curve, with their choices."""
    names = choices.shown_parameters(records)
    rows = [
        {
            "outcome": model.outcome.short,
            **{
                choices.WORDS[name].heading: choices.tick(
                    name, choices.value_of(run, name)
                )
                for name in names
            },
            "estimate": effect_of(run, model).estimate,
            "low": effect_of(run, model).ci_low,
            "high": effect_of(run, model).ci_high,
            "mediated": run.model(model.key).mediated,
        }
        for model in models
        for run in in_order(records, model)
    ]
    return pd.DataFrame(rows)


def _order_words(records: Sequence[RunRecord]) -> str:
    count, step = len(records), _step(len(records))
    if count == 1:
        return "One run"
    some = f"; one in {whole(step)} is shown" if step > 1 else ""
    return f"{whole(count)} runs, ordered by their effect{some}"


def _in_words(records: Sequence[RunRecord], model: StudyModel) -> str:
    effects = [effect_of(run, model).estimate for run in records]
    counts = " and ".join(
        f"{whole(sum(run.model(model.key).mediated for run in part))} of "
        f"{whole(len(part))} runs with {name}"
        for name, part in choices.by_sites(records).items()
    )
    return (
        f"{model.outcome.short}: from {bare(min(effects), 3)} to "
        f"{bare(max(effects), 3)}, mediated in {counts}."
    )
