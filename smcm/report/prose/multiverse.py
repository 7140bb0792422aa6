"""What the chapter on the multiverse says, from the combinations themselves."""

from collections import Counter

import numpy as np

from smcm.analysis.multiverse import Multiverse
from smcm.design.models import EIGHT_MODELS
from smcm.design.multiverse import CR2
from smcm.report import format as fmt
from smcm.report.multiverse_words import share
from smcm.report.words import count_of

MOST = 0.95  # share of the combinations that counts as nearly all
LITTLE = 0.05
ALL = len(EIGHT_MODELS)


def multiverse_phrases(found: Multiverse) -> dict[str, str]:
    """Quote a multiverse; finished strings by name, as `prose.quoted` has them."""
    return {
        "mv_total": fmt.whole(found.indirect.size),
        "mv_sites": _sites(found),
        "mv_each": fmt.whole(found.per_model),
        "mv_choices": fmt.listed(
            f"{axis.title.lower()} ({fmt.spelled(len(axis.levels))})"
            for axis in found.axes
        ),
        "mv_sets": fmt.spelled(found.n_sets),
        "mv_boot": fmt.whole(found.run.n_boot),
        "mv_verdict": _verdict(found),
        "mv_sign": _sign(found),
        "mv_matters": _matters(found),
        "mv_team": _by_team(found),
    }


def _verdict(found: Multiverse) -> str:
    clear = {m: found.clear(k) for k, m in enumerate(EIGHT_MODELS)}
    firm = [
        f"{model.title}{' (below zero)' if found.below(k) > found.above(k) else ''}"
        for k, (model, held) in enumerate(clear.items())
        if held > MOST
    ]
    none = [model.title for model, held in clear.items() if held < LITTLE]
    split = [
        f"{model.title} ({share(held)})"
        for model, held in clear.items()
        if LITTLE <= held <= MOST
    ]
    parts = []
    if firm:
        parts.append(
            "The indirect effect holds under nearly every choice for "
            f"{fmt.listed(firm)}."
        )
    else:
        parts.append("For no outcome does the indirect effect hold under every choice.")
    if split:
        parts.append(
            "It depends on the choices, with the share of combinations whose interval "
            f"excludes zero in brackets, for {fmt.listed(split)}."
        )
    if none:
        parts.append(
            f"Hardly any choice supports it for {fmt.listed(none)}: the interval holds "
            f"zero in over {share(1.0 - LITTLE)} of the combinations."
        )
    return " ".join(parts)


def _sign(found: Multiverse) -> str:
    same = [k for k in range(ALL) if found.positive(k) in (0.0, 1.0)]
    said = (
        "The sign of the estimate is the same in every combination for "
        f"{count_of(len(same), ALL)} models"
    )
    mixed = [
        f"{EIGHT_MODELS[k].title} (above zero in {share(found.positive(k))})"
        for k in range(ALL)
        if k not in same
    ]
    return f"{said}; it changes for {fmt.listed(mixed)}." if mixed else f"{said}."


def _matters(found: Multiverse) -> str:
    most = Counter(
        found.axes[int(np.argmax(found.influence(k)[1]))].title.lower()
        for k in range(ALL)
    )
    named = [f"{name} (for {fmt.spelled(n)})" for name, n in most.most_common()]
    least = np.mean([found.influence(k)[1] for k in range(ALL)], axis=0)
    several = [k for k, axis in enumerate(found.axes) if len(axis.levels) > 1]
    if not several:
        return "No choice varies in these data."
    idle = min(several, key=lambda k: float(least[k]))
    return (
        "What moves the limit nearer zero most, model by model, is "
        f"{fmt.listed(named)}. What moves it least is the "
        f"{found.axes[idle].title.lower()}: it accounts for "
        f"{share(float(least[idle]))} of the variance of that limit on average."
    )


def _sites(found: Multiverse) -> str:
    """Say how far the shares move when a site is left out."""
    if not found.without_site:
        return "In this run no further site can be left out."
    clear = {
        (k, code): own.clear(k) - found.clear(k)
        for code, own in found.without_site.items()
        for k in range(ALL)
    }
    least, most = min(clear, key=clear.__getitem__), max(clear, key=clear.__getitem__)
    moves = []
    if clear[least] < 0.0:
        moves.append(f"falls most for {_moved(found, *least)}")
    if clear[most] > 0.0:
        moves.append(f"rises most for {_moved(found, *most)}")
    kept = [
        model.title
        for k, model in enumerate(EIGHT_MODELS)
        if all(own.clear(k) > MOST for own in (found, *found.without_site.values()))
    ]
    stays = (
        f"It stays above {share(MOST)} whichever site is left out for "
        f"{fmt.listed(kept)}."
        if kept
        else f"For no model is it above {share(MOST)} whichever site is left out."
    )
    told = ", and ".join(moves) or "does not move"
    return f"The share of combinations whose interval excludes zero {told}. {stays}"


def _moved(found: Multiverse, k: int, code: int) -> str:
    before, after = found.clear(k), found.without_site[code].clear(k)
    return (
        f"{EIGHT_MODELS[k].title} when site {code} is left out, from {share(before)} "
        f"to {share(after)}"
    )


def _by_team(found: Multiverse) -> str:
    """Say what is left where the errors are robust to clustering by team."""
    place = {axis.key: k for k, axis in enumerate(found.axes)}["interval"]
    levels = found.axes[place].levels
    if CR2 not in levels:
        return (
            "These clients are of too few teams for errors that are robust to "
            "clustering."
        )
    clear = (found.low > 0.0) | (found.high < 0.0)
    own = np.take(clear, levels.index(CR2), axis=place + 1)
    others = np.delete(clear, levels.index(CR2), axis=place + 1)
    return (
        "With errors that are robust to clustering the interval excludes zero in "
        f"{share(float(own.mean()))} of the combinations of all models; with the "
        f"other intervals it does in {share(float(others.mean()))}."
    )
