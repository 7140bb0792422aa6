"""Every printed number of the study computed again, by its key."""

from math import isfinite
from typing import TYPE_CHECKING

from smcm.analysis.change import PostHoc, ThreeOccasions, TwoOccasions
from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.article.levels import stem_of_line
from smcm.design.study import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from smcm.analysis.defensible import PooledHierarchical
    from smcm.analysis.reciprocity import HierarchicalModel

# The article prints one a for the four models of a horizon, which each have their
# own because the baseline score among the covariates differs; this one is shown.
A_SHOWN_FROM = "ths"


def regenerated_values(study: Study) -> dict[str, float]:
    """Compute every number of kind ``compare`` that this run has.

    Parameters
    ----------
    study : Study

    Returns
    -------
    dict of str to float
        By key, unrounded; what the run has no number for has no entry.
    """
    values: dict[str, float | None] = {
        "da.missing": study.missing.percent,
        "pow.power": study.power,
        "t1.n": study.characteristics.n,
    }
    values |= _table_1(study)
    values |= _table_2(study)
    values |= _paths(study)
    values |= _reciprocity(study.reciprocity)
    icc = [found.value for found in study.nesting.icc.values()]
    values |= {"icc.min": min(icc), "icc.max": max(icc)}
    horizons = study.design.outcome_horizons
    for figure, horizon in zip(("f2", "f3"), horizons, strict=True):
        values[f"{figure}.n"] = _at(study, horizon)[0].mediation.n
    return {
        key: value
        for key, value in values.items()
        if value is not None and isfinite(value)
    }


def _at(study: Study, horizon: float) -> list[ModelResult]:
    return [result for result in study.models if result.model.horizon == horizon]


def _table_1(study: Study) -> dict[str, float | None]:
    table = study.characteristics
    values: dict[str, float | None] = {}
    for moments in table.measured:
        values[f"t1.{moments.column}.mean"] = moments.mean
        values[f"t1.{moments.column}.sd"] = moments.sd
    for line in (*table.counts, *table.sites):
        values[f"t1.{stem_of_line(line)}.n"] = line.n
        values[f"t1.{stem_of_line(line)}.pct"] = line.percent
    return values


def _table_2(study: Study) -> dict[str, float]:
    change = study.change
    values = _two("Fidelity", "fid", change.fidelity)
    values |= _two(study.design.mediator.short, "rprs", change.alliance)
    values["t2n.df.t"] = change.fidelity.change.df
    values["t2n.df1"] = change.outcomes[0].anova.df1
    values["t2n.df2"] = change.outcomes[0].anova.df2
    for measure in change.outcomes:
        values |= _three(measure)
    return values


def _two(scale: str, stem: str, measure: TwoOccasions) -> dict[str, float]:
    values = _moments(scale, measure)
    tested = measure.change
    return values | {
        f"t2.{stem}.t": tested.t,
        f"t2.{stem}.p": tested.p,
        f"t2.{stem}.d": tested.d,
    }


def _moments(scale: str, measure: TwoOccasions | ThreeOccasions) -> dict[str, float]:
    values = {}
    for occasion in measure.occasions:
        stem = f"t2.{scale}.{label(occasion.month)}"
        values[f"{stem}.mean"], values[f"{stem}.sd"] = occasion.mean, occasion.sd
    return values


def _three(measure: ThreeOccasions) -> dict[str, float]:
    stem, anova = f"t2.{measure.instrument.short}", measure.anova
    values = _moments(measure.instrument.short, measure)
    values |= {
        f"{stem}.F": anova.f,
        f"{stem}.p": anova.p,
        f"{stem}.eta": anova.eta_squared,
    }
    post_hoc: tuple[PostHoc, ...] = measure.post_hoc
    return values | {f"{stem}.ph{label(found.month)}": found.p for found in post_hoc}


def _paths(study: Study) -> dict[str, float]:
    values: dict[str, float] = {}
    for result in study.models:
        model = result.model
        place = f"{model.outcome.short}.{label(model.horizon)}"
        b, ab = result.mediation.row("b"), result.mediation.row("indirect")
        values |= _coefficient(f"b.{place}", "b", b)
        values |= _coefficient(f"ab.{place}", "ab", ab)
        if model.outcome.key == A_SHOWN_FROM:
            a = result.mediation.row("a")
            values |= _coefficient(f"a.{label(model.alliance_month)}", "a", a)
    cs = [r.mediation.indirect_cs for r in study.models if r.mediated]
    return values | ({"cs.min": min(cs), "cs.max": max(cs)} if cs else {})


def _coefficient(stem: str, own: str, row: dict[str, float]) -> dict[str, float]:
    return {
        f"{stem}.{own}": row["estimate"],
        f"{stem}.lo": row["ci_low"],
        f"{stem}.hi": row["ci_high"],
        f"{stem}.p": row["p"],
    }


def _reciprocity(
    models: "Sequence[HierarchicalModel | PooledHierarchical]",
) -> dict[str, float]:
    values: dict[str, float] = {}
    for model in models:
        stem = f"rec.{model.outcome.short}"
        values |= {
            f"{stem}.R2": model.r2,
            f"{stem}.F": model.f,
            f"{stem}.df1": model.df1,
            f"{stem}.df2": model.df2,
            f"{stem}.p": model.p,
        }
    changes = [100.0 * model.r2_change for model in models]
    return values | {"rec.d.min": min(changes), "rec.d.max": max(changes)}
