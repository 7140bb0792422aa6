"""Assumptions of each rule, and consistency under the alternatives."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import combinations, product

from smcm.analysis.audit.claims import Claim
from smcm.analysis.audit.results import Check
from smcm.stats.audit.conditions import CONDITIONS

Rule = Callable[[Claim], Check | None]
Answers = Mapping[str, tuple[str, ...]]

P: Answers = {"tails": ("1",), "p_adjusted": ("yes",)}
ALWAYS: Answers = {"rounding": ("cut",)}
PEOPLE: Answers = {"answered": ("some",)}
SD: Answers = {"sd_by": ("n",)}
# Alternatives where a claim does not state a condition: by rule and condition, the
# answers other than the usual one.
PRESUMED: Mapping[str, Answers] = {
    "coefficient": {
        "interval": ("normal", "log", "bootstrap", "other"),
        "level": ("90", "99"),
        "standardized": ("yes",),
        "t_sign": ("dropped",),
        **P,
        **PEOPLE,
        **ALWAYS,
    },
    "fisher": {
        "interval": ("bootstrap",),
        "level": ("90", "99"),
        **PEOPLE,
        **ALWAYS,
    },
    "test": {"df_corrected": ("yes",), **P, **PEOPLE, **ALWAYS},
    "product": ALWAYS,
    "eta2": {"eta2_by": ("other",), **ALWAYS},
    "r2_change": {"r2_by": ("adjusted",), **ALWAYS},
    "paired": {
        "design": ("groups",),
        "interval": ("other",),
        **PEOPLE,
        **SD,
        **P,
        **ALWAYS,
    },
    "groups": {
        "design": ("paired",),
        "interval": ("other",),
        **PEOPLE,
        **SD,
        **P,
        **ALWAYS,
    },
    "d": {"d_by": ("other",), "design": ("paired", "groups"), **SD, **ALWAYS},
    "scale": {**PEOPLE, **ALWAYS},
    "GRIM": {**PEOPLE, **ALWAYS},
    "GRIMMER": {**PEOPLE, **SD, **ALWAYS},
    "DEBIT": {**PEOPLE, **SD, **ALWAYS},
    "percentage": {**PEOPLE, **ALWAYS},
    "df": PEOPLE,
}


def decided(rule: Rule, claim: Claim) -> Check | None:
    """Apply a rule; where it fails, look for unstated conditions that make it hold.

    Returns
    -------
    Check or None
        None where the rule does not apply. A failed check fails under every
        combination of the unstated conditions.
    """
    check = rule(claim)
    if check is None or check.holds is not False:
        return check
    unstated = {
        name: words
        for name, words in PRESUMED[check.rule].items()
        if not claim.settles(name)
    }
    for size in range(1, len(unstated) + 1):
        tried = [
            (answers, _under(rule, claim, answers))
            for names in combinations(unstated, size)
            for words in product(*(unstated[name] for name in names))
            for answers in (dict(zip(names, words, strict=True)),)
        ]
        holding = [answers for answers, holds in tried if holds]
        found = holding + [answers for answers, holds in tried if holds is None]
        if found:
            return _only_if(check, found)
    return check


def _under(rule: Rule, claim: Claim, answers: Mapping[str, str]) -> bool | None:
    """Whether a rule holds with more stated; None where nothing is left to check."""
    for name, word in answers.items():
        claim = claim.stating(name, word)
    check = rule(claim)
    return None if check is None else check.holds


def _only_if(check: Check, found: list[dict[str, str]]) -> Check:
    return replace(
        check,
        holds=None,
        conditions=tuple(
            tuple(CONDITIONS[name].words[word] for name, word in answers.items())
            for answers in found
        ),
        settled_by=tuple(dict.fromkeys(name for answers in found for name in answers)),
    )
