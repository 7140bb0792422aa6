"""How many combinations of choices have an interval that excludes zero."""

from smcm.analysis.study import Study
from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.report.conclusions import Analysis, Conclusions, shared


def conclusions(study: Study, found: Multiverse) -> Conclusions:
    """Gather the shares, with the sites of the run; leaving out a site is no choice."""
    models = tuple(
        shared(result.model.key, found.excludes_zero(k))
        for k, result in enumerate(study.models)
    )
    return Conclusions(analyses=(Analysis(name="multiverse", models=models),))
