"""Specification curves: the indirect effect of every run, ordered by its size."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from smcm.chapters.compare.figures.choice_rows import choice_rows, draw_choices
from smcm.chapters.compare.figures.effect_curve import (
    curve_keys,
    draw_curve,
    effect_of,
    mark_width,
)
from smcm.design.models import EIGHT_MODELS, StudyModel
from smcm.design.schedule import HORIZONS, label
from smcm.errors import UnknownValueError
from smcm.report import choices
from smcm.report.format import bare, whole
from smcm.report.palette import (
    FAINT,
    INK,
    SMALL,
    finished,
    heading,
    new_figure,
)
from smcm.report.runs import RunRecord
from smcm.report.show import Plate

CURVE, ROW, TITLE, FOOT = 1.75, 0.185, 0.35, 0.95  # inches
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
    models = [model for model in EIGHT_MODELS if model.horizon == horizon]
    if not models:
        raise UnknownValueError.for_choice("horizon", horizon, HORIZONS)
    rows, main = choice_rows(records), choices.main_run(records)
    heights = [CURVE, ROW * len(rows)] * 2
    figure = new_figure(sum(heights) + 2 * TITLE + FOOT)
    axes = figure.subplots(4, 2, sharey="row", gridspec_kw={"height_ratios": heights})
    for k, model in enumerate(models):
        curve, beneath = (axes[2 * (k // 2) + part, k % 2] for part in (0, 1))
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
            ax.tick_params(axis="y", labelleft=k % 2 == 0)
    _share_scale([axes[0, 0], axes[2, 0]], records, models)
    for ax in (axes[0, 0], axes[2, 0]):
        ax.set_ylabel("Indirect effect, SDs", fontsize=SMALL, color=INK)
    figure.legend(
        title=_order_words(records),
        title_fontsize=SMALL,
        handles=curve_keys(main),
        loc="outside lower center",
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        labelcolor=INK,
        handletextpad=0.5,
        columnspacing=1.5,
    )
    alt = (
        f"Four specification curves, one for each outcome at {label(horizon)} months: "
        "the completely standardized indirect effect of every run with its interval, "
        "ordered by size, and below it a panel that marks the choices of each run. "
        + " ".join(_in_words(records, model) for model in models)
    )
    return finished(figure, alt, f"fig-curve-{label(horizon)}")


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


def _share_scale(
    axes: Sequence[Axes], records: Sequence[RunRecord], models: Sequence[StudyModel]
) -> None:
    """Let every curve reach from the lowest limit to the highest, zero within."""
    effects = [effect_of(run, model) for run in records for model in models]
    low = min(0.0, *(effect.ci_low for effect in effects))
    high = max(0.0, *(effect.ci_high for effect in effects))
    room = 0.08 * (high - low)
    for ax in axes:
        ax.set_ylim(low - room, high + 2.0 * room)
        ax.locator_params(axis="y", nbins=5)


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
