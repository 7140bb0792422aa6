"""Answers about power for the terminal, as JSON and as CSV."""

from collections.abc import Sequence
from dataclasses import asdict

import pandas as pd

from smcm.report import format as fmt
from smcm.report.csv_text import csv_text
from smcm.report.show import Table
from smcm.report.terminal import table_text
from smcm.stats.power_methods import BOOTSTRAP, JOINT, MONTE_CARLO, SIMULATED
from smcm.stats.power_paths import design_effect
from smcm.stats.power_question import PowerAnswer, PowerQuestion
from smcm.stats.power_teams import SPENT

FORMAT = "smcm-power/1"
TESTS = {
    BOOTSTRAP: "percentile bootstrap",
    MONTE_CARLO: "Monte Carlo interval",
    JOINT: "joint significance",
}
NAMED = {MONTE_CARLO: "the Monte Carlo interval", JOINT: "joint significance"}
OR_FEWER = " or fewer"
ODD = 1e-6
CERTAINTY = "95% CI of N"  # or that N is exact or approximate


def power_text(answers: Sequence[PowerAnswer]) -> str:
    """Lay answers out as a table, with the assumptions beneath."""
    asked = answers[0].question
    for_cases = asked.n is None
    caption = (
        f"Cases needed for power {fmt.bare(asked.target)}"
        if for_cases
        else "Power of the indirect effect"
    )
    rows = [
        {**_population(found), **(_needed(found) if for_cases else _given(found))}
        for found in answers
    ]
    body = pd.DataFrame(rows)
    words = ("Test", CERTAINTY)
    table = Table(
        body,
        name="power",
        caption=f"{caption}, alpha {_plain(asked.how.alpha)}",
        notes=tuple(_notes(answers)),
        align=tuple("left" if c in words else "right" for c in body.columns),
    )
    return table_text(table)


def _population(found: PowerAnswer) -> dict[str, str]:
    asked = found.question
    return {
        "a": _plain(asked.a),
        "b": _plain(asked.b),
        **({"c'": _plain(asked.direct)} if asked.direct else {}),
        "Test": TESTS[asked.how.method],
    }


def _needed(found: PowerAnswer) -> dict[str, str]:
    needed = found.needed
    assert needed is not None  # cases were asked for
    between = f"{fmt.whole(needed.low)} to {fmt.whole(needed.high)}"
    simulated = found.basis == SIMULATED and needed.low < needed.high
    return {
        **_teams(needed.teams),
        "N": f"{fmt.whole(needed.n)}{OR_FEWER if needed.at_floor else ''}",
        CERTAINTY: between if simulated else found.basis,
        "Power": _power(found),
        "at n": fmt.whole(found.power.n),
    }


def _given(found: PowerAnswer) -> dict[str, str]:
    return {
        **_teams(found.power.teams),
        "N": fmt.whole(found.power.n),
        "Power": _power(found),
    }


def _teams(count: int | None) -> dict[str, str]:
    return {} if count is None else {"Teams": fmt.whole(count)}


def _power(found: PowerAnswer) -> str:
    power = fmt.bare(found.power.power, 3)
    error = fmt.bare(found.power.standard_error, 3)
    return f"{power} (±{error})" if found.basis == SIMULATED else power


def _notes(answers: Sequence[PowerAnswer]) -> list[str]:
    asked = answers[0].question
    floor = [_floor(found) for found in answers if found.needed]
    return [
        "All variables have variance 1."
        if asked.standardized
        else "x and the residuals of m and y have variance 1, so a direct effect makes "
        "no difference.",
        *_computed(answers),
        *([_simulated(asked)] if any(f.basis == SIMULATED for f in answers) else []),
        *dict.fromkeys(note for note in floor if note),
        *([_in_teams(answers)] if asked.clustering else []),
    ]


def _computed(answers: Sequence[PowerAnswer]) -> list[str]:
    """Say which powers are exact, or why they are approximate."""
    methods = [found.question.how.method for found in answers]
    tests = [f"of {NAMED[m]}" for m in (JOINT, MONTE_CARLO) if m in methods]
    if not tests:
        return []
    said = f"The power {' and '.join(tests)} is"
    if answers[0].question.clustering is None:
        return [f"{said} exact."]
    return [
        f"{said} approximate, for teams of similar size: if all teams are of equal "
        "size, the power of the test of a is exact and that of b is not."
    ]


def _simulated(asked: PowerQuestion) -> str:
    how = asked.how
    follows = ", from which the CI of N follows" if asked.n is None else ""
    return (
        f"Bootstrap: {fmt.whole(how.n_replications)} samples of "
        f"{fmt.whole(how.n_boot)} resamples, seed {how.seed}; ± is one standard "
        f"error of simulation{follows}."
    )


def _floor(found: PowerAnswer) -> str:
    """Say that a search ended at the least that it tries."""
    needed = found.needed
    if needed is None or not needed.at_floor:
        return ""
    least = f"{fmt.whole(needed.n)} cases"
    if needed.teams is not None:
        least = f"{fmt.whole(needed.teams)} teams, {least}"
    return (
        f'"{OR_FEWER.strip()}": the search starts at {least}, where power already '
        f"exceeds {fmt.bare(needed.target)}."
    )


def _in_teams(answers: Sequence[PowerAnswer]) -> str:
    """Say what clustering costs; team sizes differ where n is no multiple of one."""
    asked = answers[0].question
    alike = asked.clustering
    assert alike is not None  # who calls has teams
    spent = SPENT + alike.covariates
    note = (
        f"The {_plain(alike.size)} clients of a team share x, and the residuals of m "
        f"and y have an ICC of {_plain(alike.icc_m)}. Clustering multiplies the "
        f"variance of a by {fmt.number(design_effect(alike.size, 1.0, alike.icc_m))} "
        "and that of b by "
        f"{fmt.number(design_effect(alike.size, alike.icc_m, alike.icc_y))}. The tests "
        f"have {fmt.spelled(spent)} degrees of freedom fewer than there are teams, and "
        "the analysis must allow for clustering."
    )
    if any(found.question.how.method == BOOTSTRAP for found in answers):
        note += (
            " The bootstrap resamples whole teams; with fewer than about 60 teams its "
            "false-positive rate is slightly above the nominal level."
        )
    if any((found.power.n / alike.size) % 1.0 > ODD for found in answers):
        note += (
            " If N is not a multiple of the team size, the remaining clients are "
            "spread over the whole teams."
        )
    return note


def _plain(value: float) -> str:
    return f"{value:.6g}"


def power_rows(answers: Sequence[PowerAnswer]) -> list[dict[str, object]]:
    """Lay answers out for programs, nothing rounded.

    Returns
    -------
    list of dict
        Of each answer ``a``, ``b``, ``direct``, ``standardized``, ``icc``,
        ``team_size``, ``team_covariates``, ``method``, ``alpha``, the settings of the
        simulation; ``n`` and ``n_low`` and ``n_high``, between which n lies given the
        error of the simulation; ``target``, null where n was given; ``power`` with its
        ``standard_error`` at ``power_n`` cases; ``teams`` that hold n, null without
        teams; ``basis``, ``"exact"``, ``"approximate"`` or ``"simulated"``; and
        ``at_floor``, whether a search ended at the least that it tries, null where n
        was given.
    """
    return [_row(found) for found in answers]


def _row(found: PowerAnswer) -> dict[str, object]:
    asked, needed = found.question, found.needed
    return {
        **_asked(asked),
        "n": found.power.n if needed is None else needed.n,
        "n_low": found.power.n if needed is None else needed.low,
        "n_high": found.power.n if needed is None else needed.high,
        "target": None if needed is None else needed.target,
        "power": found.power.power,
        "standard_error": found.power.standard_error,
        "power_n": found.power.n,
        "teams": found.power.teams if needed is None else needed.teams,
        "basis": found.basis,
        "at_floor": None if needed is None else needed.at_floor,
    }


def _asked(asked: PowerQuestion) -> dict[str, object]:
    names = ("a", "b", "direct", "standardized", "icc", "team_size", "team_covariates")
    return {**{name: getattr(asked, name) for name in names}, **asdict(asked.how)}


def power_json(answers: Sequence[PowerAnswer]) -> dict[str, object]:
    """Wrap `power_rows` with the name of the format."""
    return {"format": FORMAT, "answers": power_rows(answers)}


def power_csv(answers: Sequence[PowerAnswer]) -> str:
    """Write `power_rows` as comma-separated text; null is an empty cell."""
    return csv_text(power_rows(answers))
