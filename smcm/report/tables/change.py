"""Table 2: what changed over the study."""

import pandas as pd

from smcm.analysis.change import Occasion, ThreeOccasions, TwoOccasions
from smcm.analysis.study import Study
from smcm.design.study import label
from smcm.report import format as fmt
from smcm.report.analysis_words import words_of
from smcm.report.show import Table
from smcm.stats.change import RepeatedMeasures

TEST, P, SIZE, POST_HOC = "Test", "p", "Effect size", "Post hoc p"


def change(study: Study) -> Table:
    """Lay out means, SDs, tests of change and effect sizes."""
    result, months = study.change, study.design.waves.all
    rows = [
        _two(result.fidelity, months),
        _two(result.alliance, months),
        *(_three(outcome, months) for outcome in result.outcomes),
    ]
    first = result.outcomes[0].anova
    return Table(
        pd.DataFrame(rows).fillna(""),
        name="tab-change",
        caption=(
            "Fidelity, working alliance and outcomes over the study, mean ± SD "
            f"(N={fmt.whole(study.n)})"
        ),
        notes=(
            "Months after the baseline interview. Fidelity is the mean total over "
            f"the {fmt.whole(study.run.window_days)} days before the interview"
            f"{_both(study)}.",
            f"{words_of(study).change}Fidelity and RPRS: paired t (first minus second, "
            f"{_range([m.change.df for m in (result.fidelity, result.alliance)])} df) "
            "and Cohen's d on the pooled "
            "SD. Outcomes: repeated-measures F "
            f"({fmt.whole(first.df1)} and "
            f"{_range([o.anova.df2 for o in result.outcomes])} df, sphericity "
            "assumed; p with the Greenhouse–Geisser correction in parentheses) and "
            "partial eta squared. Post hoc: 9 and 18 months compared with baseline, "
            "Bonferroni-adjusted.",
        ),
        wide=True,
    )


def _both(study: Study) -> str:
    if study.n_in_both == study.n:
        return ""
    n = fmt.whole(study.n_in_both)
    return f", for the {n} clients with an exposure at both interviews"


def _range(df: list[float]) -> str:
    low, high = fmt.degrees(min(df)), fmt.degrees(max(df))
    return low if low == high else f"{low} to {high}"


def _months(
    occasions: tuple[Occasion, ...], months: tuple[float, ...]
) -> dict[str, str]:
    shown = {o.month: fmt.with_sd(o.mean, o.sd) for o in occasions}
    return {f"{label(m)} mo": shown.get(m, "") for m in months}


def _two(measure: TwoOccasions, months: tuple[float, ...]) -> dict[str, str]:
    tested = measure.change
    return {
        "Measure": measure.name,
        **_months(measure.occasions, months),
        TEST: "t=" + fmt.number(tested.t, 2),
        P: fmt.p_short(tested.p),
        SIZE: "d=" + fmt.bare(tested.d, 2),
        POST_HOC: "",
    }


def _three(measure: ThreeOccasions, months: tuple[float, ...]) -> dict[str, str]:
    anova = measure.anova
    post_hoc = fmt.Rounded(
        ", ".join(fmt.p_value(found.p) for found in measure.post_hoc),
        **{f"{label(found.month)} mo": found.p for found in measure.post_hoc},
    )
    return {
        "Measure": measure.instrument.short,
        **_months(measure.occasions, months),
        TEST: "F=" + fmt.number(anova.f, 2),
        P: _both_p(anova),
        SIZE: "ηp²=" + fmt.bare(anova.eta_squared, 2),
        POST_HOC: post_hoc,
    }


def _both_p(anova: RepeatedMeasures) -> fmt.Rounded:
    """Write p without the correction and, in parentheses, with it."""
    text = f"{fmt.p_value(anova.p)} ({fmt.p_value(anova.p_corrected)})"
    return fmt.Rounded(text, uncorrected=anova.p, corrected=anova.p_corrected)
