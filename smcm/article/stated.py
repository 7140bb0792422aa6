"""The findings that the article states in words, looked for in a run."""

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.article.findings import (
    LEAST_R2_CHANGE,
    Held,
    conclusions,
    fidelity_findings,
)
from smcm.design.study import StudyDesign
from smcm.published import Published

STRICT, NOT_SIGNIFICANT, MEDIATED = "icc.hi.", "b.ns.", "ab."  # stems of printed keys


def findings_in(study: Study, published: Published) -> dict[str, Held]:
    """Look for every finding of kind ``pattern``.

    Which models and measures a finding is about is read from the printed keys.

    Returns
    -------
    dict of str to Held
        By the key of the finding.
    """
    design = study.design
    found = _icc_pattern(study, published)
    found["cprime.ns"] = _direct_effects(study)
    found |= {
        key: _b_not_significant(study.model(column))
        for key, column in _columns(design, published, NOT_SIGNIFICANT).items()
    }
    four = [
        study.model(column)
        for column in _columns(design, published, MEDIATED, ".ab").values()
    ]
    found["ab.zero"] = _above_zero(four, "indirect")
    found["cs.ci0"] = _above_zero(four, "indirect_cs")
    others = design.exposure.other_windows
    for key, days in zip(("sens.win", "sens.win9"), others, strict=True):
        found[key] = _same_conclusions(study, days)
    found["rec.ns"] = _reciprocity(study, published)
    found |= fidelity_findings(study)
    return found


def _columns(
    design: StudyDesign, published: Published, stem: str, last: str = ""
) -> dict[str, str]:
    """Score columns named by the keys ``<stem><measure>.<month><last>``."""
    scales = {scale.short: scale for scale in design.instruments}
    found = {}
    for key in published.by_key:
        if key.startswith(stem) and key.endswith(last):
            short, _, month = key.removeprefix(stem).removesuffix(last).partition(".")
            if short in scales:
                found[key] = scales[short].score_column(float(month))
    return found


def _icc_pattern(study: Study, published: Published) -> dict[str, Held]:
    strict, cutoff = _columns(study.design, published, STRICT), study.design.alpha.icc
    icc = {column: found.value for column, found in study.nesting.icc.items()}
    held = {
        key: Held(icc[column] > cutoff, "ICC", (icc[column],))
        for key, column in strict.items()
    }
    rest = [value for column, value in icc.items() if column not in strict.values()]
    held["icc.lo"] = Held(max(rest) <= cutoff, "ICC", tuple(rest))
    return held


def _direct_effects(study: Study) -> Held:
    p = tuple(result.mediation.p("direct") for result in study.models)
    none = not any(result.direct_significant for result in study.models)
    return Held(none, "p of c′", p)


def _b_not_significant(result: ModelResult) -> Held:
    p = result.mediation.p("b")
    return Held(p >= result.alpha_outcome, "p of b", (p,))


def _above_zero(results: list[ModelResult], term: str) -> Held:
    lower = tuple(result.mediation.limits(term)[0] for result in results)
    return Held(min(lower) > 0.0, "lower limits", lower)


def _same_conclusions(study: Study, days: int) -> Held:
    other = study.windows[days]
    p = tuple(r.mediation.p(term) for term in ("a", "b") for r in other)
    main = study.windows[study.design.exposure.main_window]
    return Held(conclusions(other) == conclusions(main), "p of a, then of b", p)


def _reciprocity(study: Study, published: Published) -> Held:
    """Those for which no F is printed: not significant, and no change below 1%."""
    rest = [
        model
        for model in study.reciprocity
        if f"rec.{model.outcome.short}.F" not in published.by_key
    ]
    level = study.design.alpha.level
    holds = all(m.p >= level and m.r2_change >= LEAST_R2_CHANGE for m in rest)
    numbers = (*(m.r2_change for m in rest), *(m.p for m in rest))
    return Held(holds, "change in R², then p", numbers)
