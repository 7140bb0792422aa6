"""What the published and the defensible analysis conclude, and the paths."""

from collections.abc import Sequence

from smcm.analysis.eight_models import ModelResult
from smcm.analysis.study import Study
from smcm.chapters.results.both import BothAnalyses
from smcm.design.models import StudyModel
from smcm.design.study import label
from smcm.report.conclusions import Conclusions, Main, Model, PathRange, by_rule
from smcm.report.facts.edition import data_facts, edition_facts


def conclusions(study: Study, found: BothAnalyses) -> Conclusions:
    """Gather them.

    Parameters
    ----------
    study : Study
        In the analysis of the edition.
    found : BothAnalyses
        The same run in both.
    """
    return Conclusions(
        analyses=(
            by_rule("published", found.published),
            by_rule("defensible", found.defensible),
        ),
        main=Main(
            data=data_facts(study.cohort),
            edition=edition_facts(study, study.run),
            models=tuple(_model(result.model) for result in study.models),
            a=_over(study.models, "a"),
            b=_over(study.models, "b"),
            direct=_over(study.models, "direct"),
        ),
    )


def _model(model: StudyModel) -> Model:
    outcome = model.outcome
    return Model(
        key=model.key,
        outcome=outcome.short,
        name=outcome.name,
        measures=outcome.measures,
        months=label(model.horizon),
    )


def _over(results: Sequence[ModelResult], path: str) -> PathRange:
    values = [getattr(result.mediation, f"{path}_standardized") for result in results]
    return PathRange(
        low=min(values),
        high=max(values),
        significant=sum(result.significant(path) for result in results),
        among=len(values),
    )
