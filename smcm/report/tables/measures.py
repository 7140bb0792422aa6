"""The measures, and how much of each is missing."""

import pandas as pd

from smcm.analysis.characteristics import counted_elsewhere
from smcm.analysis.study import Study
from smcm.design.instruments import (
    ANSWERED_SHARE,
    DOMAINS,
    INSTRUMENTS,
    ITEM_HIGH,
    ITEM_LOW,
    RPRS,
    SCORED_DOMAINS,
    TOTAL_HIGH,
    TOTAL_LOW,
    Instrument,
)
from smcm.design.schedule import label
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.stats.small_counts import Count


def measures(study: Study) -> Table:
    """Lay out what each instrument measures, its items and range."""
    n_items = sum(domain.n_items for domain in DOMAINS)
    fidelity = {
        "Measure": "SMCM fidelity scale",
        "Construct": "fidelity of the team",
        "Role": "X",
        "Items": fmt.whole(n_items),
        "Answers": f"{ITEM_LOW} to {ITEM_HIGH}",
        "Range": f"{TOTAL_LOW} to {TOTAL_HIGH}",
        "Months": f"{fmt.whole(study.run.window_days)}-day means before interviews",
        "Score": f"sum of {fmt.spelled(len(SCORED_DOMAINS))} domain means",
    }
    rows = [fidelity, *(_row(instrument) for instrument in INSTRUMENTS)]
    return Table(
        pd.DataFrame(rows),
        name="tab-measures",
        caption="Measures of the study (higher scores are better)",
        notes=(
            "X predictor, M mediator, Y outcome. A questionnaire is scored if at least "
            f"{fmt.percent(100 * ANSWERED_SHARE)} of its items are answered, with the "
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


def _row(instrument: Instrument) -> dict[str, str]:
    return {
        "Measure": f"{instrument.name} ({instrument.short})",
        "Construct": instrument.measures,
        "Role": "M" if instrument is RPRS else "Y",
        "Items": fmt.whole(instrument.n_items),
        "Answers": f"{instrument.low} to {instrument.high}",
        "Range": f"{instrument.minimum} to {instrument.maximum}",
        "Months": ", ".join(label(month) for month in instrument.months),
        "Score": SCORES[instrument.rule],
    }


def missing(study: Study) -> Table:
    """Count the missing scores of each measure at each interview."""
    result = study.missing
    months = sorted({month for i in INSTRUMENTS for month in i.months})
    rows = []
    for instrument in INSTRUMENTS:
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
