"""Plans for instructors: three ways through the lessons."""

from smcm.chapters.lessons.plans import plans
from smcm.facts import leave


def prepare() -> None:
    """Leave the plans."""
    leave(plans=plans())
