"""What the chapter says of single domains and of windows of other lengths."""

from collections.abc import Sequence

from smcm.analysis.exposures import TOTAL, Exposures, standardized_a
from smcm.analysis.mediation import MediationResult
from smcm.design.domains import SCORED_DOMAINS
from smcm.design.models import EIGHT_MODELS
from smcm.design.schedule import HORIZONS, label
from smcm.report import format as fmt
from smcm.report.words import listed_or

NAMES = {domain.key: domain.name for domain in SCORED_DOMAINS}


def exposure_phrases(found: Exposures) -> dict[str, str]:
    """Quote other exposures; finished strings by name."""
    days = list(found.windows)
    return {
        "domains_a": " ".join(_domains(found, horizon) for horizon in HORIZONS),
        "domains_overlap": _overlap(found),
        "domains_many": _many(found),
        "entry_moved": _from_entry(found),
        "doses_range": f"{fmt.whole(days[0])} to {fmt.whole(days[-1])} days",
        "doses_moved": _doses(found),
        "doses_short": fmt.whole(found.short_windows[days[-1]]),
        "exposure_errors": (
            "errors that are robust to clustering by team"
            if found.se == "cr2"
            else "HC3 errors"
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
        f"{fmt.bare(values[most])} ({NAMES[str(most)]}); its interval excludes zero "
        f"for {listed_or(clear, 'none of them')}."
    )


def _many(found: Exposures) -> str:
    """Say how many intervals there are, and what a correction for that leaves."""
    count = len(SCORED_DOMAINS) * len(HORIZONS)
    level, single, corrected = found.corrected_level, 0, []
    for horizon in HORIZONS:
        place = _first(horizon)
        month = label(EIGHT_MODELS[place].alliance_month)
        for key, name in NAMES.items():
            result = found.domains[key][place]
            single += _clear(result)
            if _clear(result, level):
                corrected.append(f"{name} at {month} months")
    expected = count * (1.0 - found.study.models[0].mediation.level)
    return (
        f"These are {fmt.spelled(count)} intervals of path a. If no domain had any "
        f"effect, {fmt.number(expected, 1)} of them would exclude zero on average; "
        f"{fmt.spelled(single) if single else 'none'} of them "
        f"{'does' if single == 1 else 'do'}. With Bonferroni's correction for their "
        f"number, intervals of {fmt.percent(100.0 * level, 1)} each, zero is excluded "
        f"for {listed_or(corrected, 'no domain at either interview')}."
    )


def _overlap(found: Exposures) -> str:
    """Say whether any domain's interval lies apart from that of another."""
    apart = 0
    for horizon in HORIZONS:
        place = _first(horizon)
        ends = [standardized_a(own[place])[1:] for own in found.domains.values()]
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
        ends.append(
            f"from {fmt.bare(min(values), 3)} to {fmt.bare(max(values), 3)} at "
            f"{_interview(place)}"
        )
    changed = [
        model.title
        for k, model in enumerate(EIGHT_MODELS)
        if len({r[k].interval_excludes_zero for r in found.windows.values()}) > 1
    ]
    return f"Path a moves {fmt.listed(ends)}, in SDs per SD. {_changes(changed)}."


def _changes(models: Sequence[str]) -> str:
    if not models:
        return "For no model does the conclusion on the interval of ab change"
    return f"Whether the interval of ab excludes zero changes for {fmt.listed(models)}"


def _interview(place: int) -> str:
    return f"{label(EIGHT_MODELS[place].alliance_month)} months"


def _from_entry(found: Exposures) -> str:
    """Say what the models become when exposure is counted from entry."""
    if not found.from_entry:
        return "Some client has no exposure since entry, so that it is not shown here."
    usual = found.domains[TOTAL]
    ends = [
        f"{fmt.bare(found.from_entry[k].paths.a_standardized, 3)} in place of "
        f"{fmt.bare(usual[k].paths.a_standardized, 3)} at {_interview(k)}"
        for k in map(_first, HORIZONS)
    ]
    changed = [
        model.title
        for model, own, new in zip(EIGHT_MODELS, usual, found.from_entry, strict=True)
        if own.interval_excludes_zero != new.interval_excludes_zero
    ]
    days = fmt.whole(found.study.run.window_days)
    return (
        f"Compared with the window of {days} days, path a is {fmt.listed(ends)}, in "
        f"SDs per SD. {_changes(changed)}."
    )


def _first(horizon: float) -> int:
    return next(k for k, m in enumerate(EIGHT_MODELS) if m.horizon == horizon)


def _clear(result: MediationResult, level: float | None = None) -> bool:
    _, low, high = standardized_a(result, level)
    return low > 0.0 or high < 0.0
