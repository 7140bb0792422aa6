"""The findings that the article states in words, looked for in a run."""

from dataclasses import dataclass

from smcm.analysis.study import Study
from smcm.analysis.verdicts import ModelResult
from smcm.cohort.exposure import assessment_totals
from smcm.design.domains import HIGH_FIDELITY
from smcm.design.instruments import MCAS, PGI, QOLI20, RPRS, THS
from smcm.design.models import StudyModel
from smcm.design.nesting import ICC_CUTOFF, USUAL_ALPHA
from smcm.design.schedule import ALLIANCE_MONTHS, HORIZONS, MAIN_WINDOW, label

APPROACHING = 2.0  # points under high fidelity that still count as approaching it
LEAST_R2_CHANGE = 0.005  # prints as 1%
NINE, EIGHTEEN = HORIZONS
MEDIATED = (
    StudyModel(outcome=QOLI20, horizon=NINE),
    StudyModel(outcome=MCAS, horizon=NINE),
    StudyModel(outcome=PGI, horizon=EIGHTEEN),
    StudyModel(outcome=THS, horizon=EIGHTEEN),
)


@dataclass(frozen=True, slots=True)
class Held:
    """Whether a finding in words holds in a run.

    Attributes
    ----------
    holds : bool
    quantity : str
        What the numbers are.
    numbers : tuple of float
        The computed numbers behind the answer.
    """

    holds: bool
    quantity: str
    numbers: tuple[float, ...]


def findings_in(study: Study) -> dict[str, Held]:
    """Look for every finding of kind ``pattern``.

    Returns
    -------
    dict of str to Held
        By the key of the finding.
    """
    found = _icc_pattern(study)
    found["cprime.ns"] = _direct_effects(study)
    found |= {
        f"b.ns.{model.outcome.short}.{label(model.horizon)}": _b_not_significant(
            study.model(model.key)
        )
        for model in (
            StudyModel(outcome=PGI, horizon=NINE),
            StudyModel(outcome=THS, horizon=NINE),
            StudyModel(outcome=MCAS, horizon=EIGHTEEN),
        )
    }
    found["ab.zero"] = _above_zero(study, "indirect")
    found["cs.ci0"] = _above_zero(study, "indirect_cs")
    for key, days in (("sens.win", 90), ("sens.win9", 270)):
        found[key] = _same_verdicts(study, days)
    found["rec.ns"] = _reciprocity(study)
    found |= _fidelity(study)
    return found


def verdicts(results: tuple[ModelResult, ...]) -> list[tuple[bool, ...]]:
    """Say for each model which paths keep their levels and whether it mediates."""
    return [
        (r.a_significant, r.b_significant, r.direct_significant, r.mediated)
        for r in results
    ]


def _icc_pattern(study: Study) -> dict[str, Held]:
    strict = {
        f"icc.hi.{outcome.short}.{label(month)}": outcome.score_column(month)
        for outcome, month in (
            (QOLI20, EIGHTEEN),
            (PGI, EIGHTEEN),
            (MCAS, EIGHTEEN),
            (MCAS, NINE),
            (RPRS, ALLIANCE_MONTHS[1]),
        )
    }
    icc = {column: found.value for column, found in study.nesting.icc.items()}
    held = {
        key: Held(icc[column] > ICC_CUTOFF, "ICC", (icc[column],))
        for key, column in strict.items()
    }
    rest = [value for column, value in icc.items() if column not in strict.values()]
    held["icc.lo"] = Held(max(rest) <= ICC_CUTOFF, "ICC", tuple(rest))
    return held


def _direct_effects(study: Study) -> Held:
    p = tuple(result.mediation.row("direct")["p"] for result in study.models)
    none = not any(result.direct_significant for result in study.models)
    return Held(none, "p of c′", p)


def _b_not_significant(result: ModelResult) -> Held:
    p = result.mediation.row("b")["p"]
    return Held(p >= result.alpha_outcome, "p of b", (p,))


def _above_zero(study: Study, term: str) -> Held:
    four = [study.model(model.key).mediation for model in MEDIATED]
    lower = tuple(mediation.limits(term)[0] for mediation in four)
    return Held(min(lower) > 0.0, "lower limits", lower)


def _same_verdicts(study: Study, days: int) -> Held:
    other = study.windows[days]
    p = tuple(r.mediation.row(term)["p"] for term in ("a", "b") for r in other)
    main = study.windows[MAIN_WINDOW]
    return Held(verdicts(other) == verdicts(main), "p of a, then of b", p)


def _reciprocity(study: Study) -> Held:
    pair = [m for m in study.reciprocity if m.outcome in (PGI, THS)]
    holds = all(m.p >= USUAL_ALPHA and m.r2_change >= LEAST_R2_CHANGE for m in pair)
    return Held(holds, "p of the change in R²", tuple(m.p for m in pair))


def _fidelity(study: Study) -> dict[str, Held]:
    totals = assessment_totals(study.cohort.fidelity).groupby("team")["total"]
    first, last = totals.first(), totals.last()
    teams = study.cohort.teams.set_index("team")
    stayed = last[teams["dropped_out"].loc[last.index] == 0]
    return {
        "fid.start": Held(
            bool((first < HIGH_FIDELITY).all()), "highest first total", (first.max(),)
        ),
        "fid.end": Held(
            bool((stayed >= HIGH_FIDELITY - APPROACHING).all()),
            "lowest last total",
            (stayed.min(),),
        ),
    }
