"""The options of ``smcm mediate``: all that is wrong with them, reported together."""

from collections import Counter
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from smcm.cli.faults import Faults
from smcm.cli.options import parse_run
from smcm.errors import OutOfRangeError, UnknownValueError
from smcm.input_files import ABSENT, FILE, FOLDER, cure_for, kind_of
from smcm.shown import shown

if TYPE_CHECKING:
    from smcm.stats.ols import StandardError

Role = tuple[str, str]  # an option, and the column that it names


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The options as click has parsed them."""

    file: Path
    x: str
    mediators: tuple[str, ...]
    y: str
    covariates: tuple[str, ...]
    n_boot: int
    seed: int
    level: float
    se: "StandardError"
    cluster: str | None
    ci: str
    stream: str
    codes: tuple[tuple[str, ...], ...]
    as_json: bool

    @property
    def roles(self) -> list[Role]:
        """Columns of the model, each with the option that names it."""
        return [
            ("--x", self.x),
            *(("--m", name) for name in self.mediators),
            ("--y", self.y),
            *(("--covariate", name) for name in self.covariates),
        ]

    @property
    def labels(self) -> list[Role]:
        """Columns that may hold words."""
        return [] if self.cluster is None else [("--cluster", self.cluster)]

    @property
    def missing(self) -> list[str]:
        """Codes for missing values."""
        return list(chain.from_iterable(self.codes))

    def refuse_faults(self) -> None:
        """Make every check, and refuse what any of them refuses, all together.

        Raises
        ------
        OutOfRangeError
            Names every fault.
        """
        faults = Faults()
        for check in (
            partial(_require_roles, self.roles),
            partial(parse_run, {"n_boot": self.n_boot, "seed": self.seed}),
            partial(_require_level, self.level),
            partial(_require_errors, self.se, self.cluster),
            partial(_require_interval, self.ci),
            partial(_require_stream, self.stream, self.seed),
            partial(_require_file, self.file),
        ):
            with faults.noted():
                check()
        faults.refuse()


def _require_roles(roles: list[Role]) -> None:
    """Refuse a column in two places of the model."""
    twice = [name for name, count in Counter(n for _, n in roles).items() if count > 1]
    if twice:
        places = [role for role, name in roles if name == twice[0]]
        every = "both" if len(places) == 2 else "all"
        raise UnknownValueError(
            f"{' and '.join(places)} {every} name {shown(twice[0])}; a column has one "
            "place in the model."
        )


def _require_level(level: float) -> None:
    if not 0.0 < level < 1.0:
        rule = "a share between 0 and 1, such as 0.95"
        raise OutOfRangeError.for_number("--level", level, rule)


def _require_errors(se: str, cluster: str | None) -> None:
    from smcm.stats.ols import require_errors  # noqa: PLC0415 (slow to import)

    require_errors(se, cluster, prefix="--")


def _require_interval(ci: str) -> None:
    from smcm.stats.draw_limits import INTERVALS  # noqa: PLC0415 (slow to import)

    if ci not in INTERVALS:
        raise UnknownValueError.for_choice("--ci", ci, INTERVALS)


def _require_stream(stream: str, seed: int) -> None:
    from smcm.stats.resample import require_stream  # noqa: PLC0415 (slow to import)

    require_stream(stream, seed, prefix="--")


def _require_file(file: Path) -> None:
    kind = kind_of(file)
    if kind != FILE:
        cure = "" if kind in (ABSENT, FOLDER) else f" {cure_for(kind)}"
        raise UnknownValueError(
            f"FILE is {shown(file)}, which is {kind}; expected the path of a CSV file."
            f"{cure}"
        )
