"""The multiverse by model, by choice and without each site; exposure since entry."""

import numpy as np
import pandas as pd

from smcm.analysis.mediation_result import MediationResult
from smcm.chapters.multiverse.exposures import Exposures, standardized_a
from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.chapters.multiverse.words import level
from smcm.parameters import WINDOWS_DAYS
from smcm.report import format as fmt
from smcm.report.proportion import proportion
from smcm.report.show import Align, Table, sorted_by
from smcm.report.words import short_title
from smcm.stats.terms import excludes_zero

RIGHT: Align = "right"


def multiverse(found: Multiverse) -> Table:
    """Lay out the range of each indirect effect, and the choice it depends on most."""
    return Table(
        pd.DataFrame([_row(found, k) for k in range(len(found.models))]),
        name="tab-multiverse",
        caption=f"Indirect effects under {fmt.whole(found.per_model)} combinations",
        notes=(
            "ab: completely standardized; smallest and largest over all combinations. "
            "Positive: share of the combinations with a positive estimate. Interval "
            "above, below 0: share whose whole 95% interval is there. Main choice: the "
            "choice that explains most of the variance of the limit nearer zero, "
            "including all its interactions, and the share that it explains.",
        ),
        wide=True,
    )


def _row(found: Multiverse, k: int) -> dict[str, str]:
    total = found.influence(k)[1]
    most = int(np.argmax(total))
    explained = float(total[most])
    return {
        "Outcome": short_title(found.models[k]),
        "ab, published choices": fmt.number(
            float(found.indirect[k][found.published]), 3
        ),
        "Smallest ab": fmt.number(float(found.indirect[k].min()), 3),
        "Largest ab": fmt.number(float(found.indirect[k].max()), 3),
        "Positive": proportion(found.positive(k)),
        "Interval above 0": proportion(found.above(k)),
        "Interval below 0": proportion(found.below(k)),
        "Main choice": (f"{found.axes[most].title.lower()} ({proportion(explained)})"),
    }


def multiverse_choices(found: Multiverse) -> Table:
    """Lay out for each option the share of intervals that exclude zero."""
    excluding = excludes_zero(found.low, found.high)
    rows = []
    for at, axis in enumerate(found.axes):
        for place, value in enumerate(axis.levels):
            own = np.take(excluding, place, axis=at + 1)
            shares = own.reshape(len(found.models), -1).mean(axis=1).tolist()
            shown = {
                short_title(model): sorted_by(held, proportion(held))
                for model, held in zip(found.models, shares, strict=True)
            }
            rows.append(
                {"Choice": axis.title, "Option": fmt.cell(level(axis, value))} | shown
            )
    return Table(
        pd.DataFrame(rows),
        name="tab-multiverse-choices",
        caption="Share of combinations whose interval excludes zero, by choice",
        notes=(
            "Each cell fixes one choice and varies all others. The first option of a "
            "choice is that of the published analysis.",
        ),
        align=("left", "left", *[RIGHT] * len(found.models)),
        wide=True,
        sortable=True,
    )


def multiverse_sites(found: Multiverse) -> Table:
    """Lay out the share of intervals that exclude zero, by site left out."""
    shown = {"all": found} | {
        f"without {code}": own for code, own in found.without_site.items()
    }
    rows = [
        {"Sites": name}
        | {
            short_title(model): sorted_by(
                own.excludes_zero(k), proportion(own.excludes_zero(k))
            )
            for k, model in enumerate(found.models)
        }
        for name, own in shown.items()
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-multiverse-sites",
        caption="Share of combinations whose interval excludes zero, by site left out",
        notes=(
            f"Each cell covers the same {fmt.whole(found.per_model)} combinations of "
            "choices. Leaving out a site checks its influence; it is not a choice.",
        ),
        align=("left", *[RIGHT] * len(found.models)),
        wide=True,
        sortable=True,
    )


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
        for k, model in enumerate(found.study.design.study_models)
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
