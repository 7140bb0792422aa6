"""Effects of other exposures: each fidelity domain alone, and windows of any length."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.multiverse.exposures import TOTAL, Exposures, standardized_a
from smcm.cohort.exposure import days_since_entry
from smcm.design.models import StudyModel
from smcm.design.study import StudyDesign, label
from smcm.report.format import bare
from smcm.report.palette import (
    BLUE,
    DASHES,
    INK,
    PANEL,
    PAPER,
    QUIET,
    finished,
    heading,
    name_axes,
    new_panels,
    share_limits,
    tidy_axes,
)
from smcm.report.show import Plate
from smcm.stats.terms import Term

SHORT = {
    "caseload_size": "caseload size",
    "community_contact": "community contact",
    "individual_supervision": "indiv. supervision",
    "group_supervision": "group supervision",
    "strengths_assessment": "strengths assessm.",
    "recovery_plan": "recovery plan",
    "resources": "resources",
    "hope_inducing_practice": "hope-inducing pr.",
    TOTAL: "all eight (total)",
}
ROW, CURVE = 0.19, 1.25  # inches of a row of domains, of a curve
BELOW, ABOVE = 0.5, 0.32


def effect(result: MediationResult) -> Term:
    """Give the completely standardized indirect effect with its bootstrap limits."""
    return result.term("indirect_cs")


Reader = Callable[[MediationResult], Term]


def domain_effects(found: Exposures) -> Plate:
    """Draw path a and the indirect effects for each domain by itself."""
    design = found.study.design
    names = [*(domain.key for domain in design.exposure.scored_domains), TOTAL]

    def draw(ax: Axes, results: Sequence[MediationResult], read: Reader) -> None:
        for at, (name, result) in enumerate(zip(names, results, strict=True)):
            shown = read(result)
            color = BLUE if shown.excludes_zero else QUIET
            ax.hlines(at, shown.ci_low, shown.ci_high, color=color, linewidth=1.8)
            if read is standardized_a and name != TOTAL:
                shown = standardized_a(result, found.corrected_level)
                ax.hlines(at, shown.ci_low, shown.ci_high, color=color, linewidth=0.6)
            ax.plot(
                shown.estimate,
                at,
                marker="o",
                markersize=5,
                color=color,
                markerfacecolor=color if shown.excludes_zero else PAPER,
            )
        ax.axvline(0.0, color=INK, linewidth=0.9, linestyle=DASHES, zorder=1)
        ax.axhline(len(names) - 1.5, color=QUIET, linewidth=0.5)
        ax.set_yticks(range(len(names)), [SHORT[name] for name in names])
        ax.set_ylim(len(names) - 0.5, -0.5)
        ax.tick_params(axis="y", length=0)

    rows = [found.domains[name] for name in names]
    margins = 1.5, 0.2, BELOW, ABOVE
    height, x = ROW * len(names), "SDs per SD of the domain"
    figure = _grid(design, rows, draw, height, margins, x=x)
    alt = (
        "Path a and the indirect effects for each fidelity domain by itself and for "
        "the total, both horizons; thin lines are intervals of path a corrected for "
        "the number of domains. "
        + " ".join(_widest(found, horizon) for horizon in design.outcome_horizons)
    )
    frame = _frame("domain", found.domains, design.study_models)
    return finished(figure, alt, "fig-domains", frame)


def dose_curves(found: Exposures) -> Plate:
    """Draw path a and the indirect effects by length of the window."""
    days, design = list(found.windows), found.study.design

    def draw(ax: Axes, results: Sequence[MediationResult], read: Reader) -> None:
        shown = [read(result) for result in results]
        low, high = ([getattr(s, end) for s in shown] for end in ("ci_low", "ci_high"))
        ax.fill_between(days, low, high, color=BLUE, alpha=0.2, linewidth=0)
        ax.plot(
            days, [s.estimate for s in shown], color=BLUE, marker="o", markersize=3.5
        )
        ax.axhline(0.0, color=INK, linewidth=0.9, linestyle=DASHES, zorder=1)
        ax.set_xlim(days[0], days[-1])
        ax.set_xticks([d for d in days if d % 90 == 0])
        ax.locator_params(axis="y", nbins=4)

    rows = [found.windows[d] for d in days]
    margins = 0.6, 0.15, BELOW, ABOVE
    x = "Days in the fidelity window"
    figure = _grid(design, rows, draw, CURVE, margins, x=x)
    _mark_entry(figure, found, days[-1])
    alt = (
        "Path a and the indirect effects of the eight models with windows from "
        f"{days[0]} to {days[-1]} days, with intervals, one panel per model; dotted "
        "lines mark the mean time since entry; the lowest and highest values of path a "
        "are "
        + "; ".join(_range(design, rows, month) for month in design.outcome_horizons)
        + "."
    )
    frame = _frame("days", found.windows, design.study_models)
    return finished(figure, alt, "fig-doses", frame)


def _mark_entry(figure: Any, found: Exposures, longest: int) -> None:  # noqa: ANN401 (a Figure)
    """Mark the mean time since entry in the panels that reach so far."""
    since = days_since_entry(found.study.cohort).loc[found.study.frame["client_id"]]
    months = found.study.design.mediator.months
    for column, month in enumerate(months):
        mean = float(since[month].mean())
        if mean < longest:
            for ax in figure.axes[column :: len(months)]:
                ax.axvline(mean, color=QUIET, linewidth=0.9, linestyle=":", zorder=1)


def _grid(
    design: StudyDesign,
    rows: Sequence[Sequence[MediationResult]],
    draw: Callable[[Axes, Sequence[MediationResult], Reader], None],
    height: float,
    margins: tuple[float, float, float, float],
    *,
    x: str,
) -> Any:  # noqa: ANN401 (a Figure)
    """Lay out a column for each horizon: path a, then the outcomes."""
    size, models = (PANEL, height + BELOW + ABOVE), design.study_models
    horizons, below = design.outcome_horizons, len(design.outcomes)
    figure, panels = new_panels(1 + below, len(horizons), size, margins)
    axes = panels[:, :, 0]
    for column, horizon in enumerate(horizons):
        places = [k for k, m in enumerate(models) if m.horizon == horizon]
        first = models[places[0]]
        draw(axes[0, column], [row[places[0]] for row in rows], standardized_a)
        heading(axes[0, column], f"RPRS at {label(first.alliance_month)} months (a)")
        for at, place in enumerate(places, start=1):
            draw(axes[at, column], [row[place] for row in rows], effect)
            heading(axes[at, column], f"{models[place].title} (ab)")
        for ax in axes[:, column]:
            tidy_axes(ax)
            name_axes(ax, x=x)
    share_limits(axes[0], "x")
    share_limits(axes[1:].ravel(), "x")
    for row in axes:
        if not row[0].yaxis_inverted():
            share_limits(row, "y")
    return figure


def _frame(
    first: str,
    found: Mapping[Any, Sequence[MediationResult]],
    models: Sequence[StudyModel],
) -> pd.DataFrame:
    """Path a of each horizon and all indirect effects, by the exposure."""
    rows = [
        {first: key, "model": model.title, "path": path}
        | {"estimate": shown.estimate, "low": shown.ci_low, "high": shown.ci_high}
        for key, results in found.items()
        for model, result in zip(models, results, strict=True)
        for path, shown in (("a", standardized_a(result)), ("ab", effect(result)))
    ]
    return pd.DataFrame(rows)


def _first_at(design: StudyDesign, horizon: float) -> tuple[int, StudyModel]:
    """Give the first model of a horizon, and its place."""
    models = enumerate(design.study_models)
    return next((k, model) for k, model in models if model.horizon == horizon)


def _widest(found: Exposures, horizon: float) -> str:
    place, _ = _first_at(found.study.design, horizon)
    shown = {
        key: standardized_a(results[place]) for key, results in found.domains.items()
    }
    domains = {key: s for key, s in shown.items() if key != TOTAL}
    least = min(domains, key=lambda key: domains[key].estimate)
    most = max(domains, key=lambda key: domains[key].estimate)
    return (
        f"For the {label(horizon)}-month models, path a ranges from "
        f"{bare(domains[least].estimate)} ({SHORT[str(least)]}) to "
        f"{bare(domains[most].estimate)} ({SHORT[str(most)]}); it is "
        f"{bare(shown[TOTAL].estimate)} for the total."
    )


def _range(
    design: StudyDesign, rows: Sequence[Sequence[MediationResult]], horizon: float
) -> str:
    place, model = _first_at(design, horizon)
    values = [standardized_a(row[place]).estimate for row in rows]
    month = label(model.alliance_month)
    return f"{bare(min(values), 3)} and {bare(max(values), 3)} before {month} months"
