"""The eight models with exposure since entry, and with windows of fixed length."""

import pandas as pd

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.multiverse.exposures import Exposures, standardized_a
from smcm.design.models import EIGHT_MODELS
from smcm.parameters import WINDOWS_DAYS
from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.words import short_title


def from_entry(found: Exposures) -> Table:
    """Lay out, for each model, the study's windows and then all days since entry."""
    exposures = {
        f"{fmt.whole(days)} days": found.windows[days]
        for days in WINDOWS_DAYS
        if days in found.windows
    }
    if found.from_entry:
        exposures["since entry"] = found.from_entry
    rows = [
        {"Outcome": short_title(model), "Exposure": name, **_numbers(results[k])}
        for k, model in enumerate(EIGHT_MODELS)
        for name, results in exposures.items()
    ]
    errors = "cluster-robust by team (CR2)" if found.se == "cr2" else "HC3"
    return Table(
        pd.DataFrame(rows),
        name="tab-from-entry",
        caption="The eight models with exposure since entry and with fixed windows",
        notes=(
            "Since entry: the mean over all days from a client's entry to the day "
            "before the alliance interview. Completely standardized. Standard errors "
            f"of path a: {errors}. Interval of ab: 95% percentile bootstrap, on the "
            f"same bootstrap samples for all exposures. {fmt.NEAR_ZERO}",
        ),
    )


def _numbers(result: MediationResult) -> dict[str, str]:
    a = standardized_a(result)
    return {
        "a (95% CI)": fmt.with_limits(a.estimate, *a.limits),
        "p(a)": fmt.p_value(result.row("a")["p"]),
        "ab": fmt.number(result.indirect_cs, 3),
        "95% CI": fmt.limits(*result.limits("indirect_cs")),
    }
