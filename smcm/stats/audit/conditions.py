"""What a rule presumes of printed numbers, and what they may be instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about how printed numbers came about.

    Attributes
    ----------
    name : str
        As a file writes it.
    question : str
    words : mapping of str to str
        Its possible answers; each text completes a sentence that begins with "if".
    settled_by : tuple of str
        Quantities that answer it too.
    """

    name: str
    question: str
    words: Mapping[str, str]
    settled_by: tuple[str, ...] = ()


INTERVAL = {
    "t": "the limits are the estimate ± t × SE",
    "normal": "the limits are the estimate ± z × SE, with z and not t",
    "log": "the estimate is a ratio (OR, HR, RR), with its interval and test on the "
    "log scale",
    "fisher": "the limits are by Fisher's z",
    "bootstrap": "the limits are of a bootstrap or of another method that need not "
    "be symmetric",
    "other": "the limits or p are of another method than estimate and SE (profile "
    "likelihood, robust, exact, rank or permutation test)",
}
D_BY = {
    "pooled": "d divides by the pooled SD",
    "average": "d divides by the mean of both SDs",
    "first": "d divides by the first SD",
    "second": "d divides by the second SD",
    "dz": "d divides by the SD of the differences",
    "rm": "d is dz corrected for the correlation",
    "hedges": "d is Hedges' g",
    "other": "d is by another definition (another SD, a model, a correction)",
}

CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        condition.name: condition
        for condition in (
            Condition("interval", "how ci_low and ci_high were made", INTERVAL),
            Condition(
                "level",
                "the level of the interval in percent",
                {
                    "90": "the level of the interval is 90%",
                    "99": "the level of the interval is 99%",
                },
            ),
            Condition(
                "tails",
                "the sides of the test",
                {
                    "2": "the test is two-sided",
                    "1": "the test is one-sided, the effect being in the direction "
                    "expected or in the other",
                },
            ),
            Condition(
                "p_adjusted",
                "whether p was adjusted, such as by Tukey or Holm",
                {
                    "no": "p was not adjusted",
                    "yes": "p was adjusted for several comparisons, or is of an exact "
                    "test with a larger p",
                },
                settled_by=("comparisons",),
            ),
            Condition(
                "df_corrected",
                "whether p is by approximate df",
                {
                    "no": "p is by the df as printed",
                    "yes": "p is by corrected df (Greenhouse-Geisser, Welch, "
                    "Satterthwaite) that are not printed, or not with decimals",
                },
            ),
            Condition(
                "answered",
                "whether the numbers are of all n people",
                {
                    "all": "every one of the n people answered every item",
                    "some": "not every one of the n people answered every item "
                    "(missing items, prorated or imputed scores, fewer cases in the "
                    "analysis)",
                },
            ),
            Condition(
                "rounding",
                "how digits were left out",
                {
                    "nearest": "numbers were rounded to the nearest",
                    "cut": "digits were cut off instead of rounded",
                },
            ),
            Condition(
                "sd_by",
                "what the sum of squares of an SD is divided by",
                {"n-1": "SDs divide by n − 1", "n": "SDs divide by n"},
            ),
            Condition(
                "design",
                "one group measured twice, or two groups",
                {
                    "paired": "the same people were measured twice",
                    "groups": "these are two groups",
                },
            ),
            Condition("d_by", "the definition of d", D_BY),
            Condition(
                "eta2_by",
                "the definition of eta squared",
                {
                    "partial": "eta squared is the partial one",
                    "other": "eta squared is not the partial one",
                },
            ),
            Condition(
                "r2_by",
                "the form of R squared",
                {
                    "plain": "R squared is not adjusted",
                    "adjusted": "R squared is adjusted",
                },
            ),
            Condition(
                "standardized",
                "whether the estimate alone is standardized",
                {
                    "no": "the estimate and its SE or limits are on one scale",
                    "yes": "the estimate is standardized, and SE or limits are not",
                },
            ),
            Condition(
                "t_sign",
                "whether t keeps its sign",
                {
                    "printed": "t is printed with its sign",
                    "dropped": "t is printed without its sign",
                },
            ),
        )
    }
)
