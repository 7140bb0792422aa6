"""What fidelity, alliance and outcomes did over the study."""

from smcm.analysis.change import ThreeOccasions, TwoOccasions
from smcm.analysis.findings import fidelity_findings
from smcm.analysis.study import Study
from smcm.design.instruments import THS
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import HORIZONS, OUTCOME_MONTHS
from smcm.report import format as fmt
from smcm.report.words import STAYED, count_of, listed_or, moved


def change_phrases(study: Study) -> dict[str, str]:
    """Quote the article's Table 2 as it comes out here, and what it comes to."""
    change = study.change
    return {
        **_two("fidelity", change.fidelity),
        **_two("alliance", change.alliance),
        **_together(study),
        **_outcomes(change.outcomes),
        **_teams(study),
    }


def _two(name: str, measure: TwoOccasions) -> dict[str, str]:
    first, second = measure.occasions
    tested = measure.change
    return {
        f"{name}_moved": moved(tested),
        f"{name}_first_mean": fmt.number(first.mean, 1),
        f"{name}_first_sd": fmt.number(first.sd, 1),
        f"{name}_second_mean": fmt.number(second.mean, 1),
        f"{name}_second_sd": fmt.number(second.sd, 1),
        f"{name}_difference": fmt.number(-tested.difference),
        f"{name}_test": (
            f"t({fmt.degrees(tested.df)})={fmt.number(tested.t)}, "
            f"{fmt.p_phrase(tested.p)}, Cohen's d={fmt.bare(tested.d)}"
        ),
    }


def _together(study: Study) -> dict[str, str]:
    """Say whether fidelity and alliance moved together, and what a would expect."""
    fidelity, alliance = study.change.fidelity.change, study.change.alliance.change
    a = study.model(THS.score_column(HORIZONS[0])).mediation.a
    words = (moved(fidelity), moved(alliance))
    if words == ("rose", STAYED):
        meaning = (
            "Teams came to practise the model more closely, while clients' ratings of "
            "the relationship stayed about where they were. Whatever ties the two "
            "together across clients does not show as a joint rise over time."
        )
    elif words == ("rose", "rose"):
        meaning = (
            "Teams came to practise the model more closely and clients' ratings of "
            "the relationship rose as well. A joint rise is no proof that the one "
            "brought about the other."
        )
    else:
        meaning = (
            f"Fidelity {words[0]} and the alliance {words[1]}; over time the two did "
            "not rise together, as the hypothesis would suggest."
        )
    return {
        "alliance_meaning": meaning,
        "alliance_expected": fmt.number(-a * fidelity.difference),
    }


def _outcomes(outcomes: tuple[ThreeOccasions, ...]) -> dict[str, str]:
    changed = [o for o in outcomes if o.anova.p < USUAL_ALPHA]
    corrected = [o for o in outcomes if o.anova.p_corrected < USUAL_ALPHA]
    turned = [o.instrument.short for o in changed if o not in corrected]
    worst = min(outcomes, key=lambda o: o.anova.epsilon)
    eta = [o.anova.eta_squared for o in outcomes]
    risen = {
        f"risen_{k}": listed_or(_risen(outcomes, month), "none of them")
        for k, month in enumerate(OUTCOME_MONTHS[1:], start=1)
    }
    return risen | {
        "outcomes_changed_count": count_of(len(changed), len(outcomes)),
        "outcome_tests": f"{'; '.join(_test(o) for o in outcomes)}.",
        "eta_min": fmt.bare(min(eta)),
        "eta_max": fmt.bare(max(eta)),
        "epsilon_measure": worst.instrument.short,
        "epsilon_min": fmt.bare(worst.anova.epsilon),
        "epsilon_words": (
            f"changes the verdict for {fmt.listed(turned)}"
            if turned
            else "changes no verdict"
        ),
    }


def _risen(outcomes: tuple[ThreeOccasions, ...], month: float) -> list[str]:
    """Outcomes above their baseline at one interview, later minus baseline."""
    return [
        outcome.instrument.short
        for outcome in outcomes
        for found in outcome.post_hoc
        if found.month == month
        and found.p < USUAL_ALPHA
        and found.change.difference > 0.0
    ]


def _test(outcome: ThreeOccasions) -> str:
    anova = outcome.anova
    df = f"{fmt.whole(anova.df1)}, {fmt.degrees(anova.df2)}"
    return (
        f"{outcome.instrument.short}, F({df})"
        f"={fmt.number(anova.f)}, {fmt.p_phrase(anova.p)}"
    )


def _teams(study: Study) -> dict[str, str]:
    """Say where the teams of the data began and ended."""
    held = fidelity_findings(study)
    start, end = held["fid.start"], held["fid.end"]
    return {
        "fid_start_words": "no team" if start.holds else "at least one team",
        "fid_start_value": fmt.number(start.numbers[0], 1),
        "fid_end_words": "all of them" if end.holds else "not all of them",
        "fid_end_value": fmt.number(end.numbers[0], 1),
    }
