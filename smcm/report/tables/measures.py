"""The measures, and how much of each is missing."""

import pandas as pd

from smcm.analysis.characteristics import counted_elsewhere
from smcm.analysis.study import Study
from smcm.design.study import Exposure, Instrument, StudyDesign, label
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.stats.small_counts import Count


def measures(study: Study) -> Table:
    """Lay out what each instrument measures, its items and range."""
    design = study.design
    rows = [
        _exposure(design.exposure, study.run.window_days),
        _row(design.mediator, "M"),
        *(_row(outcome, "Y") for outcome in design.outcomes),
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-measures",
        caption="Measures of the study (higher scores are better)",
        notes=(
            "X predictor, M mediator, Y outcome. A questionnaire is scored if at least "
            f"{_least_answered(design)} of its items are answered, with the "
            "client's own mean in place of the others; the PGI requires a rating for "
            "every area with points.",
        ),
        align=("left", "left", "center", "right", "right", "right", "left", "left"),
        wide=True,
    )


SCORES = {
    "sum": "sum",
    "percent": "mean, rescaled",
    "weighted": "ratings weighted by points",
}


def _least_answered(design: StudyDesign) -> str:
    """Write the least share of items for a score, each share that some scale has."""
    shares = {one.answered for one in design.instruments if one.rule != "weighted"}
    return fmt.listed((fmt.percent(100 * one) for one in sorted(shares)), "or")


def _exposure(exposure: Exposure, days: int) -> dict[str, str]:
    n_items = sum(domain.n_items for domain in exposure.domains)
    return {
        "Measure": f"{exposure.short} scale",
        "Construct": f"{exposure.name} of the {exposure.level}",
        "Role": "X",
        "Items": fmt.whole(n_items),
        "Answers": f"{exposure.low} to {exposure.high}",
        "Range": f"{exposure.total_low} to {exposure.total_high}",
        "Months": f"{fmt.whole(days)}-day means before interviews",
        "Score": f"sum of {fmt.spelled(len(exposure.scored_domains))} domain means",
    }


def _row(instrument: Instrument, role: str) -> dict[str, str]:
    return {
        "Measure": f"{instrument.name} ({instrument.short})",
        "Construct": instrument.measures,
        "Role": role,
        "Items": fmt.whole(instrument.n_items),
        "Answers": f"{instrument.low} to {instrument.high}",
        "Range": f"{instrument.minimum} to {instrument.maximum}",
        "Months": ", ".join(label(month) for month in instrument.months),
        "Score": SCORES[instrument.rule],
    }


def missing(study: Study) -> Table:
    """Count the missing scores of each measure at each interview."""
    result = study.missing
    instruments = study.design.instruments
    months = sorted({month for one in instruments for month in one.months})
    rows = []
    for instrument in instruments:
        row = {"Measure": instrument.short}
        for month in months:
            column = instrument.score_column(month)
            known = column in result.by_score
            share = _share(result.by_score[column], result.n) if known else ""
            row[f"{label(month)} mo"] = share
        rows.append(row)
    return Table(
        pd.DataFrame(rows),
        name="tab-missing",
        caption=f"Missing scale scores, N (%) of {fmt.whole(result.n)} clients",
        notes=_totals(study),
    )


def _totals(study: Study) -> tuple[str, ...]:
    missing = study.missing
    if missing.count is None:
        if counted_elsewhere(study.cohort, study.n):
            return ("Missing scores are counted for the clients of all sites only.",)
        return ("The total is left out: it is small, or a small one follows from it.",)
    text = (
        f"Total: {fmt.whole(missing.count)} of {fmt.whole(missing.cells)} scale "
        f"scores ({fmt.percent(missing.percent, 1)})"
    )
    if missing.complete is None:
        return (f"{text}.",)
    return (f"{text}; {fmt.whole(missing.complete)} clients have every score.",)


def _share(count: Count, n: int) -> str:
    if count is None:
        return fmt.WITHHELD
    return fmt.Rounded(
        f"{fmt.whole(count)} ({fmt.number(100.0 * count / n, 1)})",
        count=count,
        percent=100.0 * count / n,
    )
