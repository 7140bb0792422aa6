"""Printed numbers held against each other: verdicts, and what would have to differ."""

import pandas as pd

from smcm.analysis.audit.audit import audit as audited_claims
from smcm.analysis.audit.results import Audited, Check
from smcm.analysis.audit.rules import RULES
from smcm.report import audit_words as words
from smcm.report import format as fmt
from smcm.report.audit_text import the_article
from smcm.report.show import Table

NOTE = (
    "Narrowly: the numbers just fit, and less than a tenth of what rounding leaves "
    "open is left of each of them."
)


def audit() -> Table:
    """Lay out every claim of the article with its checks and its verdict."""
    rows = [
        {
            "Claim": fmt.cell(found.claim.name),
            "What is held against what": fmt.cell(
                "; ".join(RULES[check.rule] for check in found.checks)
            ),
            "Verdict": words.verdict(found),
            "What follows": fmt.cell(_following(found)),
        }
        for found in audited_claims(the_article())
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-audit",
        caption="Every claim of the article that other printed numbers bear on",
        notes=(NOTE,),
        align=("left",) * 4,
        wide=True,
    )


def audit_findings() -> Table:
    """Lay out the claims that cannot all hold or just do, and what would do."""
    rows = [
        {
            "Claim": fmt.cell(found.claim.name),
            "Printed": fmt.cell(_printed(check)),
            "Verdict": words.verdict(found),
            "What would do": fmt.cell(_remedy(check)),
        }
        for found in audited_claims(the_article())
        for check in _remarkable(found)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-audit-findings",
        caption="Claims whose printed numbers cannot all hold, or only just",
        notes=(NOTE,),
        align=("left",) * 4,
        wide=True,
    )


def _following(found: Audited) -> str:
    """List what the others leave of the printed numbers, and what is implied."""
    parts = [
        f"{words.named(n)} {words.range_of(n, n.feasible)}"
        for check in found.checks
        for n in check.numbers
        if n.feasible is not None and words.narrowed(n) and check.rule != "percentage"
    ]
    parts += [
        f"totals that would do {words.totals(check)}"
        for check in found.checks
        if check.rule == "percentage"
    ]
    return "; ".join([*parts, *filter(None, map(words.implied, found.checks))])


def _remarkable(found: Audited) -> list[Check]:
    return [
        check
        for check in found.checks
        if check.holds is False
        or check.conditions
        or words.just_fits(check)
        or _told(check)
    ]


def _told(check: Check) -> bool:
    """Whether it holds, and something is to be said of how."""
    return check.rule == "d" and bool(check.notes)


def _printed(check: Check) -> str:
    return "; ".join(
        f"{words.named(number)} {number.statistic.number.text}"
        for number in check.numbers
    )


def _remedy(check: Check) -> str:
    """Say what would make the numbers fit, or how narrowly they do."""
    parts = [*check.notes]
    if check.conditions:
        parts.append(words.only_if(check))
    if check.rule == "percentage":
        parts.append(f"Totals that would do: {words.totals(check)}.")
    elif check.rule == "d":
        parts.append(words.definitions_text(check))
    elif check.holds is False:
        parts.append(words.which_one(check))
    elif words.just_fits(check):
        parts += [
            f"{words.named(n)} from {words.range_of(n, n.feasible)}."
            for n in check.numbers
            if n.feasible is not None and words.narrowed(n)
        ]
    return " ".join(filter(None, parts))
