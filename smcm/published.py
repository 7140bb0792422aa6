"""What the article printed, and when a number of ours agrees with it."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from pathlib import Path
from typing import Self

from smcm.errors import UnknownValueError
from smcm.paths import PUBLISHED

FILE = PUBLISHED / "printed.csv"
MINUS = "\N{MINUS SIGN}"
EVERY_DIGIT = Context(prec=400, rounding=ROUND_HALF_UP)  # a double has 309 at most
BARE_POINT = re.compile(r"(?:^|\D)\.\d")  # .07 and not 0.07


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One number as it stands in the article.

    Attributes
    ----------
    key : str
        Its name in this project.
    text : str
        As printed, for example ``"0.07"`` or ``"<.001"``; never a float, because
        0.10 and 0.1 are not the same statement. Empty for a finding in words.
    relation : str
        ``"="``, or an inequality that the text states.
    decimals : int or None
        Places after the point that the article vouches for.
    value : str
        The same as plain digits, a word such as "seven" or a date made readable.
    unit, place, meaning : str
    df, n : str
        Degrees of freedom and cases that go with it, where given.
    scale, month : str
        Measure and interview it belongs to, where it belongs to one.
    kind : {"compare", "pattern", "design", "literature", "derived"}
        ``compare`` can be computed again from data, ``pattern`` is a finding stated
        in words, the others are facts of the study or of other studies.
    """

    key: str
    text: str
    relation: str
    decimals: int | None
    value: str
    unit: str
    df: str
    n: str
    scale: str
    month: str
    kind: str
    place: str
    meaning: str

    @property
    def interval(self) -> tuple[Decimal, Decimal]:
        """Unrounded values that print as this text: low <= x < high."""
        half = Decimal(5).scaleb(-(self.decimals or 0) - 1)
        return Decimal(self.value) - half, Decimal(self.value) + half

    def written(self, number: float) -> str:
        """Write a number the way this one is printed.

        Same decimals, with or without the zero before the point, the typographic
        minus, the percent sign; ``<.001`` where the printed text is a bound that the
        number keeps.
        """
        if self.relation == "<" and number < float(self.value):
            return self.text
        places = Decimal(1).scaleb(-(self.decimals or 0))
        digits = Decimal(number).quantize(places, context=EVERY_DIGIT)
        text = f"{abs(digits):,f}"
        if BARE_POINT.search(self.text):
            text = text.removeprefix("0")
        sign = MINUS if digits < 0 else ""
        return sign + text + ("%" if self.text.endswith("%") else "")

    def agrees(self, number: float) -> bool:
        """Whether `number` would have been printed with the same characters."""
        return self.written(number) == self.text


@dataclass(frozen=True, slots=True)
class Published:
    """Every printed number, by key.

    Attributes
    ----------
    by_key : dict of str to Printed
        In the order of the article.
    """

    by_key: dict[str, Printed]

    @classmethod
    def read(cls, path: Path = FILE) -> Self:
        """Read ``data/published/printed.csv``."""
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        return cls({row["key"]: _printed(row) for row in rows})

    def __getitem__(self, key: str) -> Printed:
        """Look a number up.

        Raises
        ------
        UnknownValueError
            No such key; the nearest is offered.
        """
        if key not in self.by_key:
            raise UnknownValueError.for_choice("published key", key, self.by_key)
        return self.by_key[key]

    def of_kind(self, *kinds: str) -> Iterator[Printed]:
        """Yield the entries of some kinds, in order."""
        return (entry for entry in self.by_key.values() if entry.kind in kinds)

    def number(self, key: str) -> float:
        """Return a printed number as a number, for example the study's N."""
        return float(self[key].value)


def _printed(row: dict[str, str]) -> Printed:
    decimals = int(row["decimals"]) if row["decimals"] else None
    return Printed(
        key=row["key"],
        text=row["printed"],
        relation=row["relation"],
        decimals=decimals,
        value=row["value"],
        unit=row["unit"],
        df=row["df"],
        n=row["n"],
        scale=row["scale"],
        month=row["month"],
        kind=row["kind"],
        place=row["place"],
        meaning=row["meaning"],
    )
