"""What the chapter says of single domains and of windows of other lengths."""

from smcm.analysis.exposures import TOTAL, Exposures
from smcm.analysis.mediation import MediationResult
from smcm.design.domains import SCORED_DOMAINS
from smcm.design.models import EIGHT_MODELS
from smcm.design.schedule import HORIZONS, label
from smcm.report import format as fmt

NAMES = {domain.key: domain.name for domain in SCORED_DOMAINS}


def exposure_phrases(found: Exposures) -> dict[str, str]:
    """Quote other exposures; finished strings by name."""
    days = list(found.windows)
    return {
        "domains_a": " ".join(_domains(found, horizon) for horizon in HORIZONS),
        "domains_overlap": _overlap(found),
        "doses_range": f"{fmt.whole(days[0])} to {fmt.whole(days[-1])} days",
        "doses_moved": _doses(found),
        "doses_short": fmt.whole(found.short_windows[days[-1]]),
        "exposure_errors": (
            "errors that know of teams" if found.se == "cr2" else "HC3 errors"
        ),
    }


def _domains(found: Exposures, horizon: float) -> str:
    place = _first(horizon)
    values = {
        key: results[place].paths.a_standardized
        for key, results in found.domains.items()
        if key != TOTAL
    }
    least, most = (
        min(values, key=values.__getitem__),
        max(values, key=values.__getitem__),
    )
    clear = [NAMES[str(key)] for key in values if _clear(found.domains[key][place])]
    month = label(EIGHT_MODELS[place].alliance_month)
    return (
        f"For the alliance at {month} months path a runs from "
        f"{fmt.bare(values[least])} SDs ({NAMES[str(least)]}) to "
        f"{fmt.bare(values[most])} ({NAMES[str(most)]}); its interval leaves zero out "
        f"for {fmt.listed(clear)}."
    )


def _overlap(found: Exposures) -> str:
    """Say whether any domain's interval lies apart from that of another."""
    apart = 0
    for horizon in HORIZONS:
        place = _first(horizon)
        ends = [_limits(results[place]) for results in found.domains.values()]
        lowest_top = min(high for _, high in ends)
        highest_bottom = max(low for low, _ in ends)
        apart += highest_bottom > lowest_top
    if apart:
        return "Some intervals of path a do not overlap."
    return (
        "All intervals of path a overlap: the data do not tell one domain from another."
    )


def _doses(found: Exposures) -> str:
    ends = []
    for horizon in HORIZONS:
        place = _first(horizon)
        values = [r[place].paths.a_standardized for r in found.windows.values()]
        month = label(EIGHT_MODELS[place].alliance_month)
        ends.append(
            f"from {fmt.bare(min(values), 3)} to {fmt.bare(max(values), 3)} at "
            f"{month} months"
        )
    changed = [
        model.title
        for k, model in enumerate(EIGHT_MODELS)
        if len({r[k].interval_excludes_zero for r in found.windows.values()}) > 1
    ]
    verdict = (
        "For no model does the interval of ab change sides"
        if not changed
        else f"The interval of ab changes sides for {fmt.listed(changed)}"
    )
    return f"Path a moves {fmt.listed(ends)}, in SDs per SD. {verdict}."


def _first(horizon: float) -> int:
    return next(k for k, m in enumerate(EIGHT_MODELS) if m.horizon == horizon)


def _limits(result: MediationResult) -> tuple[float, float]:
    row, unit = result.row("a"), result.paths.sd_x / result.paths.sd_m
    return unit * row["ci_low"], unit * row["ci_high"]


def _clear(result: MediationResult) -> bool:
    low, high = _limits(result)
    return low > 0.0 or high < 0.0
