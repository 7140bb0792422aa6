"""How far imputed paths are from complete ones, from what a benchmark has kept."""

from collections.abc import Sequence
from pathlib import Path

from smcm.paths import VALIDATION
from smcm.report import format as fmt
from smcm.report.imputation_bias import IMPUTED, MAR, MCAR, Bias, read_bias

NONE = "No measurement of its bias is kept with this edition."
GOAL = 3.0  # percent of a path
MONTHS = ("9", "18")
GAPS = {
    MCAR: "where gaps fall on anybody",
    MAR: "where they fall rather on clients who started worse",
}


def bias_phrases(folder: Path = VALIDATION) -> dict[str, str]:
    """Quote the bias of imputation; without any, one sentence says so."""
    kept = [one for one in read_bias(folder) if one.way == IMPUTED]
    if not kept:
        return {"bias_sentence": NONE, "bias_single": "—", "bias_cohorts": "—"}
    return {
        "bias_sentence": " ".join(_means(kept, gaps) for gaps in GAPS),
        "bias_single": _single(kept),
        "bias_cohorts": fmt.whole(kept[0].cohorts),
    }


def _means(kept: Sequence[Bias], gaps: str) -> str:
    """Say the mean bias of the four models of each horizon."""
    found = {(b.model, b.path): b for b in kept if b.gaps == gaps}
    parts = [
        f"{fmt.number(one.bias, 1)}% for path {path} at {month} months "
        f"(95% CI {fmt.limits(*one.limits, 1)})"
        for path in ("a", "b")
        for month in MONTHS
        if (one := found.get((month, path))) is not None
    ]
    place = GAPS[gaps]
    return f"{place[0].upper()}{place[1:]}, the bias is {fmt.listed(parts)}."


def _single(kept: Sequence[Bias]) -> str:
    """Count the paths whose interval of the bias lies within the goal."""
    single = [b for b in kept if b.path in ("a", "b") and b.model not in MONTHS]
    within = [b for b in single if b.limits[0] >= -GOAL and b.limits[1] <= GOAL]
    beyond = [b for b in single if b.limits[0] > GOAL or b.limits[1] < -GOAL]
    shifts = max(abs(b.shift) for b in single)
    covers = [b.coverage for b in single]
    return (
        f"Of {fmt.whole(len(single))} paths, eight models with two paths each under "
        f"both kinds of gaps, the 95% interval of the bias lies within "
        f"{fmt.whole(GOAL)}% either way for {fmt.whole(len(within))} and beyond it for "
        f"{fmt.whole(len(beyond)) if beyond else 'none'}; for the others the number "
        "of cohorts does not decide. The largest bias of a single path is "
        f"{fmt.number(shifts, 2)} standard deviations of its estimate. Pooled 95% "
        f"intervals hold the true path in {fmt.percent(100.0 * min(covers), 1)} to "
        f"{fmt.percent(100.0 * max(covers), 1)} of the cohorts, in the mean over the "
        f"paths in {fmt.percent(100.0 * sum(covers) / len(covers), 1)}."
    )
