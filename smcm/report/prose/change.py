"""What fidelity, alliance and outcomes did over the study."""

from math import isfinite

from smcm.analysis.change import ThreeOccasions, TwoOccasions
from smcm.analysis.findings import fidelity_findings
from smcm.analysis.study import Study
from smcm.design.domains import HIGH_FIDELITY
from smcm.design.nesting import USUAL_ALPHA
from smcm.design.schedule import OUTCOME_MONTHS, label
from smcm.report import format as fmt
from smcm.report.prose.together import together_phrases
from smcm.report.words import count_of, moved


def change_phrases(study: Study) -> dict[str, str]:
    """Quote the article's Table 2 as it comes out here, and what it comes to."""
    change = study.change
    return {
        **_two("fidelity", change.fidelity),
        **_two("alliance", change.alliance),
        **together_phrases(study),
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


def _outcomes(outcomes: tuple[ThreeOccasions, ...]) -> dict[str, str]:
    changed = [o for o in outcomes if o.anova.p < USUAL_ALPHA]
    corrected = [o for o in outcomes if o.anova.p_corrected < USUAL_ALPHA]
    turned = [o.instrument.short for o in changed if o not in corrected]
    worst = min(outcomes, key=lambda o: o.anova.epsilon)
    eta = [o.anova.eta_squared for o in outcomes]
    told = {
        f"moves_{k}": _moves(outcomes, month)
        for k, month in enumerate(OUTCOME_MONTHS[1:], start=1)
    }
    return told | {
        "change_caution": _caution(outcomes),
        "outcomes_changed_count": count_of(len(changed), len(outcomes)),
        "outcome_tests": f"{'; '.join(_test(o) for o in outcomes)}.",
        "eta_min": fmt.bare(min(eta)),
        "eta_max": fmt.bare(max(eta)),
        "epsilon_measure": worst.instrument.short,
        "epsilon_min": fmt.bare(worst.anova.epsilon),
        "epsilon_words": (
            f"changes the conclusion for {fmt.listed(turned)}"
            if turned
            else "changes no conclusion"
        ),
    }


def _moves(outcomes: tuple[ThreeOccasions, ...], month: float) -> str:
    """Say which outcomes were higher than at entry, which lower, and which neither."""
    found = [(o.instrument.short, _against_entry(o, month)) for o in outcomes]
    parts = []
    for way, word in ((1, "higher than at entry"), (-1, "lower than at entry")):
        names = [name for name, its in found if its == way]
        if names:
            parts.append(f"{fmt.listed(names)} {_were(names)} {word}")
    rest = [name for name, way in found if way == 0]
    lead = f"At {label(month)} months"
    if not parts:
        return f"{lead} no outcome was higher or lower than at entry."
    if rest:
        parts.append(f"{fmt.listed(rest)} {_were(rest)} neither higher nor lower")
    return f"{lead} {'; '.join(parts)}."


def _were(names: list[str]) -> str:
    return "was" if len(names) == 1 else "were"


def _against_entry(outcome: ThreeOccasions, month: float) -> int:
    """Return 1 above the baseline, -1 below it, 0 where neither is seen."""
    for found in outcome.post_hoc:
        if found.month == month and found.p < USUAL_ALPHA:
            return 1 if found.change.difference > 0.0 else -1
    return 0


def _caution(outcomes: tuple[ThreeOccasions, ...]) -> str:
    """Say why a change is not the program's doing, whichever way it went."""
    ways = {_against_entry(o, m) for o in outcomes for m in OUTCOME_MONTHS[1:]}
    if 1 in ways:
        told = (
            "Without a comparison group no rise can be credited to the program: people "
            "often enter a service at a low point, and some recovery would be seen in "
            "any case."
        )
        return f"{told} Nor can a fall be blamed on it." if -1 in ways else told
    if -1 in ways:
        return (
            "Without a comparison group no fall can be blamed on the program: lives "
            "can become harder for reasons of their own."
        )
    return (
        "Without a comparison group it is not known what would have become of the "
        "clients otherwise."
    )


def _test(outcome: ThreeOccasions) -> str:
    anova = outcome.anova
    df = f"{fmt.whole(anova.df1)}, {fmt.degrees(anova.df2)}"
    return (
        f"{outcome.instrument.short}, F({df})"
        f"={fmt.number(anova.f)}, {fmt.p_phrase(anova.p)}"
    )


def _teams(study: Study) -> dict[str, str]:
    """Say where the teams of the data began, and where those that stayed ended."""
    held = fidelity_findings(study)
    start, end = held["fid.start"], held["fid.end"]
    highest = fmt.number(start.numbers[0], 1)
    first = "No team" if start.holds else "At least one team"
    told = (
        f"{first} was at high fidelity, {fmt.whole(HIGH_FIDELITY)} or above, at the "
        f"first assessment; the highest total then was {highest}."
    )
    lowest = end.numbers[0]
    if not isfinite(lowest):
        return {"teams_sentence": f"{told} No team stayed to the end."}
    near = "near that mark or above it"
    last = f"all of them ended {near}" if end.holds else f"not all of them ended {near}"
    return {
        "teams_sentence": (
            f"{told} Of the teams that stayed to the end, the lowest last total was "
            f"{fmt.number(lowest, 1)}, so that {last}."
        )
    }
