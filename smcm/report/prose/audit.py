"""What the article's printed numbers leave open, for the chapter that audits them."""

from smcm.analysis.audit.article import coefficient_claim, indirect_claim
from smcm.analysis.audit.audit import audit, verdict_counts
from smcm.analysis.audit.results import Audited, Check, Checked
from smcm.analysis.audit.rules_d import DIFFERENCE
from smcm.report import audit_words as words
from smcm.report import format as fmt
from smcm.report.audit_text import the_article

PATH_B = coefficient_claim("b.QOLI-20.18")
INDIRECT = indirect_claim("PGI", "18")
GRIM_DECIMALS = 1


def audited() -> dict[str, str]:
    """Name and print form of everything the chapter on the audit quotes."""
    found = {one.claim.name: one for one in audit(the_article())}
    return {
        **_counted(list(found.values())),
        **_path(_check(found[PATH_B], "coefficient")),
        **_indirect(_check(found[INDIRECT], "product")),
        **_effect(_check(found["Fidelity, change"], "d")),
        **_narrow(_check(found["RPRS, change"], "test")),
        **_gender(_check(found["Gender"], "percentage")),
        **_language(_check(found["Language"], "percentage")),
        **_people(found["RPRS at 4.5 months"]),
    }


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


def _counted(found: list[Audited]) -> dict[str, str]:
    number = verdict_counts(found)
    fail = [one.claim.name for one in found if one.verdict == "cannot"]
    return {
        "audit_claims": fmt.whole(len(found)),
        "audit_holds": fmt.whole(number["holds"]),
        "audit_cannot": fmt.spelled(number["cannot"]),
        "audit_cannot_names": "; ".join(fail),
    }


def _path(check: Check) -> dict[str, str]:
    return {
        "audit_b": _text(check, "estimate"),
        "audit_b_low": _text(check, "ci_low"),
        "audit_b_high": _text(check, "ci_high"),
        "audit_b_p": _text(check, "p"),
        "audit_b_instead": words.instead(_number(check, "estimate")),
        "audit_b_high_instead": words.instead(_number(check, "ci_high")),
    }


def _indirect(check: Check) -> dict[str, str]:
    a, ab = _number(check, "a"), _number(check, "ab")
    return {
        "audit_a": a.statistic.number.text,
        "audit_ab_b": _text(check, "b"),
        "audit_ab": ab.statistic.number.text,
        "audit_ab_instead": words.instead(ab),
        "audit_a_instead": words.instead(a),
    }


def _effect(check: Check) -> dict[str, str]:
    fit, fail = words.definitions(check)
    return {
        "audit_d": _text(check, "d"),
        "audit_d_fit": fmt.listed(fit),
        "audit_d_fail": fmt.listed(fail),
        "audit_d_pooled": words.implied_range(check.implied["d pooled"]),
        "audit_d_dz": words.implied_range(check.implied["d dz"]),
        "audit_d_difference": words.implied_range(check.implied[DIFFERENCE]),
    }


def _narrow(check: Check) -> dict[str, str]:
    t, p = _number(check, "t"), _number(check, "p")
    ranges = {
        f"audit_{name}_range": words.range_of(number, number.feasible)
        for name, number in (("t", t), ("p", p))
        if number.feasible is not None
    }
    return ranges | {
        "audit_t": t.statistic.number.text,
        "audit_p": p.statistic.number.text,
        "audit_t_share": fmt.percent(100.0 * (t.share or 0.0)),
    }


def _gender(check: Check) -> dict[str, str]:
    listed = sum(
        int(n.statistic.number.value)
        for n in check.numbers
        if n.statistic.quantity.name == "count"
    )
    return {
        "audit_total": _text(check, "total"),
        "audit_women": _text(check, "count", "Female"),
        "audit_women_percent": _text(check, "percent", "Female"),
        "audit_gender_totals": words.totals(check),
        "audit_gender_listed": fmt.whole(listed),
    }


def _language(check: Check) -> dict[str, str]:
    total = _number(check, "total").statistic.number.value
    phrases = {}
    for part in ("French", "English"):
        count = _number(check, "count", part).statistic.number
        stem = f"audit_{part.lower()}"
        phrases[stem] = count.text
        phrases[f"{stem}_percent"] = _text(check, "percent", part)
        phrases[f"{stem}_exact"] = fmt.number(100.0 * count.value / total)
    return phrases


def _people(found: Audited) -> dict[str, str]:
    """Say how finely means of whole numbers lie, against how finely they print."""
    n = found.claim.value("n") or 0.0
    return {
        "audit_step": fmt.number(1.0 / n, 4),
        "audit_grim_most": fmt.whole(10.0**GRIM_DECIMALS),
    }
