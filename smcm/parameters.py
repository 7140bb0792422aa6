"""The few things that a rerun may change, in one place."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Self

from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.shown import shown

SYNTHETIC = "synthetic"
ALL_SITES = "all"
PUBLISHED, DEFENSIBLE = "published", "defensible"
READINGS = (PUBLISHED, DEFENSIBLE)
LONGEST_WINDOW = 3660  # days; which of them there are, the study file says
LEAST_POOLED = 2  # of one completed data set nothing tells how much the gaps matter
SITE_PATTERN = re.compile(r"(only|without)-([1-9][0-9]*)")


def _choice(default: int | str, help_text: str) -> Any:  # noqa: ANN401 (as `field`)
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunParameters:
    """One rerun of the book.

    The field names are the names in the `parameters` cell of every chapter and,
    with hyphens, the command-line flags; there is no second list. The metadata
    entry ``help`` of each field is the text both of them show.

    Attributes
    ----------
    data : str
        ``"synthetic"`` or a folder that passes ``smcm check``.
    window_days : int
        Length of the trailing fidelity window, in days. Which lengths there are, the
        study file says (`smcm.analysis.feasibility.require_window`).
    site : str
        ``"all"``, ``"only-K"`` or ``"without-K"``, with K the code of a site.
    reading : str
        ``"published"``, as the article did it, or ``"defensible"``: site and education
        as categories, paths pooled over the imputations, errors by team.
    n_boot : int
        Bootstrap samples per model.
    n_imputations : int
        Completed data sets.
    seed : int
        Seed of every draw of the run.

    Raises
    ------
    UnknownValueError, OutOfRangeError
        A value that no run could honour, whatever the data.
    """

    data: str = _choice(SYNTHETIC, "synthetic, or a folder that passes smcm check")
    window_days: int = _choice(
        180, "trailing fidelity window in days, one that study.toml declares"
    )
    site: str = _choice(ALL_SITES, "all, only-K or without-K, K the code of a site")
    reading: str = _choice("published", "published or defensible")
    n_boot: int = _choice(5000, "bootstrap samples per model")
    n_imputations: int = _choice(20, "sets, where the data bring no completed data set")
    seed: int = _choice(20141009, "seed of every draw")

    def __post_init__(self) -> None:
        """Refuse what no run could honour."""
        for item in fields(self):
            _require_type(item.name, getattr(self, item.name), item.type)
        _require_between("window_days", self.window_days, 1, LONGEST_WINDOW)
        _require_choice("reading", self.reading, READINGS)
        if not self.data:
            raise OutOfRangeError.for_number("data", self.data, "'synthetic' or a path")
        if self.site != ALL_SITES and not SITE_PATTERN.fullmatch(self.site):
            number = re.search("[1-9][0-9]*", self.site)
            code = number[0] if number else "K"
            forms = (ALL_SITES, f"only-{code}", f"without-{code}")
            raise UnknownValueError.for_choice("site", self.site, forms)
        _require_between("n_boot", self.n_boot, 100, 1_000_000)
        _require_between("n_imputations", self.n_imputations, 1, 1000)
        if self.reading == DEFENSIBLE and self.n_imputations < LEAST_POOLED:
            rule = (
                f"at least {LEAST_POOLED} sets, which reading {shown(DEFENSIBLE)} pools"
            )
            raise OutOfRangeError.for_number("n_imputations", self.n_imputations, rule)
        _require_between("seed", self.seed, 0, 2**32 - 1)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Self:
        """Build from a parameters cell or from parsed command-line flags.

        Raises
        ------
        UnknownValueError
            A name that is no parameter; the nearest right name is offered.
        """
        known = [item.name for item in fields(cls)]
        for name in values:
            _require_choice("parameter", name, known)
        return cls(**values)

    @classmethod
    def among(cls, given: Mapping[str, Any]) -> Self:
        """Take the parameters from among the names of a chapter, ``vars()``."""
        return cls(**{item.name: given[item.name] for item in fields(cls)})

    @property
    def site_rule(self) -> tuple[str, int | None]:
        """``("all", None)``, ``("only", K)`` or ``("without", K)``."""
        match = SITE_PATTERN.fullmatch(self.site)
        return (match[1], int(match[2])) if match else (ALL_SITES, None)

    @property
    def as_published(self) -> Self:
        """The same run in the published analysis."""
        return replace(self, reading=PUBLISHED)

    @property
    def slug(self) -> str:
        """Folder name of this run, only what differs from the defaults in it."""
        parts = [f"w{self.window_days:03d}", self.site]
        parts += [f"{name}-{value}" for name, value in self._departures()]
        return "-".join(parts)

    @property
    def title(self) -> str:
        """Heading of this run's page, only what differs from the defaults in it."""
        return ", ".join([f"Window of {self.window_days} days", *self._choices()])

    @property
    def label(self) -> str:
        """The same where there is less room: beside a row or a tick."""
        return ", ".join([f"{self.window_days} days", *self._choices()])

    def _choices(self) -> list[str]:
        rule, code = self.site_rule
        sites = "all sites" if code is None else f"{rule} site {code}"
        other = self._departures()
        said = [f"{v} analysis" if k == "reading" else f"{k} {v}" for k, v in other]
        return [sites, *said]

    def _departures(self) -> list[tuple[str, int | str]]:
        """Tell what else differs from the defaults, but for the data."""
        default = type(self)()
        return [
            (name.replace("_", "-"), value)
            for name, value in asdict(self).items()
            if name not in ("data", "window_days", "site")
            and value != getattr(default, name)
        ]


def _require_type(name: str, value: object, expected: object) -> None:
    wanted = expected if isinstance(expected, type) else str
    if type(value) is not wanted:
        kind = {int: "a whole number", str: "text"}[wanted]
        raise OutOfRangeError.for_number(name, value, kind)


def _require_choice(
    name: str, value: object, allowed: Sequence[int] | Sequence[str]
) -> None:
    if value not in allowed:
        raise UnknownValueError.for_choice(name, value, allowed)


def _require_between(name: str, value: int, low: int, high: int) -> None:
    if not low <= value <= high:
        rule = f"a whole number from {low} to {high}"
        raise OutOfRangeError.for_number(name, value, rule)
