"""Facts of the chapter on auditing printed statistics.

Printed numbers and ranges are texts, written as `smcm audit` writes them, because the
chapter is about their digits.
"""

from dataclasses import dataclass

from smcm.analysis.audit.article import coefficient_claim, indirect_claim
from smcm.analysis.audit.audit import audit, verdict_counts
from smcm.analysis.audit.results import Audited, Check, Checked
from smcm.analysis.audit.rules_d import DIFFERENCE
from smcm.report import audit_words as words
from smcm.report.audit_text import the_article

PATH_B = coefficient_claim("b.QOLI-20.18")
INDIRECT = indirect_claim("PGI", "18")
GRIM_DECIMALS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Numbers of consistent and inconsistent claims; names of the inconsistent ones."""

    claims: int
    holds: int
    cannot: int
    cannot_names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A path with its limits and p as printed, and ranges that would be consistent."""

    b: str
    low: str
    high: str
    p: str
    b_instead: str
    high_instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Two paths and their product as printed, and ranges that would be consistent."""

    a: str
    b: str
    ab: str
    a_instead: str
    ab_instead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Cohen's d as printed, with its consistent and inconsistent definitions.

    Attributes
    ----------
    d : str
    fit, fail : tuple of str
        Names of definitions.
    pooled, dz, difference : str
        Range of d by the pooled SD, of d by the SD of differences, and of the
        difference of means that the printed d needs.
    """

    d: str
    fit: tuple[str, ...]
    fail: tuple[str, ...]
    pooled: str
    dz: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A test as printed, and the ranges in which t and p are consistent.

    Attributes
    ----------
    t, p, t_range, p_range : str
    t_share : float
        Feasible share of the rounding interval of t, 0 to 1.
    """

    t: str
    p: str
    t_range: str
    p_range: str
    t_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentage:
    """A count and a percentage as printed, and the percentage from the count."""

    count: str
    percent: str
    exact: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFacts:
    """The audit of the article.

    Attributes
    ----------
    counts : Counts
    path : Coefficient
    product : Product
    effect : Effect
    test : Test
    total : str
        People, as printed.
    women, french, english : Percentage
    gender_totals : str
        Totals that are consistent with the percentages of gender.
    gender_listed : int
        People in the two categories.
    mean_step : float
        Distance between possible means of whole numbers.
    grim_most : int
        Sample size below which a mean with one decimal could be excluded.
    """

    counts: Counts
    path: Coefficient
    product: Product
    effect: Effect
    test: Test
    total: str
    women: Percentage
    french: Percentage
    english: Percentage
    gender_totals: str
    gender_listed: int
    mean_step: float
    grim_most: int


def audit_facts() -> AuditFacts:
    """Audit the article and gather them."""
    found = {one.claim.name: one for one in audit(the_article())}
    gender = _check(found["Gender"], "percentage")
    language = _check(found["Language"], "percentage")
    people = found["RPRS at 4.5 months"].claim.value("n") or 0.0
    return AuditFacts(
        counts=_counts(list(found.values())),
        path=_coefficient(_check(found[PATH_B], "coefficient")),
        product=_product(_check(found[INDIRECT], "product")),
        effect=_effect(_check(found["Fidelity, change"], "d")),
        test=_test(_check(found["RPRS, change"], "test")),
        total=_text(gender, "total"),
        women=_percentage(gender, "Female"),
        french=_percentage(language, "French"),
        english=_percentage(language, "English"),
        gender_totals=words.totals(gender),
        gender_listed=sum(
            int(one.statistic.number.value)
            for one in gender.numbers
            if one.statistic.quantity.name == "count"
        ),
        mean_step=1.0 / people,
        grim_most=10**GRIM_DECIMALS,
    )


def _counts(found: list[Audited]) -> Counts:
    number = verdict_counts(found)
    return Counts(
        claims=len(found),
        holds=number["holds"],
        cannot=number["cannot"],
        cannot_names=tuple(one.claim.name for one in found if one.verdict == "cannot"),
    )


def _coefficient(check: Check) -> Coefficient:
    return Coefficient(
        b=_text(check, "estimate"),
        low=_text(check, "ci_low"),
        high=_text(check, "ci_high"),
        p=_text(check, "p"),
        b_instead=words.instead(_number(check, "estimate")),
        high_instead=words.instead(_number(check, "ci_high")),
    )


def _product(check: Check) -> Product:
    a, ab = _number(check, "a"), _number(check, "ab")
    return Product(
        a=a.statistic.number.text,
        b=_text(check, "b"),
        ab=ab.statistic.number.text,
        a_instead=words.instead(a),
        ab_instead=words.instead(ab),
    )


def _effect(check: Check) -> Effect:
    fit, fail = words.definitions(check)
    return Effect(
        d=_text(check, "d"),
        fit=tuple(fit),
        fail=tuple(fail),
        pooled=words.implied_range(check.implied["d pooled"]),
        dz=words.implied_range(check.implied["d dz"]),
        difference=words.implied_range(check.implied[DIFFERENCE]),
    )


def _test(check: Check) -> Test:
    t, p = _number(check, "t"), _number(check, "p")
    return Test(
        t=t.statistic.number.text,
        p=p.statistic.number.text,
        t_range=_range(t),
        p_range=_range(p),
        t_share=t.share or 0.0,
    )


def _range(number: Checked) -> str:
    if number.feasible is None:
        return ""
    return words.range_of(number, number.feasible)


def _percentage(check: Check, part: str) -> Percentage:
    count = _number(check, "count", part).statistic.number
    total = _number(check, "total").statistic.number
    return Percentage(
        count=count.text,
        percent=_text(check, "percent", part),
        exact=100.0 * float(count.value) / float(total.value),
    )


def _check(found: Audited, rule: str) -> Check:
    return next(check for check in found.checks if check.rule == rule)


def _number(check: Check, name: str, part: str = "") -> Checked:
    return next(
        n
        for n in check.numbers
        if (n.statistic.quantity.name, n.statistic.part) == (name, part)
    )


def _text(check: Check, name: str, part: str = "") -> str:
    return _number(check, name, part).statistic.number.text
