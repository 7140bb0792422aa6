"""Tables of the audit: consistency of printed numbers, and what would restore it."""

import pandas as pd

from smcm.audit import words
from smcm.audit.audit import audit as audited_claims
from smcm.audit.results import Audited, Check
from smcm.audit.rules import RULES
from smcm.audit.text import the_article
from smcm.report import format as fmt
from smcm.report.show import Table

NOTE = (
    "Only just consistent: every number of a check is confined to less than a tenth "
    "of its rounding interval."
)


def audit() -> Table:
    """Lay out every claim of the article with its checks and its result."""
    rows = [
        {
            "Claim": fmt.cell(found.claim.name),
            "Result": words.claim_result(found),
            "Checks": fmt.cell("; ".join(RULES[check.rule] for check in found.checks)),
            "Feasible and implied values": fmt.cell(_following(found)),
        }
        for found in audited_claims(the_article())
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-audit",
        caption="Audit of every claim of the article that can be checked",
        notes=(NOTE,),
        align=("left",) * 4,
        wide=True,
    )


def audit_findings() -> Table:
    """Lay out the claims that are inconsistent, only just consistent, or noteworthy."""
    rows = [
        {
            "Claim": fmt.cell(found.claim.name),
            "Result": words.claim_result(found),
            "Printed": fmt.cell(_printed(check)),
            "What would be consistent": fmt.cell(_remedy(check)),
        }
        for found in audited_claims(the_article())
        for check in _remarkable(found)
    ]
    return Table(
        pd.DataFrame(rows),
        name="tab-audit-findings",
        caption="Claims that are inconsistent as printed or deserve a remark",
        notes=(NOTE,),
        align=("left",) * 4,
        wide=True,
    )


def _following(found: Audited) -> str:
    """List the feasible ranges of printed numbers, and what is implied."""
    parts = [
        f"{words.named(n)} {words.range_of(n, n.feasible)}"
        for check in found.checks
        for n in check.numbers
        if n.feasible is not None and words.narrowed(n) and check.rule != "percentage"
    ]
    parts += [
        f"consistent totals: {words.totals(check)}"
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
        or _noteworthy(check)
    ]


def _noteworthy(check: Check) -> bool:
    """Whether a consistent check has a remark of its own."""
    return check.rule == "d" and bool(check.notes)


def _printed(check: Check) -> str:
    return "; ".join(
        f"{words.named(number)} {number.statistic.number.text}"
        for number in check.numbers
    )


def _remedy(check: Check) -> str:
    """Say what would make the numbers consistent, or how narrowly they are."""
    parts = [*check.notes]
    if check.conditions:
        parts.append(words.only_if(check))
    if check.rule == "percentage":
        parts.append(f"Consistent totals: {words.totals(check)}.")
    elif check.rule == "d":
        parts.append(words.definitions_text(check))
    elif check.holds is False:
        parts.append(words.which_one(check))
    elif words.just_fits(check):
        parts += [
            f"{words.named(n)} {words.range_of(n, n.feasible)}."
            for n in check.numbers
            if n.feasible is not None and words.narrowed(n)
        ]
    return " ".join(filter(None, parts))
