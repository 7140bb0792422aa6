"""The facts about what runs differ in, and in which of them something holds."""

from collections.abc import Sequence
from dataclasses import dataclass

from smcm.report.choices import MOST_LISTED, Value, site_codes, values_of
from smcm.report.runs import RunRecord, varied

MOST_NAMED = 4  # more runs than these are not named one by one
MOST_VALUES = 8  # nor are more values of a parameter
NAMES = ("data", "reading", "seed")  # their values are names and not amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """Sites with which the same is done.

    Attributes
    ----------
    rule : {"all", "without", "only"}
    codes : tuple of int
        Empty for all sites.
    """

    rule: str
    codes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Values of one parameter.

    Attributes
    ----------
    parameter : str
        A field of `RunParameters`.
    count : int
    few : bool
        Whether they are few enough to be listed.
    amounts : tuple of int
        The values, where they are amounts.
    names : tuple of str
        The values, where they are names; seeds are.
    sites : tuple of Sites
        The values of the parameter ``site``.
    """

    parameter: str
    count: int
    few: bool
    amounts: tuple[int, ...]
    names: tuple[str, ...]
    sites: tuple[Sites, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """In which runs something holds.

    Attributes
    ----------
    n, holding : int
        Runs, and those in which it holds.
    mixed : bool
        Whether it holds in some and not in others.
    parted_by : Chosen or None
        Values of one parameter that part the runs in which it holds from the others.
    named : tuple of str
        Where there are none: the runs of the smaller side, if they are few.
    told_of_others : bool
        Whether `parted_by` and `named` are of the runs in which it does not hold.
    """

    n: int
    holding: int
    mixed: bool
    parted_by: Chosen | None
    named: tuple[str, ...]
    told_of_others: bool


def chosen(records: Sequence[RunRecord], parameter: str) -> Chosen:
    """Gather the values that a parameter has in some runs."""
    return _chosen(parameter, values_of(records, parameter))


def where(records: Sequence[RunRecord], holds: Sequence[bool]) -> Where:
    """Find the shortest way to say in which runs something holds.

    By values of a single parameter where these part the runs cleanly; else one by one
    where they are few.

    Parameters
    ----------
    records : sequence of RunRecord
    holds : sequence of bool
        For each run.
    """
    yes = [record for record, held in zip(records, holds, strict=True) if held]
    no = [record for record, held in zip(records, holds, strict=True) if not held]
    parting = [
        (others, name, values)
        for others, some, rest in ((True, no, yes), (False, yes, no))
        for name in varied(records)
        if (values := _parting(name, some, rest))
    ]
    if yes and no and parting:
        others, name, values = min(parting, key=lambda found: len(found[2]))
        return _where(yes, no, others=others, parted_by=_chosen(name, values))
    others = len(no) < len(yes)
    return _where(yes, no, others=others, named=no if others else yes)


def _where(
    yes: Sequence[RunRecord],
    no: Sequence[RunRecord],
    *,
    others: bool,
    parted_by: Chosen | None = None,
    named: Sequence[RunRecord] = (),
) -> Where:
    few = yes and no and len(named) <= MOST_NAMED
    return Where(
        n=len(yes) + len(no),
        holding=len(yes),
        mixed=bool(yes and no),
        parted_by=parted_by,
        named=tuple(record.run.label for record in named) if few else (),
        told_of_others=others,
    )


def _parting(
    parameter: str, some: Sequence[RunRecord], others: Sequence[RunRecord]
) -> list[Value]:
    """Values that some runs have and no other run has; none where that is no help."""
    values = values_of(some, parameter)
    elsewhere = values_of(others, parameter)
    clean = not set(values) & set(elsewhere)
    return values if clean and len(values) <= MOST_VALUES else []


def _chosen(parameter: str, values: Sequence[Value]) -> Chosen:
    is_site, is_name = parameter == "site", parameter in NAMES
    return Chosen(
        parameter=parameter,
        count=len(values),
        few=len(values) <= MOST_LISTED,
        amounts=() if is_site or is_name else tuple(map(int, values)),
        names=tuple(map(str, values)) if is_name else (),
        sites=tuple(
            Sites(rule=rule, codes=codes)
            for rule, codes in (site_codes(values).items() if is_site else ())
        ),
    )
