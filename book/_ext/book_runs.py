"""Number the tables and figures of a rerun as those of the chapter it repeats.

Sphinx counts through the whole book, the pages of the reruns included, and whatever
comes after them would bear numbers in the hundreds. Here the other pages are counted
without them. A label on the page of a run is the chapter's own label with the name of
the page behind it, which tells what it repeats.
"""

from copy import deepcopy
from itertools import groupby

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

RUNS = "book/runs/"
COUNTED = "smcm_counted"  # in the environment: the numbers as Sphinx has counted them


def give_back(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Let Sphinx compare its numbers with its own of the last build, not with ours.

    It writes again every page whose numbers differ, which would be all of them.
    """
    env.toc_fignumbers = getattr(env, COUNTED, env.toc_fignumbers)
    return []


def number_alike(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Count what is no rerun, and give the reruns the numbers of their chapter."""
    setattr(env, COUNTED, deepcopy(env.toc_fignumbers))
    others = [
        (kind, number, page, label)
        for page, kinds in env.toc_fignumbers.items()
        if not page.startswith(RUNS)
        for kind, numbers in kinds.items()
        for label, number in numbers.items()
    ]
    chapters = {}
    for _, found in groupby(sorted(others), key=lambda entry: entry[0]):
        for place, (kind, _number, page, label) in enumerate(found, start=1):
            env.toc_fignumbers[page][kind][label] = chapters[kind, label] = (place,)
    for page, kinds in env.toc_fignumbers.items():
        if page.startswith(RUNS):
            suffix = f"-{page.removeprefix(RUNS)}"
            for kind, numbers in kinds.items():
                for label, number in numbers.items():
                    model = kind, label.removesuffix(suffix)
                    numbers[label] = chapters.get(model, number)
    return []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx, before and after it numbers everything itself."""
    app.connect("env-get-updated", give_back, priority=100)
    app.connect("env-get-updated", number_alike, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
