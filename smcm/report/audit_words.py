"""Wording and rounding of the results of an audit; neutral in tone."""

import math

from smcm.analysis.audit.results import Audited, Check, Checked, Verdict
from smcm.report import format as fmt
from smcm.stats.audit.interval import Interval

RESULT_WORDS: dict[Verdict, str] = {
    "holds": "consistent",
    "holds_if": "consistent if a condition is met",
    "cannot": "inconsistent as printed",
    "unchecked": "not checkable",
}
NARROWLY = "only just consistent"
LABELS = {
    "se": "SE",
    "sd": "SD",
    "ci_low": "lower limit",
    "ci_high": "upper limit",
    "chi2": "chi squared",
    "eta2": "partial eta squared",
    "r2": "R squared",
    "r2_change": "change in R squared",
}
DEFINITIONS = {
    "pooled": "pooled SD",
    "average": "average SD",
    "first": "first SD",
    "second": "second SD",
    "dz": "SD of the differences (dz)",
    "rm": "SD of the differences corrected for the correlation (rm)",
    "hedges": "pooled SD with Hedges' correction",
    "twice t by df": "2 t / √df",
    "two halves": "two groups of equal size",
    "two groups": "two groups",
}
NARROW = 0.1  # share of the rounding interval that is consistent with the others
UNCHANGED = 0.999
MORE_DECIMALS = 2
SIGNIFICANT = 4
MOST_PEOPLE = 10**8  # totals beyond are as good as unbounded


def claim_result(found: Audited) -> str:
    """Give the result for a claim, and say where it is only just consistent."""
    narrow = any(just_fits(check) for check in found.checks)
    if found.verdict == "holds" and narrow:
        return NARROWLY
    return RESULT_WORDS[found.verdict]


def just_fits(check: Check) -> bool:
    """Whether every number is confined to under a tenth of its rounding interval."""
    return check.room is not None and check.room < NARROW


def check_result(check: Check) -> str:
    """Give the result of one check."""
    if just_fits(check):
        return NARROWLY
    if check.holds is None:
        return RESULT_WORDS["holds_if" if check.conditions else "unchecked"]
    return RESULT_WORDS["holds" if check.holds else "cannot"]


def only_if(check: Check) -> str:
    """Give the conditions under which a check is consistent, and how to settle it."""
    listed = "; or if ".join(" and ".join(way) for way in check.conditions)
    rows = fmt.listed(check.settled_by, "or")
    settle = f" To settle this, state {rows}." if rows else ""
    return f"Inconsistent under the usual assumptions; consistent if {listed}.{settle}"


def narrowed(checked: Checked) -> bool:
    """Whether the other numbers narrow the rounding interval of this one."""
    return not checked.statistic.exact and (checked.share or 0.0) < UNCHANGED


def named(checked: Checked) -> str:
    """Name a number of a check by its quantity and part."""
    statistic = checked.statistic
    part = f" ({statistic.part})" if statistic.part else ""
    name = statistic.quantity.name
    return f"{LABELS.get(name, name)}{part}"


def range_of(checked: Checked, interval: Interval) -> str:
    """Write a range of a printed number, with two more decimals than it has."""
    if checked.statistic.exact:
        return _range(interval, 0)
    if interval.low >= 0.0 and 0.0 < interval.high < 10.0**-4:
        return f"below {fmt.number(10.0**-4, 4)}"
    return _range(interval, checked.statistic.number.decimals + MORE_DECIMALS)


def implied(check: Check) -> str:
    """List the ranges of implied numbers that are not printed; may be empty."""
    return "; ".join(
        f"{LABELS.get(name, name)} {implied_range(box)}"
        for name, box in check.implied.items()
    )


def implied_range(interval: Interval) -> str:
    """Write the range of an implied number to four significant digits."""
    size = max(
        (abs(end) for end in (interval.low, interval.high) if math.isfinite(end)),
        default=1.0,
    )
    whole = interval.low == interval.high and float(interval.low).is_integer()
    order = 0 if size == 0.0 else math.floor(math.log10(size))
    return _range(interval, 0 if whole else max(0, SIGNIFICANT - 1 - order))


def instead(checked: Checked) -> str:
    """Write the range in which a number would be consistent with the others."""
    if checked.instead is None:
        return ""
    text = range_of(checked, checked.instead)
    written = checked.statistic.number.written(checked.instead)
    if not written or checked.statistic.exact:
        return text
    return f"{text}, printed as {fmt.listed(written, 'or').replace('-', fmt.MINUS)}"


def totals(check: Check) -> str:
    """List the totals that are consistent with all percentages."""
    found = check.denominators
    if not found:
        return "none up to the printed total"
    if len(found) == 1:
        return fmt.whole(found[0])
    if found[-1] >= MOST_PEOPLE:
        return f"{fmt.whole(found[0])} or more"
    return f"{fmt.whole(found[0])} to {fmt.whole(found[-1])}"


def definitions(check: Check) -> tuple[list[str], list[str]]:
    """Name the definitions of d that are consistent with print, and the others."""
    size = check.numbers[0].statistic.interval.size()
    names = {
        DEFINITIONS[name.removeprefix("d ")]: box.meets(size)
        for name, box in check.implied.items()
        if name.startswith("d ")
    }
    fit, fail = ([n for n, meets in names.items() if meets is w] for w in (True, False))
    return fit, fail


def definitions_text(check: Check) -> str:
    """Say which definitions of d are consistent with the printed one."""
    fit, fail = definitions(check)
    parts = (("Consistent definitions", fit), ("Inconsistent definitions", fail))
    return " ".join(f"{head}: {fmt.listed(names)}." for head, names in parts if names)


def which_one(check: Check) -> str:
    """Say which single number, if different, would make a check consistent."""
    if check.rule in ("paired", "groups", "d", "GRIM", "GRIMMER", "DEBIT", "none"):
        return ""
    movable = check.movable
    if not movable:
        return "No change to a single number would make the claim consistent."
    if len(movable) == 1:
        return f"Consistent if one number is different: {_changed(movable[0])}."
    listed = "; or ".join(_changed(number) for number in movable)
    return f"Consistent if any one of these numbers is different: {listed}."


def _changed(checked: Checked) -> str:
    printed = checked.statistic.number.text
    return f"{named(checked)} {instead(checked)}, in place of {printed}"


def _range(interval: Interval, decimals: int) -> str:
    low, high = interval.low, interval.high
    if math.isinf(low) and math.isinf(high):
        return "anything"
    if math.isinf(high):
        return f"{fmt.number(low, decimals)} or more"
    if math.isinf(low):
        return f"{fmt.number(high, decimals)} or less"
    ends = (fmt.number(low, decimals), fmt.number(high, decimals))
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
