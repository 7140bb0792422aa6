"""The multiverse by model, by choice, and without each site."""

import numpy as np
import pandas as pd

from smcm.analysis.multiverse import Multiverse
from smcm.design.models import EIGHT_MODELS
from smcm.report import format as fmt
from smcm.report.multiverse_words import level, share
from smcm.report.show import Align, Table, sorted_by
from smcm.report.words import short_title

RIGHT: Align = "right"
ALIGN: tuple[Align, ...] = ("left", "left", *[RIGHT] * len(EIGHT_MODELS))


def multiverse(found: Multiverse) -> Table:
    """Lay out how far each model's indirect effect moves, and what moves its limit."""
    return Table(
        pd.DataFrame([_row(found, k) for k in range(len(EIGHT_MODELS))]),
        name="tab-multiverse",
        caption=f"Indirect effects under {fmt.whole(found.per_model)} combinations",
        notes=(
            "ab: completely standardized. Above 0: share of the combinations whose "
            "estimate is positive. Interval above, below 0: share whose 95% interval "
            "lies wholly there. Most on: the choice that explains most of the variance "
            "of the limit nearer zero, by itself and with all its interactions, and "
            "the share that it explains.",
        ),
        wide=True,
    )


def _row(found: Multiverse, k: int) -> dict[str, str]:
    total = found.influence(k)[1]
    most = int(np.argmax(total))
    return {
        "Outcome": short_title(EIGHT_MODELS[k]),
        "ab, published choices": fmt.number(
            float(found.indirect[k][found.published]), 3
        ),
        "Least": fmt.number(float(found.indirect[k].min()), 3),
        "Most": fmt.number(float(found.indirect[k].max()), 3),
        "Above 0": share(found.positive(k)),
        "Interval above 0": share(found.above(k)),
        "Interval below 0": share(found.below(k)),
        "Most on": f"{found.axes[most].title.lower()} ({share(float(total[most]))})",
    }


def multiverse_choices(found: Multiverse) -> Table:
    """Lay out for each choice in how many of its combinations the interval is clear."""
    clear = (found.low > 0.0) | (found.high < 0.0)
    rows = []
    for at, axis in enumerate(found.axes):
        for place, value in enumerate(axis.levels):
            own = np.take(clear, place, axis=at + 1)
            found_clear = own.reshape(len(EIGHT_MODELS), -1).mean(axis=1).tolist()
            shown = {
                short_title(model): sorted_by(held, share(held))
                for model, held in zip(EIGHT_MODELS, found_clear, strict=True)
            }
            rows.append(
                {"Choice": axis.title, "Level": fmt.cell(level(axis, value))} | shown
            )
    return Table(
        pd.DataFrame(rows),
        name="tab-multiverse-choices",
        caption="Share of the combinations whose interval excludes zero, by choice",
        notes=(
            "Each cell counts the combinations with that one choice held and all "
            "others varied. The first level of a choice is that of the published "
            "reading.",
        ),
        align=ALIGN,
        wide=True,
        sortable=True,
    )


def multiverse_sites(found: Multiverse) -> Table:
    """Lay out the share of clear intervals with all sites, and without each."""
    shown = {"all": found} | {
        f"without {code}": own for code, own in found.without_site.items()
    }
    rows = [
        {"Sites": name}
        | {
            short_title(model): sorted_by(own.clear(k), share(own.clear(k)))
            for k, model in enumerate(EIGHT_MODELS)
        }
        for name, own in shown.items()
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-multiverse-sites",
        caption="Share of the combinations whose interval excludes zero, by sites",
        notes=(
            f"Each cell counts the same {fmt.whole(found.per_model)} combinations of "
            "choices. A site left out is a check of its influence and no choice.",
        ),
        align=("left", *[RIGHT] * len(EIGHT_MODELS)),
        wide=True,
        sortable=True,
    )
