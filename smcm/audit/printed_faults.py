"""What can be wrong with a file of printed statistics, each with its cure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from smcm.cohort.characters import plain_name
from smcm.cohort.sheets import Sheet
from smcm.errors import Fault
from smcm.shown import shown
from smcm.stats.audit.conditions import CONDITIONS
from smcm.stats.audit.quantities import (
    DEGREES,
    EVERY_CLAIM,
    EXACT,
    QUANTITIES,
    Quantity,
    Statistic,
)
from smcm.stats.audit.rounding import PrintedNumber, plain, read_printed, read_word

REQUIRED = ("claim", "quantity", "printed")
PERCENTAGES = ("percent", "level")
OPTIONAL = ("part", "place", "note")
MOST_OTHERS = 20  # columns of other names, named one by one
Row = Mapping[str, str]
AS_PRINTED = (
    "Write the digits as printed, such as 0.35, -8.75, 1,234 or 51%; for a p value "
    "also <.001."
)


def header_faults(sheet: Sheet) -> Iterator[Fault]:
    """Find columns that are missing, unknown or there twice, and a lack of rows."""
    if not sheet.header:
        return
    names = [plain_name(name).casefold() for name in sheet.header]
    allowed = (*REQUIRED, *OPTIONAL)
    for name in REQUIRED:
        if name not in names:
            yield Fault(
                file=sheet.file,
                line=sheet.header_line,
                column=name,
                rule="The header must name the columns claim, quantity and printed; "
                "this one is missing.",
                cure="Add it, or start from `smcm audit --example`.",
            )
    counted = Counter(names)
    others = [name for name in counted if name not in allowed]
    for name, count in counted.items():
        if name in others[:MOST_OTHERS]:
            near = get_close_matches(name.casefold(), allowed, n=1)
            offer = f" or rename it to {near[0]}" if near else ""
            yield Fault(
                file=sheet.file,
                line=sheet.header_line,
                column=name,
                rule=f"A column is one of {', '.join(allowed)}.",
                cure=f"Delete this column{offer}; its content can go into note.",
            )
        elif count > 1 and name in allowed:
            yield Fault(
                file=sheet.file,
                line=sheet.header_line,
                column=name,
                rule="A column name may occur only once.",
                cure="Rename or delete all but one of them.",
            )
    if len(others) > MOST_OTHERS:
        yield Fault(
            file=sheet.file,
            line=sheet.header_line,
            value=f"{len(others) - MOST_OTHERS:,} more columns",
            rule=f"A column is one of {', '.join(allowed)}.",
            cure="Check that this is the right file.",
        )
    if not sheet.rows and not sheet.faults:
        yield Fault(
            file=sheet.file,
            line=sheet.header_line,
            rule="There are no rows below the header.",
            cure="Write one printed statistic on each line.",
        )


def row_faults(file: str, line: int, row: Row) -> Iterator[Fault]:
    """Find what is wrong with one row."""

    def fault(column: str, rule: str, cure: str) -> Fault:
        return Fault(
            file=file, line=line, column=column, value=row[column], rule=rule, cure=cure
        )

    if not row["claim"]:
        cure = "Give the numbers that belong together the same name."
        yield fault("claim", "Every statistic belongs to a claim.", cure)
    quantity = QUANTITIES.get(row["quantity"])
    number = read_cell(row)
    if quantity is None:
        yield fault("quantity", "The audit has no such quantity.", _known(row))
    elif row["claim"] == EVERY_CLAIM and not _of_every_claim(quantity):
        cure = "Name the claim of this number, or state a condition."
        yield fault("claim", f"Claim {EVERY_CLAIM} is for conditions only.", cure)
    if quantity is not None and quantity.words:
        if number is None:
            rule = f"{quantity.name} must be one of these words: {_words(quantity)}."
            yield fault("printed", rule, "Write one of them, or delete the row.")
    elif number is None:
        rule = "This is not a printed number."
        yield fault("printed", rule, _cure(row["printed"]))
    if quantity is None:
        return
    if row.get("part") and not quantity.parts:
        several = ", ".join(q.name for q in QUANTITIES.values() if q.parts)
        yield fault(
            "part",
            f"A claim has only one {quantity.name}; only {several} can have parts.",
            "Leave the part empty, or give each part a claim of its own.",
        )
    if number is not None and (broken := _domain(quantity, number)):
        yield fault("printed", *broken)


def read_cell(row: Row) -> PrintedNumber | None:
    """Read a number, or for a condition one of its words."""
    quantity = QUANTITIES.get(row["quantity"])
    if quantity is None or not quantity.words:
        return read_printed(row["printed"])
    word = read_word(plain(row["printed"]))
    return word if word.text in quantity.words else None


def _words(quantity: Quantity) -> str:
    return ", ".join(quantity.words)


def _of_every_claim(quantity: Quantity) -> bool:
    return quantity.name in CONDITIONS or quantity.name == "comparisons"


def _known(row: Row) -> str:
    folded = {name.casefold(): name for name in QUANTITIES}
    near = get_close_matches(row["quantity"].casefold(), folded, n=1)
    offer = f"Write {folded[near[0]]}, if that is what you mean; " if near else ""
    return f"{offer}the names are {', '.join(QUANTITIES)}."


def _domain(quantity: Quantity, number: PrintedNumber) -> tuple[str, str] | None:
    """Rule and cure where this quantity cannot have this number."""
    if quantity.words:
        return None
    if number.relation != "=" and not quantity.bound:
        return (
            f"Only p may be an inequality, not {quantity.name}.",
            "Delete the row, or write the number if it is printed.",
        )
    if quantity.whole and (number.decimals or number.value != int(number.value)):
        return (
            f"{quantity.name} must be a whole number.",
            "Write it without decimals.",
        )
    if number.text.endswith("%") and quantity.name not in PERCENTAGES:
        return (
            f"Only {' and '.join(PERCENTAGES)} may be percentages.",
            f"Write {quantity.name} as a number, such as 0.05 for 5%.",
        )
    low, high = quantity.domain.low, quantity.domain.high
    reach = number.interval & quantity.domain
    whole_df = quantity.name in DEGREES and not number.decimals
    exact = quantity.whole or quantity.name in EXACT or whole_df
    outside = not low <= number.value <= high if exact else reach.empty
    if outside:
        return (
            f"{quantity.name} must be from {low:g} to {high:g}.",
            "Check the text; a misread sign or decimal point is likely.",
        )
    return None


def _cure(text: str) -> str:
    shown = plain(text)
    whole, comma, part = shown.partition(",")
    if not shown:
        return f"{AS_PRINTED} Delete the row if nothing is printed."
    if comma and part.isdigit() and whole.lstrip("<>=-+ ").isdigit():
        return f"Write {whole}.{part}, with a decimal point."
    if shown.casefold().strip(" .") in ("ns", "n.s", "na", "n/a"):
        return "Delete the row, or write a bound such as >.05 if the text gives one."
    if "=" in shown or any(sign in shown for sign in "<>") or "(" in shown:
        return f"Write one number per row, without its name. {AS_PRINTED}"
    return AS_PRINTED


def twice(
    file: str, line: int, row: Row, lines: dict[tuple[str, str, str], int]
) -> Iterator[Fault]:
    """Find a row that repeats an earlier one; note its line for those after it."""
    key = (row["claim"], row["quantity"], row.get("part", ""))
    first = lines.setdefault(key, line)
    if first != line and all(key[:2]):
        yield Fault(
            file=file,
            line=line,
            column="quantity",
            value=row["quantity"],
            rule=f"A claim has each quantity once per part; line {first} has it too.",
            cure="Delete one, give each a part, or give each a claim of its own.",
        )


def upside_down(file: str, statistics: list[Statistic]) -> Iterator[Fault]:
    """Find limits and ends of a scale in the wrong order."""
    by_claim: dict[str, dict[str, Statistic]] = {}
    for found in statistics:
        by_claim.setdefault(found.claim, {})[found.quantity.name] = found
    for claim, rows in by_claim.items():
        for low, high in (("ci_low", "ci_high"), ("scale_min", "scale_max")):
            if {low, high} <= set(rows) and (
                rows[low].number.value > rows[high].number.value
            ):
                yield Fault(
                    file=file,
                    column="printed",
                    value=f"{rows[low].number.text} and {rows[high].number.text}",
                    rule=f"{low} must not exceed {high} (claim {shown(claim)}).",
                    cure="Exchange them, or check the text.",
                )
