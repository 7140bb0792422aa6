"""Words and ranges in which an audit is told; neutral, and the only rounding of it."""

import math

from smcm.analysis.audit.results import Audited, Check, Checked, Verdict
from smcm.report import format as fmt
from smcm.stats.audit.interval import Interval

VERDICT_WORDS: dict[Verdict, str] = {
    "holds": "can hold",
    "holds_if": "can hold if a condition is met",
    "cannot": "cannot all hold as printed",
    "unchecked": "not checkable",
}
LABELS = {
    "se": "SE",
    "sd": "SD",
    "ci_low": "lower limit",
    "ci_high": "upper limit",
    "chi2": "chi squared",
    "eta2": "partial eta squared",
    "r2": "R squared",
    "r2_change": "change of R squared",
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
NARROW = 0.1  # share of the rounding that is left
UNCHANGED = 0.999
MORE_DECIMALS = 2
SIGNIFICANT = 4
MOST_PEOPLE = 10**8  # totals beyond are as good as unbounded


def verdict(found: Audited) -> str:
    """Say what was found of a claim, with a word where the numbers just fit."""
    narrow = any(just_fits(check) for check in found.checks)
    if found.verdict == "holds" and narrow:
        return "can hold, narrowly"
    return VERDICT_WORDS[found.verdict]


def just_fits(check: Check) -> bool:
    """Whether less than a tenth of what rounding leaves open is left of any number."""
    return check.room is not None and check.room < NARROW


def outcome(check: Check) -> str:
    """Say what was found by one check."""
    if just_fits(check):
        return "can hold, narrowly"
    if check.holds is None:
        return VERDICT_WORDS["holds_if" if check.conditions else "unchecked"]
    return VERDICT_WORDS["holds" if check.holds else "cannot"]


def only_if(check: Check) -> str:
    """Say under what conditions the numbers of a check hold, and how to settle it."""
    listed = "; or if ".join(" and ".join(way) for way in check.conditions)
    rows = fmt.listed(check.settled_by, "or")
    settle = f" To settle it, state {rows}." if rows else ""
    return f"As usually read they do not; they can if {listed}.{settle}"


def narrowed(checked: Checked) -> bool:
    """Whether the other numbers leave less open than rounding does."""
    return not checked.statistic.exact and (checked.share or 0.0) < UNCHANGED


def named(checked: Checked) -> str:
    """Name a number of a check: its quantity and its part."""
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
    """List the ranges of what follows and is not printed; empty where nothing does."""
    return "; ".join(
        f"{LABELS.get(name, name)} {implied_range(box)}"
        for name, box in check.implied.items()
    )


def implied_range(interval: Interval) -> str:
    """Write a range of what is not printed, to four significant digits."""
    size = max(
        (abs(end) for end in (interval.low, interval.high) if math.isfinite(end)),
        default=1.0,
    )
    whole = interval.low == interval.high and float(interval.low).is_integer()
    order = 0 if size == 0.0 else math.floor(math.log10(size))
    return _range(interval, 0 if whole else max(0, SIGNIFICANT - 1 - order))


def instead(checked: Checked) -> str:
    """Say what a number would have to be for the others to hold as printed."""
    if checked.instead is None:
        return ""
    text = range_of(checked, checked.instead)
    written = checked.statistic.number.written(checked.instead)
    if not written or checked.statistic.exact:
        return text
    return f"{text}, in print {fmt.listed(written, 'or').replace('-', fmt.MINUS)}"


def totals(check: Check) -> str:
    """List the totals of which all percentages would follow."""
    found = check.denominators
    if not found:
        return "none up to the printed one"
    if len(found) == 1:
        return fmt.whole(found[0])
    if found[-1] >= MOST_PEOPLE:
        return f"{fmt.whole(found[0])} or more"
    return f"{fmt.whole(found[0])} to {fmt.whole(found[-1])}"


def definitions(check: Check) -> tuple[list[str], list[str]]:
    """Name the definitions of d that can give the printed one, and the others."""
    size = check.numbers[0].statistic.interval.size()
    names = {
        DEFINITIONS[name.removeprefix("d ")]: box.meets(size)
        for name, box in check.implied.items()
        if name.startswith("d ")
    }
    fit, fail = ([n for n, meets in names.items() if meets is w] for w in (True, False))
    return fit, fail


def definitions_text(check: Check) -> str:
    """Say which definitions of d can give the printed one."""
    fit, fail = definitions(check)
    return (
        f"Definitions that can give it: {fmt.listed(fit)}; that cannot: "
        f"{fmt.listed(fail)}."
    )


def which_one(check: Check) -> str:
    """Say of a check that fails which number alone could be another."""
    if check.rule in ("paired", "groups", "d", "GRIM", "GRIMMER", "DEBIT", "none"):
        return ""
    movable = check.movable
    if not movable:
        return "No single number, had it been another, would make the others hold."
    if len(movable) == 1:
        return f"One number alone would do it if it were another: {_told(movable[0])}."
    listed = "; or ".join(_told(number) for number in movable)
    return f"Any one of these would do it alone if it were another: {listed}."


def _told(checked: Checked) -> str:
    return (
        f"{named(checked)} (printed {checked.statistic.number.text}) at "
        f"{instead(checked)}"
    )


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
