"""From the clients in the data to those in the models."""

import pandas as pd

from smcm.analysis.participants import (
    NOT_ASSESSED,
    TOO_EARLY,
    TOO_LATE,
    Flow,
    describe_flow,
)
from smcm.analysis.study import Study
from smcm.design.study import Exposure, label
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.stats.small_counts import Count

NO_EXPOSURE = "Excluded: no exposure"


def participants(study: Study) -> Table:
    """Lay out the clients step by step, a column for each horizon."""
    flow = describe_flow(study)
    rows: list[tuple[str, list[Count]]]
    rows = [("Clients in the data", [flow.in_data] * len(flow.horizons))]
    if flow.in_run < flow.in_data:
        rows.append(
            ("Clients of the sites of this run", [flow.in_run] * len(flow.horizons))
        )
    rows += _left_out(flow, study.design.exposure)
    held = [
        ("of these: alliance interview held", _each(flow, "alliance_held")),
        ("of these: outcome interview held", _each(flow, "outcome_held")),
    ]
    rows.append(("In the models", [one.analysed for one in flow.horizons]))
    rows += [row for row in held if set(row[1]) != {None}]
    heads = [f"{label(one.horizon)} months" for one in flow.horizons]
    return Table(
        pd.DataFrame(
            [(name, *map(fmt.whole, counts)) for name, counts in rows],
            columns=["Step", *heads],
        ),
        name="tab-participants",
        caption="From the clients in the data to those in the models",
        notes=(
            "Columns are the months of the outcomes. A client without a fidelity "
            "exposure at one horizon is excluded from the models of that horizon only; "
            f"{_in_both(flow)}Missing interview scores are imputed.",
            _ratings(flow, study.design.exposure.rated),
        ),
    )


def _in_both(flow: Flow) -> str:
    if flow.in_both is None:
        return ""
    return f"{fmt.whole(flow.in_both)} clients are in the models of both. "


def _each(flow: Flow, name: str) -> list[Count]:
    return [getattr(one, name) for one in flow.horizons]


def reasons(exposure: Exposure) -> dict[str, str]:
    """Word the reasons why a client has no exposure."""
    late = f"over {exposure.shortest_window} days after the team's last assessment"
    return {
        NOT_ASSESSED: "Excluded: team not assessed on two days",
        TOO_EARLY: "Excluded: interview before the team's first assessment",
        TOO_LATE: f"Excluded: {late}",
    }


def _left_out(flow: Flow, exposure: Exposure) -> list[tuple[str, list[Count]]]:
    """Give a row for each reason that occurs."""

    def counts(name: str) -> list[Count]:
        return [one.without_exposure[name] for one in flow.horizons]

    found = [(words, counts(name)) for name, words in reasons(exposure).items()]
    if all(None in row and set(row) <= {None, 0} for _, row in found):
        total: list[Count] = [flow.in_run - one.analysed for one in flow.horizons]
        return [(NO_EXPOSURE, total)]
    none = [0] * len(flow.horizons)
    return [row for row in found if row[1] != none] or [(NO_EXPOSURE, [*none])]


def _ratings(flow: Flow, least: float) -> str:
    ratings = flow.ratings
    if not ratings.blank:
        return "Every item of every fidelity assessment was rated."
    text = (
        f"{fmt.whole(ratings.blank)} of {fmt.whole(ratings.items)} fidelity items were "
        "not rated; domain means use the rated items."
    )
    if ratings.without_total:
        n = len(ratings.without_total)
        text += (
            f" {fmt.whole(n)} of {fmt.whole(ratings.assessments)} assessments "
            f"{'has' if n == 1 else 'have'} no total, because fewer than "
            f"{fmt.percent(100.0 * least)} of the items in a domain were rated."
        )
    return text
