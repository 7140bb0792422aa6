"""The results of an audit for the terminal and as JSON."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from textwrap import fill

from smcm.audit import words
from smcm.audit.article import article_statistics
from smcm.audit.audit import audit, verdict_counts
from smcm.audit.results import Audited, Check, Checked
from smcm.audit.rules import RULES
from smcm.published import Published
from smcm.report import format as fmt
from smcm.report.csv_text import plain
from smcm.report.terminal import terminal_width
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.quantities import Statistic

FORMAT = "smcm-audit/2"
CARE = (
    "A printed number stands for every value that rounds to it. A claim is "
    "inconsistent only if no unrounded values could give its numbers under any of the "
    "conditions that are left open. Common innocent causes are rounding in steps, a "
    "number from another version or model, and a typing slip. The numbers alone do "
    "not show which of them is off."
)


def the_article() -> tuple[Statistic, ...]:
    """Read the printed statistics of the article."""
    return article_statistics(Published.read())


def audit_json(statistics: Sequence[Statistic], source: str) -> dict[str, object]:
    """Lay out an audit for programs, nothing rounded.

    Returns
    -------
    dict
        ``format``, ``source``; ``counts``, claims by ``verdict``; ``claims``, each with
        ``claim``, ``verdict`` ("holds", "holds_if", "cannot", "unchecked") and
        ``checks``: the ``rule``; ``holds``, null where the rule could not be applied
        or where it holds only under ``conditions``, lists of what would have to be so,
        of which ``settled_by`` are the quantities to state; ``numbers``
        with ``quantity``, ``part``, ``printed``, ``place``, the ends of what rounding
        leaves open (``low``, ``high``), of what is left when the others hold
        (``feasible_low``, ``feasible_high``), and of what this one would have to be
        while the others are as printed (``instead_low``, ``instead_high``,
        ``instead_printed``); ``implied`` ranges; ``totals`` from which
        to which all percentages would follow; ``notes``. An end that nothing bounds,
        and a range that does not exist, is null.
    """
    audited = audit(statistics)
    return {
        "format": FORMAT,
        "source": source,
        "counts": verdict_counts(audited),
        "claims": [
            {
                "claim": found.claim.name,
                "verdict": found.verdict,
                "checks": [_check(check) for check in found.checks],
            }
            for found in audited
        ],
    }


def _check(check: Check) -> dict[str, object]:
    return {
        "rule": check.rule,
        "holds": check.holds,
        "numbers": [_number(number) for number in check.numbers],
        "implied": {
            name: dict(zip(("low", "high"), _ends(box), strict=True))
            for name, box in check.implied.items()
        },
        "totals": _totals(check.denominators),
        "conditions": [list(way) for way in check.conditions],
        "settled_by": list(check.settled_by),
        "notes": list(check.notes),
    }


def _totals(found: range) -> dict[str, int] | None:
    return {"low": found[0], "high": found[-1]} if found else None


def _number(checked: Checked) -> dict[str, object]:
    statistic = checked.statistic
    boxes = {
        "": statistic.interval,
        "feasible_": checked.feasible,
        "instead_": checked.instead,
    }
    ends = {
        f"{stem}{end}": value
        for stem, box in boxes.items()
        for end, value in zip(("low", "high"), _ends(box), strict=True)
    }
    other = checked.instead
    return {
        "quantity": statistic.quantity.name,
        "part": statistic.part,
        "printed": statistic.number.text,
        "place": statistic.place,
        **ends,
        "instead_printed": list(statistic.number.written(other)) if other else [],
    }


def _ends(box: Interval | None) -> tuple[float | None, float | None]:
    if box is None:
        return None, None
    low, high = (
        float(end) if math.isfinite(end) else None for end in (box.low, box.high)
    )
    return low, high


def audit_text(statistics: Sequence[Statistic], source: str) -> str:
    """Write the result for every claim, its ranges, and what would be consistent."""
    audited = audit(statistics)
    width = terminal_width()
    order = ("cannot", "holds_if", "unchecked", "holds")
    ranked = sorted(audited, key=lambda found: order.index(found.verdict))
    parts = [_counts(audited, source, width)]
    parts += ["\n".join(_claim(found, width)) for found in ranked]
    parts += [fill(CARE, width)]
    return plain("\n\n".join(parts)) if parts else ""


def _counts(audited: Sequence[Audited], source: str, width: int) -> str:
    found = Counter(words.claim_result(a) for a in audited)
    lines = [f"{count:5,}  {word}" for word, count in found.most_common()]
    claims = "claim" if len(audited) == 1 else "claims"
    heading = f"{fmt.whole(len(audited))} {claims} in {source}:"
    return "\n".join([fill(heading, width), *lines])


def _claim(found: Audited, width: int) -> Iterator[str]:
    yield from _filled(f"{found.claim.name}: {words.claim_result(found)}", width, "")
    for check in found.checks:
        yield from _filled(
            f"{RULES[check.rule]}: {words.check_result(check)}", width, "  "
        )
        yield from _details(check, width)


def _details(check: Check, width: int) -> Iterator[str]:
    for number in check.numbers:
        text = f"{words.named(number)}: printed {number.statistic.number.text}"
        if number.feasible is not None and words.narrowed(number):
            text += f", feasible {words.range_of(number, number.feasible)}"
        yield from _filled(text, width, "    ")
    if check.implied:
        yield from _filled(f"implied: {words.implied(check)}", width, "    ")
    if check.rule == "percentage":
        yield from _filled(f"consistent totals: {words.totals(check)}", width, "    ")
    if check.rule == "d" and check.implied:
        yield from _filled(words.definitions_text(check), width, "    ")
    if check.holds is False and words.which_one(check):
        yield from _filled(words.which_one(check), width, "    ")
    if check.conditions:
        yield from _filled(words.only_if(check), width, "    ")
    for note in check.notes:
        yield from _filled(note, width, "    ")


def _filled(text: str, width: int, indent: str) -> Iterator[str]:
    yield from fill(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_on_hyphens=False,
    ).splitlines()
