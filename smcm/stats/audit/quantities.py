"""The printed statistics that an audit knows, one definition each."""

import math
from dataclasses import dataclass

from smcm.stats.audit.conditions import CONDITIONS
from smcm.stats.audit.interval import Interval
from smcm.stats.audit.rounding import PrintedNumber

ANY = Interval(-math.inf, math.inf)
FROM_ZERO = Interval(0.0, math.inf)
SHARE = Interval(0.0, 1.0)
COUNT = Interval(0.0, 1e9)
FROM_ONE = Interval(1.0, 1e9)
LEVEL = Interval(50.0, 99.999)
MORE_THAN_ZERO = Interval(0.01, 1e9)
EXACT = ("level", "scale_min", "scale_max")
DEGREES = ("df", "df1", "df2")
NUMBERS = ("level", "tails")  # conditions that are answered by a number
EVERY_CLAIM = "*"  # the claim whose rows hold for all others


@dataclass(frozen=True, slots=True)
class Quantity:
    """One kind of printed statistic.

    Attributes
    ----------
    name : str
        As a file writes it.
    meaning : str
    domain : Interval
        Values that it can have at all.
    whole : bool
        Whether it is a count that is printed exactly.
    parts : bool
        Whether a claim can have several, distinguished by their part.
    bound : bool
        Whether an inequality such as <.001 may stand for it.
    words : tuple of str
        What stands for it where it is no number but a condition.
    """

    name: str
    meaning: str
    domain: Interval = ANY
    whole: bool = False
    parts: bool = False
    bound: bool = False
    words: tuple[str, ...] = ()


QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        Quantity("estimate", "coefficient, difference or ratio"),
        Quantity("se", "its standard error", FROM_ZERO),
        Quantity("ci_low", "lower limit of its interval, or of that of ab or r"),
        Quantity("ci_high", "upper limit of its interval"),
        Quantity("level", "confidence level in percent, 95 if not given", LEVEL),
        Quantity("t", "t statistic"),
        Quantity("F", "F statistic", FROM_ZERO),
        Quantity("z", "z statistic"),
        Quantity("chi2", "chi-squared statistic", FROM_ZERO),
        Quantity("r", "Pearson's correlation, with df or n", Interval(-1.0, 1.0)),
        Quantity("p", "p value", SHARE, bound=True),
        Quantity("tails", "sides of the test: 1 or 2", Interval(1.0, 2.0), whole=True),
        Quantity(
            "comparisons",
            "number of tests by which p was multiplied (Bonferroni)",
            FROM_ONE,
            whole=True,
        ),
        Quantity("df", "degrees of freedom of t, chi2 or r", MORE_THAN_ZERO),
        Quantity("df1", "numerator degrees of freedom of F", MORE_THAN_ZERO),
        Quantity("df2", "denominator degrees of freedom of F", MORE_THAN_ZERO),
        Quantity("n", "sample size; by part for two groups", FROM_ONE, True, True),
        Quantity(
            "predictors",
            "number of predictors, without the constant",
            COUNT,
            whole=True,
        ),
        Quantity("eta2", "partial eta squared", SHARE),
        Quantity("r2", "R squared of the larger model", SHARE),
        Quantity("r2_change", "change in R squared", SHARE),
        Quantity("d", "Cohen's d"),
        Quantity("mean", "mean; by part for two measurements", parts=True),
        Quantity("sd", "standard deviation", FROM_ZERO, parts=True),
        Quantity("count", "people in a category", COUNT, True, True),
        Quantity(
            "total",
            "number of people that percentages are based on",
            FROM_ONE,
            whole=True,
        ),
        Quantity("percent", "unweighted percentage", Interval(0.0, 100.0), parts=True),
        Quantity("a", "path a of a mediation model"),
        Quantity("b", "path b"),
        Quantity("ab", "indirect effect, the product of a and b in the same model"),
        Quantity(
            "items",
            "whole-number items averaged in a score; 1 for a sum or one item",
            FROM_ONE,
            whole=True,
        ),
        Quantity("scale_min", "lowest possible score"),
        Quantity("scale_max", "highest possible score"),
        *(
            Quantity(c.name, c.question, words=tuple(c.words))
            for c in CONDITIONS.values()
            if c.name not in NUMBERS
        ),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One printed statistic of a claim.

    Attributes
    ----------
    claim : str
        What belongs together.
    quantity : Quantity
    part : str
        Group, occasion or category within the claim; empty where there is one.
    number : PrintedNumber
    place : str
        Where it stands, as the file says.
    cut : bool
        Whether its digits may have been cut off instead of rounded.
    """

    claim: str
    quantity: Quantity
    part: str
    number: PrintedNumber
    place: str = ""
    cut: bool = False

    @property
    def exact(self) -> bool:
        """Whether it is printed without rounding: a count, or the end of a scale."""
        if self.quantity.name in DEGREES:
            return not self.number.decimals
        return self.quantity.whole or self.quantity.name in EXACT

    @property
    def interval(self) -> Interval:
        """Unrounded values that would be printed like this."""
        if self.exact:
            return Interval.at(self.number.value)
        number = self.number.cut if self.cut else self.number.interval
        return number & self.quantity.domain
