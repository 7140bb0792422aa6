"""Printed and regenerated: a row for every number and every finding."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from smcm.analysis.feasibility import small_sites
from smcm.analysis.study import ASSUMED_EFFECT, Study
from smcm.article.consistency import Finding, printed_findings
from smcm.article.findings import Held
from smcm.article.levels import stem_of_line
from smcm.article.regenerated import regenerated_values
from smcm.article.stated import findings_in
from smcm.published import Printed, Published

Status = Literal["equal", "cannot_hold", "by_rule", "differs", "missing"]
STATUSES: tuple[Status, ...] = (
    "equal",
    "cannot_hold",
    "by_rule",
    "differs",
    "missing",
)
WITHHELD = "Left out: a small count of clients, or one from which it would follow."
OTHER_COUNTS = "The counts of clients in this edition are not the printed ones."


@dataclass(frozen=True, slots=True)
class Comparison:
    """One printed number or finding, and the regenerated one.

    Attributes
    ----------
    printed : Printed
    value : float or None
        Regenerated, unrounded; None for a finding in words, or where the run has none.
    held : Held or None
        For a finding in words: whether it holds, and the numbers behind it.
    status : str
        ``equal``: prints with the same characters, or holds. ``cannot_hold``: it
        differs, and no data could give it together with other printed numbers; a
        percentage also has to have the printed counts here. ``by_rule``: equal, from
        the printed counts, under a rule that the article does not state. ``differs``:
        different, and neither of these explains it. ``missing``: this run has no such
        number, or does not show it.
    reason : str
        Empty where equal.
    ruled : float or None
        Regenerated under a rule that the article does not state, where this is equal.
    """

    printed: Printed
    value: float | None
    held: Held | None
    status: Status
    reason: str
    ruled: float | None = None

    @property
    def regenerated(self) -> str:
        """The number as the printed one is written, by the rule where one is known."""
        if self.held is not None:
            return "holds" if self.held.holds else "does not hold"
        value = self.value if self.ruled is None else self.ruled
        return "" if value is None else self.printed.written(value)

    @property
    def own(self) -> str:
        """The number as this edition shows it, without any rule; "" for a finding."""
        return "" if self.value is None else self.printed.written(self.value)


def compare(study: Study, published: Published) -> tuple[Comparison, ...]:
    """Compare every printed number that can be regenerated, in the file's order.

    A study without an article is compared with nothing.
    """
    return tuple(_rows(study, published)) if study.design.article else ()


def counts(rows: tuple[Comparison, ...]) -> dict[str, int]:
    """Rows by status, every status named."""
    return {status: sum(r.status == status for r in rows) for status in STATUSES}


def _rows(study: Study, published: Published) -> Iterator[Comparison]:
    values, held = regenerated_values(study), findings_in(study, published)
    reasons = printed_findings(published)
    listed, hidden = percent_of_listed(study), withheld_keys(study)
    for entry in published.of_kind("compare", "pattern"):
        if entry.kind == "pattern":
            yield _finding(entry, held.get(entry.key), _absent(entry, hidden))
        elif entry.key not in values:
            yield Comparison(entry, None, None, "missing", _absent(entry, hidden))
        elif entry.key == "pow.power":
            yield _power(entry, values[entry.key])
        else:
            finding = reasons.get(entry.key)
            if finding and not _has_its_counts(finding, values, published):
                yield _of_other_clients(entry, values[entry.key])
            else:
                by_rule = listed.get(entry.key)
                yield _number(entry, values[entry.key], finding, by_rule)


def _has_its_counts(
    finding: Finding, values: Mapping[str, float], published: Published
) -> bool:
    """Whether a run has the counts that a finding about printed numbers names."""
    return all(
        key in values and published[key].agrees(values[key]) for key in finding.counts
    )


def _of_other_clients(entry: Printed, value: float) -> Comparison:
    if entry.agrees(value):
        return Comparison(entry, value, None, "equal", "")
    return Comparison(entry, value, None, "differs", OTHER_COUNTS)


def _absent(entry: Printed, hidden: Collection[str]) -> str:
    if entry.key in hidden:
        return WITHHELD
    if ".site." in entry.key:
        return "This site is not in the run."
    return "This run has no such number."


def _finding(entry: Printed, held: Held | None, absent: str) -> Comparison:
    if held is None:
        return Comparison(entry, None, None, "missing", absent)
    if held.holds:
        return Comparison(entry, None, held, "equal", "")
    return Comparison(entry, None, held, "differs", "The finding does not hold here.")


def _power(entry: Printed, value: float) -> Comparison:
    agrees = entry.agrees(value)
    reason = (
        "The effect size behind the printed power is not printed; this is the power "
        f"for f² = {ASSUMED_EFFECT:g}."
    )
    return Comparison(entry, value, None, "by_rule" if agrees else "differs", reason)


def _number(
    entry: Printed, value: float, finding: Finding | None, by_rule: float | None
) -> Comparison:
    if entry.agrees(value):
        return Comparison(entry, value, None, "equal", "")
    if finding is None:
        return Comparison(entry, value, None, "differs", "")
    if finding.rule is None:
        return Comparison(entry, value, None, "cannot_hold", finding.reason)
    if by_rule is not None and entry.agrees(by_rule):
        return Comparison(entry, value, None, "by_rule", finding.reason, by_rule)
    return Comparison(entry, value, None, "differs", finding.reason)


def percent_of_listed(study: Study) -> dict[str, float | None]:
    """Percentages of Table 1 over the clients in the listed categories, by key."""
    lines = study.characteristics.counts
    return {f"t1.{stem_of_line(line)}.pct": line.percent_of_listed for line in lines}


def withheld_keys(study: Study) -> frozenset[str]:
    """Keys of the counts and percentages of clients that this run has and withholds."""
    table = study.characteristics
    keys = {
        f"t1.{stem_of_line(line)}.{part}"
        for line in table.counts
        if line.n is None and line.block.column not in table.unrecorded
        for part in ("n", "pct")
    }
    small = small_sites(study.cohort) & set(study.frame["site"].astype(int))
    keys |= {f"t1.site.{code}.{part}" for code in small for part in ("n", "pct")}
    if study.missing.percent is None:
        keys.add("da.missing")
    return frozenset(keys)
