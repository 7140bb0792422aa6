"""Answers about power for the terminal, as JSON and as CSV."""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from io import StringIO

import pandas as pd

from smcm.report import format as fmt
from smcm.report.show import Table
from smcm.report.terminal import table_text
from smcm.stats.power_question import PowerAnswer, PowerQuestion
from smcm.stats.power_search import BOOTSTRAP, JOINT, MONTE_CARLO

FORMAT = "smcm-power/1"
TESTS = {
    BOOTSTRAP: "percentile bootstrap",
    MONTE_CARLO: "Monte Carlo interval",
    JOINT: "joint significance",
}
EXACT = "exact"


def power_text(answers: Sequence[PowerAnswer]) -> str:
    """Lay answers out as a table with what it rests on beneath."""
    asked = answers[0].question
    for_cases = asked.n is None
    caption = (
        f"Fewest cases for power {fmt.bare(asked.target)}"
        if for_cases
        else "Power of the indirect effect"
    )
    rows = [
        {**_population(found), **(_needed(found) if for_cases else _given(found))}
        for found in answers
    ]
    body = pd.DataFrame(rows)
    words = ("Test", "Between")
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
    teams = {"ICC": _plain(asked.icc), "Team": _plain(asked.team_size)}
    return {
        "a": _plain(asked.a),
        "b": _plain(asked.b),
        **({"c'": _plain(asked.direct)} if asked.direct else {}),
        **(teams if asked.icc else {}),
        "Test": TESTS[asked.how.method],
    }


def _needed(found: PowerAnswer) -> dict[str, str]:
    needed = found.needed
    assert needed is not None  # who asked for cases has them
    between = f"{fmt.whole(needed.low)} to {fmt.whole(needed.high)}"
    exact = found.power.standard_error == 0.0
    return {
        "N": fmt.whole(needed.n),
        "Between": EXACT if exact else between,
        "Power": _power(found),
        "at n": fmt.whole(found.power.n),
    }


def _given(found: PowerAnswer) -> dict[str, str]:
    return {"N": fmt.whole(found.power.n), "Power": _power(found)}


def _power(found: PowerAnswer) -> str:
    power = fmt.bare(found.power.power, 3)
    error = found.power.standard_error
    return f"{power} (±{fmt.bare(error, 3)})" if error else power


def _notes(answers: Sequence[PowerAnswer]) -> list[str]:
    asked = answers[0].question
    how = asked.how
    notes = [
        "All variables have variance 1."
        if asked.standardized
        else "x and the residuals of m and of y have variance 1; then a direct effect "
        "changes nothing.",
        "The power of joint significance and of the Monte Carlo interval is exact.",
    ]
    if any(found.question.how.method == BOOTSTRAP for found in answers):
        notes[-1:] = [
            f"Bootstrap: {fmt.whole(how.n_replications)} samples of "
            f"{fmt.whole(how.n_boot)} resamples, seed {how.seed}; ± is one standard "
            "error of simulation"
            + (
                ", and N lies between the ends with a confidence of about 95%."
                if asked.n is None
                else "."
            )
        ]
    if asked.icc:
        of_a, of_b = asked.design_effects
        notes.append(
            f"Teams share x and hold {_plain(asked.team_size)} clients each: the "
            f"variance of a is {fmt.number(of_a)} times, that of b {fmt.number(of_b)} "
            "times what it is without teams. The analysis has to allow for teams, and "
            "have many of them, to keep its level."
        )
    return notes


def _plain(value: float) -> str:
    return f"{value:.6g}"


def power_rows(answers: Sequence[PowerAnswer]) -> list[dict[str, object]]:
    """Lay answers out for programs, nothing rounded.

    Returns
    -------
    list of dict
        Of each answer ``a``, ``b``, ``direct``, ``standardized``, ``icc``,
        ``team_size``, ``method``, ``alpha``, the settings of the simulation; ``n``
        and ``n_low`` and ``n_high``, between which n lies given the error of the
        simulation; ``target``, null where n was given; ``power`` with its
        ``standard_error`` at ``power_n`` cases.
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
    }


def _asked(asked: PowerQuestion) -> dict[str, object]:
    names = ("a", "b", "direct", "standardized", "icc", "team_size")
    return {**{name: getattr(asked, name) for name in names}, **asdict(asked.how)}


def power_json(answers: Sequence[PowerAnswer]) -> dict[str, object]:
    """Wrap `power_rows` with the name of the format."""
    return {"format": FORMAT, "answers": power_rows(answers)}


def power_csv(answers: Sequence[PowerAnswer]) -> str:
    """Write `power_rows` as comma-separated text; null is an empty cell."""
    rows = power_rows(answers)
    text = StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
