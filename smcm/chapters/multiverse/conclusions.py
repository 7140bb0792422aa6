"""How many combinations of choices have an interval that excludes zero."""

from smcm.chapters.multiverse.multiverse import Multiverse
from smcm.design.models import EIGHT_MODELS
from smcm.report.conclusions import Analysis, Conclusions, shared


def conclusions(found: Multiverse) -> Conclusions:
    """Gather the shares, with the sites of the run; leaving out a site is no choice."""
    models = tuple(
        shared(model.key, found.excludes_zero(k))
        for k, model in enumerate(EIGHT_MODELS)
    )
    return Conclusions(analyses=(Analysis(name="multiverse", models=models),))
