"""Table of change over the study, pooled over imputed sets."""

import pandas as pd

from smcm.analysis.pooled import PooledStudy
from smcm.analysis.pooled_change import PooledMeasure
from smcm.design.study import label
from smcm.report import format as fmt
from smcm.report.show import Table

BY_D2, POST_HOC = "p (D2)", "Post hoc p"


def pooled_change(found: PooledStudy) -> Table:
    """Lay out pooled means, SDs, changes since the first interview, and tests."""
    months = found.study.design.waves.all
    rows = [_row(measure, months) for measure in found.change]
    return Table(
        pd.DataFrame(rows).fillna(""),
        name="tab-pooled-change",
        caption=(
            "Fidelity, working alliance and outcomes over the study, pooled over "
            f"m={fmt.whole(found.m)} imputed sets, mean ± SD"
        ),
        notes=(
            "Means and changes are pooled by Rubin's rules, SDs on the log scale. "
            "Test: for fidelity and RPRS, t of the difference between the two "
            "interviews; for outcomes, F pooled from the estimates (D1, sphericity "
            "assumed). p (D2): from the F values of the sets alone. FMI and MC error: "
            "of the change to the last interview, the error in points of the measure. "
            "Post hoc: later interviews against baseline, Bonferroni-adjusted.",
        ),
        wide=True,
    )


def _row(measure: PooledMeasure, months: tuple[float, ...]) -> dict[str, str]:
    moments, last = measure.moments, measure.changes[-1]
    shown = {
        month: fmt.with_sd(float(mean), float(sd))
        for month, mean, sd in zip(
            measure.months, moments.mean.estimate, moments.sd, strict=True
        )
    }
    return {
        "Measure": measure.name,
        **{f"{label(m)} mo": shown.get(m, "") for m in months},
        **_test(measure),
        "FMI": fmt.bare(last.fmi),
        "MC error": fmt.number(last.mc_error),
        POST_HOC: ", ".join(map(fmt.p_value, measure.adjusted_p))
        if measure.anova
        else "",
    }


def _test(measure: PooledMeasure) -> dict[str, str]:
    last, anova = measure.changes[-1], measure.anova
    if anova is None:
        test = f"t({fmt.whole(last.df)})=" + fmt.number(last.statistic)
        return {"Test": test, "p": fmt.p_short(last.p), BY_D2: ""}
    df = f"{fmt.whole(anova.d1.df1)}, {fmt.whole(anova.d1.df2)}"
    return {
        "Test": f"F({df})=" + fmt.number(anova.d1.f),
        "p": fmt.p_value(anova.d1.p),
        BY_D2: fmt.p_value(anova.d2.p),
    }
