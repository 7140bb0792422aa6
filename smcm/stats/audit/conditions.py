"""Conditions of the rules: what they assume of printed numbers, and alternatives."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Condition:
    """One question about how printed numbers were computed.

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
    "normal": "the limits are the estimate ± z × SE",
    "log": "the estimate is a ratio (OR, HR, RR), with interval and test on the "
    "log scale",
    "fisher": "the limits are computed by Fisher's z",
    "bootstrap": "the limits are from a bootstrap or another method whose limits "
    "need not be symmetric",
    "other": "the limits or p are not computed from estimate and SE (profile "
    "likelihood; robust, exact, rank, or permutation test)",
}
D_BY = {
    "pooled": "d divides by the pooled SD",
    "average": "d divides by the average of the two SDs",
    "first": "d divides by the first SD",
    "second": "d divides by the second SD",
    "dz": "d divides by the SD of the differences",
    "rm": "d is dz corrected for the correlation",
    "hedges": "d is Hedges' g",
    "other": "d has another definition (another SD, a model, a correction)",
}

CONDITIONS: Mapping[str, Condition] = MappingProxyType(
    {
        condition.name: condition
        for condition in (
            Condition("interval", "how ci_low and ci_high were computed", INTERVAL),
            Condition(
                "level",
                "confidence level of the interval in percent",
                {
                    "90": "the level of the interval is 90%",
                    "99": "the level of the interval is 99%",
                },
            ),
            Condition(
                "tails",
                "one- or two-sided test",
                {
                    "2": "the test is two-sided",
                    "1": "the test is one-sided, with the effect in either direction",
                },
            ),
            Condition(
                "p_adjusted",
                "whether p was adjusted, as by Tukey or Holm",
                {
                    "no": "p was not adjusted",
                    "yes": "p was adjusted for multiple comparisons, or is from an "
                    "exact test with a larger p",
                },
                settled_by=("comparisons",),
            ),
            Condition(
                "df_corrected",
                "whether p uses approximate df",
                {
                    "no": "p uses the df as printed",
                    "yes": "p uses corrected df (Greenhouse-Geisser, Welch, "
                    "Satterthwaite) that are not printed, or printed without decimals",
                },
            ),
            Condition(
                "answered",
                "whether the numbers are based on all n people",
                {
                    "all": "all n people answered every item",
                    "some": "not all n people answered every item (missing items, "
                    "prorated or imputed scores, fewer cases in the analysis)",
                },
            ),
            Condition(
                "rounding",
                "how numbers were rounded",
                {
                    "nearest": "numbers were rounded to the nearest",
                    "cut": "numbers were truncated, not rounded",
                },
            ),
            Condition(
                "sd_by",
                "divisor of the variance",
                {"n-1": "SDs divide by n − 1", "n": "SDs divide by n"},
            ),
            Condition(
                "design",
                "paired measurements or two groups",
                {
                    "paired": "the same people were measured twice",
                    "groups": "two separate groups were measured",
                },
            ),
            Condition("d_by", "the definition of d", D_BY),
            Condition(
                "eta2_by",
                "the definition of eta squared",
                {
                    "partial": "eta squared is partial",
                    "other": "eta squared is not partial",
                },
            ),
            Condition(
                "r2_by",
                "plain or adjusted R squared",
                {
                    "plain": "R squared is not adjusted",
                    "adjusted": "R squared is adjusted",
                },
            ),
            Condition(
                "standardized",
                "whether only the estimate is standardized",
                {
                    "no": "the estimate and its SE or limits are on one scale",
                    "yes": "the estimate is standardized, but SE or limits are not",
                },
            ),
            Condition(
                "t_sign",
                "whether t is printed with its sign",
                {
                    "printed": "t is printed with its sign",
                    "dropped": "t is printed without its sign",
                },
            ),
        )
    }
)
